internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    /// Begins a reply or a note on the thread that is on the screen, or goes on with the one begun before.
    mutating func compose(_ command: Command) -> [Effect] {
        if composer != nil { return command == .replyInEditor ? editText() : [] }
        guard let subject else {
            notice = .failed("no ticket is chosen")
            return []
        }
        guard let thread = threads[subject] else { return awaitThread(subject, .command(command)) }
        opened = subject
        focus = .thread
        let kind: Composer.Kind = command == .note ? .note : .reply
        if let draft = drafts.draft(kind, on: subject) {
            composer = Composer(draft, on: thread)
            notice = .done("taken up where you left it")
        } else {
            let text = command == .replyQuoting ? quote(thread) : ""
            composer = Composer(kind, on: thread, key: newKey(), text: text)
        }
        let edit = command == .replyInEditor ? editText() : []
        return (kind == .reply ? [loadPreview()] : []).compactMap { $0 } + edit
    }

    /// Asks where the answer goes, by the inbox the agent chose or by the daemon's choice.
    func loadPreview() -> Effect? {
        composer.map { .load(.preview($0.ticket, by: $0.inbox)) }
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
        case (.character("z"), .control): return keepComposer() + [.suspend]
        case (.character("o"), .control): return editText()
        case (.character("t"), .control): return pickRoute()
        case (.character("p"), .control): return pick(.macro)
        case (.character("x"), .control): return dropMacro()
        case (.escape, _):
            if composer?.isBegun == true {
                composer?.stage = .asking
                return keepComposer()
            }
            return discard()
        case (.pageUp, _): moveInThread(.pageUp)
        case (.pageDown, _): moveInThread(.pageDown)
        case (.up, []), (.down, []): moveByLine(command.code == .up ? .up : .down)
        default:
            guard let edit = composer?.text.edit(for: key) else { return [] }
            composer?.text.apply(edit)
            return keepSoon()
        }
        return []
    }

    private mutating func moveByLine(_ step: TextField.VerticalStep) {
        guard let composer, let area = panes.composerText else { return }
        let lines = layout.lines(composer.text.display, columns: max(area.columns - 2, 1))
        self.composer?.text.move(step, in: lines)
    }

    /// After Esc or the editor: send, edit, put away, discard, a command, or go on writing.
    private mutating func answer(_ key: KeyPress) -> [Effect] {
        let command = key.asCommand
        composer?.stage = .writing
        switch (command.code, command.modifiers) {
        case (.character("s"), _), (.character("y"), []): return send()
        case (.character("d"), []): return discard()
        case (.character("p"), []): return putAway()
        case (.character("e"), []): return editText()
        case (.character("a"), []): overlay = .prompt(Prompt(.attach))
        case (.character("b"), []): return pickRoute()
        case (.character(":"), _): overlay = .prompt(Prompt(.command))
        case (.character("c"), .control): return leave()
        default: break
        }
        return []
    }

    mutating func editText() -> [Effect] {
        guard let composer, composer.stage != .sending else { return [] }
        return [.edit(composer.draft(at: now))]
    }

    /// What the editor left, to be reviewed before it is sent.
    mutating func edited(key: String, _ text: String) -> [Effect] {
        guard composer?.key == key else { return [] }
        composer?.text.replace(with: text)
        let isBegun = composer?.isBegun == true
        composer?.stage = isBegun ? .asking : .writing
        return keepComposer()
    }

    mutating func attached(_ file: API.Draft.File, key: String) -> [Effect] {
        guard composer?.key == key else { return [] }
        composer?.attachments.append(file)
        notice = .done("\(file.name) goes with it")
        return keepComposer()
    }

    /// Files are named while something is being written.
    mutating func attach(_ path: String?) -> [Effect] {
        guard let composer else {
            notice = .failed("nothing is being written; \(key(for: .reply)) begins a reply")
            return []
        }
        guard let path else {
            overlay = .prompt(Prompt(.attach))
            return []
        }
        notice = .done("reading \(path)…")
        return [.attach(path: path, key: composer.key)]
    }

    mutating func copyTo(_ addresses: [String]) -> [Effect] {
        guard composer?.kind == .reply else {
            notice = .failed("no reply is being written; \(key(for: .reply)) begins one")
            return []
        }
        composer?.cc = addresses
        return keepComposer()
    }

    /// Says at once when somebody writes while the agent does.
    mutating func noticeNews(in thread: TicketThread) {
        guard let composer, composer.ticket == thread.number, composer.stage != .sending,
            let newest = thread.items.lastMessage(), composer.seen != .upTo(newest.id)
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
}
