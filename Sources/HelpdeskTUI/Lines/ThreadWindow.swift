/// Scrolling in a thread by lines, without laying out more than what is passed over.
struct ThreadWindow {
    let source: ThreadLines
    let height: Int

    /// An item and a line of it.
    struct Spot: Equatable {
        var item: Int
        var line: Int
    }

    private var last: Int { source.thread.items.count - 1 }

    /// The lines in sight.
    var lines: [PageLine] {
        var spot = top
        var lines: [PageLine] = []
        while lines.count < height, spot.item <= last {
            let item = source.lines(of: spot.item)
            lines += item.dropFirst(spot.line)
            spot = Spot(item: spot.item + 1, line: 0)
        }
        return Array(lines.prefix(height))
    }

    /// Whether something lies above the window.
    var hasMoreAbove: Bool { top != Spot(item: 0, line: 0) }
    /// Whether something lies below it.
    var hasMoreBelow: Bool { source.thread.place != .end }

    /// The first line in sight.
    var top: Spot {
        switch source.thread.place {
        case .end: return back(from: Spot(item: last + 1, line: 0), by: height)
        case .top(let id, let line):
            guard let index = source.thread.items.index(of: id) else {
                return back(from: Spot(item: last + 1, line: 0), by: height)
            }
            let count = source.lines(of: index).count
            return Spot(item: index, line: min(max(line, 0), max(count - 1, 0)))
        }
    }

    /// The place after scrolling so many lines, up for negative ones.
    func scrolled(by count: Int) -> TicketThread.Place {
        guard last >= 0 else { return .end }
        let spot = count < 0 ? back(from: top, by: -count) : forward(from: top, by: count)
        return place(spot)
    }

    /// With the first line of the thread at the top.
    var beginning: TicketThread.Place { last < 0 ? .end : place(Spot(item: 0, line: 0)) }

    func place(_ spot: Spot) -> TicketThread.Place {
        let bottom = back(from: Spot(item: last + 1, line: 0), by: height)
        let isPast = (spot.item, spot.line) >= (bottom.item, bottom.line)
        guard !isPast, source.thread.items.indices.contains(spot.item) else { return .end }
        return .top(source.thread.items.id(at: spot.item), line: spot.line)
    }

    func back(from spot: Spot, by count: Int) -> Spot {
        var spot = spot
        var left = count
        while left > spot.line {
            guard spot.item > 0 else { return Spot(item: 0, line: 0) }
            left -= spot.line
            spot = Spot(item: spot.item - 1, line: source.lines(of: spot.item - 1).count)
        }
        spot.line -= left
        return spot
    }

    func forward(from spot: Spot, by count: Int) -> Spot {
        var spot = spot
        spot.line += count
        while spot.item <= last {
            let lines = source.lines(of: spot.item).count
            if spot.line < lines { return spot }
            spot = Spot(item: spot.item + 1, line: spot.line - lines)
        }
        return spot
    }
}
