import ChannelKit
import HelpdeskCore

/// Reads parts of one mail: their text, or their digest and place.
struct PartReader {
    let mail: MailSource
    let parts: [MailPart]
    let limits: MailLimits

    /// The texts of these parts, one below the other.
    func joinedText(_ indices: [Int]) -> [UInt8] {
        var result: [UInt8] = []
        for index in indices where parts.indices.contains(index) {
            let text = text(of: parts[index])
            guard !text.isEmpty, result.count < limits.textBytes else { continue }
            if !result.isEmpty, result.last != Ascii.lineFeed { result.append(Ascii.lineFeed) }
            result += text
        }
        return result
    }

    private func text(of part: MailPart) -> [UInt8] {
        guard let range = part.range else { return [] }
        let bytes = PartContent.decoded(
            mail.bytes, range: range, encoding: part.encoding, limit: limits.textBytes)
        var charset = part.charset
        if part.subtype == "html", Charset.label(charset) == .unstated {
            charset = HTMLCharset.declared(in: bytes)
        }
        var text = TextDecoding.normalised(
            TextDecoding.utf8(bytes, declared: charset, hint: mail.hint))
        if part.isFlowed, part.subtype == "plain" {
            text = FlowedText.unflowed(text, deletesSpace: part.deletesSpace ? .yes : .no)
        }
        return text
    }

    /// The part as a file that came along.
    func attachment(_ part: MailPart, name: String?) -> InboundAttachment {
        let range = part.range ?? 0..<0
        let digest = PartContent.digest(mail.bytes, range: range, encoding: part.encoding)
        return InboundAttachment(
            name: name, contentType: part.contentType, size: digest.size, sha256: digest.sha256,
            contentID: part.contentID.map(TextCleaning.oneLine),
            body: .range(
                offset: range.lowerBound, length: range.count, encoding: part.encoding))
    }

    /// The whole mail, for those of which a part was not looked at.
    func wholeMail() -> InboundAttachment {
        let range = 0..<mail.raw.count
        let digest = PartContent.digest(mail.raw, range: range, encoding: .identity)
        return InboundAttachment(
            name: "original.eml", contentType: "message/rfc822", size: digest.size,
            sha256: digest.sha256,
            body: .range(offset: 0, length: range.count, encoding: .identity))
    }
}
