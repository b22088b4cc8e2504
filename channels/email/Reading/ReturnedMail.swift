/// The mail that came back with a bounce (RFC 3464 section 2, third part): its Message-ID ties the bounce to what we sent.
enum ReturnedMail {
    /// Bytes of the returned mail that are looked at; its header block is ours and short.
    private static let reach = 64 << 10

    static func messageID(_ bytes: [UInt8], _ parts: [MailPart], limits: MailLimits) -> String? {
        for part in parts {
            let isReturned = part.kind == .message || part.subtype == "rfc822-headers"
            guard isReturned, let start = part.range?.lowerBound, start < bytes.count else {
                continue
            }
            let piece =
                part.kind == .message
                ? Array(bytes[start...].prefix(reach))
                : PartContent.decoded(
                    bytes, range: part.range ?? 0..<0, encoding: part.encoding, limit: reach)
            let header = HeaderBlock(piece, limits: limits)
            if let id = header.first("message-id", in: piece).flatMap(MessageIdentifiers.single) {
                return id
            }
        }
        return nil
    }
}
