internal import CCurl
internal import Synchronization

/// One attempt at one mail on one connection, as curl's thread drives it.
final class SMTPSession: Transfer {
    enum Connection {
        case pooled
        case fresh
    }

    struct Result: Sendable {
        let outcome: SMTPTransfer.Outcome
        /// It failed on a pooled connection before anything was said about the mail.
        let deservesFreshConnection: Bool
        /// What the server offered, when it was asked on this connection.
        let offers: SMTPDialogue.Offers?
    }

    private struct State {
        var dialogue: SMTPDialogue
        var offset = 0
        var done: (@Sendable (Result) -> Void)?
    }

    private let mail: CheckedMail
    private let server: SMTPTransfer.Server
    private let connection: Connection
    private let state: Mutex<State>

    let timeouts: TransferTimeouts

    init(_ mail: CheckedMail, _ server: SMTPTransfer.Server, _ connection: Connection) {
        self.mail = mail
        self.server = server
        self.connection = connection
        timeouts = TransferTimeouts(
            connect: server.timeouts.connect, total: server.timeouts.total)
        state = Mutex(State(dialogue: SMTPDialogue(recipients: mail.recipients.count)))
    }

    func start(_ done: @escaping @Sendable (Result) -> Void) {
        state.withLock { $0.done = done }
    }

    func prepare(_ handle: EasyHandle) throws(TransportFailure) {
        try server.prepare(handle)
        if let sender = mail.sender { try handle.set(CURLOPT_MAIL_FROM, sender.text) }
        try handle.set(CURLOPT_MAIL_RCPT, list: mail.recipients.map(\.text))
        // One refused recipient must not keep the mail from the others.
        try handle.set(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1)
        // Servers drop idle connections after minutes; do not try to use one much older.
        try handle.set(CURLOPT_MAXAGE_CONN, 60)
        if case .fresh = connection { try handle.set(CURLOPT_FRESH_CONNECT, 1) }
        try handle.feedUpload(count: mail.message.count)
        try handle.watchDialogue()
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        state.withLock { state in
            let count = min(buffer.count, mail.message.count - state.offset)
            guard count > 0 else { return 0 }
            mail.message.withUnsafeBytes { message in
                buffer.copyMemory(
                    from: UnsafeRawBufferPointer(
                        rebasing: message[state.offset..<(state.offset + count)]))
            }
            state.offset += count
            return count
        }
    }

    func observed(_ event: WireEvent, _ bytes: UnsafeRawBufferPointer) {
        state.withLock { state in
            switch event {
            case .commandSent: state.dialogue.sent(bytes)
            case .replyReceived: state.dialogue.received(bytes)
            case .uploadSent: state.dialogue.uploadSent(bytes.count)
            }
        }
    }

    func ended(_ ending: TransferEnding) {
        let (done, dialogue) = state.withLock { state in
            let done = state.done
            state.done = nil
            return (done, state.dialogue)
        }
        guard let done else { return }
        let failure: TransportFailure? =
            switch ending.verdict {
            case .finished: nil
            case .failed(let failure): failure
            }
        let outcome = dialogue.outcome(mail, failure)
        var deservesFresh = false
        if case .notSent(let notSent) = outcome, case .pooled = connection {
            let isOver = [.cancelled, .closed, .deadlineExceeded, .busy].contains(notSent.failure)
            deservesFresh =
                ending.newConnections == 0 && dialogue.isUntouched && dialogue.hasSpoken && !isOver
        }
        done(
            Result(
                outcome: outcome, deservesFreshConnection: deservesFresh, offers: dialogue.offers))
    }
}
