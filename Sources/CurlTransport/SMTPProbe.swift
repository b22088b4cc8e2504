internal import CCurl
internal import Synchronization

/// Connects, says EHLO and NOOP, and tells what the server offers: asked before a mail that not every server may be given.
final class SMTPProbe: Transfer {
    private struct State {
        var dialogue = SMTPDialogue(recipients: 0)
        var done: (@Sendable (SMTPDialogue.Offers?, TransportFailure?) -> Void)?
    }

    private let server: SMTPTransfer.Server
    private let state = Mutex(State())

    let timeouts: TransferTimeouts

    init(_ server: SMTPTransfer.Server) {
        self.server = server
        timeouts = TransferTimeouts(
            connect: min(server.timeouts.connect, .seconds(10)),
            total: min(server.timeouts.total, .seconds(30)))
    }

    func start(_ done: @escaping @Sendable (SMTPDialogue.Offers?, TransportFailure?) -> Void) {
        state.withLock { $0.done = done }
    }

    func prepare(_ handle: EasyHandle) throws(TransportFailure) {
        try server.prepare(handle)
        // On a pooled connection EHLO was said long ago.
        try handle.set(CURLOPT_FRESH_CONNECT, 1)
        try handle.set(CURLOPT_CUSTOMREQUEST, "NOOP")
        try handle.set(CURLOPT_NOBODY, 1)
        try handle.watchDialogue()
    }

    func observed(_ event: WireEvent, _ bytes: UnsafeRawBufferPointer) {
        state.withLock { state in
            switch event {
            case .commandSent: state.dialogue.sent(bytes)
            case .replyReceived: state.dialogue.received(bytes)
            case .uploadSent: break
            }
        }
    }

    func ended(_ ending: TransferEnding) {
        let (done, offers) = state.withLock { state in
            let done = state.done
            state.done = nil
            return (done, state.dialogue.offers)
        }
        switch ending.verdict {
        case .finished: done?(offers, nil)
        case .failed(let failure): done?(offers, failure)
        }
    }
}
