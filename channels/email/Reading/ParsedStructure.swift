import CGMime
import ChannelKit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The parts of a mail: one for a mail without structure, else what GMime says, copied into values so that nothing of
/// GMime outlives the parse. Blocking C: its callers run on a thread pool. Every call makes its own GMime objects;
/// nothing is shared between threads.
struct ParsedStructure {
    /// In document order; a part's parent stands before it.
    private(set) var parts: [MailPart] = []
    private(set) var isBounded = false

    /// Offsets in the result count from the start of the mail's bytes. Nil when GMime finds no part in them.
    init?(_ source: MailSource, limits: MailLimits) {
        guard source.hasStructure else {
            parts = [Self.single(source)]
            return
        }
        let start = source.header.start
        guard start < source.bytes.count else { return nil }
        let found = source.bytes.withUnsafeBufferPointer { buffer -> ParsedStructure? in
            guard let base = buffer.baseAddress else { return nil }
            var bounds = cgm_limits(
                depth: Int32(clamping: limits.depth), parts: Int32(clamping: limits.parts))
            guard let mail = cgm_mail_parse(base + start, buffer.count &- start, &bounds) else {
                return nil
            }
            defer { cgm_mail_free(mail) }
            return ParsedStructure(mail, start: start, count: buffer.count)
        }
        guard let found else { return nil }
        self = found
    }

    private init(_ mail: OpaquePointer, start: Int, count: Int) {
        isBounded = cgm_mail_truncated(mail) == 1
        let most = cgm_mail_part_count(mail)
        parts.reserveCapacity(most)
        for index in 0..<most {
            guard let entry = cgm_mail_part(mail, index)?.pointee else { continue }
            parts.append(Self.part(entry, start: start, count: count))
        }
    }

    /// The whole body as one part: GMime would find the same, after a parse of every header.
    private static func single(_ source: MailSource) -> MailPart {
        let header = source.header
        let bytes = source.bytes
        let names = names(source.contentType)
        return MailPart(
            kind: .leaf, parent: nil,
            type: names.type, subtype: names.subtype,
            contentType: source.contentType,
            disposition: HeaderParameters(header.first("content-disposition", in: bytes) ?? []),
            contentID: header.first("content-id", in: bytes).flatMap(MessageIdentifiers.single),
            description: header.first("content-description", in: bytes).map(HeaderDecoding.word),
            encoding: encoding(of: header, in: bytes), range: header.bodyStart..<bytes.count)
    }

    /// RFC 2045 section 5.2: what is no type is plain text.
    static func names(_ contentType: HeaderParameters) -> (type: String, subtype: String) {
        let names = contentType.value.split(
            separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
        guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return ("text", "plain") }
        return (Array(names[0]).asText, Array(names[1]).asText)
    }

    /// What the Content-Transfer-Encoding of the whole mail says.
    static func encoding(of header: HeaderBlock, in bytes: [UInt8]) -> TransferEncoding {
        guard let value = header.first("content-transfer-encoding", in: bytes) else {
            return .identity
        }
        return encoding(value.asText.withCString { cgm_encoding($0) })
    }

    private static func part(_ entry: cgm_part, start: Int, count: Int) -> MailPart {
        var range: Range<Int>?
        let low = start &+ Int(clamping: entry.offset)
        if entry.length >= 0, low >= start, low <= count {
            let (high, overflow) = low.addingReportingOverflow(Int(clamping: entry.length))
            range = low..<(overflow ? count : max(low, min(high, count)))
        } else if Int(entry.kind) == Int(CGM_MESSAGE), entry.offset >= 0, low <= count {
            range = low..<low
        }
        let kinds: [MailPart.Kind] = [.leaf, .multipart, .message]
        let kind = kinds.indices.contains(Int(entry.kind)) ? kinds[Int(entry.kind)] : .leaf
        let contentType = HeaderParameters(value(entry.raw_type))
        var names = (
            type: text(entry.type)?.lowercased() ?? "text",
            subtype: text(entry.subtype)?.lowercased() ?? "plain"
        )
        // Where the header says something that is no type, GMime says octets and RFC 2045 section 5.2 text.
        if kind == .leaf, !contentType.value.isEmpty { names = Self.names(contentType) }
        return MailPart(
            kind: kind, parent: entry.parent >= 0 ? Int(entry.parent) : nil,
            type: names.type, subtype: names.subtype, contentType: contentType,
            disposition: HeaderParameters(value(entry.raw_disposition)),
            contentID: text(entry.content_id),
            description: entry.description.map { HeaderDecoding.word(value($0)) }, encoding: encoding(entry.encoding), range: range)
    }

    /// A header value as received, unfolded.
    private static func value(_ pointer: UnsafePointer<CChar>?) -> [UInt8] {
        guard let pointer else { return [] }
        // As long as a header value may be (`MailLimits.headerBytes`), for parts too.
        let bytes = UnsafeBufferPointer(start: pointer, count: strnlen(pointer, 65_536))
        var value: [UInt8] = []
        value.reserveCapacity(bytes.count)
        for byte in bytes where byte != 0x0A && byte != 0x0D {
            value.append(UInt8(bitPattern: byte))
        }
        return value
    }

    private static func encoding(_ code: Int32) -> TransferEncoding {
        switch Int(code) {
        case Int(CGM_BASE64): .base64
        case Int(CGM_QUOTED_PRINTABLE): .quotedPrintable
        case Int(CGM_UUENCODE): .uuencode
        default: .identity
        }
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer else { return nil }
        return String(cString: pointer)
    }
}
