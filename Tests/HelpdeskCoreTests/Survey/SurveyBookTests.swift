import HelpdeskCore
import Testing

@Suite("The book of surveys")
struct SurveyBookTests {
    static let support = TeamID(rawValue: "support")
    static let easy = SurveyPolicy(
        name: "easy", kind: .ces, conditions: SurveyConditions(teams: [support], tags: ["billing"]),
        lowScore: 3)
    static let nps = SurveyPolicy(
        name: "nps", kind: .nps, trigger: .relationship(after: .days(90), every: nil), lowScore: 6)
    static let vip = SurveyPolicy(
        name: "vip", conditions: SurveyConditions(segments: ["vip"]), surveys: .off)
    static let book = SurveyBook(standard: SurveyPolicy(), special: [nps, easy, vip])

    static let closings: [(SurveySubject, String)] = [
        (SurveySubject(), "survey"), (SurveySubject(team: support), "survey"),
        (SurveySubject(team: support, tags: ["billing"]), "easy"),
        (SurveySubject(team: support, segments: ["vip"], tags: ["billing"]), "easy"),
        (SurveySubject(segments: ["vip", "gold"]), "vip"),
    ]

    @Test(
        "asks by the first policy that fits, else by the general one",
        arguments: closings)
    func closing(subject: SurveySubject, name: String) {
        #expect(Self.book.closing(for: subject).name == name)
    }

    @Test("knows what is asked by age, and whose rules a request is under")
    func requests() {
        #expect(Self.book.campaigns.map(\.name) == ["nps"])
        #expect(Self.book.requested(.nps, for: SurveySubject()).name == "nps")
        #expect(Self.book.requested(.csat, for: SurveySubject()).name == "survey")
        let ces = Self.book.requested(.ces, for: SurveySubject())
        #expect(ces.name == "survey" && ces.kind == .ces && ces.lowScore == 3)
        #expect(Self.book.policy(named: "gone", kind: .nps).name == "nps")
        #expect(Self.book.policy(named: "easy", kind: .ces).name == "easy")
    }

    @Test("draws its sample evenly and always the same")
    func sample() {
        let drawn = (1...10_000).filter { SurveySample.place(of: Int64($0)) < 250 }.count
        #expect((2_300...2_700).contains(drawn))
        #expect(SurveySample.place(of: 42) == SurveySample.place(of: 42))
        let firstHundred = (1...100).filter { SurveySample.place(of: Int64($0)) < 250 }.count
        #expect((10...40).contains(firstHundred), "numbers given out in a row say nothing")
    }
}

@Suite("Quiet hours of customers")
struct SurveyQuietHoursTests {
    /// 2026-11-22 00:00 UTC.
    static let midnight = Instant(milliseconds: 1_795_305_600_000)

    static let ends: [(String, Int64, Int64)] = [
        ("22:00-08:00", 1_260, 1_260), ("22:00-08:00", 1_320, 1_920),
        ("22:00-08:00", 0, 480), ("22:00-08:00", 8 * 60, 480),
        ("22:00-08:00", 479, 480), ("12:00-13:00", 720, 780),
        ("12:00-13:00", 780, 780),
    ]

    @Test(
        "end when they say, over midnight too",
        arguments: ends)
    func end(range: String, minute: Int64, loud: Int64) throws {
        let policy = SurveyPolicy(quiet: try QuietHours([range]))
        #expect(
            policy.firstLoudMoment(from: Self.midnight + .minutes(minute), in: .utc)
                == Self.midnight + .minutes(loud))
    }
}

@Suite("Summaries of reports")
struct ReportSummaryTests {
    @Test("waits: nearest rank, as somebody had them")
    func durations() {
        let summary = DurationSummary(milliseconds: [9, 1, 5, 3, 7, 2, 8, 4, 6, 10])
        #expect(summary.count == 10)
        #expect(summary.median == TimeSpan(milliseconds: 5))
        #expect(summary.ninetieth == TimeSpan(milliseconds: 9))
        #expect(summary.mean == TimeSpan(milliseconds: 5))
        #expect(DurationSummary(milliseconds: [4]).median == TimeSpan(milliseconds: 4))
        #expect(DurationSummary(milliseconds: []).median == nil)
        #expect(DurationSummary(milliseconds: [.max, .max]).sum == TimeSpan(milliseconds: .max))
    }

    @Test("a period has one before it, and parts of whole days")
    func periods() {
        let from = Instant(milliseconds: 1_795_305_600_000)
        let period = ReportPeriod(from: from, to: from + .days(365))
        #expect(period.previous == ReportPeriod(from: from - .days(365), to: from))
        let parts = period.parts(atMost: 60)
        #expect(parts.count <= 60 && parts.first?.from == from && parts.last?.to == period.to)
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.to == $1.from })
        #expect(ReportPeriod(from: from, to: from).parts(atMost: 60) == [])
        #expect(
            ReportPeriod(from: .distantPast, to: .distantFuture).parts(atMost: 60).count <= 60)
    }

    /// By the formula with another program (Docs/Reports.md).
    static let intervals: [(Int, Int, Int, Double, Double)] = [
        (60, 20, 100, 0.2338, 0.5429), (10, 0, 10, 0.4750, 1.0), (0, 5, 5, -1.0, -0.1749),
    ]

    @Test(arguments: intervals)
    func nps(_ up: Int, _ down: Int, _ total: Int, _ low: Double, _ high: Double) throws {
        let interval = try #require(
            ScoreSummary.net(promoters: up, detractors: down, of: total))
        #expect(abs(interval.low - low) < 0.0001)
        #expect(abs(interval.high - high) < 0.0001)
        let summary = ScoreSummary(kind: .nps, counts: [10: up, 8: total - up - down, 3: down])
        let net = try #require(summary.netPromoters)
        #expect(abs(net - Double(up - down) / Double(total)) < 1e-12)
    }
}
