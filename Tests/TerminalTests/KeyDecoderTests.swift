import RandomKit
import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
    static let keys: [(String, KeyPress)] = [
        ("a", KeyPress(.character("a"))), ("G", KeyPress(.character("G"))),
        (" ", KeyPress(.character(" "))),
        ("ت", KeyPress(.character("ت"))), ("é", KeyPress(.character("é"))),
        ("日", KeyPress(.character("日"))),
        ("🙂", KeyPress(.character("🙂"))), ("\u{200C}", KeyPress(.character("\u{200C}"))),
        ("\r", KeyPress(.enter)), ("\t", KeyPress(.tab)), ("\u{7F}", KeyPress(.backspace)),
        ("\u{8}", KeyPress(.backspace)), ("\u{0}", KeyPress(.character(" "), .control)),
        ("\u{3}", KeyPress(.character("c"), .control)), ("\n", KeyPress(.character("j"), .control)),
        ("\u{1C}", KeyPress(.character("\\"), .control)),
        ("\u{1F}", KeyPress(.character("_"), .control)),
        ("\u{1B}[A", KeyPress(.up)), ("\u{1B}OA", KeyPress(.up)),
        ("\u{1B}[1;5C", KeyPress(.right, .control)),
        ("\u{1B}[1;2D", KeyPress(.left, .shift)), ("\u{1B}[1;3B", KeyPress(.down, .alt)),
        ("\u{1B}[H", KeyPress(.home)), ("\u{1B}[F", KeyPress(.end)), ("\u{1B}[1~", KeyPress(.home)),
        ("\u{1B}[8~", KeyPress(.end)), ("\u{1B}[2~", KeyPress(.insert)),
        ("\u{1B}[3;5~", KeyPress(.delete, .control)),
        ("\u{1B}[5~", KeyPress(.pageUp)), ("\u{1B}[6~", KeyPress(.pageDown)),
        ("\u{1B}OP", KeyPress(.function(1))),
        ("\u{1B}[[C", KeyPress(.function(3))), ("\u{1B}[15~", KeyPress(.function(5))),
        ("\u{1B}[24~", KeyPress(.function(12))), ("\u{1B}[1;2S", KeyPress(.function(4), .shift)),
        ("\u{1B}[Z", KeyPress(.tab, .shift)), ("\u{1B}OM", KeyPress(.enter)),
        ("\u{1B}x", KeyPress(.character("x"), .alt)), ("\u{1B}ت", KeyPress(.character("ت"), .alt)),
        ("\u{1B}\r", KeyPress(.enter, .alt)), ("\u{1B}\u{7F}", KeyPress(.backspace, .alt)),
        ("\u{1B}[97;5u", KeyPress(.character("a"), .control)), ("\u{1B}[27u", KeyPress(.escape)),
        ("\u{1B}[13;5u", KeyPress(.enter, .control)),
        ("\u{1B}[127;5u", KeyPress(.backspace, .control)),
        ("\u{1B}[1578::106;5u", KeyPress(.character("ت"), .control, baseLayout: "j")),
        ("\u{1B}[97:65;2u", KeyPress(.character("A"))),
        ("\u{1B}[97;1;97u", KeyPress(.character("a"))), ("\u{1B}[57414u", KeyPress(.enter)),
        ("\u{1B}[57402u", KeyPress(.character("3"))),
        ("\u{1B}[57417;5u", KeyPress(.left, .control)),
        ("\u{1B}[27;5;13~", KeyPress(.enter, .control)),
        ("\u{1B}[97;5:2u", KeyPress(.character("a"), .control)),
        ("\u{1B}[1;133A", KeyPress(.up, .control)),
    ]

    @Test("Keys are told from bytes", arguments: keys)
    func decodes(bytes: String, key: KeyPress) {
        var decoder = KeyDecoder()
        #expect(decoder.feed(Array(bytes.utf8)) == [.key(key)])
        #expect(decoder.silence == nil)
    }

    @Test(
        "Reports, mouse and focus are told from bytes",
        arguments: [
            ("\u{1B}[8;1$y", TerminalInput.report(.mode(.ecma(8), .set))),
            ("\u{1B}[?2026;2$y", .report(.mode(.dec(2026), .reset))),
            ("\u{1B}[?2027;0$y", .report(.mode(.dec(2027), .unknown))),
            ("\u{1B}[?5u", .report(.keyboardFlags(5))),
            ("\u{1B}[?62;22c", .report(.deviceAttributes)),
            ("\u{1B}[I", .focus(.gained)), ("\u{1B}[O", .focus(.lost)),
            ("\u{1B}[<0;3;2M", .mouse(MouseEvent(.pressed(.left), at: Point(column: 2, row: 1)))),
            ("\u{1B}[<2;3;2m", .mouse(MouseEvent(.released(.right), at: Point(column: 2, row: 1)))),
            ("\u{1B}[<32;1;1M", .mouse(MouseEvent(.dragged(.left), at: Point(column: 0, row: 0)))),
            ("\u{1B}[<64;1;1M", .mouse(MouseEvent(.scrolledUp, at: Point(column: 0, row: 0)))),
            (
                "\u{1B}[<81;1;1M",
                .mouse(MouseEvent(.scrolledDown, at: Point(column: 0, row: 0), .control))
            ),
        ])
    func decodesOthers(bytes: String, input: TerminalInput) {
        var decoder = KeyDecoder()
        #expect(decoder.feed(Array(bytes.utf8)) == [input])
    }

    @Test(
        "What is no key is swallowed whole, and the next key is a key",
        arguments: [
            "\u{1B}[38;5;1m", "\u{1B}[97;5:3u", "\u{1B}[201~", "\u{1B}]52;c;cm0=\u{1B}\\",
            "\u{1B}]0;x\u{07}",
            "\u{1B}P1$r0m\u{1B}\\", "\u{1B}_Gi=1\u{1B}\\", "\u{1B}[<35;1;1M", "\u{1B}[57441u",
            "\u{1B}[99999999999u",
            "\u{1B}[1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7m",
            "\u{9B}", "\u{85}",
        ])
    func swallows(bytes: String) {
        var decoder = KeyDecoder()
        #expect(decoder.feed(Array(bytes.utf8) + [0x78]) == [.key(KeyPress(.character("x")))])
    }

    @Test("A lone ESC is Escape once the terminal is silent, and not before")
    func loneEscape() {
        var decoder = KeyDecoder()
        #expect(decoder.feed([0x1B]) == [])
        #expect(decoder.silence == 50)
        #expect(decoder.timeout() == [.key(KeyPress(.escape))])
        #expect(decoder.silence == nil)
        #expect(decoder.timeout() == [])
    }

    @Test(
        "Keys that look like the start of a sequence are keys once the terminal is silent",
        arguments: [
            ("\u{1B}[", [KeyPress(.character("["), .alt)]),
            ("\u{1B}O", [KeyPress(.character("O"), .alt)]),
            ("\u{1B}]", [KeyPress(.character("]"), .alt)]),
            ("\u{1B}P", [KeyPress(.character("P"), .alt)]),
            ("\u{1B}\u{1B}", [KeyPress(.escape), KeyPress(.escape)]), ("\u{1B}[1;5", []),
            ("\u{1B}]0;title", []),
        ])
    func silence(bytes: String, keys: [KeyPress]) {
        var decoder = KeyDecoder()
        var events = decoder.feed(Array(bytes.utf8))
        events += decoder.timeout()
        #expect(events == keys.map(TerminalInput.key))
        #expect(decoder.feed([0x78]) == [.key(KeyPress(.character("x")))])
    }

    @Test(
        "Broken UTF-8 is one U+FFFD for each broken start, and eats nothing that follows",
        arguments: [
            ([0xFF, 0x61], ["\u{FFFD}", "a"]), ([0xD8, 0x61], ["\u{FFFD}", "a"]),
            ([0x80], ["\u{FFFD}"]),
            ([0xE2, 0x82, 0x61], ["\u{FFFD}", "a"]), ([0xC0, 0xAF], ["\u{FFFD}", "\u{FFFD}"]),
            ([0xED, 0xA0, 0x80], ["\u{FFFD}", "\u{FFFD}", "\u{FFFD}"]),
            ([0xF4, 0x90], ["\u{FFFD}", "\u{FFFD}"]),
        ] as [([UInt8], [Character])])
    func brokenText(bytes: [UInt8], expected: [Character]) {
        var decoder = KeyDecoder()
        #expect(decoder.feed(bytes) == expected.map { .key(KeyPress(.character($0))) })
    }

    @Test("Where bytes are cut makes no difference")
    func cuts() throws {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        let pieces =
            KeyDecoderTests.keys.map(\.0) + HostileText.attacks + [
                "\u{1B}[200~pasted \u{1B}[A\r\n text\u{1B}[201~", "\u{1B}[?62c", "\u{1B}[<0;1;1M",
                "\u{1B}", "سلام",
            ]
        for round in 0..<300 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
                if Int.random(in: 0..<8, using: &random) == 0 {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                }
            }
            var whole = KeyDecoder()
            var expected = whole.feed(bytes)
            expected += whole.timeout()
            for cut in bytes.indices {
                var decoder = KeyDecoder()
                var events = decoder.feed(bytes[..<cut])
                events += decoder.feed(bytes[cut...])
                events += decoder.timeout()
                try #require(events == expected, "seed \(seed), round \(round), cut at \(cut)")
            }
            var single = KeyDecoder()
            var events = bytes.flatMap { single.feed([$0]) }
            events += single.timeout()
            try #require(events == expected, "seed \(seed), round \(round), byte by byte")
        }
    }
}
