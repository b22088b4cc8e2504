/// One mail while it is read: the bytes as received, what is parsed in their place where they were defused, and the header
/// block. Offsets are the same in both.
struct MailSource {
    let raw: [UInt8]
    let bytes: [UInt8]
    let header: HeaderBlock
    /// Type and parameters of the whole, from the topmost Content-Type.
    let contentType: HeaderParameters

    init(raw: [UInt8], header: HeaderBlock, limits: MailLimits) {
        self.raw = raw
        self.header = header
        contentType = HeaderParameters(header.first("content-type", in: raw) ?? [])
        // Only what goes through GMime has to be harmless for it.
        bytes = Self.hasStructure(contentType) ? MailGuard.defused(raw, header: header) ?? raw : raw
    }

    /// The charset that encoded words in the header name: programs write body and header in the same one.
    var hint: String? { HeaderDecoding.charsetOfWords(header, in: raw) }

    /// Multiparts and forwarded mails have parts of their own; everything else is one part.
    var hasStructure: Bool { Self.hasStructure(contentType) }

    private static func hasStructure(_ type: HeaderParameters) -> Bool {
        type.value.starts(with: "multipart".utf8) || type.value.starts(with: "message/".utf8)
    }
}
