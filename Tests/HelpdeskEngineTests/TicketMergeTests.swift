import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Tickets that belong together")
struct TicketMergeTests {
    static let lead = TestDesk.caller(.lead, .lead)

    static func merge(
        _ one: TicketNumber, into other: TicketNumber, _ desk: TestDesk,
        _ differentCustomers: DifferentCustomers = .refused
    ) async throws {
        _ = try await desk.tickets.merge(
            one, into: other, differentCustomers: differentCustomers, by: lead, ifVersion: nil,
            command: nil)
    }

    static func undo(_ number: TicketNumber, _ desk: TestDesk) async throws {
        try await desk.tickets.undo(number, by: lead, ifVersion: nil, command: nil)
    }

    static func split(
        _ number: TicketNumber, from message: MessageID, _ desk: TestDesk
    ) async throws -> TicketNumber {
        try await desk.tickets.split(
            number, from: message, subject: nil, by: lead, ifVersion: nil, command: nil)
    }

    static func messages(_ number: TicketNumber, _ desk: TestDesk) throws -> [Int64] {
        try desk.read { reader throws(StoreError) in
            try reader.messages(of: number, viewer: .system).rows.map(\.id.rawValue)
        }
    }

    private func refusal(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "not refused"
        } catch let failure as DeskFailure {
            return failure.text
        } catch {
            return "\(error)"
        }
    }

    /// Two tickets of Sara's, the second one answered, and the token that went out of the first.
    private func two(_ desk: TestDesk) async throws -> (
        first: TicketNumber, second: TicketNumber, token: String
    ) {
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let first = try await desk.ticket(.mail(from: "sara@example.ir", id: "a1@e"))
        try await desk.perform(.assign(.nima), on: first.ticket)
        try await desk.reply(to: first.ticket)
        try await desk.runOutbox()
        let sent = try #require(try desk.adapter(.supportMail).prepared.last)
        let second = try await desk.ticket(.mail(from: "sara@example.ir", id: "b1@e"))
        return (first.ticket, second.ticket, try #require(sent.replyToken))
    }

    @Test(
        "move into one: the other is closed as a duplicate, linked both ways, asked about nowhere")
    func merged() async throws {
        let desk = try await TestDesk()
        let (first, second, _) = try await two(desk)
        let all = try Self.messages(first, desk) + Self.messages(second, desk)
        try await Self.merge(first, into: second, desk)
        let row = try desk.row(first)
        #expect(row.ticket.status == .closed)
        #expect(row.ticket.closingReason == .duplicate)
        #expect(row.ticket.mergedInto == second)
        #expect(try Self.messages(first, desk) == [])
        #expect(try Self.messages(second, desk) == all.sorted())
        #expect(
            try desk.lines("SELECT ticket, other, relation FROM ticket_links ORDER BY ticket") == [
                "\(first.rawValue) \(second.rawValue) merged_into",
                "\(second.rawValue) \(first.rawValue) merged",
            ])
        #expect(
            try desk.lines("SELECT state, skip_reason FROM invitations").allSatisfy {
                $0.hasPrefix("skipped")
            })
        #expect(try desk.types(of: first).contains("survey_skipped"))
        let hits = try desk.read { reader throws(StoreError) in
            try reader.search("broke", viewer: .system).rows.map(\.ticket)
        }
        #expect(Set(hits) == [second])
        let refused = await refusal { try await desk.reply(to: first) }
        #expect(
            refused
                == "ticket \(first.rawValue) was merged into \(second.rawValue): work there, or undo the merge"
        )
        try desk.verify()
    }

    @Test(
        "let an answer to the old one in, which goes home when the merge is undone; what was sent to the other stays"
    )
    func tokens() async throws {
        let desk = try await TestDesk()
        let (first, second, token) = try await two(desk)
        let before = try (Self.messages(first, desk), Self.messages(second, desk))
        try await Self.merge(first, into: second, desk)
        let toFirst = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "a2@e", references: ["a1@e"], tokens: [token]))
        let toSecond = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "b2@e", references: ["b1@e"]))
        #expect(toFirst.ticket == second && toSecond.ticket == second)
        try desk.verify()
        try await Self.undo(second, desk)
        #expect(try Self.messages(first, desk) == before.0 + [toFirst.message.rawValue])
        #expect(try Self.messages(second, desk) == before.1 + [toSecond.message.rawValue])
        let row = try desk.row(first)
        #expect(row.ticket.status == .open, "as before")
        #expect(row.ticket.mergedInto == nil)
        #expect(row.ticket.assignee == .nima)
        #expect(try desk.lines("SELECT * FROM ticket_links") == [])
        // And the token leads to the first again.
        let next = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "a3@e", tokens: [token]))
        #expect(next.ticket == first)
        #expect(
            await refusal { try await Self.undo(second, desk) }
                == "nothing was merged or split in ticket \(second.rawValue), or it was undone")
        try desk.verify()
    }

    @Test(
        "of different customers only when confirmed, and then only the target's customer is written to"
    )
    func differentCustomers() async throws {
        let desk = try await TestDesk()
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let sara = try await desk.ticket(.mail(from: "sara@example.ir", id: "a1@e"))
        let ali = try await desk.ticket(.mail(from: "ali@example.ir", id: "b1@e"))
        let refused = await refusal { try await Self.merge(sara.ticket, into: ali.ticket, desk) }
        #expect(refused.contains("different customers"))
        try await Self.merge(sara.ticket, into: ali.ticket, desk, .confirmed)
        desk.clock.advance(by: .minutes(1))
        try await desk.reply("About both.", to: ali.ticket, by: .nima)
        try await desk.runOutbox()
        let sent = try desk.adapter(.supportMail).sent.last
        #expect(sent?.message.recipients == ["ali@example.ir"])
        // Sara is a stranger there: her next mail is a linked ticket, not words in Ali's.
        let next = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "a2@e", references: ["a1@e"]))
        #expect(next.ticket != ali.ticket && next.ticket != sara.ticket)
        // Hers stays hers.
        let hers = try desk.row(sara.ticket).ticket.customer
        #expect(
            try desk.lines("SELECT customer FROM messages WHERE id = $1", [sara.message])
                == ["\(hers.rawValue)"])
        try desk.verify()
    }

    @Test("not with a private team's, not with themselves, not twice")
    func refusals() async throws {
        let desk = try await TestDesk()
        let (first, second, _) = try await two(desk)
        let hidden = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "p1@e"), to: .peopleMail)
        let before = desk.position
        #expect(
            await refusal { try await Self.merge(first, into: first, desk) }
                == "ticket \(first.rawValue) cannot be merged into itself")
        #expect(
            await refusal { try await Self.merge(hidden.ticket, into: first, desk) }
                == "ticket \(hidden.ticket.rawValue) does not exist")
        let agent = await refusal {
            _ = try await desk.tickets.merge(
                first, into: second, differentCustomers: .refused, by: TestDesk.caller(.nima),
                ifVersion: nil, command: nil)
        }
        #expect(agent.contains("lead"))
        #expect(desk.position == before, "a refusal leaves nothing behind")
        try await Self.merge(first, into: second, desk)
        let third = try await desk.ticket(.mail(from: "sara@example.ir", id: "c1@e"))
        #expect(
            await refusal { try await Self.merge(third.ticket, into: first, desk) }
                == "ticket \(first.rawValue) was merged into \(second.rawValue): work there, or undo the merge"
        )
        try desk.verify()
    }

    @Test("bring the target back when it was closed, with the call-back that is due")
    func reopened() async throws {
        let desk = try await TestDesk()
        let call = try await desk.ticket(
            .call(from: "+989121234567", id: "c1", outcome: .missed), to: .phones)
        let customer = try desk.row(call.ticket).ticket.customer
        let other = try await desk.tickets.open(
            TicketRequest(customer: .id(customer), subject: "Old", inbox: .supportMail),
            by: TestDesk.caller(.nima), command: nil)
        try await desk.perform(.close(.solved), on: other)
        try await Self.merge(call.ticket, into: other, desk)
        let row = try desk.row(other)
        #expect(row.ticket.status == .new)
        #expect(row.ticket.assignee != nil)
        guard case .due = row.ticket.callback else {
            Issue.record("no call-back")
            return
        }
        try desk.verify()
    }

    @Test(
        "are split from a message on: a new ticket of the same customer and agent, in which the conversation goes on"
    )
    func split() async throws {
        let desk = try await TestDesk()
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let first = try await desk.ticket(
            .chat(from: "v1", conversation: "k1", id: "w1", text: "My lamp"), to: .siteChat)
        if try desk.row(first.ticket).ticket.assignee != .leila {
            try await desk.perform(.assign(.leila), on: first.ticket)
        }
        try await desk.reply(to: first.ticket, by: .leila)
        let second = try await desk.ticket(
            .chat(from: "v1", conversation: "k1", id: "w2", text: "And my bill"), to: .siteChat)
        #expect(second.ticket == first.ticket)
        let number = try await Self.split(first.ticket, from: second.message, desk)
        let row = try desk.row(number)
        #expect(row.ticket.customer == (try desk.row(first.ticket).ticket.customer))
        #expect(row.ticket.assignee == .leila)
        #expect(row.ticket.status == .new)
        #expect(row.ticket.inbox == .siteChat)
        #expect(try Self.messages(number, desk) == [second.message.rawValue])
        let third = try await desk.ticket(
            .chat(from: "v1", conversation: "k1", id: "w3", text: "It is too high"), to: .siteChat)
        #expect(third.ticket == number, "the conversation goes on where it was last")
        try desk.verify()
        try await Self.undo(number, desk)
        #expect(
            try Self.messages(number, desk) == [third.message.rawValue], "stays where it was sent")
        #expect(try Self.messages(first.ticket, desk).last == second.message.rawValue)
        try desk.verify()
        let refused = await refusal {
            _ = try await Self.split(first.ticket, from: first.message, desk)
        }
        #expect(refused.contains("nothing would stay"))
    }

    @Test("split and joined again leave an empty ticket closed, and asked about nowhere")
    func splitUndone() async throws {
        let desk = try await TestDesk()
        let (first, _, token) = try await two(desk)
        let more = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "a2@e", tokens: [token]))
        let before = try (Self.messages(first, desk), desk.row(first).ticket.status)
        let number = try await Self.split(first, from: more.message, desk)
        // An answer to the split mail follows it.
        let follow = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "a3@e", references: ["a2@e"]))
        #expect(follow.ticket == number)
        try await desk.perform(.join(follow.message), on: first)
        try await Self.undo(first, desk)
        #expect(try Self.messages(first, desk) == before.0 + [follow.message.rawValue])
        #expect(try desk.row(first).ticket.status == before.1)
        #expect(try desk.row(number).ticket.status == .closed)
        #expect(try desk.row(number).ticket.closingReason == .duplicate)
        try desk.verify()
    }
}
