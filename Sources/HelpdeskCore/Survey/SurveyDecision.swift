/// Why a customer was not asked; shown by `explain`.
public enum SurveySkipReason: String, Hashable, Sendable, Codable, CaseIterable {
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
    /// No policy is for this customer.
    case noPolicy = "no_policy"
    /// The ticket was merged into another one.
    case merged
    /// The ticket is open again: no time for a reminder.
    case reopened
    /// It was due before a backup was put back: they may have been asked in the time that is gone.
    case restored
}

/// What is known when somebody may be asked, and again when the delay is over.
public struct SurveyFacts: Hashable, Sendable {
    public enum Reach: Hashable, Sendable { case reachable, unreachable }
    public enum Maker: Hashable, Sendable { case person, machine }
    public enum Consent: Hashable, Sendable { case given, withdrawn }
    public enum Standing: Hashable, Sendable { case welcome, blocked }
    /// Whether an earlier survey can be in the way: a second ask after a repair is owed, not one too many.
    public enum Cooling: Hashable, Sendable { case counts, waived }

    /// Of the ticket that is asked about.
    public struct TicketFacts: Hashable, Sendable {
        public enum Place: Hashable, Sendable { case own, merged }

        public var ticketClass: TicketClass
        public var origin: Origin
        public var closingReason: ClosingReason?
        public var answer: Ticket.Answer
        public var maker: Maker
        public var place: Place

        public init(
            ticketClass: TicketClass, origin: Origin, closingReason: ClosingReason?,
            answer: Ticket.Answer, maker: Maker, place: Place = .own
        ) {
            self.ticketClass = ticketClass
            self.origin = origin
            self.closingReason = closingReason
            self.answer = answer
            self.maker = maker
            self.place = place
        }
    }

    /// Nil when the question is about no ticket.
    public var ticket: TicketFacts?
    public var reach: Reach
    public var consent: Consent
    public var standing: Standing
    /// When this customer was last asked, by any survey.
    public var lastAsked: Instant?
    public var cooling: Cooling
    /// From 0 to 999, the same for the same ticket (`SurveySample`).
    public var sample: Int
    /// Of the customer.
    public var zone: ZoneRules

    public init(
        ticket: TicketFacts?, reach: Reach, consent: Consent = .given,
        standing: Standing = .welcome, lastAsked: Instant?, cooling: Cooling = .counts,
        sample: Int, zone: ZoneRules = .utc
    ) {
        self.ticket = ticket
        self.reach = reach
        self.consent = consent
        self.standing = standing
        self.lastAsked = lastAsked
        self.cooling = cooling
        self.sample = sample
        self.zone = zone
    }
}

public enum SurveyDecision: Hashable, Sendable {
    case ask(at: Instant)
    case skip(SurveySkipReason)
}

extension SurveyPolicy {
    /// Whether to ask, and when: after the delay, and not within quiet hours.
    /// - Parameter moment: of closing, of the request, or when the relationship came of age.
    public func decide(_ facts: SurveyFacts, closedAt moment: Instant) -> SurveyDecision {
        if let reason = skipReason(facts, at: moment) { return .skip(reason) }
        return .ask(at: firstLoudMoment(from: moment + delay, in: facts.zone))
    }

    /// The delay is over: what held then may not hold now. `.ask` at `now` means: now.
    public func decideAgain(_ facts: SurveyFacts, at now: Instant) -> SurveyDecision {
        if let reason = skipReason(facts, at: now) { return .skip(reason) }
        return .ask(at: firstLoudMoment(from: now, in: facts.zone))
    }

    /// The earliest moment from `instant` on at which a customer in this zone may be written to.
    public func firstLoudMoment(from instant: Instant, in zone: ZoneRules) -> Instant {
        quiet?.end(at: instant, in: zone) ?? instant
    }

    private func skipReason(_ facts: SurveyFacts, at now: Instant) -> SurveySkipReason? {
        if surveys == .off { return .disabled }
        if let ticket = facts.ticket, let reason = Self.skipReason(ticket) { return reason }
        if facts.consent == .withdrawn { return .optedOut }
        if facts.standing == .blocked { return .blocked }
        if facts.reach == .unreachable { return .noReachableChannel }
        if facts.cooling == .counts, let lastAsked = facts.lastAsked,
            now.since(lastAsked) < cooldown
        {
            return .cooldown
        }
        if facts.sample >= samplePerThousand { return .notSampled }
        return nil
    }

    private static func skipReason(_ ticket: SurveyFacts.TicketFacts) -> SurveySkipReason? {
        if ticket.place == .merged { return .merged }
        if ticket.origin == .history { return .history }
        if ticket.ticketClass != .regular { return .notRegular }
        if ticket.maker == .machine { return .automatic }
        switch ticket.closingReason {
        case .spam, .duplicate, .noAnswer: return .closingReason
        case .solved, .wrappedUp, nil: break
        }
        return ticket.answer == .unanswered ? .notAnswered : nil
    }
}

/// Draws a sample without a generator: the same ticket is always in it or not, and neighbours say nothing of each other.
public enum SurveySample {
    /// 0 to 999. The finaliser of SplitMix64 (Steele, Lea, Flood 2014) spreads numbers given out in a row.
    public static func place(of number: Int64) -> Int {
        var mixed = UInt64(bitPattern: number) &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % 1000)
    }
}
