internal import ChannelKit
internal import HelpdeskCore

/// A message with everything computed that needs no database: done before the writer's thread is taken.
struct Arrival: Sendable {
    let message: InboundMessage
    let fingerprint: String
    let rawHash: BlobHash?
    let language: LanguageCode?
    let reopening: ThreadingFacts.Reopening
    /// One for each row of content this message can need; random, so rows cannot be compared.
    let salt: [UInt8]

    init(_ message: InboundMessage, salt: [UInt8]) {
        self.message = message
        self.salt = salt
        fingerprint = Digest.fingerprint(message)
        rawHash = message.raw.map(Digest.blob)
        language = LanguageGuess.language(of: message.text)
        reopening =
            message.autoSubmitted != .no || message.origin == .history
                || Self.isThanksAlone(message)
            ? .withheld : .allowed
    }

    /// Beyond this many bytes nobody only says thank you; judging a long letter costs more than storing it.
    private static let longestThanks = 1_000

    private static func isThanksAlone(_ message: InboundMessage) -> Bool {
        guard message.kind == .message, message.text.utf8.count <= longestThanks else {
            return false
        }
        let verdict = ThankYou.judge(
            message.text, attachmentCount: message.attachments.count,
            names: [message.sender.name].compactMap { $0 })
        return verdict == .thanksAlone
    }
}
