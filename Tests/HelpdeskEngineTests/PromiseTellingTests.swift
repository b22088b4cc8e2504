import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A time that a customer was told")
struct PromiseTellingTests {
    private static let tehran = ZoneRules(name: "Asia/Tehran", offsetSeconds: 12_600)

    private static func desk(
        times: Int = 1, _ change: (inout DeskPlan) -> Void = { _ in }
    ) async throws -> TestDesk {
        var plan = DeskPlan.standard
        plan.sla = [policy(.hours(4))]
        plan.acknowledgement.revision = PromiseRevision(times: times)
        plan.change(.supportMail) { $0.zone = tehran }
        change(&plan)
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values {
            adapter.otherwise { _, _ in .sent(externalID: nil) }
        }
        return desk
    }

    private static func policy(_ first: TimeSpan) -> SLAPolicy {
        SLAPolicy(
            name: "standard", allowances: [.firstResponse: first, .resolution: .days(2)],
            warningPercent: nil, hours: .always)
    }

    private static func mail(auth: SenderAuth = .verified) -> InboundMessage {
        .mail(
            from: "sara@example.ir", id: "m@e", subject: "خراب شد",
            text: "سلام، دستگاه من خراب شده است. لطفاً کمک کنید.", auth: auth)
    }

    private func promises(_ desk: TestDesk, _ ticket: TicketNumber) throws -> [String] {
        try desk.types(of: ticket).filter { $0.hasPrefix("promise") }
    }

    private func sent(_ desk: TestDesk) throws -> [OutboundMessage] {
        try desk.adapter(.supportMail).prepared
    }

    @Test(
        "is told anew, once, half an hour before it passes unkept, in their language and calendar")
    func revised() async throws {
        let desk = try await Self.desk()
        let start = desk.now
        let ticket = try await desk.ticket(Self.mail()).ticket
        desk.clock.advance(by: .hours(3) + .minutes(30) + TimeSpan(milliseconds: -1))
        try await desk.runTimers()
        #expect(try promises(desk, ticket) == ["promise_given"])
        desk.clock.advance(by: TimeSpan(milliseconds: 1))
        try await desk.runTimers()
        #expect(try promises(desk, ticket) == ["promise_given", "promise_revised"])
        let mail = try #require(try sent(desk).last)
        #expect(mail.isAutomatic)
        let told = TextParameters.Promise(start + .hours(8), in: Self.tehran)
        let text = CustomerTexts.standard.text(
            .promiseRevised, in: .persian, TextParameters(ticket: ticket, promise: told))
        #expect(mail.text == text)
        #expect(text.contains("۲۱:۳۰"))
        #expect(!ScriptedAdapter.wire(mail).contains("دستگاه"), "no word of the customer's")
        desk.clock.advance(by: .hours(4))
        try await desk.runTimers()
        #expect(try promises(desk, ticket).count == 2, "once, and the new time is not over")
        try await desk.reply(to: ticket)
        try await desk.runOutbox()
        #expect(try promises(desk, ticket).last == "promise_kept")
        #expect(
            try desk.lines("SELECT until, state, revisions FROM promises") == [
                "\((start + .hours(8)).milliseconds) kept 1"
            ])
        try desk.verify()
    }

    @Test("is broken when nothing was told before it passed, and at most twice told anew")
    func broken() async throws {
        let never = try await Self.desk(times: 0)
        let ticket = try await never.ticket(Self.mail()).ticket
        never.clock.advance(by: .hours(5))
        try await never.runTimers()
        #expect(try promises(never, ticket) == ["promise_given", "promise_broken"])
        let twice = try await Self.desk(times: 2)
        let other = try await twice.ticket(Self.mail()).ticket
        for _ in 0..<30 {
            twice.clock.advance(by: .minutes(30))
            try await twice.runTimers()
        }
        #expect(
            try promises(twice, other) == [
                "promise_given", "promise_revised", "promise_revised", "promise_broken",
            ])
        try twice.verify()
    }

    private static let skips: [(SenderAuth, String, String)] = [
        (.unchecked, "none", "daily_limit"), (.verified, "reply", "answering"),
        (.verified, "close", "closed"), (.verified, "spam", "not_regular"),
        (.verified, "off", "disabled"),
    ]

    @Test("is not told anew where it must not be, and the stream says why", arguments: skips)
    func skipped(_ auth: SenderAuth, _ act: String, _ reason: String) async throws {
        let desk = try await Self.desk { plan in
            if act == "reply" { plan.survey.surveys = .off }
        }
        let ticket = try await desk.ticket(Self.mail(auth: auth)).ticket
        try await desk.runOutbox()
        switch act {
        case "reply": try await desk.reply(to: ticket)
        case "close": try await desk.perform(.close(.noAnswer), on: ticket)
        case "spam": try await desk.perform(.spam, on: ticket)
        case "off":
            var plan = desk.plan
            plan.acknowledgement.revision = .never
            desk.desk.reload(policy: plan.policy, adapters: desk.adapters)
        default: break
        }
        let count = try sent(desk).count
        desk.clock.advance(by: .hours(3) + .minutes(45))
        try await desk.runTimers()
        let skipped = try desk.lines(
            "SELECT data FROM events WHERE type = 'promise_revision_skipped'")
        #expect(skipped.count == 1)
        #expect(skipped.first?.contains("\"\(reason)\"") == true)
        #expect(try sent(desk).count == count)
        try await desk.runTimers()
        #expect(try desk.types(of: ticket).filter { $0.contains("skipped") }.count <= 2)
        try desk.verify()
    }

    @Test("An agent tells one by hand, instead of the last or where none was told")
    func byHand() async throws {
        let desk = try await Self.desk(times: 0)
        let ticket = try await desk.ticket(Self.mail()).ticket
        let until = desk.now + .hours(30) + TimeSpan(milliseconds: 61_234)
        try await desk.perform(.promise(until), on: ticket)
        #expect(try promises(desk, ticket) == ["promise_given", "promise_revised"])
        #expect(try sent(desk).last?.text.contains("پوزش") == true)
        #expect(
            try desk.lines("SELECT until, state, revisions FROM promises") == [
                "\((desk.now + .hours(30) + .minutes(1)).milliseconds) open 1"
            ])
        // It is no answer.
        #expect(
            try desk.lines("SELECT phase FROM sla_clocks WHERE target = 'first_response'") == [
                "running"
            ])
        for wrong in [desk.now, desk.now - .hours(1), desk.now + .days(400)] {
            await #expect(throws: DeskFailure.self) {
                try await desk.perform(.promise(wrong), on: ticket)
            }
        }
        desk.clock.advance(by: .hours(31))
        try await desk.runTimers()
        #expect(try promises(desk, ticket).last == "promise_broken")
        try await desk.perform(.promise(desk.now + .hours(2)), on: ticket)
        #expect(try promises(desk, ticket).last == "promise_given")
        #expect(try sent(desk).last?.text.contains("پوزش") == false)
        try await desk.perform(.close(.solved), on: ticket)
        await #expect(throws: DeskFailure.self) {
            try await desk.perform(.promise(desk.now + .hours(2)), on: ticket)
        }
        try desk.verify()
    }

    @Test("A policy or calendar that is changed later rewrites nothing that was promised")
    func thePast() async throws {
        let desk = try await Self.desk(times: 0)
        let start = desk.now
        let first = try await desk.ticket(Self.mail()).ticket
        desk.clock.advance(by: .hours(1))
        let before = try desk.lines("SELECT * FROM sla_clocks ORDER BY ticket, target")
        let told = try desk.lines("SELECT * FROM promises")
        let stream = try desk.lines("SELECT position, type, data FROM events")
        var plan = desk.plan
        plan.sla = [
            SLAPolicy(
                name: "standard", allowances: [.firstResponse: .minutes(10)], warningPercent: 50,
                hours: BusinessHours(
                    zone: .utc, week: .always,
                    holidays: [try #require(CivilDate("2026-11-22"))]))
        ]
        desk.desk.reload(policy: plan.policy, adapters: desk.adapters)
        try await desk.runTimers()
        #expect(try desk.lines("SELECT * FROM sla_clocks ORDER BY ticket, target") == before)
        #expect(try desk.lines("SELECT * FROM promises") == told)
        #expect(try desk.lines("SELECT position, type, data FROM events") == stream)
        // What is promised now is promised by the new policy.
        let second = try await desk.ticket(.mail(from: "ali@example.ir", id: "m2@e")).ticket
        #expect(
            try desk.lines(
                "SELECT ticket, due FROM sla_clocks WHERE target = 'first_response' ORDER BY ticket"
            )
                == [
                    "\(first.rawValue) \((start + .hours(4)).milliseconds)",
                    // Monday 00:10: today is a day off.
                    "\(second.rawValue) \((start + .hours(14) + .minutes(10)).milliseconds)",
                ])
        // The old one is met by what was promised, not by what would be now.
        desk.clock.advance(by: .hours(2))
        try await desk.reply(to: first)
        try await desk.runOutbox()
        #expect(
            try desk.lines(
                "SELECT phase FROM sla_clocks WHERE ticket = $1 AND target = 'first_response'",
                [first]) == ["met"])
        try desk.verify()
    }
}
