public import HelpdeskCore

/// A ticket as its projection keeps it: the core's state, and what lists and threading need beside it.
public struct TicketRow: Hashable, Sendable {
    public var ticket: Ticket
    public var subject: ContentID?
    public var language: String?
    public var isHidden: Bool
    /// In the team's queue: the router found nobody yet.
    public var isQueued: Bool
    /// When a queued ticket is looked at again at the latest.
    public var waitsUntil: Instant?
    /// When the ticket is taken back from an agent who has done nothing with it; nil: somebody has, or nobody need.
    public var actBy: Instant?
    /// What the rules want of whoever takes it.
    public var requirements: TicketRequirements
    public var updatedAt: Instant
    public var spokenAt: Instant
    public var customerSpokeAt: Instant?
    /// The customer's last message was not answered yet.
    public var isUnread: Bool
    public var score: Int?
    /// Kinds of channel that messages came and went by, first used first.
    public var channels: [ChannelKind]
    /// Which way the last message went; nil before the first.
    public var lastDirection: MessageDirection?
    /// Why it was put away; stays when it wakes, until somebody works on it.
    public var snoozeNote: ContentID?

    init(_ opened: TicketOpened, number: TicketNumber, at: Instant) {
        ticket = Ticket(opened, number: number, at: at)
        subject = opened.subject?.id
        language = opened.language
        isHidden = opened.isPrivate
        isQueued = false
        waitsUntil = nil
        actBy = nil
        requirements = .none
        updatedAt = at
        spokenAt = at
        customerSpokeAt = nil
        isUnread = false
        score = nil
        channels = []
        lastDirection = nil
        snoozeNote = nil
    }

    /// Folds one event; pure.
    func applying(_ event: TicketEvent, at: Instant) -> TicketRow {
        if event.isPersonal { return self }
        var next = self
        next.ticket = ticket.applying(event, at: at)
        next.updatedAt = at
        next.keepWatch(event)
        switch event {
        case .messageReceived(let message) where message.author == .system:
            // A server's report: nobody spoke.
            break
        case .messageReceived(let message):
            // An archive that is read today says nothing today.
            if message.origin != .history { next.spokenAt = at }
            let isOurs = message.author != .customer || message.call?.direction == .outbound
            next.spoke(isOurs ? .outbound : .inbound, by: message.channel)
            if message.author == .customer {
                next.customerSpokeAt = at
                next.isUnread = message.origin == .live
            }
        case .messageWritten(let message):
            next.spokenAt = at
            next.spoke(.outbound, by: message.channel)
            next.isUnread = false
            next.snoozeNote = nil
            next.endWrapUp()
        case .noteWritten:
            next.snoozeNote = nil
            next.endWrapUp()
        case .wrapUpBegun(let wrapUp):
            next.waitsUntil = wrapUp.until
        case .replyReturned:
            next.isUnread = true
        case .messageJoined:
            next.isUnread = true
            next.lastDirection = .inbound
        case .assigned:
            // A wrap-up goes on in other hands.
            if isQueued { next.waitsUntil = nil }
            next.isQueued = false
        case .queued(let queued):
            next.isQueued = true
            next.waitsUntil = queued.until
        case .transferred(let transferred):
            next.isHidden = transferred.isPrivate
            next.isQueued = false
            next.waitsUntil = nil
        case .statusChanged(let change):
            if change.to == .closed {
                next.isQueued = false
                next.waitsUntil = nil
                next.isUnread = false
            }
            if change.to == .closed || change.to == .pending { next.snoozeNote = nil }
        case .classified(let change):
            if change.to != .regular {
                next.isQueued = false
                next.waitsUntil = nil
            }
        case .messagesMoved(let moved):
            next.channels = moved.channels
            next.spokenAt = moved.spokenAt
            next.customerSpokeAt = moved.customerSpokeAt
            next.lastDirection = moved.lastDirection
            next.isUnread = moved.reading == .unread
        case .rulesApplied(let applied):
            next.requirements = applied.requirements
        case .merged, .mergeUndone, .split, .splitUndone:
            break
        case .snoozed(let snoozed):
            next.snoozeNote = snoozed.note?.id
        case .opened, .unassigned, .woken, .tagged, .prioritised,
            .participantAdded, .participantRemoved, .linked, .callbackRequested,
            .callbackAttempted, .callbackCompleted, .agentMentioned, .watchBegun, .watchEnded,
            .reminderSet, .reminderDue, .reminderRemoved, .messageRedacted:
            break
        }
        return next
    }

    /// Whatever is done with a ticket in the house ends the watch over its agent; what comes from outside does not.
    private mutating func keepWatch(_ event: TicketEvent) {
        switch event {
        case .assigned(let assigned): actBy = assigned.until
        case .messageReceived, .messageJoined, .queued, .linked, .woken, .replyReturned,
            .rulesApplied, .callbackRequested, .opened, .split, .splitUndone, .messagesMoved,
            .mergeUndone, .agentMentioned, .watchBegun, .watchEnded, .reminderSet, .reminderDue,
            .reminderRemoved, .messageRedacted:
            break
        case .messageWritten, .noteWritten, .unassigned, .transferred, .statusChanged, .snoozed,
            .tagged, .prioritised, .classified, .participantAdded, .participantRemoved,
            .callbackAttempted, .callbackCompleted, .wrapUpBegun, .merged:
            actBy = nil
        }
    }

    mutating func spoke(_ direction: MessageDirection, by channel: ChannelKind) {
        lastDirection = direction
        if !channels.contains(channel) { channels.append(channel) }
    }

    /// A summary was written: an unqueued ticket waits for nothing else.
    /// What waits and is in no queue waits for a summary.
    public var isInWrapUp: Bool { waitsUntil != nil && !isQueued }

    private mutating func endWrapUp() {
        if !isQueued { waitsUntil = nil }
    }
}
