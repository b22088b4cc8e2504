import ChannelKit
import HelpdeskCore
import HelpdeskStore
import RandomKit
import TestKit
import Testing

@testable import HelpdeskEngine

/// Reliability D4 and D8: our signed tokens.
@Suite("A token")
struct TokenTests {
    private static let tokens = ReplyTokens([(id: 1, secret: Array(repeating: 7, count: 32))])

    @Test("D4 Cc takeover: who is in Cc gets nothing until an agent adds them; guesses hit nothing")
    func carbonCopies() async throws {
        let desk = try await TestDesk(.oneAgent)
        let adapter = try desk.adapter(.supportMail)
        adapter.always(.sent(externalID: nil))
        var mail = InboundMessage.mail(from: "sara@home.example", id: "m1@e", auth: .unchecked)
        mail.email?.cc = [MailHeaders.Address(name: nil, address: "eve@evil.example")]
        let ticket = try await desk.ticket(mail).ticket
        try await desk.reply("For Sara only.", to: ticket)
        try await desk.perform(.close(.solved), on: ticket)
        desk.clock.advance(by: .days(2))
        try await desk.runTimers()
        try await desk.runOutbox()
        let told = adapter.sent.flatMap(\.message.recipients)
        #expect(!told.contains("eve@evil.example"))
        try await desk.perform(.reopen, on: ticket)
        try await desk.perform(.addParticipant(.email("eve@evil.example")), on: ticket)
        try await desk.reply("For both now.", to: ticket)
        try await desk.runOutbox()
        #expect(
            adapter.sent.last?.message.recipients.sorted() == [
                "eve@evil.example", "sara@home.example",
            ])
        try await desk.perform(.removeParticipant(.email("eve@evil.example")), on: ticket)
        try await desk.reply("For Sara again.", to: ticket)
        try await desk.runOutbox()
        #expect(adapter.sent.last?.message.recipients == ["sara@home.example"])

        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        let guesses = TestSize.number(
            "HAMDEL_TOKEN_GUESSES", else: TestSize.full ? 1_000_000 : 50_000)
        var hits = 0
        for _ in 0..<guesses where Self.isHit(&random) { hits += 1 }
        #expect(hits == 0, "seed \(seed)")
        print(
            "D4 (seed \(seed)): mails to the Cc before an agent added them 0, after 1, after taking them out 0; \(guesses) guessed tokens of 128 bits: \(hits) hits"
        )
    }

    /// A guess as good as can be: right shape, right version, right key id, any ticket of the first thousand.
    private static func isHit(_ random: inout SeededRandom) -> Bool {
        let ticket = UInt64.random(in: 1...1_000, using: &random)
        var bytes: [UInt8] = [UInt8.random(in: 1...3, using: &random), 1]
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: ticket >> UInt64(shift)))
        }
        let first = random.next()
        let second = random.next()
        for word in [first, second] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        if case .genuine = tokens.read(Base32.text(bytes)) { return true }
        return false
    }

    @Test("D8 damaged token in a true reply: at every position the mail is kept, and never lost")
    func damaged() async throws {
        var plan = DeskPlan.oneAgent
        plan.ticketsPerSenderHour = 0
        let desk = try await TestDesk(plan)
        let adapter = try desk.adapter(.supportMail)
        adapter.always(.sent(externalID: nil))
        let ticket = try await desk.ticket(.mail(from: "sara@home.example", id: "m1@e")).ticket
        try await desk.reply("Try again.", to: ticket)
        try await desk.runOutbox()
        let sent = try #require(adapter.prepared.last)
        let token = try #require(sent.replyToken)
        var kept = 0
        var joinedByReference = 0
        for place in 0..<token.utf8.count {
            var bytes = Array(token.utf8)
            bytes[place] = bytes[place] == 0x61 ? 0x62 : 0x61
            let wrong = String(decoding: bytes, as: UTF8.self)
            let alone = try await desk.ticket(
                .mail(
                    from: "sara@home.example", id: "d\(place)@e", text: "answer \(place)",
                    tokens: [wrong]))
            #expect(alone.ticket != ticket)
            let threading = try #require(try desk.events().compactMap(\.received).last?.threading)
            // Beyond the first bytes, which say what it is, it is known for a damaged one of ours; the last character has
            // two bits that are always zero.
            if (4..<41).contains(place) { #expect(threading.steps.first?.verdict == .damagedToken) }
            let whole = try await desk.ticket(
                .mail(
                    from: "sara@home.example", id: "w\(place)@e", text: "answer \(place)",
                    references: [sent.messageID], tokens: [wrong]))
            #expect(whole.ticket == ticket, "its References are whole")
            joinedByReference += 1
            kept += 2
        }
        var id = Array(sent.messageID.utf8)
        for place in id.indices where id[place] != UInt8(ascii: "@") {
            let was = id[place]
            id[place] = was == 0x61 ? 0x62 : 0x61
            let wrong = String(decoding: id, as: UTF8.self)
            id[place] = was
            let local = wrong.split(separator: "@").first.map(String.init) ?? ""
            let mail = try await desk.deliver(
                .mail(
                    from: "sara@home.example", id: "r\(place)@e", text: "answer \(place)",
                    references: [wrong], tokens: [local]))
            guard case .ticketed = mail else {
                Issue.record("lost at \(place): \(mail)")
                continue
            }
            kept += 1
        }
        print(
            "D8: one byte changed at each of \(token.utf8.count) places of the token and \(id.count - 1) of the Message-ID: \(kept) mails, all kept; \(joinedByReference) joined by whole References"
        )
        try desk.verify()
    }

    @Test("of one kind is never one of another")
    func kinds() throws {
        let reply = try #require(Self.tokens.token(for: TicketNumber(rawValue: 5)))
        let back = try #require(Self.tokens.token(forReturnOf: DeliveryID(rawValue: 5)))
        let notice = try #require(Self.tokens.token(forAnswerTo: DeliveryID(rawValue: 5)))
        #expect(Set([reply, back, notice]).count == 3)
        #expect(Self.tokens.read(reply) == .genuine(.ticket(TicketNumber(rawValue: 5))))
        #expect(Self.tokens.read(back) == .genuine(.delivery(DeliveryID(rawValue: 5))))
        #expect(Self.tokens.read(notice) == .genuine(.notice(DeliveryID(rawValue: 5))))
        #expect(
            Self.tokens.read("\(reply.uppercased()).12.abc@x")
                == .genuine(.ticket(TicketNumber(rawValue: 5))))
    }
}
