@testable import Terminal

/// A terminal of a few dozen lines: understands what `FrameEncoder` sends and nothing else, so that
/// a test can see what a user would see. It counts cells on its own: by code point.
struct TinyTerminal {
    private(set) var grid: CellGrid
    private(set) var cursorIsVisible = false
    private(set) var cursor = Point(column: 0, row: 0)
    private(set) var isSynchronized = false
    private(set) var problems: [String] = []
    private var style = Style.plain

    init(size: Size) {
        grid = CellGrid(size: size)
        // What a screen shows before us is not known.
        for row in 0..<size.rows {
            grid.write("???????????????", in: grid.area.line(row), style: .reverse)
        }
    }

    /// What the user sees, as a grid to compare with the frame.
    var shown: CellGrid {
        var shown = grid
        shown.cursor = cursorIsVisible ? cursor : nil
        return shown
    }

    mutating func accept(_ bytes: [UInt8]) {
        var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            if scalar == "\u{1B}" {
                guard rest.popFirst() == "[" else { return problems.append("no CSI") }
                let parameters = rest.prefix { !("@"..."~").contains($0) }
                rest = rest.dropFirst(parameters.count)
                perform(String(String.UnicodeScalarView(parameters)), rest.popFirst() ?? "?")
            } else {
                show(scalar)
            }
        }
    }

    private mutating func perform(_ parameters: String, _ final: Unicode.Scalar) {
        switch (parameters, final) {
        case ("?2026", "h"): isSynchronized = true
        case ("?2026", "l"): isSynchronized = false
        case ("?25", "h"): cursorIsVisible = true
        case ("?25", "l"): cursorIsVisible = false
        case ("2", "J"): grid = CellGrid(size: grid.size)
        case ("", "K"): erase(from: cursor.column)
        case ("2", "K"): erase(from: 0)
        case (_, "H"):
            let numbers = parameters.split(separator: ";").compactMap { Int($0) }
            guard numbers.count == 2 else { return problems.append("address \(parameters)") }
            cursor = Point(column: numbers[1] - 1, row: numbers[0] - 1)
            if !grid.area.contains(cursor) { problems.append("address off screen") }
        case (_, "m"): select(parameters.split(separator: ";").compactMap { Int($0) })
        default: problems.append("unknown CSI \(parameters)\(final)")
        }
    }

    private mutating func erase(from column: Int) {
        if style != .plain { problems.append("erased with a style") }
        grid.clear(
            Rectangle(column: column, row: cursor.row, columns: grid.size.columns, rows: 1))
    }

    private mutating func select(_ codes: [Int]) {
        if codes.isEmpty { style = .plain }
        var rest = codes[...]
        while let code = rest.popFirst() {
            switch code {
            case 0: style = .plain
            case 1: style.attributes.insert(.bold)
            case 2: style.attributes.insert(.dim)
            case 3: style.attributes.insert(.italic)
            case 4: style.attributes.insert(.underline)
            case 7: style.attributes.insert(.reverse)
            case 22: style.attributes.subtract([.bold, .dim])
            case 23: style.attributes.remove(.italic)
            case 24: style.attributes.remove(.underline)
            case 27: style.attributes.remove(.reverse)
            case 30...37: style.foreground = basic(code - 30)
            case 90...97: style.foreground = basic(code - 82)
            case 40...47: style.background = basic(code - 40)
            case 100...107: style.background = basic(code - 92)
            case 38: style.foreground = other(&rest)
            case 48: style.background = other(&rest)
            case 39: style.foreground = .normal
            case 49: style.background = .normal
            default: problems.append("SGR \(code)")
            }
        }
    }

    private func basic(_ number: Int) -> Colour {
        BasicColour(rawValue: UInt8(number)).map(Colour.basic) ?? .normal
    }

    private mutating func other(_ rest: inout ArraySlice<Int>) -> Colour {
        let kind = rest.popFirst()
        let numbers = rest.prefix(kind == 5 ? 1 : 3).compactMap { UInt8(exactly: $0) }
        rest = rest.dropFirst(numbers.count)
        switch (kind, numbers.count) {
        case (5, 1): return .indexed(numbers[0])
        case (2, 3): return .rgb(RGB(numbers[0], numbers[1], numbers[2]))
        default:
            problems.append("SGR colour")
            return .normal
        }
    }

    private mutating func show(_ scalar: Unicode.Scalar) {
        let width = ScalarClass(scalar).width
        if ScalarClass(scalar) == .control { problems.append("control character") }
        guard width > 0 else { return combine(scalar) }
        guard cursor.column + width <= grid.size.columns else {
            return problems.append("written beyond the edge")
        }
        let index = cursor.row * grid.size.columns + cursor.column
        grid.set(Glyph(first: scalar, width: width, source: 0), at: index, style: style)
        cursor.column += width
    }

    private mutating func combine(_ scalar: Unicode.Scalar) {
        var column = cursor.column - 1
        let start = cursor.row * grid.size.columns
        while column > 0, grid.cells[start + column].width == 0 { column -= 1 }
        guard column >= 0, let cell = grid[Point(column: column, row: cursor.row)] else {
            return problems.append("mark without a character")
        }
        let scalars = Array(cell.text.unicodeScalars) + [scalar]
        let glyph = Glyph(
            first: scalars[0], rest: Array(scalars.dropFirst()), width: cell.width, source: 0)
        grid.set(glyph, at: start + column, style: cell.style)
    }
}
