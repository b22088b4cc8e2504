public import ChannelKit

/// Hands mails to a relay. The daemon gives the adapter one that speaks SMTP; tests give one that remembers.
public protocol MailTransport: Sendable {
    /// Submits the bytes as they are, once. `bytes` has CRLF line ends only. Suspends, never blocks; the caller's
    /// deadline comes as cancellation.
    func submit(envelopeSender: String, recipients: [String], bytes: [UInt8]) async -> SendResult

    /// Whether mails could be handed over now: connects, and sends nothing.
    func check() async -> ChannelHealth
}
