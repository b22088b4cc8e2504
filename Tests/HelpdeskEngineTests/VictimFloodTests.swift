import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A flood in a victim's name")
struct VictimFloodTests {
    @Test("C5 victim flood: forged mails over ten days, at most one mail a day, no attacker text")
    func flood() async throws {
        let perDay =
            TestSize.number("HAMDEL_FORGED_MAILS", else: TestSize.full ? 10_000 : 2_000) / 10
        var plan = DeskPlan.oneAgent
        plan.ticketsPerSenderHour = 0
        let desk = try await TestDesk(plan)
        var most = 0
        for day in 0..<10 {
            let before = try desk.adapter(.supportMail).prepared.count
            for start in stride(from: 0, to: perDay, by: 200) {
                _ = try await desk.intake.deliver(
                    InboundBatch(
                        messages: (start..<min(start + 200, perDay)).map { index in
                            .mail(
                                from: "victim@home.example", id: "f\(day).\(index)@evil",
                                subject: "BUY-PILLS \(index)", text: "BUY-PILLS now",
                                auth: index % 2 == 0 ? .failed : .unchecked, name: "BUY-PILLS")
                        }), to: .supportMail)
            }
            most = max(most, try desk.adapter(.supportMail).prepared.count - before)
            desk.clock.advance(by: .days(1))
        }
        let sent = try desk.adapter(.supportMail).prepared
        #expect(try desk.count("SELECT COUNT(*) FROM tickets") == perDay * 10)
        #expect(most <= 1)
        #expect(sent.allSatisfy { !ScriptedAdapter.wire($0).contains("PILLS") })
        #expect(sent.count <= 5, "three in seven days")
        print(
            "C5: \(perDay * 10) forged mails in 10 days: \(sent.count) mails to the victim, at most \(most) a day, 0 with a word of the attacker's"
        )
    }

    @Test("to ten thousand victims ends at 200 mails an hour, with an alarm, and goes on after it")
    func systemLimit() async throws {
        let desk = try await TestDesk(.oneAgent)
        for start in stride(from: 0, to: 400, by: 200) {
            _ = try await desk.intake.deliver(
                InboundBatch(
                    messages: (start..<start + 200).map {
                        .mail(from: "v\($0)@home.example", id: "f\($0)@evil", auth: .failed)
                    }), to: .supportMail)
        }
        #expect(try desk.count("SELECT COUNT(*) FROM outbox") == 200)
        #expect(try await desk.desk.alarms() == [.acknowledgementsPaused(perHour: 200)])
        let last = try desk.lines(
            "SELECT data FROM events WHERE type = 'acknowledgement_skipped' ORDER BY position DESC LIMIT 1"
        )
        #expect(last == [#"{"reason":"paused"}"#])
        desk.clock.advance(by: .hours(1) + TimeSpan(milliseconds: 1))
        #expect(try await desk.desk.alarms().filter { $0.kind != .outboxStuck } == [])
        try await desk.ticket(.mail(from: "late@home.example", id: "late@e"))
        #expect(try desk.count("SELECT COUNT(*) FROM outbox") == 201)
        try desk.verify()
    }

    @Test("gets at most ten automatic mails of one ticket in ten minutes and fifty in three hours")
    func perTicket() async throws {
        var plan = DeskPlan.oneAgent
        plan.survey.delay = .zero
        plan.survey.cooldown = .zero
        plan.survey.samplePerThousand = 1000
        let desk = try await TestDesk(plan)
        try desk.adapter(.supportMail).always(.sent(externalID: nil))
        let ticket = try await desk.ticket(.mail(from: "sara@home.example", id: "m@e")).ticket
        try await desk.reply("Done.", to: ticket)
        for _ in 0..<30 {
            try await desk.perform(.close(.solved), on: ticket)
            try await desk.runTimers()
            try await desk.perform(.reopen, on: ticket)
        }
        let sent = try desk.count("SELECT COUNT(*) FROM outbox WHERE purpose <> 'reply'")
        #expect(sent <= 10)
        print(
            "system mails of one ticket to one recipient within 10 minutes: \(sent) of 31 asked for"
        )
    }
}
