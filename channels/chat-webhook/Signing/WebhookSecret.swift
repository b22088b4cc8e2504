internal import ChannelKit
internal import Crypto

/// A shared secret, as the keys it may stand for.
///
/// `whsec_…` is base64 (Standard Webhooks). Another text is its own bytes; since many libraries take
/// every secret as base64, what was signed so is believed too, where the text is clean base64 of at least
/// 16 bytes. Knowing either key means knowing the secret.
struct WebhookSecret: Sendable {
    /// The first signs what we send.
    let keys: [SymmetricKey]
    /// As it was written, for providers that sign with the text itself.
    let text: [UInt8]

    /// nil when it is empty, or `whsec_` with something that is not base64.
    init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while let last = bytes.last, last == 0x0A || last == 0x0D || last == 0x20 {
            bytes = bytes.dropLast()
        }
        self.text = Array(bytes)
        if bytes.starts(with: "whsec_".utf8) {
            guard let key = WireBase64.decoded(bytes.dropFirst(6)), !key.isEmpty else { return nil }
            keys = [SymmetricKey(data: key)]
            return
        }
        guard !bytes.isEmpty else { return nil }
        var keys = [SymmetricKey(data: Array(bytes))]
        if let key = WireBase64.decoded(bytes), key.count >= 16 {
            keys.append(SymmetricKey(data: key))
        }
        self.keys = keys
    }

    /// Without the line end that editors put behind it.
    static func trimmed(_ text: String) -> String {
        var bytes = Array(text.utf8)[...]
        while let last = bytes.last, last == 0x0A || last == 0x0D || last == 0x20 {
            bytes = bytes.dropLast()
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
