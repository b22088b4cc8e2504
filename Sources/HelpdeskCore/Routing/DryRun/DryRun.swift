/// What the router would have done with past arrivals under a plan: who would have got what and when, and what would
/// have been in whose hands.
///
/// The past is taken as it was: the same arrivals, presences and times in hand, whoever has the ticket. What a
/// change would have done to people (quicker with what they know, slower when they are tired) is not guessed.
public struct DryRun: Hashable, Sendable {
    public struct Placement: Hashable, Sendable {
        public var ticket: TicketNumber
        public var customer: CustomerID
        public var arrivedAt: Instant
        /// Who had served the customer last when it came in, in this replay or before it.
        public var servedLast: AgentID?
        /// When somebody got it; nil: nobody did before the replay ended.
        public var assignedAt: Instant?
        /// Who got it first.
        public var agent: AgentID?
        /// The last that the router decided about it; nil where a person gave it to somebody.
        public var decision: RoutingDecision?

        public init(
            ticket: TicketNumber, customer: CustomerID, arrivedAt: Instant, servedLast: AgentID?,
            assignedAt: Instant?, agent: AgentID?, decision: RoutingDecision?
        ) {
            self.ticket = ticket
            self.customer = customer
            self.arrivedAt = arrivedAt
            self.servedLast = servedLast
            self.assignedAt = assignedAt
            self.agent = agent
            self.decision = decision
        }
    }

    /// What arrived outside of the years 1970 to 9999 is no real moment and is left out.
    public static let years = Instant(milliseconds: 0)..<Instant(milliseconds: 253_402_300_800_000)

    /// Longer than this no ticket is taken to have been in hand.
    public static let longestInHand = TimeSpan.days(60)

    /// In the order of arrival, then of ticket numbers.
    public let placements: [Placement]
    /// By agent, then by hour; hours in which an agent had nothing in hand and got nothing are left out.
    public let hours: [AgentHour]
    /// The capacities that were tried.
    public let capacities: [AgentID: Int]
}

/// One agent in one hour of a replay.
public struct AgentHour: Hashable, Sendable {
    public var agent: AgentID
    /// A full hour since 1970, UTC.
    public var start: Instant
    /// Tickets given in it.
    public var given: Int
    /// Units in hand over the hour, on average, in thousandths.
    public var meanUnits: Int
    /// Most units at once.
    public var peakUnits: Int

    public init(agent: AgentID, start: Instant, given: Int, meanUnits: Int, peakUnits: Int) {
        self.agent = agent
        self.start = start
        self.given = given
        self.meanUnits = meanUnits
        self.peakUnits = peakUnits
    }
}

/// Replays past arrivals under a plan. Pure; each arrival costs a few decisions and each hour in hand one step.
///
/// - Parameters:
///   - arrivals: in any order; of two with one ticket number the last counts.
///   - presences: what agents set by hand meanwhile, in any order.
///   - end: what would be given or become free later is not looked at; nil: until everything that can be given is.
public func dryRun(
    _ arrivals: [PastArrival], presences: [PastPresence] = [], under plan: DryRunPlan,
    until end: Instant? = nil
) -> DryRun {
    var replay = Replay(arrivals, presences, plan, until: end)
    replay.run()
    return replay.result
}
