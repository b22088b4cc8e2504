internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// From the composer to the daemon. A reply is kept on disk first, held for a while in which it can be taken back, and
/// asked for with the same key until the daemon has answered.
extension Model {
    /// Sends what is written, unless the ticket has changed since the writer looked.
    mutating func send() -> [Effect] {
        guard var composer, composer.stage != .sending else {
            if composer == nil {
                notice = .failed("nothing is being written; \(key(for: .reply)) begins a reply")
            }
            return []
        }
        guard composer.text.text.contains(where: { !$0.isWhitespace }) else {
            self.composer?.warning = "There is nothing to send yet."
            return []
        }
        composer.stage = .writing
        if let warning = unseen(&composer) {
            composer.warning = warning
            self.composer = composer
            threads.change(composer.ticket) { $0.place = .end }
            return []
        }
        composer.warning = nil
        self.composer = composer
        let keeping = keepComposer()
        if composer.kind == .reply, settings.sendDelay > .zero, outgoing.count < Outgoing.limit {
            return keeping + hold(composer)
        }
        self.composer?.stage = .sending
        return keeping + [.send(composer.writing)]
    }

    private mutating func hold(_ composer: Composer) -> [Effect] {
        self.composer = nil
        drafts.remove(key: composer.key)
        outgoing.append(
            Outgoing(composer: composer, stage: .held(until: now + settings.sendDelay)))
        threads.change(composer.ticket) { $0.place = .end }
        return [
            .wake(after: settings.sendDelay, .sending(key: composer.key)),
            .wake(after: .seconds(1), .tick),
        ]
    }

    /// Why a reply must wait for another look; takes note of what the writer sees now. Notes never wait.
    private func unseen(_ composer: inout Composer) -> String? {
        guard composer.kind == .reply, let thread = threads[composer.ticket] else { return nil }
        composer.version = thread.ticket.version
        let newest = Composer.Seen.upTo(thread.items.lastMessage()?.id)
        guard composer.seen != newest else { return nil }
        composer.seen = newest
        return "Something new was written above: read it, then send again."
    }

    /// The time of a held reply has come.
    mutating func release(_ key: String) -> [Effect] {
        guard let place = outgoing.firstIndex(where: { $0.key == key }),
            case .held = outgoing[place].stage
        else { return [] }
        outgoing[place].stage = .sending
        return [.send(outgoing[place].composer.writing)]
    }

    /// The daemon is back: what waited is asked for again, with the same keys.
    mutating func sendWaiting() -> [Effect] {
        var effects: [Effect] = []
        for place in outgoing.indices where outgoing[place].stage == .waiting {
            outgoing[place].stage = .sending
            effects.append(.send(outgoing[place].composer.writing))
        }
        return effects
    }

    /// The last reply that can still be taken back, into its composer again; nil: there is none.
    mutating func takeBack() -> [Effect]? {
        guard let place = outgoing.lastIndex(where: { $0.stage != .sending }) else { return nil }
        guard composer == nil else {
            notice = .failed("finish what you are writing first; Esc p puts it away")
            return []
        }
        let taken = outgoing.remove(at: place)
        composer = taken.composer
        composer?.stage = .writing
        let renewing = taken.stage == .refused ? renewKey() : keepComposer()
        opened = taken.composer.ticket
        focus = .thread
        overlay = nil
        notice = .done("not sent: it is yours again")
        return renewing + [.load(.thread(taken.composer.ticket))]
    }

    mutating func sent(_ writing: Writing, _ message: API.Message) -> [Effect] {
        if composer?.key == writing.key { composer = nil }
        outgoing.removeAll { $0.key == writing.key }
        drafts.remove(key: writing.key)
        threads.change(writing.ticket) { $0.place = .end }
        switch writing.kind {
        case .note: notice = .done("noted on \(display.ticket(writing.ticket))")
        case .reply:
            let to = message.delivery?.to.joined(separator: ", ") ?? ""
            let channel = Wording.channel(message.channel)
            notice = .done("answered by \(channel)" + (to.isEmpty ? "" : " to \(to)"))
        }
        return [
            .forget(key: writing.key), .load(.thread(writing.ticket)),
            .load(.queue(queue.reload)),
        ]
    }

    mutating func failed(_ writing: Writing, _ failure: Failure) -> [Effect] {
        if let place = outgoing.firstIndex(where: { $0.key == writing.key }) {
            return failed(at: place, failure)
        }
        guard composer?.key == writing.key else {
            notice = .failed(failure.text)
            return []
        }
        composer?.stage = .writing
        switch failure.kind {
        case .offline:
            // It may have arrived: the same key makes sure that it is not said twice.
            composer?.warning =
                "Not sent: no answer from the daemon. The text stays; C-s tries again."
            return []
        case .changedMeanwhile:
            composer?.warning = "The ticket changed while you wrote: look above, then send again."
            composer?.seen = .nextReading
            threads.change(writing.ticket) { $0.place = .end }
            return renewKey() + [.load(.thread(writing.ticket))]
        case .notFound, .other:
            composer?.warning = failure.text
            return renewKey()
        }
    }

    /// A held reply that did not go stays among the outgoing ones, and says so until somebody looks at it.
    private mutating func failed(at place: Int, _ failure: Failure) -> [Effect] {
        let ticket = outgoing[place].composer.ticket
        switch failure.kind {
        case .offline: outgoing[place].stage = .waiting
        case .changedMeanwhile:
            let words = "The ticket changed before it went: look above, then send again."
            outgoing[place].composer.warning = words
            outgoing[place].composer.seen = .nextReading
            outgoing[place].stage = .refused
        case .notFound, .other:
            outgoing[place].composer.warning = failure.text
            outgoing[place].stage = .refused
        }
        notice = .failed(
            failure.kind == .offline
                ? "the reply to \(display.ticket(ticket)) waits for the daemon"
                : "the reply to \(display.ticket(ticket)) was NOT SENT: \(key(for: .undo)) shows it"
        )
        return [.load(.thread(ticket))]
    }

    /// The attempt was refused for certain: the next one is another. The draft moves with the key.
    private mutating func renewKey() -> [Effect] {
        guard let old = composer?.key else { return [] }
        let key = newKey()
        composer?.key = key
        return keepComposer() + [.forget(key: old)]
    }

    /// What a failed effect means for the screen.
    mutating func failed(_ effect: Effect, _ failure: Failure) -> [Effect] {
        switch effect {
        case .send(let writing): return failed(writing, failure)
        case .load(.queue(let request)) where request.cursor != nil: queue.isLoadingMore = false
        case .load(.thread(let number)) where failure.kind == .notFound:
            threads.remove(number)
            if opened == number { opened = nil }
        case .load(.similar), .load(.recoveries), .load(.report): overlay = nil
        case .load(.macros), .load(.teams), .load(.drafts):
            // They are asked for again when they are wanted.
            return []
        default: break
        }
        if case .load(.thread(let number)) = effect, failure.kind != .offline,
            typeAhead?.ticket == number
        {
            typeAhead = nil
        }
        // What could not be read while offline is read when the stream is back; the header says so already.
        if case .load = effect, failure.kind == .offline { return [] }
        notice = .failed(failure.text)
        guard case .change(let number, _, _) = effect else { return [] }
        countBulk(.failed("\(display.ticket(number)): \(failure.text)"))
        return failure.kind == .changedMeanwhile ? [.load(.thread(number))] : []
    }
}
