/// Writes one frame's difference. At the start and at the end the terminal's style is plain.
struct FramePainter {
    enum Mode: UInt8 {
        case set = 0x68
        case reset = 0x6C
    }

    /// Unchanged cells between two changed ones that are sent rather than jumped over: addressing
    /// the cursor takes about as many bytes.
    private static let bridge = 8
    /// So many cells that became blank at the end of a row are erased rather than written.
    private static let erasable = 4

    private(set) var bytes: [UInt8] = []
    private let old: CellGrid
    private let new: CellGrid
    private let colours: ColourDepth
    /// What the terminal has, and what was asked for when it got it.
    private var style = Style.plain
    private var asked = Style.plain

    init(from old: CellGrid, to new: CellGrid, colours: ColourDepth) {
        self.old = old
        self.new = new
        self.colours = colours
    }

    mutating func mode(_ number: StaticString, _ mode: Mode) {
        escape()
        number.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(mode.rawValue)
    }

    mutating func eraseScreen() {
        bytes.append(contentsOf: [0x1B, 0x5B, 0x6D, 0x1B, 0x5B, 0x32, 0x4A])
    }

    mutating func finish(cursor: Point?) {
        select(.plain)
        guard let cursor else { return }
        address(row: cursor.row, column: cursor.column)
        mode("?25", .set)
    }

    mutating func paint(row: Int) {
        let start = row * new.size.columns
        let end = start + new.size.columns
        guard var first = firstChange(from: start, to: end) else { return }
        // Where widths are uncertain, neighbours may have been shifted: the row is sent whole.
        if isUncertain(start..<end) {
            select(.plain)
            address(row: row, column: 0)
            erase(.line)
            write(start..<end, row: row)
            return
        }
        while first < end {
            var stop = first + 1
            var same = 0
            var index = stop
            while index < end, same < FramePainter.bridge {
                if new.shows(index, sameAs: old) {
                    same += 1
                } else {
                    same = 0
                    stop = index + 1
                }
                index += 1
            }
            // A run never begins inside a wide character: its halves have one style, so no second
            // half changes without the first (`CellGrid.set`, `restyle`).
            address(row: row, column: first - start)
            write(first..<stop, row: row)
            guard let next = firstChange(from: stop, to: end) else { return }
            first = next
        }
    }

    private func firstChange(from start: Int, to end: Int) -> Int? {
        var index = start
        while index < end {
            if !new.shows(index, sameAs: old) { return index }
            index += 1
        }
        return nil
    }

    private func isUncertain(_ row: Range<Int>) -> Bool {
        row.contains { old.cells[$0].isUncertain || new.cells[$0].isUncertain }
    }

    private mutating func write(_ cells: Range<Int>, row: Int) {
        let rowEnd = (row + 1) * new.size.columns
        var end = cells.upperBound
        if new.cells[end..<rowEnd].allSatisfy({ $0 == .blank }) {
            while end > cells.lowerBound, new.cells[end - 1] == .blank { end -= 1 }
            if cells.upperBound - end < FramePainter.erasable { end = cells.upperBound }
        }
        var index = cells.lowerBound
        while index < end {
            let cell = new.cells[index]
            select(cell.style)
            append(cell)
            index += max(Int(cell.width), 1)
            if cell.isUncertain, index < rowEnd {
                address(row: row, column: index - row * new.size.columns)
            }
        }
        if end < cells.upperBound {
            select(.plain)
            erase(.toLineEnd)
        }
    }

    private mutating func append(_ cell: PackedCell) {
        if cell.isCluster {
            for scalar in new.clusters[cell.clusterIndex] { bytes.append(utf8: scalar) }
        } else {
            bytes.append(utf8: cell.scalar)
        }
    }

    private mutating func select(_ wanted: Style) {
        guard wanted != asked else { return }
        asked = wanted
        let wanted = wanted.shown(colours)
        guard wanted != style else { return }
        StyleSelection.append(from: style, to: wanted, to: &bytes)
        style = wanted
    }

    private enum Erasure {
        case toLineEnd
        case line
    }

    private mutating func erase(_ what: Erasure) {
        escape()
        if what == .line { bytes.append(UInt8(ascii: "2")) }
        bytes.append(UInt8(ascii: "K"))
    }

    /// Cursor Position (ECMA-48 §8.3.21), which counts from 1.
    private mutating func address(row: Int, column: Int) {
        escape()
        bytes.appendDecimal(row + 1)
        bytes.append(UInt8(ascii: ";"))
        bytes.appendDecimal(column + 1)
        bytes.append(UInt8(ascii: "H"))
    }

    private mutating func escape() {
        bytes.append(0x1B)
        bytes.append(UInt8(ascii: "["))
    }
}

extension PackedCell {
    /// Terminals disagree about how wide this is: clusters, and pictographs that some font or
    /// Unicode version may not know.
    fileprivate var isUncertain: Bool { isCluster || scalar.value >= 0x1F000 }
}

extension [UInt8] {
    /// A code point in UTF-8.
    mutating func append(utf8 scalar: Unicode.Scalar) {
        if scalar.isASCII {
            append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }
}
