extension Ticket {
    /// Folds one event of this ticket. Never fails: what was decided has happened.
    public func applying(_ event: TicketEvent, at: Instant) -> Ticket {
        if event.isPersonal { return self }
        var next = self
        next.version &+= 1
        switch event {
        case .opened:
            break
        case .messageReceived, .noteWritten, .messageJoined, .queued, .linked, .participantAdded,
            .participantRemoved, .callbackAttempted, .wrapUpBegun, .replyReturned, .split,
            .splitUndone, .messagesMoved, .rulesApplied, .agentMentioned, .watchBegun, .watchEnded,
            .reminderSet, .reminderDue, .reminderRemoved:
            break
        case .messageWritten(let written):
            next.answer = answer.adding(by: written.agent, at: at)
        case .assigned(let assigned):
            next.assignee = assigned.agent
        case .unassigned:
            next.assignee = nil
        case .transferred(let transferred):
            next.team = transferred.to
        case .statusChanged(let change):
            next.apply(change, at: at)
        case .snoozed(let snoozed):
            next.snoozedUntil = snoozed.until
        case .woken:
            next.snoozedUntil = nil
        case .tagged(let change):
            next.tags = tags.filter { !change.removed.contains($0) } + change.added
        case .prioritised(let change):
            next.priority = change.to
        case .classified(let change):
            next.ticketClass = change.to
        case .callbackRequested(let request):
            next.callback = .due(request.due, calls: request.calls)
        case .callbackCompleted:
            next.callback = .done
        case .merged(let merged):
            next.mergedInto = merged.into
        case .mergeUndone:
            next.mergedInto = nil
        }
        return next
    }

    private mutating func apply(_ change: StatusChanged, at: Instant) {
        status = change.to
        if change.to == .closed {
            closedAt = at
            closingReason = change.reason
            snoozedUntil = nil
        } else {
            closedAt = nil
            closingReason = nil
        }
    }
}

extension Ticket.Answer {
    func adding(by agent: AgentID, at: Instant) -> Ticket.Answer {
        switch self {
        case .unanswered: .answered(first: at, last: at, by: agent)
        case .answered(let first, _, _): .answered(first: first, last: at, by: agent)
        }
    }
}
