internal import HelpdeskCore
internal import HelpdeskStore

extension ArchiveTelling {
    /// What was done with a ticket. A snooze that is over, a reminder, a mention and what the router or a rule thought are none.
    func change(
        _ event: TicketEvent, _ ticket: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchivedChange? {
        guard let what = Self.what(event) else { return nil }
        var change = ArchivedChange(
            what, id: try names.of(recorded.position), at: recorded.at,
            by: try names.of(recorded.actor), ticket: try names.of(ticket))
        switch event {
        case .snoozed(let snoozed):
            guard snoozed.until > now,
                try reader.ticket(ticket, viewer: .system)?.ticket.snoozedUntil == snoozed.until
            else { return nil }
            change.until = ArchiveTime(snoozed.until)
            change.words = try text(snoozed.note)
        case .participantAdded(let other), .participantRemoved(let other):
            change.identities = [try names.of(other.identity)]
        case .linked(let linked):
            change.other = try names.of(linked.other)
            change.relation = linked.relation
            change.message = try linked.message.map { id throws(StoreError) in try names.of(id) }
        case .callbackRequested(let request):
            change.message = try names.of(request.message)
            change.until = ArchiveTime(request.due)
            change.calls = request.calls
        case .callbackAttempted(let attempt): change.message = try names.of(attempt.message)
        case .callbackCompleted(let done):
            change.message = try done.message.map { id throws(StoreError) in try names.of(id) }
        case .messageJoined(let joined):
            change.message = try names.of(joined.message)
            change.other = try names.of(joined.from)
        case .replyReturned(let returned):
            change.message = try names.of(returned.message)
            change.delivery = try names.of(returned.delivery)
            change.reason = returned.code
        case .merged, .mergeUndone, .split, .splitUndone, .messagesMoved:
            try move(event, &change)
        default: try hands(event, &change)
        }
        return change
    }

    private static func what(_ event: TicketEvent) -> ArchivedChange.What? {
        switch event {
        case .assigned: .assigned
        case .unassigned: .unassigned
        case .transferred: .transferred
        case .statusChanged: .status
        case .snoozed: .snoozed
        case .tagged: .tagged
        case .prioritised: .prioritised
        case .classified: .classified
        case .participantAdded: .participantAdded
        case .participantRemoved: .participantRemoved
        case .linked: .linked
        case .callbackRequested: .callbackRequested
        case .callbackAttempted: .callbackAttempted
        case .callbackCompleted: .callbackCompleted
        case .messageJoined: .joined
        case .merged: .merged
        case .mergeUndone: .mergeUndone
        case .split: .split
        case .splitUndone: .splitUndone
        case .messagesMoved: .moved
        case .replyReturned: .returned
        case .watchBegun: .watched
        case .watchEnded: .unwatched
        case .opened, .messageReceived, .messageWritten, .noteWritten, .queued, .woken,
            .wrapUpBegun, .rulesApplied, .agentMentioned, .reminderSet, .reminderDue,
            .reminderRemoved, .messageRedacted:
            nil
        }
    }

    /// Whose it is and how it stands.
    private func hands(
        _ event: TicketEvent, _ change: inout ArchivedChange
    ) throws(StoreError) {
        switch event {
        case .assigned(let assigned):
            change.agent = assigned.agent
            change.previous = assigned.previous
            change.cause = assigned.by.rawValue
        case .unassigned(let unassigned):
            change.previous = unassigned.previous
            change.reason = unassigned.reason.rawValue
        case .transferred(let transferred):
            change.from = transferred.from.rawValue
            change.to = transferred.to.rawValue
            change.isPrivate = transferred.isPrivate
            change.words = try text(transferred.brief)
        case .statusChanged(let status):
            change.from = status.from.rawValue
            change.to = status.to.rawValue
            change.reason = status.reason?.rawValue
            change.cause = status.cause.rawValue
        case .tagged(let tagged):
            change.added = tagged.added
            change.removed = tagged.removed
        case .prioritised(let priority):
            change.from = priority.from.rawValue
            change.to = priority.to.rawValue
        case .classified(let classified):
            change.from = classified.from.rawValue
            change.to = classified.to.rawValue
        case .watchBegun(let watch), .watchEnded(let watch): change.agent = watch.agent
        default: break
        }
    }

    private func move(
        _ event: TicketEvent, _ change: inout ArchivedChange
    ) throws(StoreError) {
        switch event {
        case .merged(let merged):
            change.other = try names.of(merged.into)
            change.from = merged.status.rawValue
            var identities: [String] = []
            for identity in merged.participants { identities.append(try names.of(identity)) }
            change.identities = identities
        case .mergeUndone(let undone):
            change.other = try names.of(undone.from)
            change.to = undone.status.rawValue
        case .split(let split):
            change.other = try names.of(split.into)
            change.moves = try moves(split.moves)
        case .splitUndone(let undone):
            change.other = try names.of(undone.into)
            change.moves = try moves(undone.moves)
        case .messagesMoved(let moved):
            change.other = try names.of(moved.other)
            change.channels = moved.channels
            change.spoken = ArchiveTime(moved.spokenAt)
            change.customerSpoke = moved.customerSpokeAt.map(ArchiveTime.init)
            change.direction = moved.lastDirection
            change.unread = moved.reading == .unread
        default: break
        }
    }

    private func moves(_ moves: [MessageMove]) throws(StoreError) -> [ArchivedChange.Move] {
        var named: [ArchivedChange.Move] = []
        for move in moves {
            named.append(
                ArchivedChange.Move(
                    message: try names.of(move.message), home: try names.of(move.home)))
        }
        return named
    }
}
