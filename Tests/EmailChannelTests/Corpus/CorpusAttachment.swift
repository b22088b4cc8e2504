import ChannelKit
import CorpusKit
import HelpdeskCore

@testable import EmailChannel

/// An attachment of ours beside what a peer says of one of its.
struct CorpusAttachment: CustomStringConvertible {
    let name: String?
    let contentType: String
    let contentID: String?
    let content: [UInt8]

    init(_ attachment: InboundAttachment, of bytes: [UInt8]) {
        name = attachment.name
        contentType = attachment.contentType
        contentID = attachment.contentID
        content =
            switch attachment.body {
            case .range(let offset, let length, let encoding):
                PartContent.decoded(
                    bytes, range: offset..<(offset + length), encoding: encoding, limit: 50 << 20)
            case .bytes(let bytes): bytes
            }
    }

    var description: String { "\(name ?? "-") \(content.count)" }

    static func text(_ wanted: JSONValue) -> String {
        let name = wanted["filename"]?.text ?? wanted["name"]?.text
        return "\(name ?? "-") \(wanted["size"]?.number ?? -1)"
    }

    /// Names that peers make up say nothing; sizes and digests may be of the text with LF line ends.
    func isWanted(_ wanted: JSONValue) -> Bool {
        let given = wanted["filename"]?.text ?? wanted["name"]?.text
        if let given, !given.hasPrefix("noname"), !given.hasPrefix("attachment."),
            name.map(Reductions.ws) != Reductions.ws(given)
        {
            return false
        }
        let forms = [content, TextDecoding.normalised(content)]
        if let size = wanted["size"]?.number, !forms.contains(where: { $0.count == size }) {
            return false
        }
        if let hash = wanted["sha256"]?.text,
            !forms.contains(where: { Agreement.digest($0) == hash })
        {
            return false
        }
        if let text = wanted["contains"]?["text"]?.text, let count = wanted["contains"]?["count"]?.number {
            let found = content.asText.ranges(of: text).count
            if found != count { return false }
        }
        return true
    }

    /// Parts that say something about the mail and are no file of anybody's.
    var isFormality: Bool {
        [
            "message/delivery-status", "text/rfc822-headers", "application/pgp-signature",
            "text/calendar", "message/disposition-notification",
        ].contains(contentType)
    }

}
