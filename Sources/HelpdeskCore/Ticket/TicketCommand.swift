/// What somebody wants of a ticket. Ids and content rows were made before; deciding only says what follows.
public enum TicketCommand: Hashable, Sendable {
    /// A message, already threaded here.
    case receive(MessageReceived)
    case reply(MessageWritten, then: AfterReply)
    case note(NoteWritten)
    case assign(AgentID, by: TicketAssigned.By, decision: RoutingDecision?)
    /// As the router does it, which takes it back at `until` from an agent who does nothing with it.
    case give(AgentID, decision: RoutingDecision, until: Instant?)
    case applyRules(RulesApplied)
    case unassign(TicketUnassigned.Reason)
    case queue(until: Instant?, decision: RoutingDecision)
    case transfer(to: TeamID, isPrivate: TeamPrivacy, brief: ContentRef?)
    case close(ClosingReason, cause: StatusChanged.Cause)
    case reopen(StatusChanged.Cause)
    case setPending
    /// Waits for us again, not for the customer.
    case resume(StatusChanged.Cause)
    case snooze(until: Instant, note: ContentRef? = nil)
    case wake(TicketWoken.Cause)
    case tag(add: [String], remove: [String])
    case prioritise(TicketPriority)
    case classify(TicketClass)
    case addParticipant(IdentityID)
    case removeParticipant(IdentityID)
    case link(TicketLinked)
    case join(MessageJoined)
    case requestCallback(message: MessageID, due: Instant)
    case attemptCallback(message: MessageID)
    case completeCallback(message: MessageID?)
    case beginWrapUp(WrapUpBegun)
    case returnReply(ReplyReturned)
    case merge(into: TicketNumber, participants: [IdentityID])
    /// - Parameter status: where the ticket stood before it was merged.
    case undoMerge(status: TicketStatus)
    case split(TicketSplit)
    case undoSplit(TicketSplitUndone)
    case moveMessages(MessagesMoved)
    case mention(AgentMentioned)
    case watch(AgentID)
    case unwatch(AgentID)
    case remind(ReminderSet)
    case reminderCame(AgentID)
    case dropReminder(AgentID)

    /// What an agent chose beside sending.
    public enum AfterReply: Hashable, Sendable {
        /// A new ticket becomes open, another stays as it is.
        case keep
        case pending
        case close(ClosingReason)
    }
}

public enum TeamPrivacy: Hashable, Sendable {
    case open, restricted
}

/// Why a command cannot be carried out; each text can be shown to the agent who gave it.
public enum TicketRejection: Error, Hashable, Sendable {
    case alreadyClosed(TicketNumber)
    case notClosed(TicketNumber)
    case nothingToChange(TicketNumber)
    case snoozeInThePast(TicketNumber)
    case notRegular(TicketNumber)
    case noCallbackDue(TicketNumber)
    case tooManyTags(TicketNumber)
    case merged(TicketNumber, into: TicketNumber)
    case intoItself(TicketNumber)
    case notMerged(TicketNumber)
    case reminderInThePast(TicketNumber)

    public var text: String {
        switch self {
        case .alreadyClosed(let number):
            "ticket \(number.rawValue) is closed already; reopen it first"
        case .notClosed(let number): "ticket \(number.rawValue) is not closed"
        case .nothingToChange(let number):
            "ticket \(number.rawValue) is as you ask already; nothing was changed"
        case .snoozeInThePast(let number):
            "ticket \(number.rawValue) cannot be snoozed until a moment that has passed"
        case .reminderInThePast(let number):
            "nobody can be reminded of ticket \(number.rawValue) at a moment that has passed"
        case .notRegular(let number):
            "ticket \(number.rawValue) is marked as spam or bulk; run not-spam first"
        case .noCallbackDue(let number): "ticket \(number.rawValue) has no call-back due"
        case .tooManyTags(let number):
            "ticket \(number.rawValue) would have more than \(Ticket.maximumTags) tags"
        case .merged(let number, let target):
            "ticket \(number.rawValue) was merged into \(target.rawValue): work there, or undo the merge"
        case .intoItself(let number):
            "ticket \(number.rawValue) cannot be merged into itself"
        case .notMerged(let number): "ticket \(number.rawValue) is merged into no other"
        }
    }
}

extension Ticket {
    public static let maximumTags = 50
}
