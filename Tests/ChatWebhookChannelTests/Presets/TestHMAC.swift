import ChannelKit
import Crypto

@testable import ChatWebhookChannel

/// Signatures as providers make them, apart from the code under test.
enum TestHMAC {
    static func sha256(_ secret: String, _ bytes: [UInt8]) -> String {
        Hexadecimal.encoded(
            Array(
                HMAC<SHA256>.authenticationCode(
                    for: bytes, using: SymmetricKey(data: Array(secret.utf8)))))
    }

    static func sha1Base64(_ secret: String, _ bytes: [UInt8]) -> String {
        WireBase64.encoded(
            Array(
                HMAC<Insecure.SHA1>.authenticationCode(
                    for: bytes, using: SymmetricKey(data: Array(secret.utf8)))))
    }
}
