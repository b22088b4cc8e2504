import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Work")
struct WorkTests {
    private func mail(
        _ desk: TestDesk, _ index: Int, from: String? = nil, to inbox: InboxID = .supportMail
    ) async throws -> TicketNumber {
        try await desk.ticket(
            .mail(from: from ?? "c\(index)@example.ir", id: "m\(index)@e"), to: inbox
        ).ticket
    }

    private func holders(_ desk: TestDesk) throws -> [String] {
        try desk.lines("SELECT COALESCE(assignee, '-'), queued FROM tickets ORDER BY number")
    }

    @Test(
        "beyond everybody's capacity waits in the queue, and is taken as soon as somebody is free")
    func queue() async throws {
        var plan = DeskPlan.oneAgent
        plan.change(.nima) { $0.capacity = 2 }
        let desk = try await TestDesk(plan)
        var tickets: [TicketNumber] = []
        for index in 0..<4 { tickets.append(try await mail(desk, index)) }
        #expect(try holders(desk) == ["nima 0", "nima 0", "- 1", "- 1"])
        try await desk.perform(.prioritise(.urgent), on: tickets[3])
        try await desk.perform(.close(.solved), on: tickets[0])
        #expect(try holders(desk) == ["nima 0", "nima 0", "- 1", "nima 0"], "the urgent one first")
        try await desk.perform(.pending, on: tickets[1])
        #expect(
            try holders(desk) == ["nima 0", "nima 0", "nima 0", "nima 0"],
            "waiting for the customer is no work")
        try desk.verify()
    }

    @Test(
        "of one team done frees the agent for their other teams, and for teams that overflow into them"
    )
    func otherTeams() async throws {
        var plan = DeskPlan.oneAgent
        plan.agents = [AgentProfile(login: .nima, capacity: 1, teams: [.support, .secondLine])]
        plan.inboxes.append(
            .mail(
                InboxID(rawValue: "third"), address: "third@desk.example",
                team: TeamID(rawValue: "third")))
        plan.change(.salesMail) { $0.team = .secondLine }
        plan.teams.append(
            TeamPolicy(team: RoutingTeam(id: TeamID(rawValue: "third"), overflow: .support)))
        let desk = try await TestDesk(plan)
        let first = try await mail(desk, 0)
        let second = try await mail(desk, 1, to: .salesMail)
        let third = try await mail(desk, 2, to: InboxID(rawValue: "third"))
        #expect(try holders(desk) == ["nima 0", "- 1", "- 1"])
        try await desk.perform(.close(.solved), on: first)
        #expect(try holders(desk) == ["nima 0", "nima 0", "- 1"])
        try await desk.perform(.close(.solved), on: second)
        #expect(try holders(desk) == ["nima 0", "nima 0", "nima 0"])
        #expect(try desk.row(third).ticket.team == .support, "taken in the overflow team")
        try desk.verify()
    }

    @Test("transferred away frees the agent for the team it left")
    func transferFrees() async throws {
        var plan = DeskPlan.oneAgent
        plan.change(.nima) { $0.capacity = 1 }
        let desk = try await TestDesk(plan)
        let first = try await mail(desk, 0)
        _ = try await mail(desk, 1)
        try await desk.perform(.transfer(.people, brief: "Salary"), on: first)
        #expect(try holders(desk) == ["hami 0", "nima 0"])
        let row = try desk.row(first)
        #expect(row.isHidden)
        await #expect(throws: DeskFailure.self) { try await desk.perform(.note("x"), on: first) }
        try desk.verify()
    }

    @Test("goes to whoever says they are there; nobody there, it waits")
    func presence() async throws {
        let desk = try await TestDesk(.oneAgent)
        try await desk.directory.setPresence(.offline, of: .nima, by: TestDesk.caller(.nima))
        let number = try await mail(desk, 0)
        #expect(try holders(desk) == ["- 1"])
        #expect(try desk.types(of: number).last == "delivery_queued")
        let before = desk.position
        try await desk.directory.setPresence(.online, of: .nima, by: TestDesk.caller(.nima))
        #expect(try desk.types(after: before) == ["presence_changed", "ticket_assigned"])
        #expect(try holders(desk) == ["nima 0"])
        await #expect(throws: DeskFailure.self) {
            try await desk.directory.setPresence(.away, of: .nima, by: TestDesk.caller(.hami))
        }
        try desk.verify()
    }

    @Test("of an agent who leaves goes to the others, and their tokens end")
    func disabled() async throws {
        let desk = try await TestDesk()
        var held: [TicketNumber] = []
        for index in 0..<6 { held.append(try await mail(desk, index)) }
        try await desk.perform(.pending, on: held[0])
        let token = try await desk.directory.token(for: .leila)
        #expect(try await desk.directory.authenticate(token: token)?.agent == .leila)
        try await desk.directory.disable(.leila)
        #expect(try await desk.directory.authenticate(token: token) == nil)
        #expect(try Set(holders(desk)) == ["nima 0"])
        await #expect(throws: DeskFailure.self) {
            try await desk.perform(.assign(.leila), on: held[0])
        }
        try desk.verify()
    }

    @Test(
        "that is taken back from a customer's silence goes to who had it; when they are full it waits for them and is not lost"
    )
    func reopenedForAFullAgent() async throws {
        var plan = DeskPlan.oneAgent
        plan.change(.nima) { $0.capacity = 1 }
        let desk = try await TestDesk(plan)
        let first = try await mail(desk, 0)
        try await desk.reply(to: first, then: .close(.solved))
        let second = try await mail(desk, 1)
        #expect(try desk.row(second).ticket.assignee == .nima)
        try await desk.ticket(
            .mail(
                from: "c0@example.ir", id: "again@e", text: "It broke again!", references: ["m0@e"])
        )
        #expect(try holders(desk) == ["- 1", "nima 0"], "never above capacity")
        try await desk.perform(.close(.solved), on: second)
        #expect(try holders(desk) == ["nima 0", "nima 0"])
        #expect(try desk.row(first).waitsUntil == nil)
        desk.clock.advance(by: .days(1))
        try await desk.runTimers()
        try desk.verify()
    }

    @Test("linked to a ticket waits for that ticket's agent, also while others have time")
    func waitsForHolder() async throws {
        var plan = DeskPlan.standard
        plan.change(.nima) { $0.capacity = 1 }
        let desk = try await TestDesk(plan)
        let first = try await mail(desk, 0)
        if try desk.row(first).ticket.assignee != .nima {
            try await desk.perform(.assign(.nima), on: first)
        }
        let token = try #require(try desk.adapter(.supportMail).prepared.first?.replyToken)
        let stranger = try await desk.ticket(
            .mail(from: "x@example.ir", id: "x@e", tokens: [token])
        ).ticket
        #expect(try desk.row(stranger).isQueued)
        let other = try await mail(desk, 5)
        #expect(try desk.row(other).ticket.assignee == .leila)
        try await desk.perform(.close(.solved), on: other)
        #expect(try desk.row(stranger).isQueued, "still waiting for nima")
        desk.clock.advance(by: .hours(4))
        try await desk.runTimers()
        #expect(try desk.row(stranger).ticket.assignee == .leila, "waited long enough")
        try desk.verify()
    }

    @Test("given back goes to somebody else, or waits; never into nowhere")
    func givenBack() async throws {
        let desk = try await TestDesk()
        let number = try await mail(desk, 0)
        let holder = try #require(try desk.row(number).ticket.assignee)
        try await desk.perform(.unassign, on: number, by: holder)
        let next = try desk.row(number).ticket.assignee
        #expect(next != nil && next != holder)
        let alone = try await TestDesk(.oneAgent)
        let only = try await mail(alone, 0)
        try await alone.perform(.unassign, on: only)
        #expect(try alone.row(only).isQueued)
        _ = try await mail(alone, 1)
        #expect(try alone.row(only).isQueued, "not pressed on who gave it back")
        try desk.verify()
        try alone.verify()
    }

    @Test("is decided the same after a restart as before it")
    func sameAfterRestart() async throws {
        func run(restarting: Bool) async throws -> [String] {
            let desk = try await TestDesk()
            for index in 0..<12 {
                let number = try await mail(desk, index, from: "c\(index % 5)@example.ir")
                desk.clock.advance(by: .minutes(1))
                switch index % 4 {
                case 0: try await desk.perform(.pending, on: number)
                case 1: try await desk.perform(.close(.solved), on: number)
                case 2: try await desk.perform(.snooze(desk.now + .minutes(2)), on: number)
                default: break
                }
                if index % 4 == 1 { try await desk.perform(.reopen, on: number) }
                try await desk.runTimers()
                if restarting { try desk.restart() }
            }
            try desk.verify()
            return try holders(desk)
        }
        #expect(try await run(restarting: true) == run(restarting: false))
    }

    @Test("snoozed comes back at its time; a customer's word brings it back at once")
    func snooze() async throws {
        let desk = try await TestDesk()
        let number = try await mail(desk, 0)
        try await desk.perform(.snooze(desk.now + .hours(2)), on: number)
        desk.clock.advance(by: .hours(2) + TimeSpan(milliseconds: -1))
        try await desk.runTimers()
        #expect(try desk.row(number).ticket.snoozedUntil != nil)
        desk.clock.advance(by: TimeSpan(milliseconds: 1))
        try await desk.runTimers()
        #expect(try desk.row(number).ticket.snoozedUntil == nil)
        try await desk.perform(.snooze(desk.now + .hours(2)), on: number)
        try await desk.ticket(
            .mail(from: "c0@example.ir", id: "n@e", text: "More!", references: ["m0@e"]))
        #expect(try desk.row(number).ticket.snoozedUntil == nil)
        #expect(try desk.types(of: number).last == "ticket_woken")
        try desk.verify()
    }

    @Test("marked as spam is nobody's; taken back, it is work again")
    func spam() async throws {
        let desk = try await TestDesk()
        let number = try await mail(desk, 0)
        try await desk.perform(.spam, on: number)
        var row = try desk.row(number).ticket
        #expect(row.assignee == nil && row.status == .closed && row.closingReason == .spam)
        try await desk.perform(.notSpam, on: number)
        row = try desk.row(number).ticket
        #expect(row.assignee != nil && row.status == .new)
        try desk.verify()
    }

    @Test("changed meanwhile is not overwritten, and nothing is written by a refused command")
    func versions() async throws {
        let desk = try await TestDesk()
        let number = try await mail(desk, 0)
        let version = try desk.row(number).ticket.version
        try await desk.perform(.note("hello"), on: number)
        let before = desk.position
        await #expect(throws: DeskFailure.self) {
            _ = try await desk.tickets.perform(
                .close(.solved), on: number, by: TestDesk.caller(.nima), ifVersion: version,
                command: nil)
        }
        for action in [
            TicketAction.reopen, .wake, .snooze(desk.now), .tag(add: ["a b"], remove: []),
            .tag(add: [], remove: ["x"]),
            .prioritise(.normal), .notSpam, .completeCallback, .transfer(.support, brief: nil),
            .transfer(TeamID(rawValue: "none"), brief: "kept?"),
            .removeParticipant(.email("nobody@example.ir")),
            .addParticipant(.email("nonsense")), .join(MessageID(rawValue: 99)), .note(" "),
        ] {
            await #expect(throws: DeskFailure.self, "\(action)") {
                try await desk.perform(action, on: number)
            }
        }
        #expect(desk.position == before)
        #expect(try desk.count("SELECT COUNT(*) FROM contents WHERE kind = 'brief'") == 0)
        try desk.verify()
    }

    @Test("is not answered in the name of another ticket's message")
    func answersElsewhere() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        let second = try await desk.ticket(.mail(from: "omid@example.ir", id: "m2@e"))
        await #expect(throws: DeskFailure.self) {
            _ = try await desk.replies.reply(
                ReplyDraft(text: "x", answers: second.message), to: first.ticket,
                by: TestDesk.caller(.nima), ifVersion: nil, command: nil)
        }
    }

    @Test("opened by an agent is routed or given, with its note, and can be answered by mail")
    func opened() async throws {
        let desk = try await TestDesk()
        let number = try await desk.tickets.open(
            TicketRequest(
                customer: .address(.email("New@Example.ir")), subject: "Rang us",
                text: "Wants a quote", assignee: .nima, tags: ["quote"]),
            by: TestDesk.caller(.nima), command: CommandID(rawValue: "cmd-1"))
        let row = try desk.row(number)
        #expect(row.ticket.assignee == .nima)
        #expect(row.ticket.tags == ["quote"])
        #expect(
            try desk.events().filter { $0.ticket == number }.allSatisfy {
                $0.command == CommandID(rawValue: "cmd-1")
            })
        await #expect(throws: DeskFailure.self, "nobody vouches for the address") {
            try await desk.reply(to: number)
        }
        _ = try await desk.replies.reply(
            ReplyDraft(text: "Here is the quote", inbox: .supportMail), to: number,
            by: TestDesk.caller(.nima),
            ifVersion: nil, command: nil)
        #expect(
            try desk.adapter(.supportMail).prepared.last?.to.map(\.address.value) == [
                "new@example.ir"
            ])
        try desk.verify()
    }
}
