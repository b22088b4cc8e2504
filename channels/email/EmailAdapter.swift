public import ChannelKit
public import HelpdeskCore

/// The email channel of one inbox. Mail comes in by LMTP (`LMTPListener`, one for all inboxes) or from a pipe or file
/// (`receive`); it goes out through the `MailTransport` that the daemon gives.
public struct EmailAdapter: ChannelAdapter {
    public static let kind = ChannelKind.email

    public static let sampleConfiguration = EmailSample.text

    public let settings: EmailSettings
    private let composer: MailComposer
    private let transport: (any MailTransport)?
    /// The mailbox that is read by IMAP; nil: mail comes by LMTP alone.
    public let mailbox: MailboxReception?

    /// An inbox that receives; `send` answers “try again” until a transport is given.
    public init(
        configuration: ChannelConfiguration, secrets: ChannelSecrets
    ) throws(ChannelConfigurationError) {
        try self.init(configuration: configuration, transport: nil)
    }

    public init(
        configuration: ChannelConfiguration, transport: (any MailTransport)?,
        mailbox: MailboxReception? = nil
    ) throws(ChannelConfigurationError) {
        self.mailbox = mailbox
        settings = try EmailSettings(configuration)
        composer = MailComposer(
            identity: settings.identity,
            quoting: configuration.isSet("quote") == true ? .on(configuration.zone) : .off)
        self.transport = transport
    }

    public var capabilities: ChannelCapabilities {
        ChannelCapabilities(
            sending: .supported, liveness: .deferred, conversations: .session, continuity: .zero,
            attachments: .carried, sameIDOtherContent: .keepBoth, attemptSafety: .atLeastOnce,
            claimedSenders: .everywhere)
    }

    public func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        try composer.compose(message)
    }

    public func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
        guard let transport else {
            return .retry(after: nil, detail: "No mail relay is configured: set [smtp] url.")
        }
        return await transport.submit(
            envelopeSender: message.envelopeSender ?? "", recipients: message.recipients,
            bytes: message.bytes)
    }

    /// Reads the inbox's mailbox, where it has one.
    public func run(from cursor: Cursor?, host: any ChannelHost) async throws {
        try await mailbox?.run(from: cursor, adapter: self, host: host)
    }

    /// Signs in to the mailbox and opens its folder, where it has one; then the way out. The first that is not well is told.
    public func check() async -> ChannelHealth {
        if let health = await mailbox?.check(), health.state != .ok { return health }
        return await transport?.check()
            ?? ChannelHealth(
                state: .degraded, detail: "No mail relay is configured: set [smtp] url.")
    }

    /// One mail as a message of this inbox. Pure, but blocking C: call it on a pool's thread.
    public func read(
        _ raw: [UInt8], envelope: MailEnvelope = .unknown
    ) -> Result<InboundMessage, MailRejection> {
        MailReader.read(raw, settings: settings.reading).map { mail in
            InboundMail(settings: settings).message(mail, raw: raw, envelope: envelope)
        }
    }

    /// Reads a mail on the pool and gives it to the host, or to quarantine with the reason. Returns after commit; a refusal
    /// means that nothing was kept.
    public func receive(
        _ raw: [UInt8], envelope: MailEnvelope = .unknown, origin: Origin = .live,
        pool: MailReadingPool, host: any ChannelHost
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        let read: Result<InboundMessage, MailRejection>
        do {
            read = try await pool.run { self.read(raw, envelope: envelope) }
        } catch {
            throw .stopping
        }
        switch read {
        case .failure(let rejection):
            return try await host.quarantine(raw, reason: rejection.reason)
        case .success(var message):
            message.origin = origin
            let outcomes = try await host.deliver(InboundBatch(messages: [message]))
            guard let outcome = outcomes.first else {
                throw .storeFailed("The store returned no outcome for the mail.")
            }
            return outcome
        }
    }
}
