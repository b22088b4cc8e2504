internal import ChannelKit
internal import Crypto
internal import HelpdeskCore
internal import HelpdeskStore

/// Hashes over messages: what makes two deliveries the same message.
enum Digest {
    static func blob(_ bytes: [UInt8]) -> BlobHash {
        BlobHash(rawValue: Hexadecimal.text(SHA256.hash(data: bytes)))
    }

    /// Over who said what when, with which files; not over the way it took (Received headers differ between two deliveries of one
    /// mail). Parts are framed by their length, so that nothing can be shifted from one to the next.
    static func fingerprint(_ message: InboundMessage) -> String {
        var hash = SHA256()
        func add(_ text: String?) {
            var text = text ?? "\u{0}"
            text.withUTF8 { bytes in
                withUnsafeBytes(of: UInt64(bytes.count).littleEndian) {
                    hash.update(bufferPointer: $0)
                }
                hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
            }
        }
        add(message.sender.identity?.address.text)
        add(message.sentAt.map { String($0.milliseconds) })
        add(message.subject)
        add(message.text)
        add(message.fullText)
        add(message.html)
        add(message.kind.rawValue)
        add(message.author.rawValue)
        for attachment in message.attachments {
            add(attachment.name)
            add(attachment.sha256.rawValue)
        }
        if let call = message.call {
            add("\(call.direction.rawValue) \(call.outcome.rawValue) \(call.durationSeconds)")
        }
        return Hexadecimal.text(hash.finalize().prefix(16))
    }
}
