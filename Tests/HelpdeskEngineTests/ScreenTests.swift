import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Screens")
struct ScreenTests {
    private func chat(_ desk: TestDesk, _ visitor: String) async throws -> TicketNumber {
        try await desk.ticket(
            .chat(from: visitor, conversation: visitor, id: "m-\(visitor)"), to: .siteChat
        ).ticket
    }

    @Test(
        "that open bring chats, that close take them away after the grace; mail never cares; who never had one is there by shift"
    )
    func chats() async throws {
        let desk = try await TestDesk(.oneAgent)
        #expect(try desk.row(try await chat(desk, "a")).ticket.assignee == .nima)
        desk.desk.screens.connected(.nima)
        _ = try await desk.screens.runOnce()
        #expect(try desk.row(try await chat(desk, "b")).ticket.assignee == .nima)
        desk.desk.screens.disconnected(.nima, at: desk.now)
        desk.clock.advance(by: .seconds(29))
        _ = try await desk.screens.runOnce()
        #expect(try desk.row(try await chat(desk, "c")).ticket.assignee == .nima)
        desk.clock.advance(by: .seconds(1))
        _ = try await desk.screens.runOnce()
        let waiting = try await chat(desk, "d")
        #expect(try desk.row(waiting).isQueued)
        let mail = try await desk.ticket(.mail(from: "a@example.ir", id: "1@e")).ticket
        #expect(try desk.row(mail).ticket.assignee == .nima)
        desk.desk.screens.connected(.nima)
        let before = desk.position
        _ = try await desk.screens.runOnce()
        #expect(try desk.types(after: before) == ["screen_changed", "ticket_assigned"])
        #expect(try desk.row(waiting).ticket.assignee == .nima)
        try desk.verify()
    }

    @Test("say nothing where the agent spoke by hand")
    func byHand() async throws {
        let desk = try await TestDesk(.oneAgent)
        let nima = TestDesk.caller(.nima)
        desk.desk.screens.connected(.nima)
        _ = try await desk.screens.runOnce()
        try await desk.directory.setPresence(.away, of: .nima, by: nima)
        let waiting = try await chat(desk, "a")
        #expect(try desk.row(waiting).isQueued)
        desk.desk.screens.disconnected(.nima, at: desk.now)
        desk.clock.advance(by: .minutes(5))
        _ = try await desk.screens.runOnce()
        try await desk.directory.setPresence(.online, of: .nima, by: nima)
        #expect(try desk.row(waiting).ticket.assignee == .nima)
        try desk.verify()
    }

    @Test("of a client that reconnects, and of a daemon that starts again, write nothing")
    func restart() async throws {
        let desk = try await TestDesk(.standard)
        for agent in [AgentID.nima, .leila] { desk.desk.screens.connected(agent) }
        _ = try await desk.screens.runOnce()
        let before = desk.position
        for _ in 0..<50 {
            desk.desk.screens.disconnected(.nima, at: desk.now)
            desk.clock.advance(by: .seconds(20))
            _ = try await desk.screens.runOnce()
            desk.desk.screens.connected(.nima)
        }
        try desk.restart()
        _ = try await desk.screens.runOnce()
        desk.desk.screens.connected(.nima)
        desk.clock.advance(by: .seconds(29))
        _ = try await desk.screens.runOnce()
        #expect(desk.position == before)
        desk.clock.advance(by: .seconds(1))
        _ = try await desk.screens.runOnce()
        #expect(
            try desk.events(after: before).map(\.event)
                == [.desk(.screenChanged(ScreenChanged(agent: .leila, screen: .closed)))])
        try desk.verify()
    }
}
