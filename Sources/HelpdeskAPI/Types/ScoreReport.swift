public import HelpdeskCore

extension API {
    /// How content customers were: answers to surveys of one kind within a period. Shares run from 0 to 1 and are nil where
    /// nobody answered.
    public struct ScoreReport: Hashable, Sendable, Codable {
        /// The kind of survey: `csat`, `nps`, `ces` or `own`.
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
        /// Of the invitations sent, the share that was answered.
        public var responseRate: Double?
        /// Share of 4 and 5; of NPS 9 and 10; of CES 5 to 7.
        public var satisfied: Double?
        /// Share of what is neither.
        public var neutral: Double?
        /// Share of 1 and 2; of NPS 0 to 6; of CES 1 to 3.
        public var dissatisfied: Double?
        public var mean: Double?
        /// Of `satisfied`: 95 %, Wilson.
        public var interval: Interval?
        /// NPS only: promoters less detractors, from -1 to 1.
        public var nps: Double?
        /// Of `nps`: 95 %.
        public var npsInterval: Interval?
        /// Fewer than 30 answers: they say little.
        public var smallSample: Bool
        /// One for each score, the lowest first.
        public var scores: [Count]
        /// The same for the period before, as long; nil where the period has no beginning or no end.
        public var previous: Previous?
        public var agents: [Part]
        public var teams: [Part]
        public var channels: [Part]
        /// By tag of the ticket.
        public var topics: [Part]

        /// Between which values the true one probably lies.
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

        public struct Previous: Hashable, Sendable, Codable {
            public var n: Int
            public var responseRate: Double?
            public var satisfied: Double?
            public var mean: Double?
            public var nps: Double?

            public init(
                n: Int, responseRate: Double?, satisfied: Double?, mean: Double?, nps: Double?
            ) {
                self.n = n
                self.responseRate = responseRate
                self.satisfied = satisfied
                self.mean = mean
                self.nps = nps
            }

            enum CodingKeys: String, CodingKey {
                case n, satisfied, mean, nps
                case responseRate = "response_rate"
            }
        }

        /// The answers about one agent, team, channel or topic.
        public struct Part: Hashable, Sendable, Codable {
            public var key: String
            public var n: Int
            public var sent: Int
            public var responseRate: Double?
            public var satisfied: Double?
            public var mean: Double?
            public var interval: Interval?
            public var nps: Double?
            public var npsInterval: Interval?
            public var smallSample: Bool

            public init(
                key: String, n: Int, sent: Int, responseRate: Double?, satisfied: Double?,
                mean: Double?, interval: Interval?, nps: Double?, npsInterval: Interval?,
                smallSample: Bool
            ) {
                self.key = key
                self.n = n
                self.sent = sent
                self.responseRate = responseRate
                self.satisfied = satisfied
                self.mean = mean
                self.interval = interval
                self.nps = nps
                self.npsInterval = npsInterval
                self.smallSample = smallSample
            }

            enum CodingKeys: String, CodingKey {
                case key, n, sent, satisfied, mean, interval, nps
                case responseRate = "response_rate"
                case npsInterval = "nps_interval"
                case smallSample = "small_sample"
            }
        }

        public init(
            report: String, from: Timestamp? = nil, to: Timestamp? = nil, team: TeamID? = nil,
            agent: AgentID? = nil, n: Int, sent: Int, responseRate: Double? = nil,
            satisfied: Double? = nil, neutral: Double? = nil, dissatisfied: Double? = nil,
            mean: Double? = nil, interval: Interval? = nil, nps: Double? = nil,
            npsInterval: Interval? = nil, smallSample: Bool, scores: [Count] = [],
            previous: Previous? = nil, agents: [Part] = [], teams: [Part] = [],
            channels: [Part] = [], topics: [Part] = []
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
            self.nps = nps
            self.npsInterval = npsInterval
            self.smallSample = smallSample
            self.scores = scores
            self.previous = previous
            self.agents = agents
            self.teams = teams
            self.channels = channels
            self.topics = topics
        }

        enum CodingKeys: String, CodingKey {
            case report, from, to, team, agent, n, sent
            case responseRate = "response_rate"
            case satisfied, neutral, dissatisfied, mean, interval, nps
            case npsInterval = "nps_interval"
            case smallSample = "small_sample"
            case scores, previous, agents, teams, channels, topics
        }
    }
}
