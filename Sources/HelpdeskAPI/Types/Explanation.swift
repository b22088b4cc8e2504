public import HelpdeskCore

extension API {
    /// Why a ticket is where it is: every automatic decision with its reasons, each with a
    /// sentence for people.
    public struct Explanation: Hashable, Sendable, Codable {
        public var ticket: TicketNumber
        /// The latest threading and routing in two sentences.
        public var summary: String
        /// One for each message that came in, oldest first.
        public var threading: [Threading]
        /// Oldest first.
        public var routing: [Routing]
        /// Asked, skipped, cancelled, answered.
        public var surveys: [Step]
        /// Sent or skipped.
        public var acknowledgements: [Step]
        /// The clocks of what is promised, each with its intervals.
        public var sla: [Clock]
        /// What the customer was told of times: given, revised, kept, broken.
        public var promises: [Step]
        /// Which agents were told of it, by which ways.
        public var notices: [Step]

        /// Why a message belongs to this ticket.
        public struct Threading: Hashable, Sendable, Codable {
            public var message: MessageID
            public var at: Timestamp
            /// `token`, `reference`, `conversation`, `subject_tag`, `continuity`, `same_mail`,
            /// `stated`, `none`.
            public var rule: String
            /// `joined`, `reopened`, `joined_closed`, `follow_up`, `linked`, `hinted`,
            /// `opened`.
            public var outcome: String
            /// The ticket joined or linked to.
            public var ticket: TicketNumber?
            public var mark: String?
            public var sentence: String
            public var steps: [Check]

            public init(
                message: MessageID, at: Timestamp, rule: String, outcome: String,
                ticket: TicketNumber? = nil, mark: String? = nil, sentence: String,
                steps: [Check] = []
            ) {
                self.message = message
                self.at = at
                self.rule = rule
                self.outcome = outcome
                self.ticket = ticket
                self.mark = mark
                self.sentence = sentence
                self.steps = steps
            }
        }

        /// One kind of evidence that was looked at.
        public struct Check: Hashable, Sendable, Codable {
            public var rule: String
            public var ticket: TicketNumber?
            public var verdict: String
            public var sentence: String

            public init(
                rule: String, ticket: TicketNumber? = nil, verdict: String, sentence: String
            ) {
                self.rule = rule
                self.ticket = ticket
                self.verdict = verdict
                self.sentence = sentence
            }
        }

        /// A routing decision.
        public struct Routing: Hashable, Sendable, Codable {
            public var position: Position
            public var at: Timestamp
            /// `assigned`, `queued`, `waiting`, `unassigned`, `transferred`; `ruled`: rules applied.
            public var outcome: String
            public var agent: AgentID?
            /// How long one agent is waited for.
            public var until: Timestamp?
            /// `router`, `agent`, `rules`.
            public var by: String
            public var sentence: String
            public var candidates: [Candidate]

            public init(
                position: Position, at: Timestamp, outcome: String, agent: AgentID? = nil,
                until: Timestamp? = nil, by: String, sentence: String,
                candidates: [Candidate] = []
            ) {
                self.position = position
                self.at = at
                self.outcome = outcome
                self.agent = agent
                self.until = until
                self.by = by
                self.sentence = sentence
                self.candidates = candidates
            }
        }

        /// An agent who was looked at.
        public struct Candidate: Hashable, Sendable, Codable {
            public var agent: AgentID
            /// `chosen`, `eligible`, or why passed over: `wrong_team`, `missing_skill`,
            /// `no_capacity`, ….
            public var verdict: String
            /// From 0 to 1.
            public var load: Double?
            /// Skill level.
            public var level: Int?
            public var sentence: String

            public init(
                agent: AgentID, verdict: String, load: Double? = nil, level: Int? = nil,
                sentence: String
            ) {
                self.agent = agent
                self.verdict = verdict
                self.load = load
                self.level = level
                self.sentence = sentence
            }
        }

        /// A decision about a survey or an acknowledgement.
        public struct Step: Hashable, Sendable, Codable {
            public var position: Position
            public var at: Timestamp
            /// `scheduled`, `sent`, `skipped`, `cancelled`, `answered`.
            public var decision: String
            public var reason: String?
            public var sentence: String

            public init(
                position: Position, at: Timestamp, decision: String, reason: String? = nil,
                sentence: String
            ) {
                self.position = position
                self.at = at
                self.decision = decision
                self.reason = reason
                self.sentence = sentence
            }
        }

        public init(
            ticket: TicketNumber, summary: String, threading: [Threading] = [],
            routing: [Routing] = [], surveys: [Step] = [], acknowledgements: [Step] = [],
            sla: [Clock] = [], promises: [Step] = [], notices: [Step] = []
        ) {
            self.ticket = ticket
            self.summary = summary
            self.threading = threading
            self.routing = routing
            self.surveys = surveys
            self.acknowledgements = acknowledgements
            self.sla = sla
            self.promises = promises
            self.notices = notices
        }
    }
}
