import HelpdeskCore
import Testing

@Suite("silence of an inbox") struct SilenceTests {
    private static let now = Instant(milliseconds: 1_800_000_000_000)

    @Test func isComparedWithTheSameTimeOfTheSameWeekday() {
        let stretches = Silence.stretches(since: Self.now - .hours(5), now: Self.now)
        #expect(
            stretches.map(\.from) == [
                Self.now - .hours(5) - .days(7), Self.now - .hours(5) - .days(14),
            ])
        #expect(stretches.map(\.through) == [Self.now - .days(7), Self.now - .days(14)])
    }

    @Test(arguments: [TimeSpan.minutes(59), .days(7), .days(30)])
    func isNotJudgedWhereItMeansNothing(_ silence: TimeSpan) {
        #expect(Silence.stretches(since: Self.now - silence, now: Self.now).isEmpty)
        #expect(Silence.judge(since: Self.now - silence, now: Self.now, counts: []) == nil)
    }

    @Test(
        arguments: [
            ([3, 3], TimeSpan.minutes(100)), ([10, 10], .minutes(30)), ([300, 2], nil),
            ([0, 90], nil),
        ] as [([Int], TimeSpan?)])
    func isAnAlarmAfterThreeUsualGaps(_ counts: [Int], _ usual: TimeSpan?) {
        let last = Self.now - .hours(5)
        #expect(
            Silence.judge(since: last, now: Self.now, counts: counts)
                == usual.map { Silence(since: last, usual: $0) })
    }
}
