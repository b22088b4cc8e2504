internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension ThreadWindow {
    enum Way: Hashable, Sendable { case after, before }

    /// A place where the words looked for stand.
    struct Match: Equatable {
        var place: TicketThread.Place
        /// Where the window goes to show it.
        var scroll: TicketThread.Place
        /// The search went on at the other end.
        var isPastEnd: Bool
    }

    /// The nearest place after or before the one found last, else the edge of what is in sight.
    func match(_ way: Way) -> Match? {
        guard let words = source.thread.find else { return nil }
        let needle = TextFold.folded(words)
        let count = source.thread.items.count
        guard count > 0 else { return nil }
        var start = foundSpot ?? (way == .after ? top : bottom)
        if start.item >= count { start = Spot(item: count - 1, line: .max) }
        for step in 0...count {
            let offset = way == .after ? start.item + step : start.item - step
            let index = (offset % count + count) % count
            guard holds(needle, index) else { continue }
            let lines = matchingLines(of: index).filter { line in
                if step == 0 { return way == .after ? line > start.line : line < start.line }
                if step == count { return way == .after ? line <= start.line : line >= start.line }
                return true
            }
            guard let line = way == .after ? lines.first : lines.last else { continue }
            let spot = Spot(item: index, line: line)
            return Match(
                place: .top(source.thread.items.id(at: index), line: line),
                scroll: scroll(to: spot),
                isPastEnd: offset != index || step == count)
        }
        return nil
    }

    /// The message that ends in sight, or the last before it.
    var bottomMessage: API.Message? {
        let items = source.thread.items
        for index in stride(from: min(bottom.item, items.count - 1), through: 0, by: -1) {
            if case .message(let message) = items[index] { return message }
        }
        return nil
    }

    /// One past the last line in sight.
    private var bottom: Spot { forward(from: top, by: height) }

    private var foundSpot: Spot? {
        guard case .top(let id, let line)? = source.thread.found,
            let index = source.thread.items.index(of: id)
        else { return nil }
        return Spot(item: index, line: line)
    }

    /// Whether an item can hold the words at all: looked up without laying it out.
    private func holds(_ needle: String, _ index: Int) -> Bool {
        guard case .message(let message) = source.thread.items[index] else { return false }
        return TextFold.folded(TextCut.shown(source.text(of: message))).contains(needle)
    }

    private func matchingLines(of index: Int) -> [Int] {
        source.lines(of: index).enumerated().compactMap { line in
            if case .text(_, _, _, let spans) = line.element, !spans.isEmpty {
                return line.offset
            }
            return nil
        }
    }

    /// The window stays where it is when the place is in sight; else the place comes to its upper third.
    private func scroll(to spot: Spot) -> TicketThread.Place {
        let first = top
        let last = bottom
        let isInSight =
            (spot.item, spot.line) >= (first.item, first.line)
            && (spot.item, spot.line) < (last.item, last.line)
        return isInSight ? source.thread.place : place(back(from: spot, by: height / 3))
    }
}
