import RandomKit
import Testing

@testable import Terminal

@Suite struct FieldLayoutTests {
    private let layout = FieldLayout()

    @Test(
        "Words wrap, spaces hang, long words are cut, line ends hold",
        arguments: [
            ("one two three", 7, ["one two", "three"]),
            ("one  two", 4, ["one", "two"]),
            ("one two", 3, ["one", "two"]),
            ("abcdefgh", 3, ["abc", "def", "gh"]),
            ("a abcdefgh", 4, ["a", "abcd", "efgh"]),
            ("re-open it", 4, ["re-", "open", "it"]),
            ("call 0912-123-4567 now", 14, ["call", "0912-123-4567", "now"]),
            ("on ۱۴۰۵/۰۹/۰۹", 11, ["on", "۱۴۰۵/۰۹/۰۹"]),
            ("2-x 2-1", 6, ["2-x", "2-1"]),
            ("a-1b c-d", 5, ["a-1b", "c-d"]),
            ("0912-123", 6, ["0912-1", "23"]),
            ("a\n\nb", 5, ["a", "", "b"]),
            ("", 5, [""]),
            ("a\n", 5, ["a", ""]),
            ("日本語", 4, ["日本", "語"]),
            ("日本", 1, ["日", "本"]),
            ("e\u{301}e\u{301}e\u{301}", 2, ["e\u{301}e\u{301}", "e\u{301}"]),
            ("  indented text", 10, ["  indented", "text"]),
            ("x", 0, ["x"]),
        ])
    func wrapping(text: String, columns: Int, expected: [String]) {
        let safe = Sanitizer.multiLine(text)
        #expect(layout.lines(safe, columns: columns).map(\.text) == expected)
        #expect(TextWrap.lines(of: safe, columns: columns) == expected)
    }

    @Test("Lines cover every cluster once and in order, and none is too wide")
    func coverage() throws {
        let seed = SeededRandom.freshSeed()
        var texts = HostileText(seed: seed)
        var random = SeededRandom(seed: seed)
        for number in 0..<1_000 {
            let safe = Sanitizer.multiLine(texts.next())
            let columns = Int.random(in: 2...30, using: &random)
            let widths: WidthPolicy = Bool.random(using: &random) ? .sum : .cluster
            let layout = FieldLayout(bidi: .app, widths: widths)
            let characters = Array(safe.string)
            var next = 0
            for line in layout.lines(safe, columns: columns) {
                let place = "seed \(seed), text \(number), line at \(next)"
                if next < characters.count, characters[next] == "\n",
                    line.offsets.lowerBound != next
                {
                    next += 1
                }
                try #require(line.offsets.lowerBound == next, "\(place)")
                try #require(
                    line.width <= columns || Set(line.glyphs.map(\.source)).count == 1, "\(place)")
                try #require(
                    line.glyphs.allSatisfy { line.offsets.contains($0.source) }, "\(place)")
                next = line.offsets.upperBound
            }
            if next < characters.count { next += 1 }
            try #require(next == characters.count, "seed \(seed), text \(number)")
        }
    }

    @Test(
        "Persian is shaped and put into visual order",
        arguments: [
            ("سلام", "ﻡﻼﺳ".count == 3 ? "ﻡﺎﻠﺳ" : ""),
            ("گچ پژ", "ﮋﭘ ﭻﮔ"),
            ("می\u{200C}روم", "ﻡﻭﺭﯽﻣ"),
            ("میروم", "ﻡﻭﺮﯿﻣ"),
            ("(سلام)", "(ﻡﺎﻠﺳ)"),
            ("سلام dear friend", "dear friend ﻡﺎﻠﺳ"),
            ("dear سلام", "dear ﻡﺎﻠﺳ"),
        ])
    func shaping(text: String, expected: String) {
        #expect(layout.line(Sanitizer.singleLine(text), columns: 40).text == expected)
    }

    @Test(
        "Numbers, codes and addresses stay in one piece inside right-to-left text",
        arguments: [
            "0912-345-6789", "۰۹۱۲-۳۴۵-۶۷۸۹", "#1234", "+98 21 8899 0011", "0912 345 6789", "10:42",
            "2026/11/22",
            "sara@example.ir", "https://example.org/a/b?c=1", "/etc/hamdel/hamdel.toml",
            "--dry-run", "ORD-77-B",
            "12.5", "۱۲٫۵", "50%", "۱۲،۵۰۰", "@sara", "-5", "inbox+TOKEN@example.org",
            "(0912) 345-6789",
        ])
    func isolates(token: String) {
        let shown = layout.line(Sanitizer.singleLine("שלום \(token) שלום"), columns: 80).text
        #expect(shown == "םולש \(token) םולש")
    }

    @Test("Plain words and single-digit lists are left to the algorithm")
    func noIsolates() {
        #expect(IsolateScanner.ranges(in: Array("hello world 'x'".unicodeScalars)) == [])
        let code = Array("0912 345 6789abc".unicodeScalars)
        #expect(IsolateScanner.ranges(in: code) == [0..<8, 9..<16])
        let list = layout.line("שלום 1 2 3", columns: 40).text
        #expect(list == "3 2 1 םולש")
    }

    @Test("Text is wrapped as stored and reordered line by line")
    func wrapThenReorder() {
        let lines = layout.lines("אבג דהו זחט", columns: 7)
        #expect(lines.map(\.text) == ["והד גבא", "טחז"])
        #expect(lines.map(\.direction) == [.rightToLeft, .rightToLeft])
        #expect(lines.map(\.offsets) == [0..<8, 8..<11])
    }

    @Test("The terminal's mode keeps the stored order and aligns right; off does neither")
    func otherModes() {
        let text: SafeText = "سلام (a) 12"
        let terminal = FieldLayout(bidi: .terminal).line(text, columns: 40)
        #expect(terminal.text == text.string && terminal.direction == .rightToLeft)
        let off = FieldLayout(bidi: .off).line(text, columns: 40)
        #expect(off.text == text.string && off.direction == .leftToRight)
    }

    @Test("A field without strong characters follows its base direction")
    func neutralFields() {
        #expect(layout.direction(of: "12 !") == .leftToRight)
        let persian = FieldLayout(base: .firstStrong(neutral: .rightToLeft))
        #expect(persian.direction(of: "12 !") == .rightToLeft)
        #expect(persian.direction(of: "abc") == .leftToRight)
        #expect(FieldLayout(base: .fixed(.rightToLeft)).line("abc!", columns: 9).text == "!abc")
    }

    @Test(
        "A line that is too long ends in an ellipsis, at its logical end",
        arguments: [
            ("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("日本語", 4, "日…"), ("אבגדהו", 4, "…גבא"),
            ("אבג abc def", 9, "… abc גבא"),
            ("abc", 1, "…"), ("abc", 0, ""), ("a\nb", 9, "a↵b"), ("", 3, ""),
        ])
    func ellipsis(text: String, columns: Int, expected: String) {
        let line = layout.line(Sanitizer.multiLine(text), columns: columns)
        #expect(line.text == expected)
    }

    @Test("The cursor's column is its cluster's cell, and the free cell at the end")
    func cursorColumns() {
        let latin = layout.line("ab日", columns: 9)
        #expect((0...3).map(latin.column) == [0, 1, 2, 4])
        let persian = layout.line("سلام", columns: 9)
        #expect((0...4).map(persian.column) == [3, 2, 1, 0, -1])
        #expect((-1...4).map(persian.offset) == [4, 3, 2, 1, 0, 0])
        #expect([-1, 0, 2, 3, 9].map(latin.offset) == [0, 0, 2, 2, 3])
    }

    @Test("A limit of lines bounds the work on an endless text")
    func limits() {
        let text = Sanitizer.multiLine(String(repeating: "سلام word ", count: 50_000))
        #expect(layout.lines(text, columns: 40, limit: 3).count == 3)
        #expect(layout.lines(text, columns: 40, limit: 0).isEmpty)
        #expect(layout.line(text, columns: 40).width == 40)
    }

    @Test("A paragraph longer than its limit is laid out in pieces without losing a cluster")
    func pieces() {
        let text =
            String(repeating: "e\u{301}", count: 20_000) + "🇮🇷"
            + String(repeating: "x", count: 9_000)
        let lines = layout.lines(Sanitizer.multiLine(text), columns: 100)
        #expect(lines.last?.offsets.upperBound == text.count)
        #expect(lines.map(\.text).joined() == text)
    }

    @Test("Plain text is cut and padded to columns")
    func fitting() {
        #expect(TextWrap.fit("abc", columns: 5) == "abc  ")
        #expect(TextWrap.fit("日本語", columns: 4) == "日… ")
        #expect(TextWrap.fit("abc", columns: 0) == "")
        #expect(TextWrap.cut("abc", columns: 3) == "abc")
        #expect(TextWrap.cut("abc", columns: -1) == "")
    }
}
