import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A chat")
struct ChatTests {
    @Test(
        "of somebody vouched for joins the mail ticket by continuity, within the window only",
        arguments: [0, 1])
    func continuity(late: Int64) async throws {
        let desk = try await TestDesk()
        let mail = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        desk.clock.advance(by: .hours(72) + TimeSpan(milliseconds: late))
        let chat = try await desk.ticket(
            .chat(from: "v1", conversation: "c1", id: "x1", vouched: [.email("sara@example.ir")]),
            to: .siteChat)
        #expect((chat.ticket == mail.ticket) == (late == 0))
        #expect(try desk.row(chat.ticket).ticket.customer == desk.row(mail.ticket).ticket.customer)
        #expect(try desk.count("SELECT COUNT(*) FROM customers") == 1)
        let next = try await desk.ticket(
            .chat(from: "v1", conversation: "c1", id: "x2", text: "Still there"), to: .siteChat)
        #expect(next.ticket == chat.ticket, "the conversation keeps its ticket, vouched for or not")
        try desk.verify()
    }

    @Test("with an address typed into the form suggests a person and does not become one")
    func typedAddress() async throws {
        let desk = try await TestDesk()
        let mail = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        let chat = try await desk.ticket(
            .chat(from: "v1", conversation: "c1", id: "x1", typed: [.email("sara@example.ir")]),
            to: .siteChat)
        #expect(chat.ticket != mail.ticket)
        let sara = try desk.row(mail.ticket).ticket.customer
        let visitor = try desk.row(chat.ticket).ticket.customer
        #expect(sara != visitor)
        #expect(
            try desk.lines("SELECT customer, kind, other FROM suggestions") == [
                "\(visitor.rawValue) email \(sara.rawValue)"
            ])
        try await desk.ticket(
            .chat(from: "v1", conversation: "c1", id: "x2", typed: [.email("sara@example.ir")]),
            to: .siteChat)
        #expect(try desk.count("SELECT COUNT(*) FROM suggestions") == 1, "said once")
        try desk.verify()
    }

    @Test("that a bot began belongs to one customer, who is named when the customer writes")
    func botFirst() async throws {
        let desk = try await TestDesk()
        let hello = try await desk.ticket(
            .chat(from: "bot", conversation: "c1", id: "b1", text: "Hi, I am a bot", author: .bot),
            to: .siteChat)
        let answer = try await desk.ticket(
            .chat(from: "v1", conversation: "c1", id: "x1"), to: .siteChat)
        try await desk.ticket(
            .chat(from: "bot", conversation: "c1", id: "b2", text: "Let me see", author: .bot),
            to: .siteChat)
        #expect(answer.ticket == hello.ticket)
        #expect(try desk.count("SELECT COUNT(*) FROM customers") == 1)
        #expect(
            try desk.lines("SELECT kind, value, scope FROM identities") == ["visitor v1 site-chat"])
        #expect(try desk.row(hello.ticket).ticket.assignee != nil)
        try desk.verify()
    }

    @Test("request delivered again adds nothing; under the same id with another body it is refused")
    func replay() async throws {
        let desk = try await TestDesk()
        let key = RequestKey(id: "req-1", bodyHash: [UInt8](repeating: 1, count: 32))
        let batch = InboundBatch(
            messages: [
                .chat(from: "v1", conversation: "c1", id: "x1"),
                .chat(from: "v1", conversation: "c1", id: "x2", text: "and?"),
            ],
            request: key)
        let first = try await desk.intake.deliver(batch, to: .siteChat)
        let before = desk.position
        let again = try await desk.intake.deliver(batch, to: .siteChat)
        #expect(desk.position == before)
        #expect(
            zip(first, again).allSatisfy { pair in
                guard case .ticketed(let message, let ticket) = pair.0 else { return false }
                return pair.1 == .duplicate(message: message, ticket: ticket)
            })
        var other = batch
        other.request = RequestKey(id: "req-1", bodyHash: [UInt8](repeating: 2, count: 32))
        await #expect(throws: DeliveryRefusal.self) {
            try await desk.intake.deliver(other, to: .siteChat)
        }
        #expect(desk.position == before)
        try desk.verify()
    }

    @Test(
        "of a messenger is one for ever: reopened within a day of closing, new after",
        arguments: [0, 1])
    func perpetual(late: Int64) async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(
            .chat(from: "8123", conversation: "8123", id: "x1", senderEvidence: .vouched),
            to: .messenger)
        try await desk.perform(.close(.solved), on: first.ticket)
        desk.clock.advance(by: .hours(24) + TimeSpan(milliseconds: late))
        let next = try await desk.ticket(
            .chat(
                from: "8123", conversation: "8123", id: "x2", text: "Me again, it broke",
                senderEvidence: .vouched),
            to: .messenger)
        #expect((next.ticket == first.ticket) == (late == 0))
        #expect(try desk.row(next.ticket).ticket.status.isActive)
        try desk.verify()
    }

    @Test("answer goes back into the conversation; a closed window is said before sending")
    func answering() async throws {
        let desk = try await TestDesk()
        let chat = try await desk.ticket(
            .chat(from: "8123", conversation: "conv", id: "x1", senderEvidence: .vouched),
            to: .messenger)
        try await desk.reply("Here I am", to: chat.ticket)
        let messenger = try desk.adapter(.messenger)
        #expect(messenger.prepared.map(\.conversation) == ["conv"])
        #expect(messenger.prepared.map(\.text) == ["Here I am"], "chat is not signed")
        desk.clock.advance(by: .hours(24))
        let before = desk.position
        await #expect(throws: DeskFailure.self) {
            try await desk.reply("Too late", to: chat.ticket)
        }
        #expect(desk.position == before)
    }

    @Test("joined to what only a bot had spoken in makes that somebody's work")
    func joinedToBot() async throws {
        let desk = try await TestDesk()
        let bot = try await desk.ticket(
            .chat(from: "bot", conversation: "c1", id: "b1", text: "Hi", author: .bot),
            to: .siteChat)
        #expect(try desk.row(bot.ticket).ticket.assignee == nil)
        let mail = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        try await desk.perform(.join(mail.message), on: bot.ticket)
        #expect(try desk.row(bot.ticket).ticket.assignee != nil)
        try desk.verify()
    }

    @Test("moved by join keeps its conversation with the ticket it went to")
    func joinedConversation() async throws {
        let desk = try await TestDesk()
        let mail = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        let chat = try await desk.ticket(
            .chat(from: "v1", conversation: "c1", id: "x1"), to: .siteChat)
        try await desk.perform(.join(chat.message), on: mail.ticket)
        let next = try await desk.ticket(
            .chat(from: "v1", conversation: "c1", id: "x2", text: "more"), to: .siteChat)
        #expect(next.ticket == mail.ticket)
        try desk.verify()
    }
}
