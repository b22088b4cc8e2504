/// Breaks one paragraph of measured clusters into lines, greedily.
///
/// Spaces at a break hang beyond the margin and are not shown; a word longer than the line is cut
/// between clusters, never inside one. Linear: each cluster is looked at twice at most.
struct LineBreaker {
    /// What may happen after a cluster.
    enum Opportunity {
        case none
        /// White space: break after it, and let it hang.
        case space
        /// A hyphen, a slash, an ideograph: break after it.
        case after
    }

    struct Line: Equatable {
        /// All clusters of the line, the hanging spaces too.
        let clusters: Range<Int>
        /// What is shown of them.
        let visible: Range<Int>
    }

    private(set) var widths: [Int] = []
    private(set) var opportunities: [Opportunity] = []
    /// Whether what was appended last keeps together with a digit behind it.
    private var holdsNumbers = false

    init(capacity: Int = 0) {
        widths.reserveCapacity(capacity)
        opportunities.reserveCapacity(capacity)
    }

    mutating func append(width: Int, first: Unicode.Scalar) {
        // UAX #14, LB25: a telephone number, a date, a part number is not cut behind its hyphens.
        if holdsNumbers, let last = opportunities.indices.last, LineBreaker.isDigit(first) {
            opportunities[last] = .none
        }
        holdsNumbers = first.value == 0x2D || first.value == 0x2F || first.value == 0x2010
        widths.append(width)
        opportunities.append(LineBreaker.opportunity(after: first, width: width))
    }

    /// At most `limit` lines of at most `columns` cells (a single wider cluster stands alone); an
    /// empty paragraph is one empty line.
    func lines(columns: Int, limit: Int) -> [Line] {
        let columns = max(columns, 1)
        var lines: [Line] = []
        var start = 0
        var index = 0
        var width = 0
        var lastBreak: Int?
        while index < widths.count {
            if lines.count >= limit { return lines }
            let fits = width &+ widths[index] <= columns || index == start
            if !fits && opportunities[index] != .space {
                let end = lastBreak ?? index
                lines.append(line(start..<end, hangs: true))
                (start, index, width, lastBreak) = (end, end, 0, nil)
                continue
            }
            width &+= widths[index]
            index += 1
            if opportunities[index - 1] != .none { lastBreak = index }
        }
        if lines.count < limit { lines.append(line(start..<index, hangs: width > columns)) }
        return lines
    }

    /// The most clusters from the start that fit into `columns`.
    func prefix(columns: Int) -> Int {
        var width = 0
        for (index, own) in widths.enumerated() {
            width &+= own
            if width > columns { return index }
        }
        return widths.count
    }

    var totalWidth: Int { widths.reduce(0, &+) }

    private func line(_ clusters: Range<Int>, hangs: Bool) -> Line {
        var end = clusters.upperBound
        while hangs, end > clusters.lowerBound, opportunities[end - 1] == .space { end -= 1 }
        return Line(clusters: clusters, visible: clusters.lowerBound..<end)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x660...0x669, 0x6F0...0x6F9: true
        default: false
        }
    }

    private static func opportunity(after scalar: Unicode.Scalar, width: Int) -> Opportunity {
        switch scalar.value {
        case 0x20, 0x1680, 0x2000...0x2006, 0x2008...0x200A, 0x205F, 0x3000: .space
        case 0x2D, 0x2F, 0x2010, 0x2013, 0x2014: .after
        default: width == 2 ? .after : .none
        }
    }
}
