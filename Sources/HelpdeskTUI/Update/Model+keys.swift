internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    mutating func press(_ key: KeyPress) -> [Effect] {
        if keepAhead(.key(key)) { return [] }
        notice = nil
        if overlay != nil { return pressOverlay(key) }
        if composer != nil { return pressComposer(key) }
        return press(key, in: context)
    }

    var context: KeyContext {
        switch focus {
        case .queue: .queue
        case .thread: .thread
        case .customer: .customer
        }
    }

    /// Looks a key up in the table. A sequence that leads nowhere begins anew with its last key.
    mutating func press(_ key: KeyPress, in context: KeyContext) -> [Effect] {
        let wasPending = pendingKey != nil
        switch look(up: key, in: [context]) {
        case .command(let found): return run(found)
        case .begun: return []
        case .nothing: return wasPending ? press(key, in: context) : []
        }
    }

    /// What a key does by the table in force, behind the one before it where that began a sequence; in the first of
    /// the contexts that knows it.
    mutating func look(up key: KeyPress, in contexts: [KeyContext]) -> KeyBindings.Found {
        let command = key.asCommand
        let keys = (pendingKey.map { [$0] } ?? []) + [command]
        pendingKey = nil
        let found = contexts.lazy.map { [settings] in settings.keys.find(keys, in: $0) }
            .first { $0 != .nothing }
        if found == .begun { pendingKey = command }
        return found ?? .nothing
    }

    /// How a command is asked for, for a sentence: its key where the agent is or in another pane, else its name.
    func key(for command: Command) -> String {
        let contexts = [context] + KeyContext.allCases
        return contexts.lazy.compactMap { [settings] in settings.keys.key(for: command, in: $0) }
            .first ?? command.name
    }

    mutating func paste(_ text: String) -> [Effect] {
        if keepAhead(.paste(text)) { return [] }
        if case .prompt(var prompt) = overlay {
            prompt.text.insert(text)
            overlay = .prompt(prompt)
        } else if overlay == nil, composer?.stage == .writing {
            composer?.text.insert(text)
            return keepSoon()
        }
        return []
    }

    mutating func run(_ command: Command) -> [Effect] {
        switch command {
        case .down, .up, .top, .bottom, .halfDown, .halfUp, .pageDown, .pageUp:
            return move(command)
        case .nextItem: return step(1)
        case .previousItem: return step(-1)
        case .open: return openSelected()
        case .back: return goBack()
        case .nextPane: return focusPane(after: 1)
        case .previousPane: return focusPane(after: Pane.allCases.count - 1)
        case .zoom:
            zoom = zoom == .panes ? .one : .panes
            return []
        case .view, .nextView, .previousView, .pickView, .search: return look(command)
        case .find, .findNext, .findPrevious: return find(command)
        case .reply, .replyQuoting, .note, .replyInEditor: return compose(command)
        case .assign, .take, .close, .reopen, .status, .tags, .priority, .snooze, .transfer, .spam,
            .join:
            return decide(command)
        case .mark, .markAll: return mark(command)
        case .undo: return undo()
        case .redo: return redo()
        case .presence: return pickPresence()
        case .macro, .drafts, .palette, .folds, .enclosures, .similar: return pick(command)
        case .pipe:
            overlay = .prompt(Prompt(.pipe(nil)))
            return []
        case .recoveries:
            overlay = .recoveries(nil, index: 0)
            return [.load(.recoveries)]
        case .commandLine:
            overlay = .prompt(Prompt(.command))
            return []
        case .help:
            overlay = .help(scroll: 0)
            return []
        case .explain: return explain()
        case .report: return show(report: .overview)
        case .timeline: return showTimeline()
        case .fullText:
            folds.formSymmetricDifference([.quotes])
            return []
        case .copyNumber: return copyNumber()
        case .copyText: return copyText()
        case .refresh: return reloadEverything()
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .quit: return leave()
        }
    }

    private mutating func copyNumber() -> [Effect] {
        guard let subject else { return [] }
        notice = .done("copied #\(subject.rawValue)")
        return [.copy("#\(subject.rawValue)")]
    }

    private mutating func copyText() -> [Effect] {
        guard let message = threadWindow?.bottomMessage else {
            notice = .failed("no message is in sight")
            return []
        }
        notice = .done("copied the message")
        return [.copy(message.text)]
    }

    private mutating func mark(_ command: Command) -> [Effect] {
        if command == .markAll {
            queue.toggleAllMarks()
            return []
        }
        queue.toggleMark()
        return move(.down)
    }

    private mutating func explain() -> [Effect] {
        guard let subject else { return [] }
        overlay = .explanation(subject, nil, scroll: 0)
        return [.load(.explanation(subject))]
    }

    mutating func show(report name: API.ReportName) -> [Effect] {
        overlay = .report(name, nil, scroll: 0)
        return [.load(.report(name))]
    }

    private mutating func showTimeline() -> [Effect] {
        guard let subject, let customer = ticket(subject)?.customer.id else { return [] }
        overlay = .timeline(customer, nil, scroll: 0)
        return [.load(.timeline(customer))]
    }

    private mutating func openSelected() -> [Effect] {
        guard let selected = queue.selected else { return [] }
        focus = .thread
        return open(selected)
    }

    /// Back to the queue; from the queue, out of marks, then of a search, then out of the program.
    private mutating func goBack() -> [Effect] {
        if focus == .thread, let opened, thread?.find != nil {
            threads.change(opened) { $0.stopFinding() }
            return []
        }
        if focus != .queue {
            focus = .queue
            return []
        }
        if !queue.marks.isEmpty {
            queue.unmark()
            return []
        }
        if queue.words != nil { return show(view: queue.view, words: nil) }
        return leave()
    }

    /// Asks first when something is not sent yet; it stays a draft in any case.
    mutating func leave() -> [Effect] {
        guard composer?.isBegun == true || !outgoing.isEmpty else { return [.quit] }
        overlay = .leaving
        return keepComposer()
    }

    private mutating func focusPane(after step: Int) -> [Effect] {
        let panes = Pane.allCases
        focus = panes[(focus.rawValue + step) % panes.count]
        return []
    }
}
