import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A conversation with several people")
struct RoomTests {
    private static func say(
        _ who: String, _ id: String, room: String = "room-1"
    ) -> InboundMessage {
        var message = InboundMessage.chat(
            from: who, conversation: room, id: id, text: "\(who) says \(id)",
            senderEvidence: .vouched)
        message.conversationKind = .group
        return message
    }

    @Test("keeps each stranger in a ticket of their own, linked, and leads nobody's words away")
    func strangers() async throws {
        let desk = try await TestDesk(.oneAgent)
        let sara = try await desk.ticket(Self.say("sara", "1"), to: .siteChat).ticket
        let omid = try await desk.ticket(Self.say("omid", "2"), to: .siteChat).ticket
        #expect(omid != sara)
        #expect(try await desk.ticket(Self.say("sara", "3"), to: .siteChat).ticket == sara)
        #expect(try await desk.ticket(Self.say("omid", "4"), to: .siteChat).ticket == omid)
        #expect(try await desk.ticket(Self.say("reza", "5"), to: .siteChat).ticket != sara)
        #expect(
            try desk.lines("SELECT relation FROM ticket_links").allSatisfy { $0 == "claimed" })
        try desk.verify()
    }

    @Test("takes in whom an agent lets in")
    func letIn() async throws {
        let desk = try await TestDesk(.oneAgent)
        let sara = try await desk.ticket(Self.say("sara", "1"), to: .siteChat).ticket
        let omid = try await desk.ticket(Self.say("omid", "2"), to: .siteChat)
        try await desk.perform(.join(omid.message), on: sara)
        #expect(try await desk.ticket(Self.say("omid", "3"), to: .siteChat).ticket == sara)
        #expect(try await desk.ticket(Self.say("sara", "4"), to: .siteChat).ticket == sara)
        try desk.verify()
    }
}

@Suite("A thread that others share")
struct SharedThreadTests {
    @Test(
        "is one ticket for its writer by a reference that nobody here sent, and by an answer that came first"
    )
    func sharedReference() async throws {
        let desk = try await TestDesk(.oneAgent)
        let first = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "a@e", references: ["root@list", "mid@list"]))
        let second = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "b@e", text: "more", references: ["root@list"]))
        #expect(second.ticket == first.ticket)
        let late = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "mid@list", text: "what it answers"))
        #expect(late.ticket == first.ticket)
        let stranger = try await desk.ticket(
            .mail(from: "eve@evil.example", id: "root@list", text: "mine"))
        #expect(stranger.ticket != first.ticket)
        #expect(try desk.count("SELECT COUNT(*) FROM ticket_links") == 0)
        try desk.verify()
    }

    @Test("and has a follow-up under way goes on in it, not in a second one")
    func followUp() async throws {
        let desk = try await TestDesk(.oneAgent)
        let first = try await desk.ticket(.mail(from: "sara@example.ir", id: "a@e")).ticket
        try await desk.perform(.close(.solved), on: first)
        desk.clock.advance(by: .days(30))
        let second = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "b@e", text: "It is back.", references: ["a@e"]))
        #expect(second.ticket != first)
        let third = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "c@e", text: "Very much.", references: ["a@e"]))
        #expect(third.ticket == second.ticket)
        try desk.verify()
    }

    @Test("leads nobody to a mail whose sender failed the check")
    func failedSender() async throws {
        let desk = try await TestDesk(.oneAgent)
        let first = try await desk.ticket(.mail(from: "sara@example.ir", id: "a@e")).ticket
        for index in 0..<5 {
            try await desk.ticket(
                .mail(
                    from: "sara@example.ir", id: index == 0 ? "a@e" : "f\(index)@evil",
                    text: "forged \(index)", auth: .failed, references: ["a@e"]))
        }
        let next = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "n@e", text: "Real.", references: ["a@e"]))
        #expect(next.ticket == first)
    }

    @Test(
        "by one mail to two inboxes is one ticket with both noted, within a day and where both teams may see both",
        arguments: [
            (InboxID.salesMail, TimeSpan.hours(24), true),
            (.salesMail, .hours(24) + TimeSpan(milliseconds: 1), false),
            (.peopleMail, .minutes(1), false),
        ])
    func twoInboxes(second: InboxID, after: TimeSpan, isOne: Bool) async throws {
        let desk = try await TestDesk(.standard)
        let mail = InboundMessage.mail(from: "sara@example.ir", id: "a@e", sentAt: desk.now)
        let first = try await desk.ticket(mail)
        desk.clock.advance(by: after)
        let other = try await desk.ticket(mail, to: second)
        #expect((other.ticket == first.ticket) == isOne)
        #expect(
            try desk.lines("SELECT inbox FROM messages ORDER BY id") == [
                "support-mail", second.rawValue,
            ])
        if second == .peopleMail {
            let again = InboundMessage.mail(from: "sara@example.ir", id: "b@e", sentAt: desk.now)
            let hidden = try await desk.ticket(again, to: .peopleMail)
            let open = try await desk.ticket(again, to: .supportMail)
            #expect(hidden.ticket != open.ticket, "in either order")
        }
    }
}
