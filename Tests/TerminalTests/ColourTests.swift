import RandomKit
import Testing

@testable import Terminal

@Suite struct ColourTests {
    @Test(
        "The depth is told by NO_COLOR, then COLORTERM, then TERM",
        arguments: [
            (["TERM": "xterm-256color", "COLORTERM": "truecolor"], ColourDepth.direct),
            (["TERM": "xterm", "COLORTERM": "24bit"], .direct),
            (["TERM": "xterm-direct"], .direct), (["TERM": "foot"], .direct),
            (["TERM": "xterm-kitty"], .direct), (["TERM": "screen.xterm-256color"], .indexed),
            (["TERM": "tmux-256color", "COLORTERM": "yes"], .indexed),
            (["TERM": "xterm"], .basic), (["TERM": "linux"], .basic), (["TERM": "tmux"], .basic),
            (["TERM": "dumb"], .none), (["TERM": "vt220"], .none), (["TERM": "xterm-mono"], .none),
            (["TERM": "ansi-m"], .none), ([:], .none),
            (["TERM": "xterm-direct", "COLORTERM": "truecolor", "NO_COLOR": "1"], .none),
            (["TERM": "xterm-direct", "NO_COLOR": ""], .direct),
        ])
    func depth(_ environment: [String: String], _ expected: ColourDepth) {
        #expect(ColourDepth(environment: environment) == expected)
    }

    @Test("A setting overrules what the environment says")
    func setting() {
        let environment = ["TERM": "xterm-256color", "NO_COLOR": "1"]
        let depths: [ColourSetting: ColourDepth] = [
            .auto: .none, .truecolor: .direct, .indexed: .indexed, .basic: .basic, .none: .none,
        ]
        for (setting, depth) in depths {
            #expect(setting.depth(environment: environment) == depth)
        }
        #expect(
            ColourSetting.allCases.map(\.rawValue) == ["auto", "truecolor", "256", "16", "none"])
    }

    @Test(
        "A colour goes down to its nearest",
        arguments: [
            (Colour.rgb(RGB(0x5F87AF)), Colour.indexed(67), Colour.basic(.brightBlack)),
            (.rgb(RGB(0x000000)), .indexed(16), .basic(.black)),
            (.rgb(RGB(0xFFFFFF)), .indexed(231), .basic(.brightWhite)),
            (.rgb(RGB(0xFF0000)), .indexed(196), .basic(.brightRed)),
            (.rgb(RGB(0x767676)), .indexed(243), .basic(.brightBlack)),
            (.rgb(RGB(0x080808)), .indexed(232), .basic(.black)),
            (.rgb(RGB(0xC00000)), .indexed(124), .basic(.red)),
            (.rgb(RGB(0xCDCD10)), .indexed(184), .basic(.yellow)),
            (.rgb(RGB(0x00FFEE)), .indexed(51), .basic(.brightCyan)),
            (.indexed(3), .indexed(3), .basic(.yellow)),
            (.indexed(196), .indexed(196), .basic(.brightRed)),
            (.indexed(255), .indexed(255), .basic(.white)),
            (.red, .red, .red), (.normal, .normal, .normal),
        ])
    func nearest(_ colour: Colour, _ indexed: Colour, _ basic: Colour) {
        #expect(colour.shown(.direct) == colour)
        #expect(colour.shown(.indexed) == indexed)
        #expect(colour.shown(.basic) == basic)
        #expect(colour.shown(.none) == .normal)
    }

    @Test("No other of the 256 is nearer")
    func nothingIsNearer() {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        for _ in 0..<4_000 {
            let colour = RGB(UInt32.random(in: 0...0xFF_FFFF, using: &random))
            let found = colour.distance(to: RGB(index: colour.nearestIndex))
            let least = (16...255).map { colour.distance(to: RGB(index: UInt8($0))) }.min()
            #expect(colour.nearestIndex >= 16 && found == least, "seed \(seed), \(colour)")
        }
    }

    @Test("What is set off stays readable when both its colours become one")
    func collision() {
        let style = Style(
            foreground: .rgb(RGB(0x101010)), background: .rgb(RGB(0x202020)), attributes: .bold)
        #expect(style.shown(.basic) == Style(attributes: [.bold, .reverse]))
        #expect(style.shown(.indexed).background == .indexed(234))
        #expect(style.shown(.none) == .bold)
        let invisible = Style(foreground: .red, background: .red)
        #expect(invisible.shown(.basic) == invisible)
    }

    @Test(
        "Contrast is that of WCAG",
        arguments: [
            (0x000000, 0xFFFFFF, 21.0), (0xFFFFFF, 0xFFFFFF, 1.0), (0x777777, 0xFFFFFF, 4.478),
            (0xFF0000, 0xFFFFFF, 3.998), (0x0000FF, 0xFFFFFF, 8.592), (0x123456, 0xABCDEF, 7.697),
        ] as [(UInt32, UInt32, Double)])
    func contrast(_ one: UInt32, _ other: UInt32, _ expected: Double) {
        let found = RGB(one).contrast(with: RGB(other))
        #expect(abs(found - expected) < 0.001, "\(found)")
        #expect(RGB(other).contrast(with: RGB(one)) == found)
    }

    @Test("Colours are written #rrggbb and in no other way")
    func hexadecimal() {
        #expect(RGB("#7cC7e8") == RGB(0x7C, 0xC7, 0xE8))
        for text in ["", "#", "7cc7e8", "#7cc7e", "#7cc7e80", "#7cc7g8", "#+cc7e8", "#７cc7e8"] {
            #expect(RGB(text) == nil, "\(text)")
        }
    }

    @Test("A cell with any colours is small")
    func size() { #expect(MemoryLayout<PackedCell>.stride <= 16) }
}
