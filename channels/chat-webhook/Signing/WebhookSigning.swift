public import HelpdeskCore

/// Signs what is posted to others (Standard Webhooks): with each of the live secrets, so that a receiver finds the one that it
/// knows while one is replaced by another.
public struct WebhookSigning: Sendable {
    private let secrets: [WebhookSecret]

    /// - Parameter secrets: as they were written; `whsec_…` is base64. Nil when one of them cannot be a secret, or there is none.
    public init?(secrets: [[UInt8]]) {
        var read: [WebhookSecret] = []
        for bytes in secrets {
            guard let secret = WebhookSecret(String(decoding: bytes, as: UTF8.self)) else {
                return nil
            }
            read.append(secret)
        }
        guard !read.isEmpty else { return nil }
        self.secrets = read
    }

    /// The three headers that prove a body, by name.
    public func headers(
        id: String, body: [UInt8], at now: Instant
    ) -> [(name: String, value: String)] {
        let seconds = now.milliseconds / 1_000
        let signatures = secrets.compactMap { secret in
            StandardWebhooks(secrets: [secret]).signature(id: id, timestamp: seconds, body: body)
        }
        return [
            ("webhook-id", id), ("webhook-timestamp", String(seconds)),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }
}
