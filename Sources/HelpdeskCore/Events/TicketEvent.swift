/// What can happen to a ticket. `EventCodec` gives each case its name in the stream (`ticket_opened`, …).
public enum TicketEvent: Hashable, Sendable {
    case opened(TicketOpened)
    case messageReceived(MessageReceived)
    case messageWritten(MessageWritten)
    case noteWritten(NoteWritten)
    /// A message was moved here from another ticket (one key, `join`).
    case messageJoined(MessageJoined)
    case assigned(TicketAssigned)
    case unassigned(TicketUnassigned)
    /// Nobody can take it now: it waits in the team's queue or for one agent.
    case queued(TicketQueued)
    case transferred(TicketTransferred)
    case statusChanged(StatusChanged)
    case snoozed(TicketSnoozed)
    case woken(TicketWoken)
    case tagged(TicketTagged)
    case prioritised(TicketPrioritised)
    case classified(TicketClassified)
    case participantAdded(ParticipantChanged)
    case participantRemoved(ParticipantChanged)
    case linked(TicketLinked)
    case callbackRequested(CallbackRequested)
    case callbackAttempted(CallbackAttempted)
    case callbackCompleted(CallbackCompleted)
    /// An answered call waits for its summary; without one it closes by itself.
    case wrapUpBegun(WrapUpBegun)
    case merged(TicketMerged)
    case mergeUndone(TicketMergeUndone)
    case split(TicketSplit)
    case splitUndone(TicketSplitUndone)
    /// By a merge, a split or their undoing: what this ticket holds changed.
    case messagesMoved(MessagesMoved)
    /// An agent's answer came back: the customer does not have it, and somebody has to see to that.
    case replyReturned(ReplyReturned)
    case rulesApplied(RulesApplied)
    case agentMentioned(AgentMentioned)
    case watchBegun(WatchChanged)
    case watchEnded(WatchChanged)
    case reminderSet(ReminderSet)
    /// Its time has come: the agent is told.
    case reminderDue(ReminderChanged)
    case reminderRemoved(ReminderChanged)
}

public struct TicketOpened: Hashable, Sendable, Codable {
    public var team: TeamID
    public var inbox: InboxID
    public var channel: ChannelKind
    public var customer: CustomerID
    public var origin: Origin
    public var ticketClass: TicketClass
    public var status: TicketStatus
    public var priority: TicketPriority
    public var language: String?
    /// Of kind `subject`; nil when there is none.
    public var subject: ContentRef?
    public var isPrivate: Bool

    public init(
        team: TeamID, inbox: InboxID, channel: ChannelKind, customer: CustomerID, origin: Origin,
        ticketClass: TicketClass, status: TicketStatus, priority: TicketPriority,
        language: String?, subject: ContentRef?, isPrivate: Bool
    ) {
        self.team = team
        self.inbox = inbox
        self.channel = channel
        self.customer = customer
        self.origin = origin
        self.ticketClass = ticketClass
        self.status = status
        self.priority = priority
        self.language = language
        self.subject = subject
        self.isPrivate = isPrivate
    }

    enum CodingKeys: String, CodingKey {
        case team, inbox, channel, customer, origin
        case ticketClass = "class"
        case status, priority, language, subject
        case isPrivate = "private"
    }
}

public struct TicketAssigned: Hashable, Sendable, Codable {
    public enum By: String, Sendable, Codable { case router, agent }

    public var agent: AgentID
    public var previous: AgentID?
    public var by: By
    /// The router's whole reasoning; nil when a person assigned.
    public var decision: RoutingDecision?
    /// When it is taken back if the agent has done nothing with it; nil: never.
    public var until: Instant?

    public init(
        agent: AgentID, previous: AgentID?, by: By, decision: RoutingDecision?,
        until: Instant? = nil
    ) {
        self.agent = agent
        self.previous = previous
        self.by = by
        self.decision = decision
        self.until = until
    }
}

public struct TicketUnassigned: Hashable, Sendable, Codable {
    public enum Reason: String, Sendable, Codable {
        case agent, transfer, spam
        case timeout = "assignment_timeout"
        /// It came back while its agent could not take it: it waits for them in the queue.
        case unavailable
    }

    public var previous: AgentID
    public var reason: Reason

    public init(previous: AgentID, reason: Reason) {
        self.previous = previous
        self.reason = reason
    }
}

public struct TicketQueued: Hashable, Sendable, Codable {
    public var team: TeamID
    /// When it is looked at again at the latest, where it waits for one agent.
    public var until: Instant?
    public var decision: RoutingDecision

    public init(team: TeamID, until: Instant?, decision: RoutingDecision) {
        self.team = team
        self.until = until
        self.decision = decision
    }
}

public struct TicketTransferred: Hashable, Sendable, Codable {
    public var from: TeamID
    public var to: TeamID
    public var isPrivate: Bool
    /// The brief for the next team, of kind `brief`.
    public var brief: ContentRef?

    public init(from: TeamID, to: TeamID, isPrivate: Bool, brief: ContentRef?) {
        self.from = from
        self.to = to
        self.isPrivate = isPrivate
        self.brief = brief
    }

    enum CodingKeys: String, CodingKey {
        case from, to, brief
        case isPrivate = "private"
    }
}

public struct StatusChanged: Hashable, Sendable, Codable {
    public enum Cause: String, Sendable, Codable {
        case agent
        /// An agent answered a new ticket.
        case firstReply = "first_reply"
        /// The customer wrote.
        case customerMessage = "customer_message"
        case customerRequest = "survey_request"
        case spam
        /// Wrap-up of a call ran out.
        case wrapUpEnded = "wrap_up_ended"
        case history
        /// Closed because it was merged into another ticket.
        case merge
        /// A merge or split was taken back.
        case undo
        /// An answer came back.
        case bounce
    }

    public var from: TicketStatus
    public var to: TicketStatus
    public var reason: ClosingReason?
    public var cause: Cause

    public init(from: TicketStatus, to: TicketStatus, reason: ClosingReason?, cause: Cause) {
        self.from = from
        self.to = to
        self.reason = reason
        self.cause = cause
    }
}

public struct TicketSnoozed: Hashable, Sendable, Codable {
    public var until: Instant
    /// Why, of kind `reminder`; shown when it wakes.
    public var note: ContentRef?

    public init(until: Instant, note: ContentRef? = nil) {
        self.until = until
        self.note = note
    }
}

public struct TicketWoken: Hashable, Sendable, Codable {
    public enum Cause: String, Sendable, Codable {
        case due, agent
        case customerMessage = "customer_message"
        /// An answer came back.
        case bounce
    }

    public var cause: Cause
    public init(cause: Cause) { self.cause = cause }
}

public struct TicketTagged: Hashable, Sendable, Codable {
    public var added: [String]
    public var removed: [String]

    public init(added: [String], removed: [String]) {
        self.added = added
        self.removed = removed
    }
}

public struct TicketPrioritised: Hashable, Sendable, Codable {
    public var from: TicketPriority
    public var to: TicketPriority

    public init(from: TicketPriority, to: TicketPriority) {
        self.from = from
        self.to = to
    }
}

public struct TicketClassified: Hashable, Sendable, Codable {
    public var from: TicketClass
    public var to: TicketClass

    public init(from: TicketClass, to: TicketClass) {
        self.from = from
        self.to = to
    }
}

public struct ParticipantChanged: Hashable, Sendable, Codable {
    public var identity: IdentityID
    public init(identity: IdentityID) { self.identity = identity }
}

public struct TicketLinked: Hashable, Sendable, Codable {
    public enum Relation: String, Sendable, Codable {
        /// The customer wrote again after the reopen window.
        case followUp = "follow_up"
        /// Somebody who may not join pointed here: a banner, and one key joins.
        case claimed
        /// Looks related (subject tag, continuity without proof).
        case hint
        /// This ticket's messages are in the other one.
        case mergedInto = "merged_into"
        /// The other ticket's messages are in this one.
        case merged
        /// Messages of this ticket were split off into the other one.
        case split
        case splitFrom = "split_from"
    }

    public var other: TicketNumber
    public var relation: Relation
    /// On the older ticket: which message of the other one asks to join.
    public var message: MessageID?

    public init(other: TicketNumber, relation: Relation, message: MessageID?) {
        self.other = other
        self.relation = relation
        self.message = message
    }
}

public struct CallbackRequested: Hashable, Sendable, Codable {
    public var message: MessageID
    public var due: Instant
    /// Missed calls within ten minutes are one, counted.
    public var calls: Int

    public init(message: MessageID, due: Instant, calls: Int) {
        self.message = message
        self.due = due
        self.calls = calls
    }
}

public struct CallbackAttempted: Hashable, Sendable, Codable {
    public var message: MessageID
    public init(message: MessageID) { self.message = message }
}

public struct CallbackCompleted: Hashable, Sendable, Codable {
    /// The answered outbound call; nil when an agent says it was done.
    public var message: MessageID?
    public init(message: MessageID?) { self.message = message }
}

public struct WrapUpBegun: Hashable, Sendable, Codable {
    public var message: MessageID
    public var until: Instant

    public init(message: MessageID, until: Instant) {
        self.message = message
        self.until = until
    }
}
