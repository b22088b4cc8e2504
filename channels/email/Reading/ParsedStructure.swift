import CGMime
import ChannelKit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What GMime says of a mail, copied into values so that nothing of GMime outlives the parse. Blocking C: its callers
/// run on a thread pool. Every call makes its own GMime objects; nothing is shared between threads.
struct ParsedStructure {
    struct Address {
        let role: Role
        let name: String
        let address: String
    }

    enum Role: Int32 { case from, sender, replyTo, to, cc, bcc }

    var addresses: [Address] = []
    /// In document order; a part's parent stands before it.
    var parts: [MailPart] = []
    var isBounded = false

    /// Parses `bytes[from...]`; offsets in the result count from the start of `bytes`. Nil when there is no message.
    init?(_ bytes: [UInt8], from start: Int, limits: MailLimits) {
        guard start < bytes.count else { return nil }
        let found = bytes.withUnsafeBufferPointer { buffer -> ParsedStructure? in
            guard let base = buffer.baseAddress else { return nil }
            var bounds = cgm_limits(
                depth: Int32(clamping: limits.depth), parts: Int32(clamping: limits.parts),
                addresses: Int32(clamping: limits.addresses))
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
        for index in 0..<cgm_mail_address_count(mail) {
            guard let entry = cgm_mail_address(mail, index)?.pointee,
                let role = Role(rawValue: entry.role), let address = Self.text(entry.address)
            else { continue }
            addresses.append(
                Address(role: role, name: Self.text(entry.name) ?? "", address: address))
        }
        for index in 0..<cgm_mail_part_count(mail) {
            guard let entry = cgm_mail_part(mail, index)?.pointee else { continue }
            parts.append(Self.part(entry, start: start, count: count))
        }
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
        return MailPart(
            kind: kind,
            parent: entry.parent >= 0 ? Int(entry.parent) : nil,
            type: text(entry.type)?.lowercased() ?? "text",
            subtype: text(entry.subtype)?.lowercased() ?? "plain",
            charset: text(entry.charset), disposition: text(entry.disposition)?.lowercased(),
            filename: filename(entry), contentID: text(entry.content_id),
            isFlowed: text(entry.format)?.lowercased() == "flowed",
            deletesSpace: text(entry.delsp)?.lowercased() == "yes",
            smimeType: text(entry.smime_type)?.lowercased(),
            protocolName: text(entry.protocol)?.lowercased(),
            reportType: text(entry.report_type)?.lowercased(),
            nestedSubject: text(entry.nested_subject),
            description: text(entry.description), encoding: encoding(entry.encoding),
            range: range, boundary: text(entry.boundary))
    }

    private static func filename(_ entry: cgm_part) -> String? {
        PartNames.corrected(
            disposition: bytes(entry.raw_disposition), type: bytes(entry.raw_type))
            ?? text(entry.filename)
    }

    private static func bytes(_ pointer: UnsafePointer<CChar>?) -> [UInt8] {
        guard let pointer else { return [] }
        // As long as a header value may be (`MailLimits.headerBytes`), for parts too.
        return UnsafeBufferPointer(start: pointer, count: strnlen(pointer, 65_536))
            .map { UInt8(bitPattern: $0) }
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
