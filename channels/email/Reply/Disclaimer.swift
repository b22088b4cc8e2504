/// “This e-mail and any attachments are confidential …”: what companies put below every mail, and “CAUTION: this email
/// originated from outside” that they put above.
enum Disclaimer {
    /// Shorter than this a person may have written it.
    private static let shortest = 70

    /// Lines at the end of a mail in which a disclaimer is looked for.
    private static let mostLines = 300

    /// The place in `kept` where a disclaimer at the end begins; nil where there is none.
    static func start(in kept: [Int], of text: TextLines) -> Int? {
        // Disclaimers are the end of a mail.
        let near = kept.indices.suffix(mostLines)
        for place in near where text[kept[place]].count >= 12 && !text.lines[kept[place]].isQuoted {
            guard openers.matches(text[kept[place]].prefix(80).lowercasedText) else { continue }
            let rest = paragraph(from: place, in: kept, of: text)
            guard rest.count >= shortest else { continue }
            let lower = Phrases.normalised(rest[...].lowercasedText)
            if substance.matches(lower) {
                return kept[..<place].contains { !text.lines[$0].isBlank } ? place : nil
            }
        }
        return nil
    }

    /// Bytes of a paragraph that are looked at.
    private static let reach = 1_500

    /// From here to the next empty line, at most 20 lines.
    private static func paragraph(from place: Int, in kept: [Int], of text: TextLines) -> [UInt8] {
        var result: [UInt8] = []
        for index in kept[place...].prefix(20) {
            if text.lines[index].isBlank || result.count >= reach { break }
            result += text[index].prefix(reach)
            result.append(Ascii.space)
        }
        return result
    }

    /// How many of the first lines are a warning of the receiving company's own filter.
    static func bannerEnd(in kept: [Int], of text: TextLines) -> Int {
        guard let first = kept.first, text[first].count <= 600 else { return 0 }
        let head = Phrases.normalised(text[first].prefix(600))
        guard banners.matches(head) else { return 0 }
        var end = 1
        while end < kept.count, end < 8, !text.lines[kept[end]].isBlank { end &+= 1 }
        return kept[end...].contains { !text.lines[$0].isBlank } ? end : 0
    }

    private static let openers = PhraseTable([
        (
            (),
            [
                "this e-mail", "this email", "this message", "this communication",
                "this transmission",
                "the information contained", "the information in this", "the contents of this",
                "the content of this", "confidentiality", "confidential:", "disclaimer",
                "legal notice",
                "privileged", "if you are not the intended", "if you have received this", "notice:",
                "important notice", "privacy notice",
                "diese e-mail", "diese email", "diese nachricht", "der inhalt dieser",
                "die information",
                "vertraulichkeitshinweis", "haftungsausschluss", "ce message", "cet e-mail",
                "ce courriel",
                "les informations contenues", "avis de confidentialité", "este mensaje",
                "este correo",
                "este e-mail", "la información contenida", "aviso legal",
                "aviso de confidencialidad",
                "questo messaggio", "questa e-mail", "la presente e-mail",
                "la presente comunicazione",
                "le informazioni contenute", "esta mensagem", "este e-mail", "as informações",
                "aviso de confidencialidade", "dit bericht", "deze e-mail", "de informatie",
                "denna e-post",
                "detta meddelande", "denne e-mail", "denne mail", "denne e-post",
                "denne meddelelse",
                "tämä viesti", "tämä sähköposti", "ta wiadomość", "niniejsza wiadomość",
                "treść tej",
                "tato zpráva", "táto správa", "ez az e-mail", "acest mesaj", "acest e-mail",
                "bu e-posta",
                "bu mesaj", "это сообщение", "настоящее сообщение", "данное сообщение",
                "информация, содержащаяся", "این ایمیل", "این پیام", "محتوای این", "اطلاعات این",
                "هذه الرسالة", "هذا البريد",
            ]
        )
    ])

    private static let substance = PhraseTable([
        (
            (),
            [
                "confidential", "intended recipient", "intended only", "intended solely",
                "privileged",
                "unauthorized", "unauthorised", "not the intended", "vertraulich",
                "nicht der richtige adressat", "nicht der beabsichtigte", "unbefugt",
                "confidentiel",
                "destinataire", "confidencial", "destinatari", "riservat", "vertrouwelijk",
                "uitsluitend bestemd", "geadresseerde", "fortrolig", "konfidentiell",
                "konfidensiell",
                "avsedd", "tiltenkt", "luottamuksel", "poufn", "důvěrn", "dôvern", "bizalmas",
                "confidenţial", "confidențial", "gizli", "конфиденциал", "конфіденцій", "محرمانه",
                "سري",
            ]
        )
    ])

    private static let banners = PhraseTable([
        (
            (),
            [
                "email originated from outside", "e-mail originated from outside",
                "message originated from outside", "mail originated outside",
                "email originated outside",
                "this is an external email", "this is an external e-mail", "external email:",
                "external sender:", "[external]", "you don't often get email from",
                "this email is from an external", "this message came from outside",
                "email was sent from outside", "caution: external", "warning: external",
                "diese e-mail kommt von extern", "diese e-mail stammt von einem externen",
                "externe e-mail",
                "externer absender", "courriel externe", "expéditeur externe", "correo externo",
                "let op: deze e-mail is afkomstig",
            ]
        )
    ])
}
