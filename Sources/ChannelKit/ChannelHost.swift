public import HelpdeskCore

/// What the daemon offers an adapter. Every call may suspend; suspending is the back-pressure.
public protocol ChannelHost: Sendable {
    /// The time of day, handed in so that adapters can be tested without waiting.
    func now() -> Instant

    /// Puts a batch into the stream and returns when batch and cursor are durable, committed in one transaction:
    /// one outcome per message, in order. At most `InboundBatch.maximumMessages` messages. A refusal means that
    /// nothing was kept and the sender must keep it.
    func deliver(_ batch: InboundBatch) async throws(DeliveryRefusal) -> [DeliveryOutcome]

    /// Keeps what could not be read, raw, with its reason; durable on return. It can be replayed later.
    func quarantine(_ raw: [UInt8], reason: QuarantineReason)
        async throws(DeliveryRefusal) -> DeliveryOutcome

    /// What the provider said later about a message sent before.
    func receipt(_ receipt: Receipt) async throws(DeliveryRefusal)

    /// The adapter's state changed; shown to ops (`GET /inboxes`, `hamdeld doctor`). Say it when it changes, and `ok` after each
    /// time that it worked again: the daemon's back-off begins anew then.
    func health(_ health: ChannelHealth) async

    /// For adapters that know what they can do only once they run: takes the place of what `capabilities` said. Call it before the
    /// first `deliver`; `capabilities` must say the same from then on.
    func learned(_ capabilities: ChannelCapabilities) async

    /// A line for the daemon's log. Never with a secret or a customer's words in it; does not wait.
    func remark(_ remark: ChannelRemark)

    /// Bytes free for new messages, minus the reserve; an adapter that can say "later" does so below its message
    /// size.
    func freeSpace() async -> Int64
}

extension ChannelHost {
    public func learned(_ capabilities: ChannelCapabilities) async {}
    public func remark(_ remark: ChannelRemark) {}
}

/// What an adapter wants ops to read in the log.
public struct ChannelRemark: Hashable, Sendable {
    public enum Severity: String, Sendable { case debug, info, warning, error }

    public let severity: Severity
    public let text: String

    public init(severity: Severity, text: String) {
        self.severity = severity
        self.text = text
    }
}

/// An opaque place in the provider's sequence, stored with the messages it covers.
public struct Cursor: Hashable, Sendable, Codable {
    public let text: String
    public init(text: String) { self.text = text }
}

/// Messages that are committed together, with the cursor behind them.
public struct InboundBatch: Sendable {
    public static let maximumMessages = 256

    public var messages: [InboundMessage]
    public var cursor: Cursor?
    /// Identifies the provider's request (the `webhook-id`), so that a replayed request is answered without new events and the same id
    /// with another body is refused.
    public var request: RequestKey?

    public init(messages: [InboundMessage], cursor: Cursor? = nil, request: RequestKey? = nil) {
        self.messages = messages
        self.cursor = cursor
        self.request = request
    }
}

public struct RequestKey: Hashable, Sendable {
    public let id: String
    /// SHA-256 of the body, 32 bytes.
    public let bodyHash: [UInt8]

    public init(id: String, bodyHash: [UInt8]) {
        self.id = id
        self.bodyHash = bodyHash
    }
}

/// What became of one delivered message. All of them mean: durable, and the sender may forget it.
public enum DeliveryOutcome: Hashable, Sendable, Codable {
    case ticketed(message: MessageID, ticket: TicketNumber)
    /// The same message was kept before; nothing was added.
    case duplicate(message: MessageID, ticket: TicketNumber)
    case quarantined(QuarantineID, reason: String)
}

/// Why nothing was kept.
public enum DeliveryRefusal: Error, Hashable, Sendable {
    /// Queues are full; LMTP 451, HTTP 503.
    case busy(retryAfter: TimeSpan)
    /// Less than the reserve is free; LMTP 452 4.3.1, HTTP 503.
    case noSpace
    /// The daemon is draining.
    case stopping
    /// The store failed; the text is for the log.
    case storeFailed(String)
    /// The same id was kept before with other content; HTTP 409. Trying again cannot help.
    case conflict(existing: String)
}

/// Why bytes went to quarantine: a stable word for programs, and a sentence for a person.
public struct QuarantineReason: Error, Hashable, Sendable, Codable {
    public let code: String
    public let detail: String

    public init(code: String, detail: String) {
        self.code = code
        self.detail = detail
    }
}

/// What a provider reports about a sent message.
public struct Receipt: Hashable, Sendable {
    public enum Kind: String, Sendable { case delivered, read, failed }

    public let externalID: String
    public let kind: Kind
    public let at: Instant
    public let detail: String?

    public init(externalID: String, kind: Kind, at: Instant, detail: String? = nil) {
        self.externalID = externalID
        self.kind = kind
        self.at = at
        self.detail = detail
    }
}
