import ChannelKit

/// The attachments of a mail with a name each, so that nobody has to guess what “noname” is.
struct AttachmentList {
    private let reader: PartReader

    init(_ reader: PartReader) { self.reader = reader }

    func list(_ indices: [Int], _ parts: [MailPart]) -> [InboundAttachment] {
        indices.compactMap { index in
            guard parts.indices.contains(index) else { return nil }
            var part = parts[index]
            if part.kind == .message { part.range = messageRange(index, parts) }
            if part.kind == .leaf, part.range == nil { part.range = 0..<0 }
            return reader.attachment(part, name: name(of: part))
        }
    }

    private func name(of part: MailPart) -> String? {
        if let given = part.filename.flatMap(TextCleaning.fileName) { return given }
        let described = part.description.map(TextCleaning.oneLine) ?? ""
        if part.kind == .message || part.isEncodedMessage {
            let subject = subject(of: part)
            let title = subject.isEmpty ? described : subject
            let name = title.isEmpty ? "message" : title
            return TextCleaning.fileName(name.hasSuffix(".eml") ? name : name + ".eml")
        }
        if !described.isEmpty, let name = TextCleaning.fileName(described) {
            let usual = Self.usualNames[part.contentType] ?? (part.type == "text" ? "text.txt" : "")
            let ending = usual.lastIndex(of: ".").map { usual[$0...] } ?? ""
            return name.utf8.suffix(6).contains(Ascii.dot) ? name : name + ending
        }
        if part.type == "image" {
            let ending = part.subtype.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
            return "image." + (ending == "jpeg" ? "jpg" : ending)
        }
        return Self.usualNames[part.contentType]
    }

    /// Bytes of a forwarded mail in which its subject is looked for.
    private static let reach = 64 << 10

    private func subject(of part: MailPart) -> String {
        guard part.kind == .message, let range = part.range else { return "" }
        let piece = Array(reader.mail.bytes[range].prefix(Self.reach))
        let header = HeaderBlock(piece, limits: reader.limits)
        let type = HeaderParameters(header.first("content-type", in: piece) ?? [])
        let decoding = HeaderDecoding(header, contentType: type, in: piece)
        return header.first("subject", in: piece).map(decoding.text) ?? ""
    }

    private static let usualNames: [String: String] = [
        "application/pkcs7-mime": "smime.p7m", "application/x-pkcs7-mime": "smime.p7m",
        "application/pkcs7-signature": "smime.p7s", "application/x-pkcs7-signature": "smime.p7s",
        "application/pgp-signature": "signature.asc", "application/pgp-encrypted": "version.txt",
        "application/pgp-keys": "key.asc", "application/ms-tnef": "winmail.dat",
        "application/vnd.ms-tnef": "winmail.dat", "text/calendar": "invitation.ics",
        "message/delivery-status": "delivery-status.txt",
        "message/disposition-notification": "disposition.txt",
        "text/rfc822-headers": "headers.txt", "text/x-vcard": "contact.vcf",
        "text/vcard": "contact.vcf",
    ]

    /// From the first header of the forwarded mail to the boundary that ends it, or to the end.
    private func messageRange(_ index: Int, _ parts: [MailPart]) -> Range<Int> {
        let bytes = reader.mail.bytes
        guard let start = parts[index].range?.lowerBound, start <= bytes.count else { return 0..<0 }
        var boundary: [UInt8]?
        var parent = parts[index].parent
        while let place = parent, parts.indices.contains(place), place < index {
            if let text = parts[place].boundary, !text.isEmpty {
                boundary = [Ascii.dash, Ascii.dash] + Array(text.utf8)
                break
            }
            parent = parts[place].parent
        }
        guard let boundary else { return start..<bytes.count }
        // What lies inside of the forwarded mail cannot end it: search behind its last part.
        var position = start
        var next = index &+ 1
        while parts.indices.contains(next), isInside(next, index, parts) {
            if let range = parts[next].range { position = max(position, range.upperBound) }
            next &+= 1
        }
        while position < bytes.count {
            let line = bytes.lineRange(from: position)
            if bytes[line.content].starts(with: boundary) { break }
            position = line.next
        }
        return start..<withoutLineEnd(position, from: start, bytes)
    }

    private func isInside(_ part: Int, _ ancestor: Int, _ parts: [MailPart]) -> Bool {
        var current = parts[part].parent
        while let place = current, place > ancestor { current = parts[place].parent }
        return current == ancestor
    }

    /// The line end in front of a boundary belongs to the boundary (RFC 2046 section 5.1.1).
    private func withoutLineEnd(_ end: Int, from start: Int, _ bytes: [UInt8]) -> Int {
        var end = end
        guard end < bytes.count else { return end }
        if end > start, bytes[end &- 1] == Ascii.lineFeed { end &-= 1 }
        if end > start, bytes[end &- 1] == Ascii.carriageReturn { end &-= 1 }
        return end
    }
}
