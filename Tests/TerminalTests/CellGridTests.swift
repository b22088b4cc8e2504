import Testing

@testable import Terminal

@Suite struct CellGridTests {
    private let size = Size(columns: 12, rows: 4)

    @Test("Text is cut at its field, and a wide character cut in half is left out")
    func clipping() {
        var grid = CellGrid(size: size)
        let field = Rectangle(column: 3, row: 1, columns: 5, rows: 1)
        grid.paint(FieldLayout().line("日本語字", columns: 20), in: field)
        #expect(grid.text == "\n   日本\n\n\n")
        grid.write("abcdefgh", in: field)
        #expect(grid.rowText(1) == "   abcd…")
        #expect(grid[Point(column: 8, row: 1)]?.text == " ")
    }

    @Test("Overwriting half of a wide character blanks the other half")
    func halves() {
        var grid = CellGrid(size: size)
        grid.write("日本", in: grid.area)
        grid.write("x", in: Rectangle(column: 1, row: 0, columns: 1, rows: 1))
        #expect(grid.rowText(0) == " x本")
        grid.write("y", in: Rectangle(column: 2, row: 0, columns: 1, rows: 1))
        #expect(grid.rowText(0) == " xy")
        #expect(grid[Point(column: 3, row: 0)] == Cell(text: " ", style: .plain, width: 1))
    }

    @Test("Fields off screen, partly off screen and absurd paint what can be seen and no more")
    func absurdFields() {
        let numbers = [Int.min, -3, 0, 2, 11, 500, Int.max]
        var grid = CellGrid(size: size)
        let line = FieldLayout().line("سلام abc 日本", columns: 30)
        for column in numbers {
            for row in numbers {
                for extent in numbers {
                    let field = Rectangle(column: column, row: row, columns: extent, rows: extent)
                    for alignment in [Alignment.natural, .left, .centre, .right] {
                        grid.paint(line, in: field, alignment: alignment)
                    }
                    grid.box(field, title: "t")
                    grid.clear(field)
                    grid.restyle(field) { $0.adding(.bold) }
                    _ = field.splitRows(3)
                    _ = field.splitColumns(extent)
                }
            }
        }
        #expect(grid.cells.count == 48)
    }

    @Test("A screen is never larger than its limit")
    func sizes() {
        #expect(Size(columns: .max, rows: -1) == Size(columns: 1_000, rows: 0))
        #expect(CellGrid(size: Size(columns: 0, rows: 0)).text == "\n")
    }

    @Test("A box has a frame and a title, and is too small to have one")
    func boxes() {
        var grid = CellGrid(size: size)
        grid.box(grid.area, title: "Queue")
        #expect(grid.text == "┌─ Queue ──┐\n│          │\n│          │\n└──────────┘\n")
        grid = CellGrid(size: size)
        grid.box(Rectangle(column: 0, row: 0, columns: 4, rows: 2), border: .ascii)
        grid.box(Rectangle(column: 6, row: 0, columns: 1, rows: 2))
        #expect(grid.text == "+--+\n+--+\n\n\n")
    }

    @Test("A long title is cut inside the frame")
    func longTitle() {
        var grid = CellGrid(size: size)
        grid.box(grid.area.splitRows(2).top, title: "A very long title")
        #expect(grid.rowText(0) == "┌─ A ver… ─┐")
    }

    @Test("Spans style the clusters they cover, wherever bidi puts them")
    func spans() {
        var grid = CellGrid(size: size)
        let line = FieldLayout().line("ab سلام", columns: 12)
        grid.paint(line, in: grid.area, spans: [StyleSpan(offsets: 3..<4, style: .reverse)])
        let reversed = (0..<12).filter { grid[Point(column: $0, row: 0)]?.style == .reverse }
        // The first Persian letter stands at the right end of its run.
        #expect(reversed == [6])
    }

    @Test("Right-to-left lines stand at the right of their pane, others at the left")
    func alignment() {
        var grid = CellGrid(size: size)
        grid.write("abc", in: grid.area.line(0))
        grid.write("אבג", in: grid.area.line(1))
        grid.write("abc", in: grid.area.line(2), alignment: .right)
        grid.write("abc", in: grid.area.line(3), alignment: .centre)
        #expect(grid.text == "abc\n         גבא\n         abc\n    abc\n")
    }

    @Test("Equality is what is seen, not how clusters are numbered")
    func equality() {
        var left = CellGrid(size: size)
        var right = CellGrid(size: size)
        left.write("e\u{301}", in: left.area)
        right.write("o\u{302}", in: right.area)
        #expect(left != right)
        right.write("e\u{301}", in: right.area)
        #expect(left == right)
        right.cursor = Point(column: 0, row: 0)
        #expect(left != right)
    }
}
