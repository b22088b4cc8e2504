import Testing

@testable import Terminal

@Suite struct CapabilityTests {
    private func probed(_ answers: String) -> CapabilityProbe {
        var decoder = KeyDecoder()
        var probe = CapabilityProbe()
        for input in decoder.feed(Array(answers.utf8)) {
            if case .report(let report) = input { probe.accept(report) }
        }
        return probe
    }

    @Test("A terminal that answers nothing but the fence has nothing")
    func bare() {
        let probe = probed("\u{1B}[?1;2c")
        #expect(probe.isFinished)
        #expect(probe.capabilities == TerminalCapabilities())
        #expect(probe.capabilities.widths == .sum)
    }

    @Test("A terminal that answers everything has everything")
    func everything() {
        let probe = probed("\u{1B}[8;1$y\u{1B}[?2026;2$y\u{1B}[?2027;1$y\u{1B}[?0u\u{1B}[?62c")
        var expected = TerminalCapabilities(
            explicitBidi: .supported, synchronizedOutput: .supported,
            graphemeClusters: .supported, kittyKeyboard: .supported)
        expected.clusterMode = .set
        #expect(probe.capabilities == expected)
        #expect(probe.capabilities.widths == .cluster)
    }

    @Test(
        "Modes that are unknown or cannot be changed do not count",
        arguments: [
            "\u{1B}[8;0$y", "\u{1B}[8;3$y", "\u{1B}[8;4$y", "\u{1B}[?2026;0$y", "\u{1B}[?2026;4$y",
            "\u{1B}[?2027;4$y",
        ])
    func refused(answer: String) {
        let probe = probed(answer)
        #expect(!probe.isFinished)
        #expect(probe.capabilities.explicitBidi == .unsupported)
        #expect(probe.capabilities.synchronizedOutput == .unsupported)
        #expect(probe.capabilities.widths == .sum)
    }

    @Test("Who reorders follows the terminal, its kind and the user's word")
    func bidiModes() {
        let can = TerminalCapabilities(explicitBidi: .supported)
        let cannot = TerminalCapabilities()
        #expect(BidiSetting.auto.mode(can, environment: ["VTE_VERSION": "7200"]) == .app)
        #expect(BidiSetting.auto.mode(cannot, environment: [:]) == .app)
        #expect(BidiSetting.auto.mode(cannot, environment: ["KONSOLE_VERSION": "2"]) == .terminal)
        #expect(BidiSetting.auto.mode(cannot, environment: ["VTE_VERSION": "7200"]) == .terminal)
        #expect(BidiSetting.off.mode(can, environment: [:]) == .off)
        #expect(BidiSetting.app.mode(cannot, environment: ["KONSOLE_VERSION": "2"]) == .app)
        #expect(BidiSetting(rawValue: "terminal") == .terminal)
    }

    @Test("What is switched on is switched off, and what is unknown is not touched")
    func modes() {
        var all = TerminalCapabilities(
            explicitBidi: .supported, synchronizedOutput: .supported, graphemeClusters: .supported,
            kittyKeyboard: .supported)
        all.clusterMode = .reset
        let extras = String(
            decoding: TerminalModes.extras(all, bidi: .app, mouse: .reported), as: UTF8.self)
        let farewell = String(decoding: TerminalModes.farewell(all), as: UTF8.self)
        for (on, off) in [
            ("[8l", "[8h"), ("[?2027h", "[?2027l"), ("[>5u", "[<u"), ("[?1006h", "[?1006l"),
        ] {
            #expect(extras.contains(on) && farewell.contains(off))
        }
        let none = TerminalModes.extras(TerminalCapabilities(), bidi: .app, mouse: .untouched)
        #expect(none == [])
        #expect(TerminalModes.extras(all, bidi: .terminal, mouse: .untouched).count == 13)
        #expect(farewell.hasSuffix("\u{1B}[?1049l"))
        all.clusterMode = .set
        #expect(!String(decoding: TerminalModes.farewell(all), as: UTF8.self).contains("2027"))
    }

    @Test("Commands cannot be broken out of")
    func commands() {
        #expect(TerminalCommand.bell.bytes == [7])
        #expect(
            TerminalCommand.copy("سلام\u{1B}").bytes
                == Array("\u{1B}]52;c;2LPZhNin2YUb\u{1B}\\".utf8))
        let title = TerminalCommand.title(Sanitizer.singleLine("a\u{7}b\u{9C}\u{1B}\\c"))
        #expect(title.bytes == Array("\u{1B}]2;a␇b\u{FFFD}␛\\c\u{1B}\\".utf8))
        #expect(TerminalCommand.copy(String(repeating: "x", count: 80_000)).bytes == [])
    }

    @Test(
        "Base64 is RFC 4648's",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ])
    func base64(text: String, expected: String) {
        #expect(TerminalCommand.base64(Array(text.utf8)) == Array(expected.utf8))
    }

    @Test("Errors say what to do")
    func errors() {
        for error in [
            TerminalError.notATerminal, .tooSimple(term: "dumb"), .tooSimple(term: ""),
        ] {
            #expect(error.description.contains("commands"))
        }
        #expect(TerminalError.tooSimple(term: "x\u{1B}[2J").description.contains("x␛[2J"))
    }
}
