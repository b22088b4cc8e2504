internal import ChannelKit
internal import HelpdeskCore
internal import Synchronization

/// Who waits for a child's answer: messages on their way out, and requests of providers. Bounded: beyond `sends` and `requests`
/// nobody is let in.
final class ExecWaiting: Sendable {
    static let sends = 64
    static let requests = 32

    private struct Send {
        let continuation: CheckedContinuation<SendResult, Never>
        /// Of its line, once it was handed over.
        var line: Int?
        let deadline: ContinuousClock.Instant
    }

    private struct Request {
        let continuation: CheckedContinuation<WebhookReply, Never>
        let deadline: ContinuousClock.Instant
    }

    private struct State {
        var isOpen = false
        var takesWebhooks = false
        var sends: [String: Send] = [:]
        var requests: [String: Request] = [:]
        var lastRequest = 0
    }

    private let state = Mutex(State())

    func open(for hello: AdapterHello) {
        state.withLock {
            $0.isOpen = true
            $0.takesWebhooks = hello.takesWebhooks
        }
    }

    var takesWebhooks: Bool { state.withLock { $0.takesWebhooks } }

    /// A name for a request of a provider.
    func nextRequest() -> String {
        state.withLock { state in
            state.lastRequest += 1
            return "w\(state.lastRequest)"
        }
    }

    /// False when nobody more is let in, or the child is gone.
    func add(
        _ id: String, until deadline: ContinuousClock.Instant,
        _ continuation: CheckedContinuation<SendResult, Never>
    ) -> Bool {
        state.withLock { state in
            guard state.isOpen, state.sends.count < Self.sends, state.sends[id] == nil else {
                return false
            }
            state.sends[id] = Send(continuation: continuation, line: nil, deadline: deadline)
            return true
        }
    }

    func handedOver(_ id: String, line: Int) { state.withLock { $0.sends[id]?.line = line } }

    func add(
        request id: String, until deadline: ContinuousClock.Instant,
        _ continuation: CheckedContinuation<WebhookReply, Never>
    ) -> Bool {
        state.withLock { state in
            guard state.isOpen, state.requests.count < Self.requests else { return false }
            state.requests[id] = Request(continuation: continuation, deadline: deadline)
            return true
        }
    }

    func settle(_ result: AdapterResult) { settle(result.id, result.result) }

    /// Answers that nobody waits for any more are passed over.
    func settle(_ id: String, _ result: SendResult) {
        state.withLock { $0.sends.removeValue(forKey: id) }?.continuation.resume(returning: result)
    }

    func settle(_ request: String, _ reply: WebhookReply) {
        state.withLock { $0.requests.removeValue(forKey: request) }?.continuation
            .resume(returning: reply)
    }

    static let tryAgain = WebhookReply(
        status: 503, contentType: "text/plain", body: Array("try again".utf8), retryAfter: 5)

    /// Who has waited long enough is told what is known.
    func settleOverdue(_ child: ChildProcess, _ safety: ChannelCapabilities.AttemptSafety) {
        settle(child, safety, "the adapter did not answer in time") { $0 <= .now }
    }

    /// The child is gone.
    func settleAll(after child: ChildProcess, _ safety: ChannelCapabilities.AttemptSafety) {
        state.withLock { $0.isOpen = false }
        settle(child, safety, "the adapter ended before it answered") { _ in true }
    }

    private func settle(
        _ child: ChildProcess, _ safety: ChannelCapabilities.AttemptSafety, _ detail: String,
        where isOver: (ContinuousClock.Instant) -> Bool
    ) {
        let (sends, requests) = state.withLock { state in
            let sends = state.sends.filter { isOver($0.value.deadline) }
            let requests = state.requests.filter { isOver($0.value.deadline) }
            for id in sends.keys { state.sends[id] = nil }
            for id in requests.keys { state.requests[id] = nil }
            return (sends, requests)
        }
        for send in sends.values {
            let wasRead = send.line.map(child.hasTaken) ?? false
            send.continuation.resume(
                returning: Self.known(wasRead ? .maybeRead : .unread, safety, detail))
        }
        for request in requests.values { request.continuation.resume(returning: Self.tryAgain) }
    }

    enum Reading { case unread, maybeRead }

    /// What a silence means (invariant 4): only an adapter that knows an id again may be handed it again without a word.
    static func known(
        _ reading: Reading, _ safety: ChannelCapabilities.AttemptSafety, _ detail: String
    ) -> SendResult {
        switch (reading, safety) {
        case (.unread, _): .unavailable(detail: detail)
        case (.maybeRead, .idempotent): .retry(after: nil, detail: detail)
        case (.maybeRead, .atLeastOnce): .uncertain(detail: detail)
        }
    }
}
