/// All that `Threading.decide` may look at: what the message carries, and what the store knows of the tickets it
/// points to. The shell collects them inside the transaction.
public struct ThreadingFacts: Hashable, Sendable {
    /// A ticket some evidence points to.
    public struct Candidate: Hashable, Sendable {
        public enum Standing: Hashable, Sendable {
            case active
            case closed(at: Instant)
        }

        public enum Sender: Hashable, Sendable {
            /// The ticket's customer, or somebody an agent added.
            case participant
            case stranger
        }

        public var ticket: TicketNumber
        public var standing: Standing
        public var sender: Sender
        /// When anybody last spoke in it.
        public var lastSpoken: Instant
        public var ticketClass: TicketClass
        /// The ticket that the evidence named, where that one was merged into this.
        public var named: TicketNumber?

        public init(
            ticket: TicketNumber, standing: Standing, sender: Sender, lastSpoken: Instant,
            ticketClass: TicketClass, named: TicketNumber? = nil
        ) {
            self.ticket = ticket
            self.standing = standing
            self.sender = sender
            self.lastSpoken = lastSpoken
            self.ticketClass = ticketClass
            self.named = named
        }
    }

    /// What a token of ours in the message turned out to be.
    public enum Token: Hashable, Sendable {
        case absent
        case genuine(Candidate)
        /// Something that looks like one of ours and is not, or names no ticket.
        case damaged
    }

    /// What the message says of its sender's mood and maker.
    public enum Reopening: Hashable, Sendable {
        case allowed
        /// "Thank you" alone, or a machine: never reopens.
        case withheld
    }

    public var senderAuth: SenderAuth
    public var kind: MessageKind
    public var ticketClass: TicketClass
    public var token: Token
    /// Tickets that hold a Message-ID this mail refers to, best first.
    public var references: [Candidate]
    public var conversation: Candidate?
    public var conversationKind: ConversationKind
    public var subjectTag: Candidate?
    /// The customer's active tickets, any channel.
    public var active: [Candidate]
    public var reopening: Reopening

    public init(
        senderAuth: SenderAuth, kind: MessageKind, ticketClass: TicketClass = .regular,
        token: Token = .absent, references: [Candidate] = [], conversation: Candidate? = nil,
        conversationKind: ConversationKind = .session, subjectTag: Candidate? = nil,
        active: [Candidate] = [], reopening: Reopening = .allowed
    ) {
        self.senderAuth = senderAuth
        self.kind = kind
        self.ticketClass = ticketClass
        self.token = token
        self.references = references
        self.conversation = conversation
        self.conversationKind = conversationKind
        self.subjectTag = subjectTag
        self.active = active
        self.reopening = reopening
    }
}

/// The windows of an inbox.
public struct ThreadingPolicy: Hashable, Sendable {
    /// How long after closing a message still reopens the ticket.
    public var reopenWindow: TimeSpan
    /// Step 4: how long after the last word an active ticket takes in a message without other evidence; zero: never.
    public var continuity: TimeSpan
    /// For perpetual conversations (DESIGN §4).
    public var perpetualReopen: TimeSpan
    public var participation: Participation

    /// Who may join by our token or by a reference.
    public enum Participation: Hashable, Sendable {
        /// Only participants: what every desk has.
        case required
        /// Anybody: how archives are put in order, and how peers without the rule are compared with.
        case ignored
    }

    public init(
        reopenWindow: TimeSpan = .days(14), continuity: TimeSpan = .zero,
        perpetualReopen: TimeSpan = .hours(24), participation: Participation = .required
    ) {
        self.reopenWindow = reopenWindow
        self.continuity = continuity
        self.perpetualReopen = perpetualReopen
        self.participation = participation
    }
}
