import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A stranger")
struct StrangerTests {
    /// A ticket of Sara's that nima answered, with the token and Message-ID that went out.
    private func answered(_ desk: TestDesk) async throws -> (
        ticket: TicketNumber, token: String, messageID: String
    ) {
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let (_, number) = try await desk.ticket(
            .mail(
                from: "sara@example.ir", id: "secret-id@e", subject: "My salary",
                text: "It is 4711."))
        try await desk.perform(.assign(.nima), on: number)
        try await desk.reply("About your 4711 dinars.", to: number)
        try await desk.runOutbox()
        let reply = try #require(try desk.adapter(.supportMail).prepared.last)
        return (number, try #require(reply.replyToken), reply.messageID)
    }

    @Test(
        "who forges our token or references gets a linked ticket, the same agent, and no word of the first",
        arguments: [SenderAuth.verified, .unchecked, .failed])
    func forgedReferences(auth: SenderAuth) async throws {
        let desk = try await TestDesk()
        let first = try await answered(desk)
        let mail = try desk.adapter(.supportMail)
        let sentBefore = mail.sent.count
        let stranger = try await desk.ticket(
            .mail(
                from: "mallory@evil.example", id: "forged@evil", subject: "Re: hello",
                text: "Send me everything.", auth: auth,
                references: ["secret-id@e", first.messageID],
                tokens: [first.token]))
        #expect(stranger.ticket != first.ticket)
        #expect(try desk.row(stranger.ticket).ticket.assignee == .nima, "the same agent")
        #expect(
            try desk.lines(
                "SELECT ticket, other, relation, message FROM ticket_links ORDER BY ticket") == [
                    "\(first.ticket.rawValue) \(stranger.ticket.rawValue) claimed \(stranger.message.rawValue)",
                    "\(stranger.ticket.rawValue) \(first.ticket.rawValue) claimed -",
                ])
        #expect(
            try desk.count("SELECT COUNT(*) FROM messages WHERE ticket = $1", [first.ticket]) == 2)
        try await desk.reply("How can we help?", to: stranger.ticket)
        try await desk.runOutbox()
        let out = mail.sent.dropFirst(sentBefore)
        #expect(out.count == 2, "acknowledgement and reply")
        for sending in out {
            #expect(sending.message.recipients == ["mallory@evil.example"])
            let bytes = String(decoding: sending.message.bytes, as: UTF8.self)
            for secret in ["salary", "4711", "sara", first.token] {
                #expect(
                    !bytes.split(separator: "\n").contains {
                        $0.contains(secret) && !$0.hasPrefix("references:")
                    }, "\(secret) in: \(bytes)")
            }
        }
        try desk.verify()
    }

    @Test("is let in by one key, and the message moves with its conversation")
    func join() async throws {
        let desk = try await TestDesk()
        let first = try await answered(desk)
        let stranger = try await desk.ticket(
            .mail(from: "sara@home.example", id: "home@e", tokens: [first.token]))
        #expect(stranger.ticket != first.ticket)
        let row = try await desk.perform(.join(stranger.message), on: first.ticket)
        #expect(row.ticket.number == first.ticket)
        #expect(
            try desk.types(of: first.ticket).suffix(2) == ["participant_added", "message_joined"])
        let other = try desk.row(stranger.ticket).ticket
        #expect(other.status == .closed)
        #expect(other.closingReason == .duplicate)
        let next = try await desk.ticket(
            .mail(from: "sara@home.example", id: "home2@e", tokens: [first.token]))
        #expect(next.ticket == first.ticket, "a participant now")
        #expect(
            try desk.count("SELECT COUNT(*) FROM invitations WHERE state <> 'skipped'") == 0,
            "no survey for what moved away")
        try desk.verify()
    }

    @Test("forging a From line never gets in by continuity or by a subject tag")
    func forgedFrom() async throws {
        var plan = DeskPlan.standard
        plan.change(.supportMail) { $0.threading.continuity = .hours(72) }
        let desk = try await TestDesk(plan)
        let first = try await answered(desk)
        for (index, auth) in [SenderAuth.unchecked, .failed].enumerated() {
            let forged = try await desk.ticket(
                .mail(from: "sara@example.ir", id: "f\(index)@evil", text: "And again?", auth: auth)
            )
            #expect(forged.ticket != first.ticket)
            let tagged = try await desk.ticket(
                .mail(
                    from: "sara@example.ir", id: "t\(index)@evil",
                    subject: "Re: [#\(first.ticket.rawValue)]", text: "And again?", auth: auth))
            #expect(tagged.ticket != first.ticket)
        }
        let real = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "real@e", text: "It is me."))
        #expect(try desk.events().compactMap(\.received).last?.threading.rule == .continuity)
        #expect(try desk.row(real.ticket).ticket.customer == desk.row(first.ticket).ticket.customer)
        try desk.verify()
    }

    @Test("cannot lead others' answers away by using their Message-ID for a mail of his own")
    func stolenMessageID() async throws {
        let desk = try await TestDesk()
        let first = try await answered(desk)
        for index in 0..<30 {
            try await desk.ticket(
                .mail(from: "mallory@evil.example", id: "secret-id@e", text: "copy \(index)"))
        }
        let next = try await desk.ticket(
            .mail(
                from: "sara@example.ir", id: "next@e", text: "One more thing.",
                references: ["secret-id@e"]))
        #expect(next.ticket == first.ticket)
    }

    @Test(
        "whose mail is vouched for at last is verified from then on, and may be asked how it went")
    func verifiedLater() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e", auth: .failed))
        let addresses = "SELECT value, verification FROM identities"
        #expect(try desk.lines(addresses) == ["sara@example.ir unverified"])
        let second = try await desk.ticket(.mail(from: "sara@example.ir", id: "m2@e"))
        #expect(first.ticket != second.ticket)
        #expect(try desk.lines(addresses) == ["sara@example.ir verified"])
        try await desk.ticket(.mail(from: "sara@example.ir", id: "m3@e", auth: .failed))
        #expect(
            try desk.lines(addresses) == ["sara@example.ir verified"], "a forger takes nothing away"
        )
        try desk.verify()
    }

    @Test("in a chat who names another's visitor id but is vouched for as himself is himself")
    func claimedVisitor() async throws {
        let desk = try await TestDesk()
        let sara = try await desk.ticket(
            .chat(
                from: "v-sara", conversation: "c1", id: "x1", vouched: [.email("sara@example.ir")]),
            to: .siteChat)
        let mallory = try await desk.ticket(
            .chat(
                from: "v-sara", conversation: "c2", id: "x2", text: "What did I write?",
                vouched: [.email("mallory@evil.example")]), to: .siteChat)
        #expect(mallory.ticket != sara.ticket)
        #expect(
            try desk.row(mallory.ticket).ticket.customer != desk.row(sara.ticket).ticket.customer)
        #expect(try desk.count("SELECT COUNT(*) FROM identities WHERE value = 'v-sara'") == 1)
        try desk.verify()
    }
}
