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
        let thanks = ThankYou.judge(
            message.text, attachmentCount: message.attachments.count,
            names: [message.sender.name].compactMap { $0 })
        let isThanks = message.kind == .message && thanks == .thanksAlone
        reopening =
            isThanks || message.autoSubmitted != .no || message.origin == .history
            ? .withheld : .allowed
    }
}
