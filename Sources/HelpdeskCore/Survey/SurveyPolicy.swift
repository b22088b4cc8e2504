/// Whether and when a customer is asked how it went (DESIGN "Surveys"). Pure; every "no" has its reason.
public struct SurveyPolicy: Hashable, Sendable {
    public enum Switch: Hashable, Sendable { case on, off }

    public var surveys: Switch
    public var delay: TimeSpan
    /// No second survey to the same customer within this time.
    public var cooldown: TimeSpan
    /// This score and lower opens a recovery.
    public var lowScore: Int
    /// How long the page takes an answer.
    public var expires: TimeSpan
    /// Share of closed tickets that are asked, in thousandths; 1000: all.
    public var samplePerThousand: Int
    /// How long a recovery's owner has.
    public var recoveryDue: TimeSpan

    public init(
        surveys: Switch = .on, delay: TimeSpan = .hours(1), cooldown: TimeSpan = .days(7),
        lowScore: Int = 2, expires: TimeSpan = .days(14), samplePerThousand: Int = 1000,
        recoveryDue: TimeSpan = .hours(24)
    ) {
        self.surveys = surveys
        self.delay = delay
        self.cooldown = cooldown
        self.lowScore = lowScore
        self.expires = expires
        self.samplePerThousand = samplePerThousand
        self.recoveryDue = recoveryDue
    }
}

/// Why a customer was not asked; shown by `explain`.
public enum SurveySkipReason: String, Hashable, Sendable, Codable {
    case disabled
    case notAnswered = "not_answered"
    /// The customer of a ticket opened by a machine.
    case automatic
    case notRegular = "not_regular"
    case history
    /// Closed as spam, duplicate or without an answer.
    case closingReason = "closing_reason"
    case cooldown
    case notSampled = "not_sampled"
    case noReachableChannel = "no_reachable_channel"
    case optedOut = "opted_out"
    case alreadyAsked = "already_asked"
    /// An agent marked the ticket's customer as blocked.
    case blocked
    /// It was due before a backup was put back: they may have been asked in the time that is gone.
    case restored
}

/// What is known when a ticket closes, and again when the delay is over.
public struct SurveyFacts: Hashable, Sendable {
    public enum Reach: Hashable, Sendable { case reachable, unreachable }
    public enum Maker: Hashable, Sendable { case person, machine }

    public var ticketClass: TicketClass
    public var origin: Origin
    public var closingReason: ClosingReason?
    public var answer: Ticket.Answer
    public var maker: Maker
    public var reach: Reach
    /// When this customer was last asked, by any survey.
    public var lastAsked: Instant?
    /// From 0 to 999, derived from the ticket by the shell: sampling without a generator in the core.
    public var sample: Int

    public init(
        ticketClass: TicketClass, origin: Origin, closingReason: ClosingReason?,
        answer: Ticket.Answer, maker: Maker, reach: Reach, lastAsked: Instant?, sample: Int
    ) {
        self.ticketClass = ticketClass
        self.origin = origin
        self.closingReason = closingReason
        self.answer = answer
        self.maker = maker
        self.reach = reach
        self.lastAsked = lastAsked
        self.sample = sample
    }
}

public enum SurveyDecision: Hashable, Sendable {
    case ask(at: Instant)
    case skip(SurveySkipReason)
}

extension SurveyPolicy {
    public func decide(_ facts: SurveyFacts, closedAt: Instant) -> SurveyDecision {
        if let reason = skipReason(facts, at: closedAt) { return .skip(reason) }
        return .ask(at: closedAt + delay)
    }

    private func skipReason(_ facts: SurveyFacts, at now: Instant) -> SurveySkipReason? {
        if surveys == .off { return .disabled }
        if facts.origin == .history { return .history }
        if facts.ticketClass != .regular { return .notRegular }
        if facts.maker == .machine { return .automatic }
        switch facts.closingReason {
        case .spam, .duplicate, .noAnswer: return .closingReason
        case .solved, .wrappedUp, nil: break
        }
        if facts.answer == .unanswered { return .notAnswered }
        if facts.reach == .unreachable { return .noReachableChannel }
        if let lastAsked = facts.lastAsked, now.since(lastAsked) < cooldown { return .cooldown }
        if facts.sample >= samplePerThousand { return .notSampled }
        return nil
    }
}
