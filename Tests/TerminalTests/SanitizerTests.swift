import RandomKit
import Testing

@testable import Terminal

@Suite struct SanitizerTests {
    @Test(
        "A single line keeps what is honest and marks what is not",
        arguments: [
            ("Order 12 (new)", "Order 12 (new)"),
            ("سلام، می‌خواهم", "سلام، می‌خواهم"),
            ("\u{1B}[31mred", "␛[31mred"),
            ("\u{9B}31m", "\u{FFFD}31m"),
            ("a\u{0}b\u{7F}", "a␀b␡"),
            ("a\r\nb\nc\rd", "a↵b↵c␍d"),
            ("a\u{2028}b\u{2029}c\u{85}d", "a↵b↵c↵d"),
            ("a\tb", "a b"),
            ("invoice\u{202E}fdp.exe", "invoice⇄fdp.exe"),
            ("\u{2066}\u{2067}x\u{2069}", "⇄x⇄"),
            ("pay\u{200B}pal", "pay¤pal"),
            ("\u{FEFF}x", "¤x"),
            ("x\u{E0041}\u{E0042}\u{E0043}y", "x¤y"),
            ("a\u{200C}b", "a¤b"),
            ("سلام\u{200C} دنیا", "سلام دنیا"),
            ("می\u{200C}\u{200C}\u{200C}روم", "می\u{200C}روم"),
            ("क्\u{200D}ष", "क्\u{200D}ष"),
            ("👨\u{200D}👩\u{200D}👧", "👨\u{200D}👩\u{200D}👧"),
            ("👨\u{200D}a", "👨¤a"),
            ("❤\u{FE0F}", "❤\u{FE0F}"),
            ("❤\u{FE0F}\u{FE0F}\u{FE01}", "❤\u{FE0F}¤"),
            ("a\u{FE0F}", "a¤"),
            ("葛\u{E0100}", "葛\u{E0100}"),
            ("\u{301}x", "\u{25CC}\u{301}x"),
            ("a\u{300}\u{301}\u{302}\u{303}", "a\u{300}\u{301}\u{302}\u{303}"),
            (
                "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}b",
                "a\u{300}\u{301}\u{302}\u{303}¤b"
            ),
            ("\u{378}\u{FFFE}", "\u{FFFD}"),
            ("\u{3164}\u{115F}", "¤"),
            ("\u{1161}", "¤"),
        ])
    func singleLine(text: String, expected: String) {
        let safe = Sanitizer.singleLine(text).string
        #expect(Array(safe.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(
        "Several lines keep their line ends, and tabs reach the next stop",
        arguments: [
            ("a\nb", "a\nb"), ("a\r\nb\rc", "a\nb␍c"), ("a\u{2028}b", "a\nb"),
            ("ab\tc", "ab      c"),
            ("\tx\n\ty", "        x\n        y"), ("日本\tx", "日本    x"),
            ("\n\u{301}", "\n\u{25CC}\u{301}"),
            ("12345678\t9", "12345678        9"), ("\u{0B}\u{0C}", "␋␌"),
        ])
    func multiLine(text: String, expected: String) {
        #expect(Sanitizer.multiLine(text).string == expected)
    }

    @Test("100,000 hostile texts come out without anything that steers or shifts a terminal")
    func hostileTexts() {
        let seed = SeededRandom.freshSeed()
        var texts = HostileText(seed: seed)
        for number in 0..<100_000 {
            let text = texts.next()
            let line = Sanitizer.singleLine(text)
            if line.string.unicodeScalars.contains("\n") {
                Issue.record("seed \(seed), text \(number): line end in \(text.debugDescription)")
                return
            }
            for safe in [line, Sanitizer.multiLine(text)] {
                if let problem = Safety.problem(in: safe.string) {
                    Issue.record(
                        "seed \(seed), text \(number): \(problem) in \(text.debugDescription)")
                    return
                }
                if number % 10 == 0, Sanitizer.multiLine(safe.string) != safe {
                    Issue.record(
                        "seed \(seed), text \(number): not stable: \(text.debugDescription)")
                    return
                }
            }
        }
    }

    @Test("Hostile texts take as many cells as their glyphs, and as wcwidth says")
    func hostileWidths() throws {
        let seed = SeededRandom.freshSeed()
        var texts = HostileText(seed: seed)
        for number in 0..<5_000 {
            let safe = Sanitizer.singleLine(texts.next())
            let wcwidth = safe.string.unicodeScalars.reduce(0) { $0 + ScalarClass($1).width }
            try #require(WidthPolicy.sum.width(of: safe) == wcwidth, "seed \(seed), text \(number)")
            for policy in [WidthPolicy.sum, .cluster] {
                let layout = FieldLayout(bidi: .off, widths: policy)
                let lines = layout.lines(safe, columns: 10_000)
                let width = lines.reduce(0) { $0 + $1.width }
                try #require(
                    width == policy.width(of: safe), "seed \(seed), text \(number), \(policy)")
            }
        }
    }

    @Test("A literal of ordinary text is itself, and parts join")
    func literals() {
        let name = Sanitizer.singleLine("Sara\u{1B}")
        let line: SafeText = "To: " + name
        #expect(line.string == "To: Sara␛")
        #expect(["a", "b"].joined(separator: ", ").string == "a, b")
    }
}

/// What must not be in a text that goes to a terminal.
enum Safety {
    static func problem(in text: String) -> String? {
        var marks = 0
        for scalar in text.unicodeScalars {
            switch ScalarClass(scalar) {
            case .control where scalar != "\n":
                return "control U+\(String(scalar.value, radix: 16))"
            case .bidiControl, .hidden, .unassigned, .lineBreak:
                return "\(ScalarClass(scalar)) U+\(String(scalar.value, radix: 16))"
            case .mark, .selector, .joiner, .conjoining: marks += 1
            case .narrow, .wide, .control: marks = 0
            }
            if marks > Sanitizer.marksPerCell + 2 { return "\(marks) marks on one character" }
        }
        return nil
    }
}
