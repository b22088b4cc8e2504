/// A sign that two customers may be one: the same name with mail from the same organisation's domain. Weak evidence.
public enum NameSign {
    /// Nil where it would say nothing: a single word, no domain, or one where anybody can have an address.
    public static func of(name: String, mail: String) -> String? {
        let words = TextFold.words(in: name, limit: 8)
        guard words.count >= 2, let at = mail.utf8.lastIndex(of: UInt8(ascii: "@")) else {
            return nil
        }
        let domain = TextFold.folded(String(mail[mail.utf8.index(after: at)...]))
        guard !domain.isEmpty, !everybodys.contains(domain) else { return nil }
        return words.sorted().joined(separator: " ") + "@" + domain
    }

    /// Providers of mail for everybody: a shared domain says nothing there.
    static let everybodys: Set<String> = [
        "gmail.com", "googlemail.com", "yahoo.com", "ymail.com", "rocketmail.com", "outlook.com",
        "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com", "mac.com", "aol.com",
        "proton.me", "protonmail.com", "pm.me", "tutanota.com", "tuta.com", "gmx.com", "gmx.de",
        "gmx.net", "web.de", "mail.com", "mail.ru", "yandex.com", "yandex.ru", "zoho.com",
        "fastmail.com", "hey.com", "qq.com", "163.com", "126.com", "chmail.ir", "mailfa.com",
        "yahoo.co.uk", "yahoo.fr", "yahoo.de", "hotmail.co.uk", "hotmail.fr", "live.co.uk",
        "t-online.de", "free.fr", "orange.fr", "laposte.net", "libero.it", "naver.com",
    ]
}
