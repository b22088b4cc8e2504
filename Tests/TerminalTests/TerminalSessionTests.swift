import Glibc
import Testing

@testable import Terminal

@Suite(.serialized) struct TerminalSessionTests {
    private let answers = "\u{1B}[8;1$y\u{1B}[?2026;2$y\u{1B}[?0u\u{1B}[?62c"

    private func options(_ terminal: PseudoTerminal) -> TerminalSession.Options {
        TerminalSession.Options(
            environment: ["TERM": "xterm-256color"], signals: .untouched, devicePath: terminal.path)
    }

    /// A session on a terminal that has answered before it was asked.
    private func opened(_ terminal: PseudoTerminal) async throws -> TerminalSession {
        terminal.type(answers)
        return try await TerminalSession.open(options(terminal))
    }

    @Test("A session takes the terminal over, shows frames, tells of keys, and gives it back")
    func wholeLife() async throws {
        let terminal = try #require(PseudoTerminal())
        let session = try await opened(terminal)
        #expect(session.initialSize == Size(columns: 40, rows: 10))
        #expect(session.layout.bidi == .app)
        #expect(
            session.capabilities
                == TerminalCapabilities(
                    explicitBidi: .supported, synchronizedOutput: .supported,
                    kittyKeyboard: .supported))
        #expect(!terminal.echoes)
        let taken = try #require(terminal.output(through: "\u{1B}[>5u"))
        #expect(taken.contains("\u{1B}[?1049h") && taken.contains("\u{1B}[8l"))

        var frame = CellGrid(size: session.initialSize)
        frame.write("Hello سلام", in: frame.area)
        session.present(frame)
        let shown = try #require(terminal.output(through: "\u{1B}[?2026l"))
        #expect(shown.contains("Hello ﻡﺎﻠﺳ"))

        var events = session.events.makeAsyncIterator()
        terminal.type("qت\u{1B}[A")
        #expect(await events.next() == .input(.key(KeyPress(.character("q")))))
        #expect(await events.next() == .input(.key(KeyPress(.character("ت")))))
        #expect(await events.next() == .input(.key(KeyPress(.up))))
        terminal.type("\u{1B}")
        #expect(await events.next() == .input(.key(KeyPress(.escape))))

        session.perform(.bell)
        #expect(terminal.output(through: "\u{07}") != nil)
        await session.close()
        let farewell = try #require(terminal.output(through: "\u{1B}[?1049l"))
        #expect(farewell.contains("\u{1B}[8h") && farewell.contains("\u{1B}[<u"))
        #expect(terminal.echoes)
        #expect(await events.next() == nil)
        await session.close()
        session.present(frame)
    }

    @Test("Keys typed while the terminal is being asked are not lost")
    func keysDuringProbe() async throws {
        let terminal = try #require(PseudoTerminal())
        terminal.type("j")
        let session = try await opened(terminal)
        var events = session.events.makeAsyncIterator()
        #expect(await events.next() == .input(.key(KeyPress(.character("j")))))
        await session.close()
    }

    @Test("A terminal that answers late is learned of when it does")
    func lateAnswers() async throws {
        let terminal = try #require(PseudoTerminal())
        let session = try await TerminalSession.open(options(terminal))
        #expect(session.capabilities == TerminalCapabilities())
        terminal.type("\u{1B}[8;1$y\u{1B}[?2027;2$y\u{1B}[?62c")
        var events = session.events.makeAsyncIterator()
        #expect(await events.next() == .learned(FieldLayout(bidi: .app, widths: .cluster)))
        #expect(terminal.output(through: "\u{1B}[8l\u{1B}[?2027h") != nil)
        await session.close()
        #expect(terminal.output(through: "\u{1B}[8h") != nil)
    }

    @Test("While nobody takes events, typing waits in the terminal, and none is lost")
    func backPressure() async throws {
        let terminal = try #require(PseudoTerminal())
        let session = try await opened(terminal)
        for _ in 0..<30 { terminal.type(String(repeating: "x", count: 100)) }
        terminal.type("y")
        var count = 0
        for await event in session.events {
            if event == .input(.key(KeyPress(.character("y")))) { break }
            count += 1
        }
        #expect(count == 3_000)
        await session.close()
    }

    @Test("Another program gets the terminal as it was, and we get it back with its new size")
    func lending() async throws {
        let terminal = try #require(PseudoTerminal())
        let session = try await opened(terminal)
        let echoed = await session.lend {
            terminal.resize(columns: 100, rows: 30)
            return terminal.echoes
        }
        #expect(echoed)
        #expect(!terminal.echoes)
        var events = session.events.makeAsyncIterator()
        #expect(await events.next() == .resized(Size(columns: 100, rows: 30)))
        #expect(await events.next() == .resumed)
        session.present(CellGrid(size: Size(columns: 100, rows: 30)))
        #expect(terminal.output(through: "\u{1B}[2J\u{1B}[?2026l") != nil)
        await session.close()
    }

    @Test("When the terminal goes away the program is told, and the stream ends")
    func hangUp() async throws {
        let terminal = try #require(PseudoTerminal())
        let session = try await opened(terminal)
        terminal.hangUp()
        var events = session.events.makeAsyncIterator()
        #expect(await events.next() == .interrupted(.hangup))
        #expect(await events.next() == nil)
        await session.close()
    }

    @Test("Waiting for events ends with the task that waits")
    func cancellation() async throws {
        let terminal = try #require(PseudoTerminal())
        let session = try await opened(terminal)
        let waiting = Task { for await _ in session.events {} }
        waiting.cancel()
        await waiting.value
        await session.close()
    }

    @Test("A session that cannot be had says why")
    func refusals() async throws {
        let terminal = try #require(PseudoTerminal())
        var options = options(terminal)
        options.environment["TERM"] = "dumb"
        await #expect(throws: TerminalError.tooSimple(term: "dumb")) {
            try await TerminalSession.open(options)
        }
        options.environment["TERM"] = nil
        await #expect(throws: TerminalError.tooSimple(term: "")) {
            try await TerminalSession.open(options)
        }
        options = self.options(terminal)
        options.devicePath = "/dev/null"
        await #expect(throws: TerminalError.notATerminal) {
            try await TerminalSession.open(options)
        }
        let session = try await opened(terminal)
        await #expect(throws: TerminalError.alreadyOpen) {
            try await TerminalSession.open(self.options(terminal))
        }
        await session.close()
    }
}
