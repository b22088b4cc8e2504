public import HelpdeskCore

extension API {
    /// How content customers were: answers to CSAT surveys within a period. Shares run from 0
    /// to 1 and are nil where nobody answered.
    public struct CSATReport: Hashable, Sendable, Codable {
        /// `csat`.
        public var report: String
        /// The period asked for.
        public var from: Timestamp?
        public var to: Timestamp?
        public var team: TeamID?
        public var agent: AgentID?
        /// Answers.
        public var n: Int
        /// Invitations sent.
        public var sent: Int
        public var responseRate: Double?
        /// Share of 4 and 5.
        public var satisfied: Double?
        /// Share of 3.
        public var neutral: Double?
        /// Share of 1 and 2.
        public var dissatisfied: Double?
        public var mean: Double?
        /// Of `satisfied`: 95 %, Wilson.
        public var interval: Interval?
        /// One for each score, 1 first.
        public var scores: [Count]

        /// Between which shares the true one probably lies.
        public struct Interval: Hashable, Sendable, Codable {
            public var low: Double
            public var high: Double

            public init(low: Double, high: Double) {
                self.low = low
                self.high = high
            }
        }

        /// How often a score was given.
        public struct Count: Hashable, Sendable, Codable {
            public var score: Int
            public var n: Int
            public var share: Double?

            public init(score: Int, n: Int, share: Double? = nil) {
                self.score = score
                self.n = n
                self.share = share
            }
        }

        public init(
            report: String, from: Timestamp? = nil, to: Timestamp? = nil, team: TeamID? = nil,
            agent: AgentID? = nil, n: Int, sent: Int, responseRate: Double? = nil,
            satisfied: Double? = nil, neutral: Double? = nil, dissatisfied: Double? = nil,
            mean: Double? = nil, interval: Interval? = nil, scores: [Count] = []
        ) {
            self.report = report
            self.from = from
            self.to = to
            self.team = team
            self.agent = agent
            self.n = n
            self.sent = sent
            self.responseRate = responseRate
            self.satisfied = satisfied
            self.neutral = neutral
            self.dissatisfied = dissatisfied
            self.mean = mean
            self.interval = interval
            self.scores = scores
        }

        enum CodingKeys: String, CodingKey {
            case report, from, to, team, agent, n, sent
            case responseRate = "response_rate"
            case satisfied, neutral, dissatisfied, mean, interval, scores
        }
    }
}
