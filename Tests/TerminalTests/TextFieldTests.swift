import RandomKit
import Testing

@testable import Terminal

@Suite struct TextFieldTests {
    private func field(
        _ text: String, at cursor: Int? = nil, _ shape: TextField.Shape = .multiLine
    ) -> TextField {
        var field = TextField(text, shape: shape)
        field.place(cursor: cursor ?? field.count)
        return field
    }

    @Test(
        "Edits change text and cursor",
        arguments: [
            ("ab|c", TextField.Edit.insert("X"), "abX|c"), ("|", .insert("سلام"), "سلام|"),
            ("ab|c", .delete(.previous), "a|c"), ("|abc", .delete(.previous), "|abc"),
            ("ab|c", .delete(.next), "ab|"), ("abc|", .delete(.next), "abc|"),
            ("one two| x", .delete(.wordBackward), "one | x"),
            ("one two  |", .delete(.wordBackward), "one |"),
            ("|one two", .delete(.wordForward), "| two"),
            ("one|  two.", .delete(.wordForward), "one|."),
            ("a\nbc|d\ne", .delete(.lineStart), "a\n|d\ne"),
            ("a\nbc|d\ne", .delete(.lineEnd), "a\nbc|\ne"),
            ("a\nbc|d", .move(.lineStart), "a\n|bcd"), ("a|b\nc", .move(.lineEnd), "ab|\nc"),
            ("ab|c", .move(.textStart), "|abc"), ("ab|c", .move(.textEnd), "abc|"),
            ("ab|c", .move(.left), "a|bc"), ("ab|c", .move(.right), "abc|"),
            ("سل|ام", .move(.left), "سلا|م"), ("سل|ام", .move(.right), "س|لام"),
            ("abc\nسل|ام", .move(.left), "abc\nسلا|م"),
            ("سلام دنیا|", .move(.wordBackward), "سلام |دنیا"),
            ("x👨‍👩‍👧|", .delete(.previous), "x|"), ("می\u{200C}|", .delete(.previous), "می|"),
            ("بَ|", .delete(.previous), "ب|"), ("e\u{301}|", .delete(.previous), "|"),
            ("|", .move(.previous), "|"), ("a|", .move(.next), "a|"),
        ])
    func edits(before: String, edit: TextField.Edit, after: String) {
        let parts = before.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        var field = field(parts[0] + parts[1], at: parts[0].count)
        field.apply(edit)
        var shown = Array(field.text)
        shown.insert("|", at: field.cursor)
        #expect(String(shown) == after)
    }

    @Test("A mark typed after its letter, and flags typed one by one, become one character")
    func growingTogether() {
        var field = TextField()
        field.insert("e")
        field.insert("\u{301}")
        #expect(field.count == 1 && field.cursor == 1)
        field.replace(with: "")
        for part in ["\u{1F1EE}", "\u{1F1F7}", "\u{1F1E9}", "\u{1F1EA}"] { field.insert(part) }
        #expect(field.count == 2 && field.cursor == 2)
        field.place(cursor: 0)
        field.insert("\u{1F1EB}")
        #expect(field.characters == Array(field.text))
        field.replace(with: "x🇮🇷🇩🇪🇫🇷y")
        field.place(cursor: 0)
        field.apply(.delete(.next))
        field.insert("\u{1F1EB}")
        #expect(field.characters == Array(field.text))
    }

    @Test("Random edits keep count, cursor, text and display in step")
    func randomEdits() throws {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        var texts = HostileText(seed: seed)
        let motions: [TextField.Motion] = [
            .previous, .next, .left, .right, .wordBackward, .wordForward, .lineStart, .lineEnd,
            .textStart, .textEnd,
        ]
        var field = TextField(shape: .multiLine, limit: 400)
        for step in 0..<1_500 {
            let motion = motions.randomElement(using: &random) ?? .next
            switch Int.random(in: 0..<4, using: &random) {
            case 0: field.apply(.delete(motion))
            case 1: field.apply(.insert(texts.next()))
            default: field.apply(.move(motion))
            }
            let place = "seed \(seed), step \(step)"
            try #require(field.characters == Array(field.text), "\(place)")
            try #require((0...field.count).contains(field.cursor), "\(place)")
            try #require(field.count <= 400, "\(place)")
            try #require(field.display.string.count == field.count, "\(place)")
            try #require(Safety.problem(in: field.display.string) == nil, "\(place)")
            #expect(
                !field.text.unicodeScalars.contains { ScalarClass($0) == .control && $0 != "\n" })
            if Int.random(in: 0..<100, using: &random) == 0 { field.replace(with: "") }
        }
    }

    @Test("A single line has no line ends, a field no control characters")
    func cleaning() {
        #expect(TextField("a\r\nb\nc\u{2028}d\u{1B}[A\te").text == "a b c d[A    e")
        #expect(TextField("a\r\nb\rc", shape: .multiLine).text == "a\nb\nc")
    }

    @Test("What does not fit is not taken")
    func limits() {
        var field = TextField("abc", limit: 5)
        field.insert("defgh")
        #expect(field.text == "abcde")
        field.insert("x")
        #expect(field.text == "abcde")
    }

    @Test("A joiner just typed keeps the letter's shape until the next letter comes")
    func joinerWhileTyping() {
        #expect(Array(field("می\u{200C}").display.string.unicodeScalars).last == "\u{200C}")
        #expect(field("a\u{200B}").display.string == "a¤")
        #expect(field("\u{202E}x").display.string == "⇄x")
        #expect(field("\u{E00E5}\u{94B}").display.string == "¤¤")
        #expect(field("\u{600}\u{202E}").display.string == "¤¤")
    }

    @Test("The cursor is found in the layout, in both directions and at line ends")
    func cursorOnScreen() {
        let layout = FieldLayout()
        let pane = Rectangle(column: 10, row: 5, columns: 8, rows: 3)
        func place(_ field: TextField) -> Point? {
            let lines = layout.lines(field.display, columns: pane.columns - 1)
            return CellGrid.place(of: field.cursor, in: lines, field: pane)
        }
        #expect(place(field("")) == Point(column: 10, row: 5))
        #expect(place(field("abc", at: 1)) == Point(column: 11, row: 5))
        #expect(place(field("abc")) == Point(column: 13, row: 5))
        #expect(place(field("abc\n")) == Point(column: 10, row: 6))
        #expect(place(field("سلام", at: 0)) == Point(column: 17, row: 5))
        #expect(place(field("سلام")) == Point(column: 13, row: 5))
        #expect(place(field("one two three", at: 8)) == Point(column: 10, row: 6))
        #expect(place(field("a\nb\nc\nd")) == nil)
    }

    @Test("Up and down keep the distance from the paragraph's edge")
    func vertical() {
        let layout = FieldLayout()
        func moved(_ field: TextField, _ step: TextField.VerticalStep) -> Int {
            var field = field
            field.move(step, in: layout.lines(field.display, columns: 20))
            return field.cursor
        }
        #expect(moved(field("abcd\nef\nghij", at: 3), .down) == 7)
        #expect(moved(field("abcd\nef\nghij", at: 6), .down) == 9)
        #expect(moved(field("abcd\nef", at: 6), .up) == 1)
        #expect(moved(field("abcd\nef", at: 1), .up) == 1)
        #expect(moved(field("سلام\nدنیا", at: 2), .down) == 7)
        #expect(moved(field("ab", at: 1), .down) == 1)
    }

    @Test("Wrapped lines: down from a wrap goes to the next row, not past it")
    func verticalInWraps() {
        var field = field("one two three four", at: 1)
        let lines = FieldLayout().lines(field.display, columns: 8)
        #expect(lines.map(\.text) == ["one two", "three", "four"])
        field.move(.down, in: lines)
        #expect(field.cursor == 9)
        field.move(.down, in: lines)
        #expect(field.cursor == 15)
        field.place(cursor: 7)
        field.move(.down, in: lines)
        #expect(field.cursor == 13)
    }

    @Test(
        "Keys edit by the customs of shells",
        arguments: [
            (KeyPress(.character("x")), TextField.Edit.insert("x")),
            (KeyPress(.character("ت")), .insert("ت")),
            (KeyPress(.enter), .insert("\n")), (KeyPress(.backspace), .delete(.previous)),
            (KeyPress(.character("w"), .control), .delete(.wordBackward)),
            (KeyPress(.character("ص"), .control), .delete(.wordBackward)),
            (KeyPress(.left, .control), .move(.wordBackward)),
            (KeyPress(.character("b"), .alt), .move(.wordBackward)),
            (KeyPress(.home), .move(.lineStart)), (KeyPress(.end, .control), .move(.textEnd)),
            (KeyPress(.tab), nil), (KeyPress(.character("q"), .control), nil), (KeyPress(.up), nil),
        ] as [(KeyPress, TextField.Edit?)])
    func keys(key: KeyPress, edit: TextField.Edit?) {
        #expect(field("abc").edit(for: key) == edit)
    }

    @Test("Enter does not break a single line")
    func enterInSingleLine() {
        #expect(TextField("x").edit(for: KeyPress(.enter)) == nil)
    }
}
