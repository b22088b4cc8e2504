import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("The outbox")
struct OutboxTests {
    private func desk() async throws -> (TestDesk, TicketNumber, ScriptedAdapter) {
        var plan = DeskPlan.oneAgent
        plan.acknowledgement.acknowledgements = .off
        let desk = try await TestDesk(plan)
        let number = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@e", subject: "Broken")
        ).ticket
        return (desk, number, try desk.adapter(.supportMail))
    }

    private func states(_ desk: TestDesk) throws -> [String] {
        try desk.lines("SELECT state, attempts, COALESCE(code, '-') FROM outbox ORDER BY id")
    }

    @Test("sends an answer once, signed, tagged and threaded")
    func sent() async throws {
        let (desk, number, mail) = try await desk()
        let before = desk.position
        let message = try await desk.reply("Please try again.", to: number)
        #expect(
            try desk.types(of: number, after: before) == [
                "delivery_queued", "message_written", "ticket_status_changed",
            ])
        let outbound = try #require(mail.prepared.first)
        #expect(outbound.subject == "Re: Broken [#\(number.rawValue)]")
        #expect(outbound.inReplyTo == "m1@e")
        #expect(outbound.references == ["m1@e"])
        #expect(outbound.text.hasPrefix("Please try again.\n\n-- \n"))
        mail.script(.sent(externalID: "250 ok"))
        try await desk.runOutbox()
        #expect(try states(desk) == ["sent 1 -"])
        #expect(try desk.lines("SELECT message FROM outbox") == ["\(message.rawValue)"])
        #expect(try desk.types(of: number).suffix(2) == ["delivery_attempted", "delivery_settled"])
        try desk.verify()
    }

    @Test("tries again later with the same bytes, each time later, until five days are over")
    func retried() async throws {
        let (desk, number, mail) = try await desk()
        try await desk.reply(to: number)
        mail.always(.retry(after: nil, detail: "451 later"))
        var waits: [Int64] = []
        for _ in 0..<200 {
            _ = try await desk.outbox.runOnce()
            guard let next = try desk.read({ r throws(StoreError) in try r.nextDelivery() }) else {
                break
            }
            waits.append(next.since(desk.now).milliseconds / 60_000)
            desk.clock.set(next)
        }
        #expect(try states(desk).first?.hasPrefix("failed") == true)
        #expect(waits.prefix(6) == [1, 2, 4, 8, 16, 32] || waits.first == 1, "\(waits.prefix(8))")
        #expect(waits.allSatisfy { $0 <= 75 })
        #expect(Set(mail.sent.map(\.message.bytes)).count == 1)
        #expect(mail.sent.map(\.attempt) == Array(1...mail.sent.count))
        try desk.verify()
    }

    @Test("leaves what was uncertain twice to a person, instead of sending copies for ever")
    func uncertainTwice() async throws {
        let (desk, number, mail) = try await desk()
        try await desk.reply(to: number)
        mail.always(.uncertain(detail: "no answer after the dot"))
        _ = try await desk.outbox.runOnce()
        #expect(try states(desk) == ["uncertain 1 -"])
        for _ in 0..<200 {
            guard let next = try desk.read({ r throws(StoreError) in try r.nextDelivery() }) else {
                break
            }
            desk.clock.set(max(next, desk.now))
            _ = try await desk.outbox.runOnce()
        }
        #expect(try states(desk) == ["uncertain 2 -"])
        #expect(mail.sent.count == 2)
        // What an agent writes next does not wait for that person.
        mail.always(.sent(externalID: nil))
        try await desk.reply("And another thing.", to: number)
        try await desk.runOutbox()
        #expect(try states(desk) == ["uncertain 2 -", "sent 1 -"])
        try await OutboxDesk(desk.desk).perform(
            .release, on: DeliveryID(rawValue: 1), by: .agent(.lead))
        try await desk.runOutbox()
        #expect(try states(desk) == ["sent 3 -", "sent 1 -"])
        #expect(Set(mail.sent.map(\.message.bytes)).count == 2)
        try desk.verify()
    }

    @Test("says for good what was refused for good, and sends it again when ops say so")
    func rejected() async throws {
        let (desk, number, mail) = try await desk()
        try await desk.reply(to: number)
        mail.script(.rejected(.badAddress, detail: "550 no such user"))
        try await desk.runOutbox()
        #expect(try states(desk) == ["failed 1 bad_address"])
        let id = DeliveryID(rawValue: 1)
        mail.script(.sent(externalID: nil))
        try await OutboxDesk(desk.desk).perform(.retry, on: id, by: .agent(.lead))
        try await desk.runOutbox()
        #expect(try states(desk) == ["sent 2 -"])
        #expect(mail.sent.map(\.message.recipients) == [["sara@example.ir"], ["sara@example.ir"]])
        await #expect(throws: DeskFailure.self) {
            try await OutboxDesk(desk.desk).perform(.cancel, on: id, by: .agent(.lead))
        }
        try desk.verify()
    }

    @Test("reaches each recipient once, however often the others fail")
    func partial() async throws {
        let (desk, number, mail) = try await desk()
        _ = try await desk.replies.reply(
            ReplyDraft(text: "To all of you.", cc: ["b@example.ir", "c@example.ir"]), to: number,
            by: TestDesk.caller(.nima), ifVersion: nil, command: nil)
        mail.script(
            .perRecipient([
                RecipientResult(recipient: "sara@example.ir", outcome: .sent),
                RecipientResult(recipient: "b@example.ir", outcome: .retry(detail: "451")),
                RecipientResult(
                    recipient: "c@example.ir", outcome: .rejected(.badAddress, detail: "550")),
            ]))
        _ = try await desk.outbox.runOnce()
        #expect(try states(desk) == ["retrying 1 bad_address"])
        desk.clock.advance(by: .minutes(5))
        mail.script(.perRecipient([RecipientResult(recipient: "b@example.ir", outcome: .sent)]))
        _ = try await desk.outbox.runOnce()
        #expect(
            mail.sent.map(\.message.recipients) == [
                ["b@example.ir", "c@example.ir", "sara@example.ir"], ["b@example.ir"],
            ])
        #expect(
            try states(desk) == ["failed 2 bad_address"], "one was never reached, and it is said")
        mail.script(.sent(externalID: nil))
        try await OutboxDesk(desk.desk).perform(
            .retry, on: DeliveryID(rawValue: 1), by: .agent(.lead))
        _ = try await desk.outbox.runOnce()
        #expect(
            mail.sent.last?.message.recipients == ["c@example.ir"],
            "who has it does not get it again")
        try desk.verify()
    }

    @Test("keeps the order of one ticket and recipient, and lets nobody else wait")
    func order() async throws {
        let (desk, number, mail) = try await desk()
        let other = try await desk.ticket(.mail(from: "omid@example.ir", id: "m2@e")).ticket
        try await desk.reply("first", to: number)
        try await desk.reply("second", to: number)
        try await desk.reply("other", to: other)
        mail.script(.retry(after: .minutes(10), detail: "451"), .sent(externalID: nil))
        try await desk.runOutbox()
        #expect(try states(desk) == ["retrying 1 -", "queued 0 -", "sent 1 -"])
        desk.clock.advance(by: .minutes(10))
        mail.script(.sent(externalID: nil), .sent(externalID: nil))
        try await desk.runOutbox()
        #expect(mail.sent.map(\.message.delivery.rawValue).suffix(2) == [1, 2])
        try desk.verify()
    }

    @Test("does not let one slow recipient hold up the others")
    func slow() async throws {
        let (desk, number, mail) = try await desk()
        let gate = Gate()
        try await desk.reply("slow", to: number)
        mail.script(.wait(gate, then: .sent(externalID: nil)))
        let running = Task { try await desk.outbox.runOnce() }
        await gate.arrival()
        var others: [TicketNumber] = []
        for index in 0..<3 {
            let other = try await desk.ticket(
                .mail(from: "o\(index)@example.ir", id: "o\(index)@e")
            ).ticket
            try await desk.reply("fast", to: other)
            others.append(other)
        }
        mail.always(.sent(externalID: nil))
        _ = try await desk.outbox.runOnce()
        #expect(try states(desk) == ["sending 1 -", "sent 1 -", "sent 1 -", "sent 1 -"])
        gate.open()
        _ = try await running.value
        #expect(try states(desk).first == "sent 1 -")
        try desk.verify()
    }

    @Test("settles what is done while something slow of the same round is still under way")
    func slowRound() async throws {
        let (desk, number, mail) = try await desk()
        let other = try await desk.ticket(.mail(from: "omid@example.ir", id: "m2@e")).ticket
        let gate = Gate()
        try await desk.reply("one", to: number)
        try await desk.reply("two", to: other)
        mail.script(.wait(gate, then: .sent(externalID: nil)))
        mail.script(.sent(externalID: nil))
        let settled = Gate()
        let listener = desk.store.writer.onCommit { _ in
            if (try? states(desk).contains("sent 1 -")) == true { settled.open() }
        }
        let running = Task { try await desk.outbox.runOnce() }
        await gate.arrival()
        await settled.passed()
        #expect(try states(desk).sorted() == ["sending 1 -", "sent 1 -"])
        desk.store.writer.removeListener(listener)
        gate.open()
        _ = try await running.value
        #expect(try states(desk) == ["sent 1 -", "sent 1 -"])
    }

    @Test("after a death shows what was under way as uncertain, and sends it once more")
    func death() async throws {
        let (desk, number, mail) = try await desk()
        let gate = Gate()
        try await desk.reply("on its way", to: number)
        mail.script(.wait(gate, then: .sent(externalID: nil)))
        let dying = desk.outbox
        let running = Task { try? await dying.runOnce() }
        await gate.arrival()
        try desk.restart()
        #expect(try states(desk) == ["sending 1 -"])
        try await desk.outbox.recover()
        #expect(try states(desk) == ["uncertain 1 -"])
        mail.script(.sent(externalID: nil))
        try await desk.runOutbox()
        #expect(try states(desk) == ["sent 2 -"])
        #expect(Set(mail.sent.map(\.message.bytes)).count == 1)
        #expect(mail.sent.count == 2)
        try desk.verify()
        running.cancel()
        _ = gate
    }

    @Test("writes nothing at all when the channel refuses the words")
    func refused() async throws {
        let (desk, number, mail) = try await desk()
        let before = desk.position
        mail.refuse(OutboundRefusal(.tooLong, "4096 characters at most"))
        await #expect(throws: DeskFailure.self) { try await desk.reply(to: number) }
        #expect(desk.position == before)
        #expect(try desk.count("SELECT COUNT(*) FROM prepared") == 0)
        await #expect(throws: DeskFailure.self) { try await desk.reply("  \n", to: number) }
        await #expect(throws: DeskFailure.self) {
            _ = try await desk.replies.reply(
                ReplyDraft(text: "x", cc: ["not an address"]), to: number,
                by: TestDesk.caller(.nima), ifVersion: nil, command: nil)
        }
        #expect(desk.position == before)
    }
}
