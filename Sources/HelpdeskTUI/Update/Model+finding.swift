internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    /// Finds words in the thread that is on the screen.
    mutating func find(_ command: Command) -> [Effect] {
        guard let opened else {
            notice = .failed("no ticket is chosen")
            return []
        }
        guard let thread else { return awaitThread(opened, .command(command)) }
        if command == .find || thread.find == nil {
            overlay = .prompt(Prompt(.find, text: thread.find ?? ""))
            return []
        }
        showFound(in: opened, command == .findPrevious ? .before : .after)
        return []
    }

    /// Begins a search: shows the nearest place above the end of what is in sight, for the newest is looked for most.
    mutating func find(words: String) -> [Effect] {
        guard let opened else { return [] }
        guard words.contains(where: { !$0.isWhitespace }) else {
            threads.change(opened) { $0.stopFinding() }
            return []
        }
        threads.change(opened) { $0.look(for: words) }
        showFound(in: opened, .before)
        return []
    }

    private mutating func showFound(in number: TicketNumber, _ way: ThreadWindow.Way) {
        guard let window = threadWindow else { return }
        guard let match = window.match(way) else {
            notice = .failed("not in this thread: \(thread?.find ?? "")")
            return
        }
        if match.isPastEnd {
            notice = .done(way == .after ? "from the beginning again" : "from the end again")
        }
        threads.change(number) {
            $0.found = match.place
            $0.place = match.scroll
        }
    }
}
