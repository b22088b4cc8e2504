import RandomKit
import Testing

@testable import Terminal

@Suite struct FrameEncoderTests {
    @Test("The bytes of random frames show each of them, from whatever came before")
    func randomFrames() throws {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        var texts = HostileText(seed: seed)
        for round in 0..<60 {
            var encoder = FrameEncoder(
                colours: .direct,
                synchronized: Bool.random(using: &random) ? .supported : .unsupported)
            let size = Size(
                columns: Int.random(in: 1...60, using: &random),
                rows: Int.random(in: 1...12, using: &random))
            var terminal = TinyTerminal(size: size)
            var frame = CellGrid(size: size)
            for number in 0..<8 {
                if Int.random(in: 0..<4, using: &random) == 0 { encoder.invalidate() }
                for _ in 0..<Int.random(in: 0...3, using: &random) {
                    scribble(on: &frame, &texts, &random)
                }
                terminal.accept(encoder.encode(frame))
                let place = "seed \(seed), round \(round), frame \(number)"
                try #require(terminal.problems == [], "\(place)")
                let difference = FrameEncoderTests.difference(terminal.shown, frame)
                try #require(difference == nil, "\(place)")
                try #require(!terminal.isSynchronized, "\(place)")
                try #require(encoder.encode(frame) == [], "\(place)")
            }
        }
    }

    /// The first cell in which two grids differ.
    private static func difference(_ shown: CellGrid, _ wanted: CellGrid) -> String? {
        guard shown != wanted else { return nil }
        for row in 0..<wanted.size.rows {
            for column in 0..<wanted.size.columns {
                let place = Point(column: column, row: row)
                if shown[place] != wanted[place] {
                    return "\(place): \(String(describing: shown[place])), "
                        + "not \(String(describing: wanted[place]))"
                }
            }
        }
        return
            "cursor \(String(describing: shown.cursor)), not \(String(describing: wanted.cursor))"
    }

    private func colour(_ random: inout SeededRandom) -> Colour {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: .rgb(RGB(UInt32.random(in: 0...0xFF_FFFF, using: &random)))
        // What is below 16 is sent as it is, and cannot be told from the basic ones.
        case 1: .indexed(UInt8.random(in: 0...255, using: &random))
        case 2: .normal
        default: .basic(BasicColour.allCases.randomElement(using: &random) ?? .red)
        }
    }

    private func scribble(
        on frame: inout CellGrid, _ texts: inout HostileText, _ random: inout SeededRandom
    ) {
        let field = Rectangle(
            column: Int.random(in: -5..<60, using: &random),
            row: Int.random(in: -2..<12, using: &random),
            columns: Int.random(in: 0...40, using: &random),
            rows: Int.random(in: 0...4, using: &random))
        let style = Style(
            foreground: colour(&random), background: colour(&random),
            attributes: Style.Attributes(rawValue: UInt8.random(in: 0..<32, using: &random)))
        switch Int.random(in: 0..<6, using: &random) {
        case 0: frame.clear(field, style: style)
        case 1: frame.box(field, title: Sanitizer.singleLine(texts.next()), style: style)
        case 2: frame.restyle(field) { $0.adding(.bold) }
        case 3:
            frame.cursor = Point(
                column: Int.random(in: -1..<61, using: &random),
                row: Int.random(in: -1..<12, using: &random))
            if !frame.area.contains(frame.cursor ?? Point(column: 0, row: 0)) { frame.cursor = nil }
        default:
            let lines = FieldLayout().lines(
                Sanitizer.multiLine(texts.next()), columns: field.columns, limit: 4)
            frame.paint(lines, in: field, style: style)
        }
    }

    @Test("One changed cell costs one address and one character")
    func oneCell() {
        var encoder = FrameEncoder()
        var frame = CellGrid(size: Size(columns: 20, rows: 3))
        _ = encoder.encode(frame)
        frame.write("x", in: Rectangle(column: 4, row: 1, columns: 1, rows: 1))
        #expect(encoder.encode(frame) == Array("\u{1B}[2;5Hx".utf8))
    }

    @Test("Changes near each other share an address, distant ones do not")
    func runs() {
        var encoder = FrameEncoder()
        var frame = CellGrid(size: Size(columns: 40, rows: 1))
        frame.write("abcdefghijklmnopqrstuvwxyzabcdefghijklmn", in: frame.area)
        _ = encoder.encode(frame)
        for column in [2, 5, 30] {
            frame.write("#", in: Rectangle(column: column, row: 0, columns: 1, rows: 1))
        }
        #expect(encoder.encode(frame) == Array("\u{1B}[1;3H#de#\u{1B}[1;31H#".utf8))
    }

    @Test("A row that became empty is erased, not overwritten")
    func erasing() {
        var encoder = FrameEncoder()
        var frame = CellGrid(size: Size(columns: 30, rows: 1))
        frame.write("a long line of some text", in: frame.area)
        _ = encoder.encode(frame)
        frame.clear(frame.area)
        #expect(encoder.encode(frame) == Array("\u{1B}[1;1H\u{1B}[K".utf8))
    }

    @Test("After a cluster the cursor is addressed again, so a wrong width shifts nothing")
    func drift() {
        var encoder = FrameEncoder()
        var frame = CellGrid(size: Size(columns: 10, rows: 1))
        _ = encoder.encode(frame)
        frame.write("❤\u{FE0F}b", in: frame.area)
        #expect(
            encoder.encode(frame)
                == Array("\u{1B}[1;1H\u{1B}[2K❤\u{FE0F}\u{1B}[1;2Hb\u{1B}[K".utf8))
    }

    @Test("Moving the cursor alone is a move and nothing else; hiding it too")
    func cursor() {
        var encoder = FrameEncoder()
        var frame = CellGrid(size: Size(columns: 10, rows: 2))
        frame.cursor = Point(column: 0, row: 0)
        _ = encoder.encode(frame)
        frame.cursor = Point(column: 3, row: 1)
        #expect(encoder.encode(frame) == Array("\u{1B}[?25l\u{1B}[2;4H\u{1B}[?25h".utf8))
        frame.cursor = nil
        #expect(encoder.encode(frame) == Array("\u{1B}[?25l".utf8))
    }

    @Test("Without colours the attributes remain")
    func monochrome() {
        var encoder = FrameEncoder(colours: .none)
        var frame = CellGrid(size: Size(columns: 4, rows: 1))
        _ = encoder.encode(frame)
        frame.write("x", in: frame.area, style: Style(foreground: .red, attributes: .bold))
        #expect(encoder.encode(frame) == Array("\u{1B}[1;1H\u{1B}[1mx\u{1B}[m".utf8))
    }

    @Test("A colour that stays is not sent again")
    func selections() {
        var encoder = FrameEncoder(colours: .direct)
        var frame = CellGrid(size: Size(columns: 4, rows: 1))
        _ = encoder.encode(frame)
        let ground = Colour.rgb(RGB(0x010203))
        let styles = [
            Style(foreground: .red, background: ground, attributes: [.bold, .dim]),
            Style(foreground: .rgb(RGB(0x0A0B0C)), background: ground, attributes: .dim),
            Style(background: ground),
            Style(foreground: .indexed(200), attributes: [.italic, .underline, .reverse]),
        ]
        for (column, style) in styles.enumerated() {
            let cell = Rectangle(column: column, row: 0, columns: 1, rows: 1)
            frame.write("x", in: cell, style: style)
        }
        let expected =
            "\u{1B}[1;1H\u{1B}[1;2;31;48;2;1;2;3mx\u{1B}[22;2;38;2;10;11;12mx\u{1B}[22;39mx"
            + "\u{1B}[0;3;4;7;38;5;200mx\u{1B}[m"
        #expect(String(decoding: encoder.encode(frame), as: UTF8.self) == expected)
    }

    @Test("A frame of another size is sent whole")
    func resize() {
        var encoder = FrameEncoder()
        _ = encoder.encode(CellGrid(size: Size(columns: 10, rows: 2)))
        let bytes = encoder.encode(CellGrid(size: Size(columns: 12, rows: 2)))
        #expect(bytes == Array("\u{1B}[?25l\u{1B}[m\u{1B}[2J".utf8))
    }
}
