internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    /// Begins a reply or a note on the thread that is on the screen.
    mutating func compose(_ command: Command) -> [Effect] {
        if composer != nil { return [] }
        guard let subject, let thread = threads[subject] else {
            notice = .failed("the thread is not here yet")
            return []
        }
        opened = subject
        focus = .thread
        let kind: Composer.Kind = command == .note ? .note : .reply
        let text = command == .replyQuoting ? quote(thread) : ""
        composer = Composer(kind, on: thread, key: newKey(), text: text)
        return kind == .reply ? [.load(.preview(subject))] : []
    }

    /// The customer's last words behind `> `, at most so many lines.
    private func quote(_ thread: TicketThread) -> String {
        guard let message = thread.lastFromCustomer else { return "" }
        let lines = message.text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.prefix(200).map { "> \($0)\n" }.joined() + "\n"
    }

    mutating func pressComposer(_ key: KeyPress) -> [Effect] {
        switch composer?.stage {
        case .writing: return write(key)
        case .asking: return answer(key)
        case .sending, nil:
            return key.asCommand == KeyPress(.character("c"), .control) ? leave() : []
        }
    }

    private mutating func write(_ key: KeyPress) -> [Effect] {
        let command = key.asCommand
        switch (command.code, command.modifiers) {
        case (.character("s"), .control), (.enter, .control): return send()
        case (.character("c"), .control): return leave()
        case (.character("l"), .control): return [.redraw]
        case (.character("z"), .control): return [.suspend]
        case (.escape, _):
            if composer?.text.isEmpty == true { composer = nil } else { composer?.stage = .asking }
        case (.pageUp, _): moveInThread(.pageUp)
        case (.pageDown, _): moveInThread(.pageDown)
        case (.up, []), (.down, []): moveByLine(command.code == .up ? .up : .down)
        default:
            if let edit = composer?.text.edit(for: key) { composer?.text.apply(edit) }
        }
        return []
    }

    private mutating func moveByLine(_ step: TextField.VerticalStep) {
        guard let composer, let area = panes.composerText else { return }
        let lines = layout.lines(composer.text.display, columns: max(area.columns - 2, 1))
        self.composer?.text.move(step, in: lines)
    }

    /// After Esc: send, discard, a command, or go on writing.
    private mutating func answer(_ key: KeyPress) -> [Effect] {
        let command = key.asCommand
        composer?.stage = .writing
        switch (command.code, command.modifiers) {
        case (.character("s"), _): return send()
        case (.character("d"), []): composer = nil
        case (.character(":"), _): overlay = .prompt(Prompt(.command))
        case (.character("c"), .control): return leave()
        default: break
        }
        return []
    }

    /// Sends what is written, unless the ticket has changed since the writer looked.
    mutating func send() -> [Effect] {
        guard var composer, composer.stage != .sending else {
            if composer == nil { notice = .failed("nothing is being written; r begins a reply") }
            return []
        }
        guard composer.text.text.contains(where: { !$0.isWhitespace }) else {
            self.composer?.warning = "There is nothing to send yet."
            return []
        }
        if let warning = unseen(&composer) {
            composer.warning = warning
            composer.stage = .writing
            self.composer = composer
            threads.change(composer.ticket) { $0.place = .end }
            return []
        }
        composer.stage = .sending
        composer.warning = nil
        self.composer = composer
        return [
            .send(
                Writing(
                    kind: composer.kind, ticket: composer.ticket, text: composer.text.text,
                    version: composer.version, key: composer.key, then: composer.then))
        ]
    }

    /// Why a reply must wait for another look; takes note of what the writer sees now. Notes never wait.
    private func unseen(_ composer: inout Composer) -> String? {
        guard composer.kind == .reply, let thread = threads[composer.ticket] else { return nil }
        composer.version = thread.ticket.version
        let newest = Composer.Seen.upTo(thread.messages.last?.id)
        guard composer.seen != newest else { return nil }
        composer.seen = newest
        return "Something new was written above: read it, then send again."
    }

    /// Says at once when somebody writes while the agent does.
    mutating func noticeNews(in thread: TicketThread) {
        guard let composer, composer.ticket == thread.number, composer.stage != .sending,
            let newest = thread.messages.last, composer.seen != .upTo(newest.id)
        else { return }
        if composer.seen == .nextReading {
            self.composer?.seen = .upTo(newest.id)
            self.composer?.version = thread.ticket.version
            return
        }
        let who = newest.author.name ?? newest.author.kind.rawValue
        self.composer?.warning = "\(who) wrote meanwhile: see above."
        threads.change(thread.number) { $0.place = .end }
    }

    mutating func sent(_ writing: Writing, _ message: API.Message) -> [Effect] {
        if composer?.key == writing.key { composer = nil }
        threads.change(writing.ticket) { $0.place = .end }
        switch writing.kind {
        case .note: notice = .done("noted on \(display.ticket(writing.ticket))")
        case .reply:
            let to = message.delivery?.to.joined(separator: ", ") ?? ""
            let channel = Wording.channel(message.channel)
            notice = .done("answered by \(channel)" + (to.isEmpty ? "" : " to \(to)"))
        }
        return [.load(.thread(writing.ticket)), .load(.queue(queue.reload))]
    }

    /// What a failed effect means for the screen.
    mutating func failed(_ effect: Effect, _ failure: Failure) -> [Effect] {
        switch effect {
        case .send(let writing): return failed(writing, failure)
        case .load(.queue(let request)) where request.cursor != nil: queue.isLoadingMore = false
        case .load(.thread(let number)) where failure.kind == .notFound:
            threads.remove(number)
            if opened == number { opened = nil }
        default: break
        }
        // What could not be read while offline is read when the stream is back; the header says so already.
        if case .load = effect, failure.kind == .offline { return [] }
        notice = .failed(failure.text)
        guard case .change(let number, _, _) = effect, failure.kind == .changedMeanwhile else {
            return []
        }
        return [.load(.thread(number))]
    }

    /// The attempt was refused for certain: the next one is another.
    private mutating func renewKey() {
        let key = newKey()
        composer?.key = key
    }

    private mutating func failed(_ writing: Writing, _ failure: Failure) -> [Effect] {
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
            renewKey()
            composer?.seen = .nextReading
            threads.change(writing.ticket) { $0.place = .end }
            return [.load(.thread(writing.ticket))]
        case .notFound, .other:
            composer?.warning = failure.text
            renewKey()
            return []
        }
    }
}
