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
    public var satisfied: Double? { share(of: Array(kind.good)) }

    /// Share of what is neither good nor bad.
    public var neutral: Double? {
        share(of: kind.scores.filter { !kind.good.contains($0) && !kind.bad.contains($0) })
    }

    /// Share of 1 and 2 (CSAT), 0 to 6 (NPS detractors), 1 to 3 (CES).
    public var dissatisfied: Double? { share(of: Array(kind.bad)) }

    /// Of `satisfied`.
    public var interval: Interval? {
        guard total > 0 else { return nil }
        return Self.wilson(count(of: Array(kind.good)), of: total)
    }

    /// NPS: the share of promoters less the share of detractors, from -1 to 1; nil for other kinds.
    public var netPromoters: Double? {
        guard kind == .nps, let promoters = satisfied, let detractors = dissatisfied else {
            return nil
        }
        return promoters - detractors
    }

    /// Of `netPromoters`.
    public var netInterval: Interval? {
        guard kind == .nps, total > 0 else { return nil }
        return Self.net(
            promoters: count(of: Array(kind.good)), detractors: count(of: Array(kind.bad)),
            of: total)
    }

    /// Fewer answers than this say little, and are shown as saying little.
    public static let smallSample = 30

    public enum Size: String, Hashable, Sendable { case small, sufficient }

    public var size: Size { total < Self.smallSample ? .small : .sufficient }

    public var mean: Double? {
        guard total > 0 else { return nil }
        let sum = counts.reduce(0.0) { $0 + Double($1.score) * Double($1.count) }
        return sum / Double(total)
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

    /// The interval of an NPS at 95 %: the adjusted Wald interval with three imagined answers more, of which a quarter
    /// promote, half are passive and a quarter detract (Rocks 2016, The American Statistician 70:4, "(3, T)"). The usual
    /// one has no width at all where everybody agrees. Nil when nothing was counted, or more than `total`.
    public static func net(promoters: Int, detractors: Int, of total: Int) -> Interval? {
        guard total > 0, promoters >= 0, detractors >= 0, promoters <= total - detractors else {
            return nil
        }
        let z = 1.959963984540054
        let n = Double(total) + 3
        let up = (Double(promoters) + 0.75) / n
        let down = (Double(detractors) + 0.75) / n
        let net = up - down
        let half = z * ((up + down - net * net) / n).squareRoot()
        return Interval(low: max(-1, net - half), high: min(1, net + half))
    }
}
