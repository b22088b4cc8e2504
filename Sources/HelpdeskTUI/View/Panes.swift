internal import Terminal

/// Where everything is: three panes from 120 columns on, two from 80, else one (ecosystem A3).
struct Panes: Equatable {
    let header: Rectangle
    let footer: Rectangle
    private(set) var queue: Rectangle?
    private(set) var thread: Rectangle?
    private(set) var customer: Rectangle?
    /// The lower part of the thread's pane while something is written.
    private(set) var composer: Rectangle?
    /// Columns that hold nothing but a line.
    private(set) var fences: [Rectangle] = []

    init(size: Size, focus: Pane, zoom: Zoom = .panes, composer wantsComposer: Bool) {
        let screen = Rectangle(size)
        let (top, rest) = screen.splitRows(1)
        let (middle, bottom) = rest.splitRows(rest.rows - 1)
        header = top
        footer = bottom
        switch size.columns {
        case _ where zoom == .one, ..<80:
            switch focus {
            case .queue: queue = middle
            case .thread: thread = middle
            case .customer: customer = middle
            }
        case 120...:
            let queueWidth = min(max(size.columns * 32 / 100, 38), 64)
            let customerWidth = min(max(size.columns * 22 / 100, 28), 40)
            let (left, right) = fenced(middle, at: queueWidth)
            queue = left
            (thread, customer) = fenced(right, at: right.columns - customerWidth - 1)
        case _ where focus == .customer:
            (thread, customer) = fenced(middle, at: size.columns - 33)
        default: (queue, thread) = fenced(middle, at: min(max(size.columns * 40 / 100, 32), 44))
        }
        if wantsComposer, let whole = thread {
            let rows = min(max(whole.rows * 45 / 100, 7), max(whole.rows - 4, 3))
            let (upper, lower) = whole.splitRows(whole.rows - rows)
            thread = upper
            composer = lower
        }
    }

    private mutating func fenced(_ area: Rectangle, at column: Int) -> (Rectangle, Rectangle) {
        let (left, rest) = area.splitColumns(column)
        let (fence, right) = rest.splitColumns(1)
        fences.append(fence)
        return (left, right)
    }

    /// Lines of a ticket in the queue: one where there is room for all its fields beside one another.
    static func rowHeight(columns: Int) -> Int { columns >= 70 ? 1 : 2 }

    /// Tickets in sight.
    var queueHeight: Int {
        guard let queue else { return 1 }
        return max((queue.rows - 1) / Panes.rowHeight(columns: queue.columns), 1)
    }

    /// The thread without its head of three lines.
    var threadBody: Rectangle? {
        thread.map { $0.splitRows(3).bottom }
    }

    var customerBody: Rectangle? {
        customer.map { $0.splitRows(1).bottom }
    }

    /// Lines under the composer's text that say where it will go.
    var reviewRows: Int { (composer?.rows ?? 0) >= 9 ? 3 : 2 }

    /// The text of the composer, between its title and its review.
    var composerText: Rectangle? {
        composer.map { area in
            let inside = area.splitRows(1).bottom
            return inside.splitRows(max(inside.rows - reviewRows, 1)).top
        }
    }

    /// What lies over the panes.
    var page: Rectangle {
        Rectangle(
            column: 0, row: header.endRow, columns: header.columns,
            rows: footer.row - header.endRow)
    }
}
