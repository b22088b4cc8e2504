import HelpdeskCore
import RandomKit
import Testing

@Suite struct ScreenBookTests {
    private static let grace = TimeSpan.seconds(30)

    private func opened(_ agents: [String]) -> [ScreenChanged] {
        agents.map { ScreenChanged(agent: Desk.id($0), screen: .open) }
    }

    @Test("Two windows are one screen; who comes and goes between two looks leaves nothing behind")
    func counts() {
        var book = ScreenBook()
        book.connected(Desk.id("a"))
        book.connected(Desk.id("a"))
        book.connected(Desk.id("b"))
        book.disconnected(Desk.id("b"), at: Desk.now)
        #expect(book.changes(at: Desk.now, grace: Self.grace) == opened(["a"]))
        book.wrote(opened(["a"]))
        book.disconnected(Desk.id("a"), at: Desk.now)
        #expect(book.changes(at: Desk.now + .days(1), grace: Self.grace) == [])
        book.disconnected(Desk.id("a"), at: Desk.now)
        #expect(book.changes(at: Desk.now + .seconds(29), grace: Self.grace) == [])
        let closed = [ScreenChanged(agent: Desk.id("a"), screen: .closed)]
        #expect(book.changes(at: Desk.now + .seconds(30), grace: Self.grace) == closed)
        book.wrote(closed)
        #expect(book.changes(at: Desk.now + .days(9), grace: Self.grace) == [])
    }

    @Test(
        "In any order of connections, what is written follows what is there, at most two for each grace"
    )
    func anyOrder() {
        let seed = testSeed("screens")
        var random = SeededRandom(seed: seed)
        for _ in 0..<300 {
            var book = ScreenBook()
            var now = Desk.now
            var connections = 0
            var written: Screen?
            var lastClose = Instant.distantPast
            var goneSince: Instant? = nil
            for _ in 0..<80 {
                now = now + .seconds(Int64.random(in: 0...20, using: &random))
                if Bool.random(using: &random) {
                    book.connected(Desk.id("a"))
                    connections += 1
                    goneSince = nil
                } else if connections > 0 {
                    book.disconnected(Desk.id("a"), at: now)
                    connections -= 1
                    if connections == 0 { goneSince = now }
                }
                let changes = book.changes(at: now, grace: Self.grace)
                for change in changes {
                    #expect(change.screen != written, "seed \(seed)")
                    if change.screen == .closed {
                        #expect(
                            connections == 0 && now.since(lastClose) >= Self.grace, "seed \(seed)")
                        lastClose = now
                    }
                    written = change.screen
                }
                book.wrote(changes)
                if connections > 0 { #expect(written == .open, "seed \(seed)") }
                if let since = goneSince, now.since(since) >= Self.grace {
                    #expect(written != .open, "seed \(seed)")
                }
            }
        }
    }
}
