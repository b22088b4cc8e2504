import Testing

@testable import Terminal

@Suite struct PasteTests {
    private func paste(_ bytes: String) -> [TerminalInput] {
        var decoder = KeyDecoder()
        var events = decoder.feed(Array(bytes.utf8))
        if decoder.silence != nil { events += decoder.timeout() }
        return events
    }

    @Test(
        "A paste is one event of text without control characters",
        arguments: [
            ("hello", "hello"), ("a\r\nb\rc\nd", "a\nb\nc\nd"), ("a\tb", "a\tb"),
            ("\u{1B}[2Jx", "[2Jx"),
            ("a\u{0}\u{7F}\u{9B}b", "ab"), ("سلام، می‌خواهم", "سلام، می‌خواهم"), ("", ""),
            ("\u{1B}[20x", "[20x"),
            ("\u{1B}\u{1B}[2", "[2"), ("\u{1B}[2", "[2"), ("\u{1B}", ""), (":quit\r", ":quit\n"),
        ])
    func content(bytes: String, text: String) {
        #expect(paste("\u{1B}[200~\(bytes)\u{1B}[201~") == [.paste(Paste(text: text))])
    }

    @Test("A closing bracket hidden in the text does not make keys of the rest")
    func hiddenBracket() {
        let events = paste("\u{1B}[200~nice\u{1B}[201~:quit\ry\u{1B}[201~")
        #expect(events == [.paste(Paste(text: "nice:quit\ny"))])
        let opened = paste("\u{1B}[200~a\u{1B}[201~b\u{1B}[200~c\u{1B}[201~")
        #expect(opened == [.paste(Paste(text: "abc"))])
    }

    @Test("Keys after a paste and its silence are keys")
    func after() {
        var decoder = KeyDecoder()
        #expect(decoder.feed(Array("\u{1B}[200~x\u{1B}[201~".utf8)) == [])
        #expect(decoder.silence == 100)
        #expect(decoder.timeout() == [.paste(Paste(text: "x"))])
        #expect(decoder.feed([0x71]) == [.key(KeyPress(.character("q")))])
    }

    @Test("A paste whose end never comes is ended by a long silence, and says it was cut")
    func unfinished() {
        var decoder = KeyDecoder()
        #expect(decoder.feed(Array("\u{1B}[200~half".utf8)) == [])
        #expect(decoder.silence == 2_000)
        #expect(decoder.timeout() == [.paste(Paste(text: "half", completeness: .cut))])
        #expect(decoder.feed([0x71]) == [.key(KeyPress(.character("q")))])
    }

    @Test("A paste larger than its limit is cut there")
    func large() {
        var decoder = KeyDecoder()
        _ = decoder.feed(Array("\u{1B}[200~".utf8))
        _ = decoder.feed([UInt8](repeating: 0x61, count: KeyDecoder.pasteLimit + 5))
        _ = decoder.feed(Array("\u{1B}[201~".utf8))
        guard case .paste(let paste)? = decoder.timeout().first else {
            Issue.record("no paste")
            return
        }
        #expect(paste.text.utf8.count == KeyDecoder.pasteLimit)
        #expect(paste.completeness == .cut)
    }
}
