import RandomKit

/// Makes texts that a stranger would send to break a terminal.
struct HostileText {
    private var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    /// A text of up to 16 pieces: plain words of many scripts, and attacks.
    mutating func next() -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...16, using: &random) { text.append(contentsOf: piece()) }
        return String(text)
    }

    private mutating func piece() -> [Unicode.Scalar] {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return scalars(in: 0x00...0x9F, upTo: 4)
        case 1:
            return Array((HostileText.attacks.randomElement(using: &random) ?? "").unicodeScalars)
        case 2: return scalars(in: 0x300...0x36F, upTo: 30)
        case 3: return scalars(in: 0x2000...0x206F, upTo: 5)
        case 4: return scalars(in: 0xE0000...0xE01FF, upTo: 8)
        case 5: return scalars(in: 0xFE00...0xFE0F, upTo: 4)
        case 6: return scalars(in: 0x600...0x6FF, upTo: 8)
        case 7: return scalars(in: 0x1F1E6...0x1FAFF, upTo: 4)
        case 8: return scalars(in: 0x0...0x10FFFF, upTo: 6)
        default:
            return Array((HostileText.words.randomElement(using: &random) ?? "").unicodeScalars)
        }
    }

    private mutating func scalars(in range: ClosedRange<UInt32>, upTo count: Int) -> [Unicode
        .Scalar]
    {
        (0..<Int.random(in: 1...count, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: range, using: &random))
        }
    }

    static let attacks = [
        "\u{1B}[2J", "\u{1B}]0;owned\u{07}", "\u{1B}]52;c;cm0gLXJm\u{1B}\\",
        "\u{1B}P+q544e\u{1B}\\",
        "\u{1B}_G\u{1B}\\", "\u{1B}^x\u{9C}", "\u{9B}31m", "\u{9D}2;t\u{9C}", "\u{1B}[6n",
        "\u{1B}c",
        "\u{90}", "\u{1B}", "\u{1B}[", "\r\n", "\r", "\u{08}\u{08}", "\u{7F}", "\u{0}",
        "\u{1B}[201~",
        "\u{202E}gnp.exe", "\u{2066}\u{2069}", "\u{200B}\u{FEFF}", "a\u{200D}b", "\u{2028}\u{2029}",
        "\u{1100}\u{1100}\u{1100}\u{1161}\u{1161}\u{1161}\u{11A8}", "\u{0600}\u{0601}x", "\u{34F}",
        "1\u{FE0F}\u{20E3}", "\u{E0001}", "\u{FFF9}a\u{FFFB}", "\u{115F}\u{1160}\u{3164}", "\u{AD}",
    ]

    static let words = [
        "hello ", "سلام ", "می‌خواهم ", "تیکت #1234 ", "你好", "こんにちは", "한국어", "नमस्ते ", "สวัสดี", "שלום ",
        "❤️", "👨‍👩‍👧‍👦", "🇮🇷", "é", "e\u{301}", "0912-345-6789 ", "(x) ", "https://example.org/a?b=c ",
        "\t", "\n",
    ]
}
