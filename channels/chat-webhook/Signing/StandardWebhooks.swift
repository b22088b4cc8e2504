internal import ChannelKit
internal import Crypto
internal import HelpdeskCore

/// Standard Webhooks signatures (github.com/standard-webhooks, specification 1.0.0): HMAC-SHA256 over
/// `id.timestamp.body`, in base64 behind `v1,`.
struct StandardWebhooks: Sendable {
    /// How far the sender's clock may be off, both ways; exactly this much is still fine.
    static let tolerance = TimeSpan.minutes(5)
    private static let maximumSignatures = 32
    private static let maximumIDBytes = 255

    enum Fault: Error, Equatable, CustomStringConvertible {
        case missingHeader(String)
        case badID
        case badTimestamp
        case tooOld
        case tooNew
        case noMatch

        var description: String {
            switch self {
            case .missingHeader(let name): "the header \(name) is missing"
            case .badID:
                "webhook-id must be 1 to \(maximumIDBytes) bytes without control characters"
            case .badTimestamp: "webhook-timestamp must be seconds since 1970"
            case .tooOld: "webhook-timestamp is more than 5 minutes old; check the sender's clock"
            case .tooNew: "webhook-timestamp is more than 5 minutes ahead; check the sender's clock"
            case .noMatch:
                "no v1 signature matches; check the secret, and that the body is signed as sent"
            }
        }
    }

    /// All are valid on what comes in; the first signs what goes out.
    let secrets: [WebhookSecret]

    /// Returns the request's id when one of the signatures is right. Compares in constant time.
    func verify(
        id: String?, timestamp: String?, signatures: String?, body: [UInt8], at now: Instant
    ) throws(Fault) -> String {
        guard let id else { throw .missingHeader("webhook-id") }
        guard let timestamp else { throw .missingHeader("webhook-timestamp") }
        guard let signatures else { throw .missingHeader("webhook-signature") }
        guard (1...Self.maximumIDBytes).contains(id.utf8.count),
            id.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { throw .badID }
        let digits = Array(timestamp.utf8)
        guard (1...12).contains(digits.count), digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let seconds = Int64(timestamp)
        else { throw .badTimestamp }
        let age = now.since(Instant(milliseconds: seconds * 1000))
        let signed = Self.signed(id: id, timestamp: timestamp, body: body)
        guard matches(signatures, signed) else { throw .noMatch }
        // After the signature, so that only who knows the secret learns about our clock.
        guard age <= Self.tolerance else { throw .tooOld }
        guard age >= -Self.tolerance else { throw .tooNew }
        return id
    }

    /// The value of `webhook-signature`; one signature, by the first secret. nil without any secret.
    func signature(id: String, timestamp: Int64, body: [UInt8]) -> String? {
        guard let key = secrets.first?.keys.first else { return nil }
        let signed = Self.signed(id: id, timestamp: String(timestamp), body: body)
        return "v1,"
            + WireBase64.encoded(Array(HMAC<SHA256>.authenticationCode(for: signed, using: key)))
    }

    private func matches(_ signatures: String, _ signed: [UInt8]) -> Bool {
        let given = Array(signatures.utf8).split(separator: 0x20, maxSplits: Self.maximumSignatures)
            .prefix(Self.maximumSignatures)
            .compactMap { part -> [UInt8]? in
                guard part.starts(with: "v1,".utf8) else { return nil }
                return WireBase64.decoded(part.dropFirst(3))
            }
        var isRight = false
        for key in secrets.flatMap(\.keys) {
            for code in given
            where HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: key) {
                isRight = true
            }
        }
        return isRight
    }

    private static func signed(id: String, timestamp: String, body: [UInt8]) -> [UInt8] {
        Array("\(id).\(timestamp).".utf8) + body
    }
}
