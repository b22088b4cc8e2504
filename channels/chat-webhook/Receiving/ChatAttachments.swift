internal import ChannelKit
internal import Crypto
internal import HelpdeskCore

/// Files of a message: `{name, content_type, data}` with base64, or `{name, url}`, which is never fetched
/// but shown as a link in the text.
struct ChatAttachments {
    var files: [InboundAttachment] = []
    /// Lines to put under the text.
    var links = ""

    private static let maximumFiles = 32

    static func read(_ message: JSONFields) throws(JSONFault) -> ChatAttachments {
        var result = ChatAttachments()
        for (index, node) in try message.list("attachments", atMost: maximumFiles).enumerated() {
            let fields = try JSONFields(node, path: message.place("attachments[\(index)]"))
            let name = try fields.word("name", atMost: 255)
            if let data = try fields.text("data", atMost: ChatWebhookChannel.maximumBodyBytes) {
                guard let bytes = Base64.decoded(Array(data.utf8)[...]) else {
                    throw fields.fault("data", "expected base64")
                }
                let type =
                    try fields.word("content_type", atMost: 255) ?? "application/octet-stream"
                result.files.append(
                    InboundAttachment(
                        name: name, contentType: type, size: Int64(bytes.count),
                        sha256: BlobHash(rawValue: hexadecimal(SHA256.hash(data: bytes))),
                        body: .bytes(bytes)))
            } else if let url = try fields.word("url", atMost: 2000) {
                result.links += "\n[\(name ?? "file")] \(url)"
            } else {
                throw fields.fault("data", "is missing; an attachment has data (base64) or url")
            }
        }
        return result
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self
        )
    }
}
