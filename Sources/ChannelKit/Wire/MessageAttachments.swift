internal import Crypto
internal import HelpdeskCore

/// Files of a message: `{name, content_type, data}` with base64, `{name, content_type, path}` where the door has a spool, or
/// `{name, url}`, which is never fetched but shown as a link in the text.
struct MessageAttachments {
    var files: [InboundAttachment] = []
    /// Lines to put under the text.
    var links = ""

    private static let maximumFiles = 32

    static func read(
        _ message: JSONFields, _ door: MessageFiles
    ) throws(JSONFault) -> MessageAttachments {
        var result = MessageAttachments()
        for (index, node) in try message.list("attachments", atMost: maximumFiles).enumerated() {
            let fields = try JSONFields(node, path: message.place("attachments[\(index)]"))
            let name = try fields.word("name", atMost: 255)
            if let data = try fields.text("data", atMost: MessageDecoder.maximumBytes) {
                guard let bytes = WireBase64.decoded(Array(data.utf8)[...]) else {
                    throw fields.fault("data", "expected base64")
                }
                result.files.append(try file(name, bytes, fields))
            } else if case .spool(let read) = door, let path = try fields.text("path", atMost: 1000)
            {
                result.files.append(try file(name, try read(path, fields.place("path")), fields))
            } else if let url = try fields.word("url", atMost: 2000) {
                result.links += "\n[\(name ?? "file")] \(url)"
            } else {
                throw fields.fault("data", "is missing; an attachment has \(ways(door))")
            }
        }
        return result
    }

    private static func ways(_ door: MessageFiles) -> String {
        switch door {
        case .spool: "data (base64), url, or the path of a file in the spool"
        case .none: "data (base64) or url"
        }
    }

    private static func file(
        _ name: String?, _ bytes: [UInt8], _ fields: JSONFields
    ) throws(JSONFault) -> InboundAttachment {
        InboundAttachment(
            name: name,
            contentType: try fields.word("content_type", atMost: 255) ?? "application/octet-stream",
            size: Int64(bytes.count),
            sha256: BlobHash(rawValue: hexadecimal(SHA256.hash(data: bytes))), body: .bytes(bytes))
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self
        )
    }
}
