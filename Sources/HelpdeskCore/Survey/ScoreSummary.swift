/// What a number of survey answers come to: counts and shares, always with how many answered and between which
/// shares the true one probably lies. Pure arithmetic; shares run from 0 to 1 and are nil where nobody answered.
public struct ScoreSummary: Hashable, Sendable {
    /// Between which shares the true one lies, with 95 % confidence.
    public struct Interval: Hashable, Sendable {
        public let low: Double
        public let high: Double

        public init(low: Double, high: Double) {
            self.low = low
            self.high = high
        }
    }

    public struct Count: Hashable, Sendable {
        public let score: Int
        public let count: Int
        public let share: Double?
    }

    public let kind: SurveyKind
    /// Answers.
    public let total: Int
    /// One for each score of the scale, lowest first.
    public let counts: [Count]

    /// - Parameter counts: how often each score was given; scores off the scale and negative counts are left out.
    public init(kind: SurveyKind, counts: [Int: Int]) {
        self.kind = kind
        let total = kind.scores.reduce(0) { $0 + max(counts[$1] ?? 0, 0) }
        self.total = total
        self.counts = kind.scores.map { score in
            let count = max(counts[score] ?? 0, 0)
            return Count(score: score, count: count, share: Self.share(count, of: total))
        }
    }

    /// Share of 4 and 5 (CSAT), 9 and 10 (NPS promoters), 5 to 7 (CES).
    public var satisfied: Double? { share(of: good) }

    /// Share of what is neither good nor bad.
    public var neutral: Double? {
        share(of: kind.scores.filter { !good.contains($0) && !bad.contains($0) })
    }

    /// Share of 1 and 2 (CSAT), 0 to 6 (NPS detractors), 1 to 3 (CES).
    public var dissatisfied: Double? { share(of: bad) }

    /// Of `satisfied`.
    public var interval: Interval? {
        guard total > 0 else { return nil }
        return Self.wilson(count(of: good), of: total)
    }

    public var mean: Double? {
        guard total > 0 else { return nil }
        let sum = counts.reduce(0.0) { $0 + Double($1.score) * Double($1.count) }
        return sum / Double(total)
    }

    private var good: [Int] {
        switch kind {
        case .csat: [4, 5]
        case .nps: [9, 10]
        case .ces: [5, 6, 7]
        }
    }

    private var bad: [Int] {
        switch kind {
        case .csat: [1, 2]
        case .nps: Array(0...6)
        case .ces: [1, 2, 3]
        }
    }

    private func count(of scores: [Int]) -> Int {
        counts.reduce(0) { scores.contains($1.score) ? $0 + $1.count : $0 }
    }

    private func share(of scores: [Int]) -> Double? {
        Self.share(count(of: scores), of: total)
    }

    private static func share(_ count: Int, of total: Int) -> Double? {
        total > 0 ? Double(count) / Double(total) : nil
    }

    /// The score interval of Wilson (1927) for a share, at 95 %: unlike the usual one it stays within 0 and 1 and holds
    /// for few answers. Nil when nothing was counted or more than `total`.
    public static func wilson(_ successes: Int, of total: Int) -> Interval? {
        guard total > 0, successes >= 0, successes <= total else { return nil }
        let z = 1.959963984540054
        let n = Double(total)
        let share = Double(successes) / n
        let spread = 1 + z * z / n
        let centre = (share + z * z / (2 * n)) / spread
        let half = z / spread * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return Interval(
            low: successes == 0 ? 0 : max(0, centre - half),
            high: successes == total ? 1 : min(1, centre + half))
    }
}
