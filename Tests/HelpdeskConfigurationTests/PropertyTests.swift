import HelpdeskConfiguration
import RandomKit
import TOMLReading
import Testing

/// Nothing that is in a file can stop the program: whatever it is, it loads or is refused with places in the file.
@Suite struct PropertyTests {
    private static let seed = UInt64.random(in: .min ... .max)

    @Test func bytesAtRandomAreRefused() {
        var generator = SeededRandom(seed: Self.seed)
        for _ in 0..<300 {
            let count = Int.random(in: 0...200, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            expectAnAnswer(to: bytes, seed: Self.seed)
        }
    }

    /// toml++ calls unreachable what a letter outside a string reaches: the whole program ended there.
    @Test(arguments: ["é = 1", "a = é", "\u{A1}", "[é]", "a = 2026-\u{D7}", "\u{1680}\u{180F}"])
    func aLetterOutsideAStringIsAnswered(_ text: String) {
        expectAnAnswer(to: Array(text.utf8), seed: Self.seed)
    }

    @Test func pilesOfTokensAreAnswered() {
        let tokens = [
            "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\n", "\"", "'", "\"\"\"", "'''", "#",
            "\\",
            "store", "inbox", "team", "name", "url", "week", "secret", " ", "1", "-", "1e9", "0x",
            "2026-03-21", "true", "inf", "nan", "\u{0}", "\u{FEFF}", "\r\n", "ی", "08:00-12:00",
        ]
        var generator = SeededRandom(seed: Self.seed)
        for _ in 0..<500 {
            let count = Int.random(in: 0...60, using: &generator)
            let text = (0..<count).map { _ in tokens.randomElement(using: &generator) ?? "" }
                .joined()
            expectAnAnswer(to: Array(text.utf8), seed: Self.seed)
        }
    }

    @Test func aConfigurationWithAFewBytesChangedIsAnswered() {
        let whole = ConfigurationManual.sections.map { section in
            let keys = section.keys.map { "\($0.name) = \($0.example)\n" }.joined()
            return "\(section.form == .list ? "[[\(section.name)]]" : "[\(section.name)]")\n\(keys)"
        }.joined()
        var generator = SeededRandom(seed: Self.seed)
        for _ in 0..<300 {
            var bytes = Array(whole.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0...3, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(bytes[place], at: place)
                case 2: bytes[place] = bytes.randomElement(using: &generator) ?? 0
                default: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
                }
            }
            expectAnAnswer(to: bytes, seed: Self.seed)
        }
    }

    @Test func aDurationReadsBackAsItIsWritten() throws {
        var generator = SeededRandom(seed: Self.seed)
        for _ in 0..<200 {
            let seconds = Int64.random(in: 0...7_776_000, using: &generator)
            let first = try configuration(smallest + "[survey]\ndelay = \"\(seconds)s\"\n")
            let written = first.survey.delay.written
            let second = try configuration(smallest + "[survey]\ndelay = \"\(written)\"\n")
            #expect(first == second, "seed \(Self.seed): \(written)")
        }
    }

    private func expectAnAnswer(to bytes: [UInt8], seed: UInt64) {
        let files = ConfigurationFiles(
            read: { _, _ in .success(.init(bytes: bytes, mode: FileMode(bits: 0o600))) },
            names: { _ in .success([]) })
        let result = ConfigurationFile.load(
            path: "x.toml", files: files, isKnownTimeZone: { $0 == "Asia/Tehran" })
        guard case .failure(let problems) = result else { return }
        let lines = 1 + bytes.count { $0 == 0x0A }
        let comment = Comment(rawValue: "seed \(seed): \(bytes)")
        #expect(!problems.list.isEmpty, comment)
        #expect(problems.list.allSatisfy { (1...lines).contains($0.place.line) }, comment)
        let isPrintable = problems.description.unicodeScalars.allSatisfy {
            $0 == "\n" || $0.value >= 0x20
        }
        #expect(isPrintable, comment)
    }
}
