public import ChannelKit
public import HelpdeskCore
internal import Synchronization
internal import Testing

/// A channel whose every answer a test has written down beforehand. Used in a way nobody wrote down, it fails the test.
public final class ScriptedAdapter: ChannelAdapter {
    public static let kind = ChannelKind(rawValue: "scripted")
    public static let sampleConfiguration = ""

    /// What `send` does.
    public enum Step: Sendable {
        case answer(SendResult)
        /// Suspends until the gate opens, then answers.
        case wait(Gate, then: SendResult)
    }

    public struct Sending: Sendable, Equatable {
        public let message: PreparedMessage
        public let attempt: Int
    }

    /// What to answer to an attempt.
    public typealias Otherwise = @Sendable (PreparedMessage, Int) -> SendResult

    public let capabilities: ChannelCapabilities
    private let state = Mutex(State())

    private struct State {
        var steps: [Step] = []
        var otherwise: Otherwise?
        var health = ChannelHealth(state: .ok)
        var refusals: [OutboundRefusal] = []
        var prepared: [OutboundMessage] = []
        var sent: [Sending] = []
    }

    public init(_ capabilities: ChannelCapabilities) { self.capabilities = capabilities }

    public init(
        configuration: ChannelConfiguration, secrets: ChannelSecrets
    ) throws(ChannelConfigurationError) {
        throw ChannelConfigurationError(
            key: "channel", expected: "a channel of the product", got: "a test's")
    }

    /// The next calls of `send` go like this, in order.
    public func script(_ results: SendResult...) {
        state.withLock { $0.steps += results.map { .answer($0) } }
    }

    public func script(_ step: Step) { state.withLock { $0.steps.append(step) } }

    /// Whatever is sent without a step of its own goes like this; nil: it fails the test.
    public func always(_ result: SendResult?) {
        var answer: Otherwise?
        if let result { answer = { _, _ in result } }
        state.withLock { [answer] state in state.otherwise = answer }
    }

    /// Whatever is sent without a step of its own is answered like this.
    public func otherwise(_ answer: @escaping Otherwise) {
        state.withLock { $0.otherwise = answer }
    }

    /// What `check` says from now on.
    public func health(_ health: ChannelHealth) { state.withLock { $0.health = health } }

    public func check() async -> ChannelHealth { state.withLock { $0.health } }

    /// The next call of `prepare` refuses.
    public func refuse(_ refusal: OutboundRefusal) {
        state.withLock { $0.refusals.append(refusal) }
    }

    /// What was prepared, in order; a transaction that is taken back and repeated prepares twice.
    public var prepared: [OutboundMessage] { state.withLock { $0.prepared } }
    public var sent: [Sending] { state.withLock { $0.sent } }
    /// Steps that nobody came for.
    public var stepsLeft: Int { state.withLock { $0.steps.count } }

    public func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        let refusal: OutboundRefusal? = state.withLock { state in
            if !state.refusals.isEmpty { return state.refusals.removeFirst() }
            state.prepared.append(message)
            return nil
        }
        if let refusal { throw refusal }
        guard capabilities.sending == .supported else {
            throw OutboundRefusal(.receiveOnly, "this channel only receives")
        }
        return PreparedMessage(
            delivery: message.delivery, conversation: message.conversation,
            envelopeSender: message.purpose == .reply ? "desk@desk.example" : "",
            recipients: (message.to + message.cc).map(\.address.value),
            bytes: Array(Self.wire(message).utf8))
    }

    public func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
        let step: Step? = state.withLock { state in
            state.sent.append(Sending(message: message, attempt: attempt))
            guard state.steps.isEmpty else { return state.steps.removeFirst() }
            return state.otherwise.map { .answer($0(message, attempt)) }
        }
        switch step {
        case .answer(let result): return result
        case .wait(let gate, let result):
            await gate.wait()
            return result
        case nil:
            let text = String(decoding: message.bytes, as: UTF8.self)
            Issue.record("nobody expected this to be sent: \(text)")
            return .rejected(.other, detail: "not in the script")
        }
    }

    /// Every part of a message that leaves the house, so that a test can look for what must not.
    public static func wire(_ message: OutboundMessage) -> String {
        """
        delivery: \(message.delivery.rawValue)
        purpose: \(message.purpose.rawValue)
        conversation: \(message.conversation ?? "")
        to: \(message.to.map { "\($0.name ?? "") <\($0.address.text)>" }.joined(separator: ", "))
        cc: \(message.cc.map(\.address.text).joined(separator: ", "))
        subject: \(message.subject ?? "")
        message-id: \(message.messageID)
        in-reply-to: \(message.inReplyTo ?? "")
        references: \(message.references.joined(separator: " "))
        reply-token: \(message.replyToken ?? "")
        files: \(message.attachments.map(\.name).joined(separator: ", "))

        \(message.text)
        """
    }
}

/// Something a test holds up until it says otherwise.
public final class Gate: Sendable {
    private let state = Mutex(State())

    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var arrivals: [CheckedContinuation<Void, Never>] = []
        var arrived = 0
    }

    public init() {}

    public func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns once somebody stands at the gate.
    public func arrival() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.arrived == 0 { state.arrivals.append(continuation) }
                return state.arrived > 0
            }
            if isThere { continuation.resume() }
        }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let (isOpen, arrivals) = state.withLock { state in
                state.arrived += 1
                if !state.isOpen { state.waiting.append(continuation) }
                defer { state.arrivals = [] }
                return (state.isOpen, state.arrivals)
            }
            for arrival in arrivals { arrival.resume() }
            if isOpen { continuation.resume() }
        }
    }
}

extension Gate {
    /// Returns once the gate is open: the same as standing at it, for a test.
    public func passed() async { await wait() }
}
