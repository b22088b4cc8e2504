/// Phone numbers as bytes to compare: digits of any script as ASCII, without blanks, hyphens, dots, brackets and
/// invisible marks, `00` in front as `+` (ITU-T E.123). What the network says instead of a withheld number is nobody's.
///
/// National numbers stay as they are: which country they are of is the channel's to know.
public enum PhoneFolding {
    /// Fewer digits name nobody: a placeholder such as `0`, or an inner line.
    public static let fewestDigits = 3

    /// What switchboards and providers write for a caller who withholds the number.
    static let withheld: Set<String> = [
        "anonymous", "anonymus", "unknown", "private", "withheld", "restricted", "unavailable",
        "blocked", "hidden", "no number", "not available", "none", "null", "n/a", "invalid",
        "asserted", "coin line/payphone", "ناشناس", "نامشخص", "خصوصی",
    ]

    static func fold(_ text: String) -> IdentityAddress? {
        var digits = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars where !isSeparator(scalar) {
            if let digit = PersianDigits.value(of: scalar) {
                digits.append(Unicode.Scalar(UInt8(0x30 + digit)))
                count += 1
            } else if scalar == "+" || scalar.value == 0xFF0B, digits.isEmpty {
                digits.append("+")
            } else {
                return other(text)
            }
        }
        guard count >= fewestDigits else { return nil }
        var number = String(digits)
        if number.hasPrefix("00") { number = "+" + number.dropFirst(2) }
        guard number.utf8.contains(where: { (0x31...0x39).contains($0) }) else { return nil }
        return .phone(number)
    }

    /// Something that is no number: a withheld one, or an address of the telephone network such as `sip:…`.
    private static func other(_ text: String) -> IdentityAddress? {
        let words = TextFold.folded(text).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        let plain = words.filter { !"<>()\"".contains($0) }
        return plain.isEmpty || withheld.contains(plain) ? nil : .phone(text)
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "-", "(", ")", ".", "/", "\u{A0}", "\u{2010}", "\u{2011}", "\u{2012}",
            "\u{2013}", "\u{2212}":
            true
        default: scalar.properties.generalCategory == .format
        }
    }
}
