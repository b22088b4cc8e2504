import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A survey")
struct SurveyTests {
    private func answered(_ plan: DeskPlan = .standard) async throws -> (TestDesk, TicketNumber) {
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        try await desk.perform(.assign(.nima), on: number, by: .leila)
        try await desk.reply(to: number)
        return (desk, number)
    }

    private func token(_ desk: TestDesk) throws -> String {
        let invitation = try #require(try desk.adapter(.supportMail).prepared.last)
        #expect(invitation.purpose == .survey)
        let link = try #require(
            invitation.text.split(whereSeparator: \.isWhitespace).first { $0.contains("/s/") })
        return String(link.split(separator: "/").last ?? "")
    }

    @Test("is asked an hour after closing; a low score opens a recovery, a corrected one closes it")
    func wholeWay() async throws {
        let (desk, number) = try await answered()
        try await desk.perform(.close(.solved), on: number)
        #expect(
            try desk.types(of: number).suffix(2) == ["ticket_status_changed", "survey_scheduled"])
        desk.clock.advance(by: .hours(1) + TimeSpan(milliseconds: -1))
        try await desk.runTimers()
        #expect(try desk.lines("SELECT state FROM invitations") == ["scheduled"])
        desk.clock.advance(by: TimeSpan(milliseconds: 1))
        try await desk.runTimers()
        try await desk.runOutbox()
        #expect(try desk.lines("SELECT state, agent FROM invitations") == ["sent nima"])
        let token = try token(desk)
        #expect(token.utf8.count >= 22)
        let before = desk.position
        #expect(try await desk.surveys.page(token: token).score == nil)
        #expect(desk.position == before, "looking changes nothing")
        #expect(try await desk.surveys.answer(token: token, score: 1, comment: "rude").isLow)
        #expect(
            try desk.types(after: before) == [
                "survey_answered", "recovery_opened", "agent_noticed",
            ])
        let lowAt = desk.now
        #expect(
            try desk.lines("SELECT ticket, score, owner, state, due FROM recoveries") == [
                "\(number.rawValue) 1 lead open \((lowAt + .hours(24)).milliseconds)"
            ])
        let answered = desk.position
        _ = try await desk.surveys.answer(token: token, score: 1, comment: nil)
        _ = try await desk.surveys.answer(token: token, score: 1, comment: "rude")
        #expect(desk.position == answered, "the same answer again is no news")
        desk.clock.advance(by: .hours(2))
        #expect(try await desk.surveys.answer(token: token, score: 5, comment: nil).score == 5)
        #expect(try desk.types(after: answered) == ["survey_answered", "recovery_done"])
        #expect(try desk.lines("SELECT state, ending FROM recoveries") == ["done corrected"])
        #expect(try desk.row(number).score == 5)
        try desk.verify()
    }

    @Test("takes no answer without its token, off the scale, or when its time is over")
    func refusals() async throws {
        let (desk, number) = try await answered()
        try await desk.perform(.close(.solved), on: number)
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        let token = try token(desk)
        let before = desk.position
        for wrong in ["", "x", String(token.dropLast()) + "_", token + "x", token.lowercased()]
        where wrong != token {
            await #expect(throws: DeskFailure.self) { try await desk.surveys.page(token: wrong) }
            await #expect(throws: DeskFailure.self) {
                try await desk.surveys.answer(token: wrong, score: 5, comment: nil)
            }
        }
        for score in [0, 6, -1, Int.max] {
            await #expect(throws: DeskFailure.self) {
                try await desk.surveys.answer(token: token, score: score, comment: "x")
            }
        }
        desk.clock.advance(by: .days(14))
        await #expect(throws: DeskFailure.self) { try await desk.surveys.page(token: token) }
        await #expect(throws: DeskFailure.self) {
            try await desk.surveys.answer(token: token, score: 1, comment: nil)
        }
        #expect(desk.position == before)
        #expect(try desk.count("SELECT COUNT(*) FROM contents WHERE kind = 'comment'") == 0)
        try desk.verify()
    }

    @Test("is sent at most once however often a ticket is closed and reopened")
    func closedOften() async throws {
        let (desk, number) = try await answered()
        for _ in 0..<100 {
            try await desk.perform(.close(.solved), on: number)
            desk.clock.advance(by: .minutes(30))
            try await desk.runTimers()
            try await desk.perform(.reopen, on: number)
            desk.clock.advance(by: .minutes(1))
        }
        try await desk.perform(.close(.solved), on: number)
        desk.clock.advance(by: .hours(2))
        try await desk.runTimers()
        for _ in 0..<20 {
            try await desk.perform(.reopen, on: number)
            try await desk.perform(.close(.solved), on: number)
            desk.clock.advance(by: .hours(2))
            try await desk.runTimers()
        }
        #expect(try desk.count("SELECT COUNT(*) FROM invitations WHERE state = 'sent'") == 1)
        #expect(try desk.adapter(.supportMail).prepared.filter { $0.purpose == .survey }.count == 1)
        try desk.verify()
    }

    @Test("is asked once of a customer whose two tickets close within the hour")
    func cooldown() async throws {
        let (desk, first) = try await answered()
        let second = try await desk.ticket(.mail(from: "sara@example.ir", id: "m2@e")).ticket
        try await desk.reply(to: second)
        try await desk.perform(.close(.solved), on: first)
        try await desk.perform(.close(.solved), on: second)
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        #expect(
            try desk.lines("SELECT state, COALESCE(skip_reason, '-') FROM invitations ORDER BY id")
                == ["sent -", "skipped cooldown"])
        try desk.verify()
    }

    @Test(
        "is skipped with its reason",
        arguments: [
            (ClosingReason.solved, "not_answered"), (.duplicate, "closing_reason"),
            (.spam, "closing_reason"),
            (.noAnswer, "closing_reason"),
        ])
    func skipped(reason: ClosingReason, why: String) async throws {
        let desk = try await TestDesk()
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        if reason != .solved { try await desk.reply(to: number) }
        try await desk.perform(.close(reason), on: number)
        guard case .survey(.skipped(let skipped))? = try desk.events().last?.event else {
            Issue.record("not skipped")
            return
        }
        #expect(skipped.reason.rawValue == why)
        try desk.verify()
    }

    @Test("asks nobody on an address that nobody vouches for, unless they wrote from it themselves")
    func phoneOnly() async throws {
        let desk = try await TestDesk()
        let number = try await desk.ticket(
            .call(from: "+989121234567", id: "1", outcome: .answered, seconds: 60, inner: "101"),
            to: .phones
        ).ticket
        try await desk.perform(.close(.solved), on: number)
        #expect(try desk.types(of: number).last == "survey_skipped")
    }

    @Test("recovery is one at a time for a customer, taken and finished by its owner")
    func recovery() async throws {
        var plan = DeskPlan.standard
        plan.survey.cooldown = .zero
        let (desk, first) = try await answered(plan)
        let second = try await desk.ticket(.mail(from: "sara@example.ir", id: "m2@e")).ticket
        try await desk.reply(to: second)
        var tokens: [String] = []
        for number in [first, second] {
            try await desk.perform(.close(.solved), on: number)
            desk.clock.advance(by: .hours(1))
            try await desk.runTimers()
            tokens.append(try token(desk))
        }
        for token in tokens {
            _ = try await desk.surveys.answer(token: token, score: 2, comment: nil)
        }
        #expect(try desk.count("SELECT COUNT(*) FROM recoveries") == 1)
        _ = try await desk.surveys.answer(token: try #require(tokens.last), score: 5, comment: nil)
        #expect(
            try desk.lines("SELECT state FROM recoveries") == ["open"],
            "the other ticket's score stays bad")
        let id = RecoveryID(rawValue: 1)
        await #expect(throws: DeskFailure.self) {
            try await desk.surveys.finishRecovery(id, outcome: "x", by: TestDesk.caller(.nima))
        }
        try await desk.surveys.takeRecovery(id, by: TestDesk.caller(.nima))
        try await desk.surveys.finishRecovery(
            id, outcome: "Rang her; she is content.", by: TestDesk.caller(.nima))
        #expect(
            try desk.lines("SELECT state, owner, ending FROM recoveries") == ["done nima worked"])
        await #expect(throws: DeskFailure.self) {
            try await desk.surveys.finishRecovery(id, outcome: "x", by: TestDesk.caller(.nima))
        }
        try desk.verify()
    }
}
