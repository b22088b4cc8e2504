import ChannelKit

/// One line that says what a mail without text holds, so that nobody ever sees an empty message (reliability E6).
enum MailDescription {
    private static let mostNames = 5

    /// For a text that is nothing but a block of PGP: what it is. Nil for every other text.
    static func armour(_ text: [UInt8]) -> [UInt8]? {
        let start = text.trimmed(0..<text.count).lowerBound
        guard text.matches("-----begin pgp message-----", at: start) else { return nil }
        return Array("[This text is encrypted with PGP. It is kept as received.]".utf8)
    }

    static func text(_ parts: [MailPart], attachments: [InboundAttachment]) -> String {
        let types = Set(parts.prefix(64).map(\.contentType))
        let isPGP = parts.contains {
            $0.contentType == "multipart/encrypted" || $0.contentType == "application/pgp-encrypted"
        }
        if isPGP { return "[This mail is encrypted with PGP. It is attached as received.]" }
        if let part = parts.first(where: { $0.subtype.hasSuffix("pkcs7-mime") }) {
            return part.smimeType?.hasPrefix("signed") == true
                ? "[This mail is sealed as an S/MIME signed file. It is attached as received.]"
                : "[This mail is encrypted with S/MIME. It is attached as received.]"
        }
        if types.contains("application/ms-tnef") || types.contains("application/vnd.ms-tnef") {
            return
                "[This mail is packed in Outlook's own format (TNEF). It is attached as received.]"
        }
        if types.contains("text/calendar") { return "[This mail is a calendar entry.]" }
        if types.contains("message/external-body") {
            return "[This mail names files that lie elsewhere. It is attached as received.]"
        }
        guard !attachments.isEmpty else { return "[This mail has no text.]" }
        let names = attachments.prefix(mostNames).map { $0.name ?? $0.contentType }
        let more = attachments.count - names.count
        let rest = more > 0 ? " and \(more) more" : ""
        return "[This mail has no text. Attached: \(names.joined(separator: ", "))\(rest)]"
    }
}
