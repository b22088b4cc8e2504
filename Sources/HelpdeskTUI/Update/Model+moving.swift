internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    mutating func move(_ command: Command) -> [Effect] {
        switch focus {
        case .queue: return moveInQueue(command)
        case .thread:
            moveInThread(command)
            return []
        case .customer:
            let height = panes.customerBody?.rows ?? 1
            let count = customerLines(columns: panes.customerBody?.columns ?? 1).count
            customerScroll = Model.scroll(customerScroll, command, height: height, count: count)
            return []
        }
    }

    private mutating func moveInQueue(_ command: Command) -> [Effect] {
        let place = queue.selectedIndex ?? 0
        let height = panes.queueHeight
        let target =
            switch command {
            case .up: place - 1
            case .top: 0
            case .bottom: queue.tickets.count - 1
            case .halfDown: place + max(height / 2, 1)
            case .halfUp: place - max(height / 2, 1)
            case .pageDown: place + height
            case .pageUp: place - height
            default: place + 1
            }
        return select(target)
    }

    /// Puts the queue's cursor on a row. The thread follows at once where it is known, and is read when the cursor
    /// rests, so that scrolling past reads nothing.
    private mutating func select(_ index: Int) -> [Effect] {
        let before = queue.selected
        queue.move(to: index, height: panes.queueHeight)
        var effects: [Effect] = []
        if let selected = queue.selected, selected != before {
            opened = selected
            effects.append(.wake(after: TimeSpan(milliseconds: 120), .rested(selected)))
        }
        return effects + loadMore()
    }

    private mutating func loadMore() -> [Effect] {
        guard queue.wantsMore else { return [] }
        queue.isLoadingMore = true
        let request = QueueRequest(
            view: queue.view, words: queue.words, cursor: queue.nextCursor, limit: Queue.pageLimit)
        return [.load(.queue(request))]
    }

    /// To the next ticket or the one before, whichever pane has the keys.
    mutating func step(_ count: Int) -> [Effect] { select((queue.selectedIndex ?? 0) + count) }

    mutating func moveInThread(_ command: Command) {
        guard let opened, let window = threadWindow else { return }
        let page = max(window.height - 2, 1)
        let place: TicketThread.Place =
            switch command {
            case .up: window.scrolled(by: -1)
            case .top: window.beginning
            case .bottom: .end
            case .halfDown: window.scrolled(by: max(window.height / 2, 1))
            case .halfUp: window.scrolled(by: -max(window.height / 2, 1))
            case .pageDown: window.scrolled(by: page)
            case .pageUp: window.scrolled(by: -page)
            default: window.scrolled(by: 1)
            }
        threads.change(opened) { $0.place = place }
    }

    /// The thread as it is on the screen; nil when it is not.
    var threadWindow: ThreadWindow? {
        guard let thread, let body = panes.threadBody else { return nil }
        let lines = ThreadLines(
            thread: thread, columns: body.columns, layout: layout, display: display, now: now,
            me: me?.agent.login, folds: folds, keys: settings.keys)
        return ThreadWindow(source: lines, height: body.rows)
    }

    /// The first line in sight of a page of `count` lines.
    static func scroll(_ first: Int, _ command: Command, height: Int, count: Int) -> Int {
        let wanted =
            switch command {
            case .down: first + 1
            case .up: first - 1
            case .top: 0
            case .bottom: count
            case .halfDown: first + max(height / 2, 1)
            case .halfUp: first - max(height / 2, 1)
            case .pageDown: first + max(height - 2, 1)
            case .pageUp: first - max(height - 2, 1)
            default: first
            }
        return max(min(wanted, count - height), 0)
    }

    mutating func look(_ command: Command) -> [Effect] {
        let current = views.firstIndex { $0.name == queue.view } ?? 0
        switch command {
        case .view(let index): return showView(index)
        case .nextView: return views.isEmpty ? [] : showView((current + 1) % views.count)
        case .previousView:
            return views.isEmpty ? [] : showView((current + views.count - 1) % views.count)
        case .search:
            overlay = .prompt(Prompt(.search, text: queue.words ?? ""))
            return []
        default:
            let choices = views.map {
                Picker.Choice(id: $0.name, title: $0.title, detail: display.number($0.count))
            }
            overlay = .picker(Picker(.view, choices))
            return []
        }
    }

    private mutating func showView(_ index: Int) -> [Effect] {
        guard views.indices.contains(index) else { return [] }
        return show(view: views[index].name, words: nil)
    }

    mutating func show(view: String?, words: String?) -> [Effect] {
        queue.show(view: view, words: words)
        opened = nil
        focus = .queue
        return [.load(.queue(QueueRequest(view: view, words: words)))]
    }
}
