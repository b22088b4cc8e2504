/// Which ticket a message went to and why, step by step (invariant 7): stored in `message_received`, printed by
/// `hamdel ticket explain N`.
public struct ThreadingDecision: Hashable, Sendable, Codable {
    /// The kinds of evidence in the order they are looked at (DESIGN §4).
    public enum Rule: String, Hashable, Sendable, Codable {
        case token
        /// A Message-ID this participant used before.
        case reference
        /// The provider's conversation id.
        case conversation
        case subjectTag = "subject_tag"
        case continuity
        /// The same mail came to another inbox within 24 hours.
        case sameMail = "same_mail"
        /// A report on a delivery of ours: it belongs where the delivery does.
        case delivery
        /// Our token for an agent's answer to a notification.
        case notice
        /// The whole message is a score, in the conversation of a survey.
        case survey
        /// An agent or the API named the ticket.
        case stated
        case none
    }

    public enum Outcome: String, Hashable, Sendable, Codable {
        case joined
        /// Joined a closed ticket within the reopen window.
        case reopened
        /// Joined a closed ticket without reopening it: thanks alone, or a machine.
        case joinedClosed = "joined_closed"
        /// A new ticket that follows the named one, whose reopen window has passed.
        case followUp = "follow_up"
        /// A new ticket linked to the named one, with a banner there: the writer may not join by himself.
        case linked
        /// A new ticket with a hint at the named one.
        case hinted
        case opened
    }

    /// What an agent should know about a message that joined.
    public enum Mark: String, Hashable, Sendable, Codable {
        /// Nobody vouches for the sender.
        case uncheckedSender = "unchecked_sender"
        /// A call was attached by the caller's number alone.
        case callByNumber = "call_by_number"
    }

    public struct Step: Hashable, Sendable, Codable {
        public enum Verdict: String, Hashable, Sendable, Codable {
            case absent
            case matched
            case damagedToken = "damaged_token"
            case notParticipant = "not_participant"
            case failedSender = "failed_sender"
            case notVerified = "not_verified"
            case outsideWindow = "outside_window"
            /// The inbox joins nothing without evidence: fresh mail has no window.
            case noWindow = "no_window"
            case notRegular = "not_regular"
            /// A perpetual conversation whose last ticket was closed too long ago.
            case conversationRested = "conversation_rested"
            /// A notification that was answered too late.
            case expired
            /// A machine answered a notification.
            case automatic
            /// Somebody else than the agent whom the notification was for, or an agent who may not see the ticket.
            case notTheAgent = "not_the_agent"
            /// A mail that told of several tickets was answered.
            case aboutSeveral = "about_several"
        }

        public var rule: Rule
        public var ticket: TicketNumber?
        public var verdict: Verdict

        public init(rule: Rule, ticket: TicketNumber?, verdict: Verdict) {
            self.rule = rule
            self.ticket = ticket
            self.verdict = verdict
        }
    }

    public var rule: Rule
    public var outcome: Outcome
    /// The ticket joined, or the one a new ticket is linked to.
    public var ticket: TicketNumber?
    /// The ticket it was sent to, where that had been merged into `ticket`: there it goes when the merge is undone.
    public var sentTo: TicketNumber?
    public var mark: Mark?
    public var steps: [Step]

    public init(
        rule: Rule, outcome: Outcome, ticket: TicketNumber?, sentTo: TicketNumber? = nil,
        mark: Mark? = nil, steps: [Step]
    ) {
        self.rule = rule
        self.outcome = outcome
        self.ticket = ticket
        self.sentTo = sentTo
        self.mark = mark
        self.steps = steps
    }

    enum CodingKeys: String, CodingKey {
        case rule, outcome, ticket, mark, steps
        case sentTo = "sent_to"
    }

    /// Whether the message becomes part of the named ticket.
    public var joins: Bool {
        switch outcome {
        case .joined, .reopened, .joinedClosed: true
        case .followUp, .linked, .hinted, .opened: false
        }
    }
}
