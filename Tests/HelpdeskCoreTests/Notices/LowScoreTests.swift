import Testing

@testable import HelpdeskCore

@Suite("A low score is told")
struct LowScoreTests {
    private static let nima = AgentID(rawValue: "nima")
    private static let lead = AgentID(rawValue: "lead")
    private static let boss = AgentID(rawValue: "boss")
    private static let ticket = NoticeText.Subject.ticket(TicketNumber(rawValue: 7))
    private static let customer = NoticeText.Subject.customer(CustomerID(rawValue: 15))

    private static func low(
        owner: AgentID?, rated: LowScore.Rated = .ticket, kind: SurveyKind = .csat,
        recovery: RecoveryID? = RecoveryID(rawValue: 3)
    ) -> LowScore {
        LowScore(
            invitation: InvitationID(rawValue: 5), kind: kind, score: 1, rated: rated,
            recovery: recovery, owner: owner, due: Instant(milliseconds: 0))
    }

    @Test(
        "to whoever makes it good and to each lead once",
        arguments: [
            (Optional(nima), [lead, boss], ["nima recovery", "lead low_score", "boss low_score"]),
            (Optional(lead), [boss, lead], ["lead recovery", "boss low_score"]),
            (nil, [lead, boss], ["lead low_score", "boss low_score"]),
            (Optional(nima), [], ["nima recovery"]), (nil, [], []),
        ])
    func listeners(owner: AgentID?, leads: [AgentID], told: [String]) {
        let found = Self.low(owner: owner).listeners(leads: leads, opened: .now)
        #expect(found.map { "\($0.agent.rawValue) \($0.occasion.kind.rawValue)" } == told)
    }

    @Test("as news alone where somebody is at it already")
    func openBefore() {
        let found = Self.low(owner: Self.nima).listeners(leads: [Self.lead], opened: .before)
        #expect(found.map(\.occasion.kind) == [.lowScore, .lowScore])
    }

    @Test("of no ticket as often as it happens")
    func neverRepeated() {
        let earlier = NoticeCircumstances.Earlier(
            ticket: nil, kind: .lowScore, at: Instant(milliseconds: 0), went: .out)
        let plan = NoticePlan.decide(
            .lowScore, of: nil, for: .untouched, by: NoticeDefaults(able: [.screen, .mail]),
            in: NoticeCircumstances(
                now: Instant(milliseconds: 1), duty: .off, zone: .utc, earlier: [earlier]))
        #expect(plan.now == [.screen, .mail])
    }

    private func text(
        _ occasion: NoticeOccasion, _ about: NoticeText.Subject, _ language: TextLanguage
    ) throws -> String {
        let due = LocalTime(try #require(CivilDate(year: 2026, month: 11, day: 22)), hour: 16)
        let body = NoticeText.body(
            .told(occasion, due: due), about: about, subject: nil, words: nil, in: language)
        return body.split(separator: "\n").first.map(String.init) ?? ""
    }

    @Test("in words that say what, for what, and who sees to it")
    func words() throws {
        #expect(
            try text(.recoveryOpened(Self.low(owner: Self.nima)), Self.ticket, .english)
                == "The customer gave 1 of 5 (csat) for ticket #7. It is yours to make good by 16:00, Sunday 22 November 2026."
        )
        #expect(
            try text(.lowScore(Self.low(owner: nil)), Self.ticket, .english)
                == "The customer gave 1 of 5 (csat) for ticket #7. Nobody has it yet; it is to be made good by 16:00, Sunday 22 November 2026: hamdel recovery list"
        )
        let campaign = Self.low(owner: Self.nima, rated: .relationship, kind: .nps)
        #expect(
            try text(.lowScore(campaign), Self.customer, .english)
                == "A customer (customer 15) gave us 1 of 10 (nps), of no ticket in particular. nima is to make it good by 16:00, Sunday 22 November 2026."
        )
        #expect(
            try text(.lowScore(campaign), Self.ticket, .persian)
                == "مشتریِ تیکت #۷ به ما امتیاز ۱ از ۱۰ داد (nps)، نه برای تیکتی به‌خصوص. دلجویی از او تا ساعت ۱۶:۰۰ یک‌شنبه ۱ آذر ۱۴۰۵ با nima است."
        )
        #expect(
            NoticeDigest([NoticeDigest.Line(about: Self.customer, kind: .lowScore)])
                .body(in: .persian).contains("مشتری ۱۵  امتیازی پایین"))
    }
}
