import HelpdeskCore
import Testing

@Suite struct ScoreSummaryTests {
    @Test func sharesAddUpAndCountEveryScoreOfTheScale() {
        let summary = ScoreSummary(kind: .csat, counts: [5: 6, 4: 2, 3: 1, 1: 1, 9: 100, 2: -3])
        #expect(summary.total == 10)
        #expect(summary.counts.map(\.score) == [1, 2, 3, 4, 5])
        #expect(summary.counts.map(\.count) == [1, 0, 1, 2, 6])
        #expect(summary.counts.map(\.share) == [0.1, 0, 0.1, 0.2, 0.6])
        #expect(summary.satisfied == 0.8)
        #expect(summary.neutral == 0.1)
        #expect(summary.dissatisfied == 0.1)
        #expect(summary.mean == 4.2)
    }

    @Test func nobodyAnswered() {
        let summary = ScoreSummary(kind: .csat, counts: [:])
        #expect(summary.total == 0)
        #expect(summary.satisfied == nil)
        #expect(summary.mean == nil)
        #expect(summary.interval == nil)
        #expect(summary.counts.map(\.share) == [nil, nil, nil, nil, nil])
    }

    /// Figures from Newcombe (1998), table I, method 3, and from the formula with other programs.
    @Test(arguments: [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718), (20, 20, 0.8389, 1.0), (8, 10, 0.4902, 0.9433),
    ])
    func theIntervalIsWilsons(_ successes: Int, _ total: Int, _ low: Double, _ high: Double) throws
    {
        let interval = try #require(ScoreSummary.wilson(successes, of: total))
        #expect(abs(interval.low - low) < 0.0001)
        #expect(abs(interval.high - high) < 0.0001)
    }

    @Test(arguments: [(0, 0), (-1, 5), (6, 5)])
    func noIntervalOfNothing(_ successes: Int, _ total: Int) {
        #expect(ScoreSummary.wilson(successes, of: total) == nil)
    }

    @Test func theIntervalHoldsTheShareAndStaysWithinZeroAndOne() throws {
        for total in [1, 2, 3, 7, 100, 1_000_000] {
            for successes in [0, 1, total / 2, total - 1, total] {
                let interval = try #require(ScoreSummary.wilson(successes, of: total))
                let share = Double(successes) / Double(total)
                #expect(0 <= interval.low && interval.low <= share)
                #expect(share <= interval.high && interval.high <= 1)
            }
        }
    }
}
