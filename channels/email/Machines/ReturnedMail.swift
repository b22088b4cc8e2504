/// The mail that came back with a report (RFC 3464 section 2, third part): its Message-ID ties the report to what we
/// sent, and where nothing else names the recipients, its To does.
struct ReturnedMail {
    private(set) var messageID: String?
    /// Lower case.
    private(set) var recipients: [String] = []

    /// Bytes of the returned mail that are looked at; its header block is ours and short.
    private static let reach = 64 << 10

    /// In a part of its own: message/rfc822 and message/global, or only its header as text/rfc822-headers,
    /// message/global-headers and what old servers call it.
    init(_ bytes: [UInt8], _ parts: [MailPart], limits: MailLimits) {
        for part in parts {
            let isHeader = part.subtype.hasSuffix("headers") || part.subtype == "rfc822-header"
            guard part.kind == .message || isHeader || part.contentType == "message/rfc822",
                let range = part.range, range.lowerBound < bytes.count
            else { continue }
            let piece =
                part.kind == .message
                ? Array(bytes[range.lowerBound...].prefix(Self.reach))
                : PartContent.decoded(
                    bytes, range: range, encoding: part.encoding, limit: Self.reach)
            read(header: piece, limits: limits)
            if messageID != nil { return }
        }
    }

    /// Quoted in the text of a notice, with or without a mark before each line.
    init(quotedIn text: [UInt8], limits: MailLimits) {
        var position = 0
        while position < text.count, messageID == nil || recipients.isEmpty {
            let line = text.lineRange(from: position)
            position = line.next
            var content = text.trimmed(line.content)
            while let first = text[content].first,
                first == Ascii.greater || first == UInt8(ascii: "|") || first == Ascii.space
            {
                content = (content.lowerBound &+ 1)..<content.upperBound
            }
            if messageID == nil, text.matches("message-id:", at: content.lowerBound) {
                messageID = id(content, next: position, in: text)
            }
            if recipients.isEmpty, text.matches("to:", at: content.lowerBound) {
                recipients = MailAddressScan.all(in: text, content, limit: 10).map(\.address)
            }
        }
    }

    private func id(_ line: Range<Int>, next: Int, in text: [UInt8]) -> String? {
        let colon = text[line].firstIndex(of: Ascii.colon) ?? line.upperBound
        var value = Array(text[colon..<line.upperBound].dropFirst())
        // A long id stands on the next line.
        if value.isBlank { value = Array(text[text.lineRange(from: next).content]) }
        guard value.contains(Ascii.at) || value.contains(Ascii.less) else { return nil }
        return MessageIdentifiers.single(value)
    }

    private mutating func read(header piece: [UInt8], limits: MailLimits) {
        let header = HeaderBlock(piece, limits: limits)
        if messageID == nil {
            messageID = header.first("message-id", in: piece).flatMap(MessageIdentifiers.single)
        }
        if recipients.isEmpty, let to = header.first("to", in: piece) {
            recipients = MailAddressScan.all(in: to, 0..<to.count, limit: 10).map(\.address)
        }
    }

}
