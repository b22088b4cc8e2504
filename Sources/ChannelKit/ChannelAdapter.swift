public import HelpdeskCore

/// An adapter knows one network and nothing of helpdesk work: it hands over messages with an address and a
/// conversation, and sends messages. It never creates tickets or customers and never sees the database.
///
/// One instance serves one inbox. The daemon calls `init` for every inbox at start and on reload, then `run` once
/// (again after a back-off of 1 s doubling to 5 min when it throws), and `prepare`/`send` from the outbox worker,
/// at most one `send` at a time per recipient and ticket.
public protocol ChannelAdapter: Sendable {
    /// The word for this kind in configuration, API and commands.
    static var kind: ChannelKind { get }

    /// A commented TOML table `[[inbox]]` that loads: what `sample.toml` in the adapter's folder holds.
    static var sampleConfiguration: String { get }

    /// Validates and does no I/O: called by `hamdeld config check` too. The error names the key at fault.
    init(configuration: ChannelConfiguration, secrets: ChannelSecrets)
        throws(ChannelConfigurationError)

    /// What the channel can and cannot do, as data that routing, replies and the screen use. Must not change
    /// during the life of the instance.
    var capabilities: ChannelCapabilities { get }

    /// Reaches out to the network as cheaply as possible and says how it stands. Called by `hamdeld doctor` and
    /// `channel check`; bounded to 10 seconds by the caller.
    func check() async -> ChannelHealth

    /// Receives until cancelled. Called by the daemon with the cursor committed last (nil the first time).
    /// A channel that only answers requests returns at once. Throwing means "try again later".
    func run(from cursor: Cursor?, host: any ChannelHost) async throws

    /// Turns a message into the exact bytes that every attempt will send. Pure and fast; called inside the
    /// transaction that queues the message, so that what is stored is what goes out. Refuses what this channel
    /// cannot carry, with a reason the agent reads.
    func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage

    /// Hands the prepared bytes to the network. May suspend, never blocks a thread of the cooperative pool;
    /// bounded by the caller's deadline through cancellation. Never throws: the result says what is known.
    func send(_ message: PreparedMessage, attempt: Int) async -> SendResult
}

extension ChannelAdapter {
    public func check() async -> ChannelHealth { ChannelHealth(state: .ok) }
    public func run(from cursor: Cursor?, host: any ChannelHost) async throws {}
}

/// An adapter whose provider calls us: the HTTP server hands over what came to `/in/{inbox}` by POST or GET.
/// A GET is answered by the adapter alone: 405 where the provider has none.
public protocol WebhookReceiving: ChannelAdapter {
    /// Checks the signature, decodes and delivers. Called once per request, concurrently; the body is at most
    /// 1 MiB. Must not answer 2xx before `host.deliver` returned.
    func receive(_ request: WebhookRequest, host: any ChannelHost) async -> WebhookReply
}
