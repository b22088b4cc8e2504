extension Ticket {
    /// What a command leads to, in order; an error when it makes no sense here. Decides only: nothing is changed.
    public func decide(
        _ command: TicketCommand, at now: Instant
    ) throws(TicketRejection) -> [TicketEvent] {
        if let mergedInto, !command.isForMerged { throw .merged(number, into: mergedInto) }
        return switch command {
        case .receive(let message): receive(message)
        case .reply(let message, let then): reply(message, then: then)
        case .note(let note): [.noteWritten(note)]
        case .assign(let agent, let by, let decision):
            try assign(agent, by: by, decision: decision)
        case .give(let agent, let decision, let until):
            try assign(agent, by: .router, decision: decision, until: until)
        case .applyRules(let applied): [.rulesApplied(applied)]
        case .unassign(let reason): try unassign(reason)
        case .queue(let until, let decision):
            [.queued(TicketQueued(team: team, until: until, decision: decision))]
        case .transfer(let team, let privacy, let brief):
            try transfer(to: team, privacy, brief: brief)
        case .close(let reason, let cause): try close(reason, cause: cause)
        case .reopen(let cause): try reopen(cause)
        case .setPending: try setPending()
        case .resume(let cause): try resume(cause)
        case .snooze(let until, let note): try snooze(until: until, note: note, at: now)
        case .wake(let cause): try wake(cause)
        case .tag(let add, let remove): try tag(add: add, remove: remove)
        case .prioritise(let priority): try prioritise(priority)
        case .classify(let ticketClass): try classify(ticketClass)
        case .addParticipant(let identity):
            [.participantAdded(ParticipantChanged(identity: identity))]
        case .removeParticipant(let identity):
            [.participantRemoved(ParticipantChanged(identity: identity))]
        case .link(let link): [.linked(link)]
        case .join(let joined): [.messageJoined(joined)]
        case .requestCallback(let message, let due): requestCallback(message, due: due)
        case .attemptCallback(let message):
            [.callbackAttempted(CallbackAttempted(message: message))]
        case .completeCallback(let message): try completeCallback(message)
        case .beginWrapUp(let wrapUp): [.wrapUpBegun(wrapUp)]
        case .returnReply(let returned): returnReply(returned)
        case .merge(let target, let participants):
            try merge(into: target, participants)
        case .undoMerge(let status): try undoMerge(status)
        case .split(let split): [.split(split)]
        case .undoSplit(let undone): [.splitUndone(undone)]
        case .moveMessages(let moved): [.messagesMoved(moved)]
        case .mention(let mention): [.agentMentioned(mention)]
        case .watch(let agent): [.watchBegun(WatchChanged(agent: agent))]
        case .unwatch(let agent): [.watchEnded(WatchChanged(agent: agent))]
        case .remind(let reminder): try remind(reminder, at: now)
        case .reminderCame(let agent): [.reminderDue(ReminderChanged(agent: agent))]
        case .dropReminder(let agent): [.reminderRemoved(ReminderChanged(agent: agent))]
        }
    }

    private func receive(_ message: MessageReceived) -> [TicketEvent] {
        var events: [TicketEvent] = [.messageReceived(message)]
        guard message.origin == .live, message.author == .customer else { return events }
        if message.threading.outcome == .reopened, status == .closed {
            events.append(changed(to: reopenedStatus, reason: nil, cause: .customerMessage))
        } else if status == .pending, message.autoSubmitted == .no {
            events.append(changed(to: .open, reason: nil, cause: .customerMessage))
        }
        if snoozedUntil != nil, message.autoSubmitted == .no {
            events.append(.woken(TicketWoken(cause: .customerMessage)))
        }
        return events
    }

    /// Back on the desk, as something nobody has read. What is closed stays closed: no customer spoke.
    private func returnReply(_ returned: ReplyReturned) -> [TicketEvent] {
        var events: [TicketEvent] = [.replyReturned(returned)]
        if status == .pending {
            events.append(changed(to: .open, reason: nil, cause: .bounce))
        }
        if snoozedUntil != nil { events.append(.woken(TicketWoken(cause: .bounce))) }
        return events
    }

    private func reply(
        _ message: MessageWritten, then: TicketCommand.AfterReply
    ) -> [TicketEvent] {
        let written = TicketEvent.messageWritten(message)
        switch then {
        case .keep:
            guard status == .new else { return [written] }
            return [written, changed(to: .open, reason: nil, cause: .firstReply)]
        case .pending:
            guard status != .pending else { return [written] }
            return [written, changed(to: .pending, reason: nil, cause: .agent)]
        case .close(let reason):
            guard status != .closed else { return [written] }
            return [written, changed(to: .closed, reason: reason, cause: .agent)]
        }
    }

    private func assign(
        _ agent: AgentID, by: TicketAssigned.By, decision: RoutingDecision?,
        until: Instant? = nil
    ) throws(TicketRejection) -> [TicketEvent] {
        guard assignee != agent else { throw .nothingToChange(number) }
        return [
            .assigned(
                TicketAssigned(
                    agent: agent, previous: assignee, by: by, decision: decision, until: until))
        ]
    }

    private func unassign(
        _ reason: TicketUnassigned.Reason
    ) throws(TicketRejection) -> [TicketEvent] {
        guard let assignee else { throw .nothingToChange(number) }
        return [.unassigned(TicketUnassigned(previous: assignee, reason: reason))]
    }

    private func transfer(
        to target: TeamID, _ privacy: TeamPrivacy, brief: ContentRef?
    ) throws(TicketRejection) -> [TicketEvent] {
        guard target != team else { throw .nothingToChange(number) }
        var events: [TicketEvent] = []
        if let assignee {
            events.append(.unassigned(TicketUnassigned(previous: assignee, reason: .transfer)))
        }
        events.append(
            .transferred(
                TicketTransferred(
                    from: team, to: target, isPrivate: privacy == .restricted, brief: brief)))
        return events
    }

    private func close(
        _ reason: ClosingReason, cause: StatusChanged.Cause
    ) throws(TicketRejection) -> [TicketEvent] {
        guard status.isActive else { throw .alreadyClosed(number) }
        return [changed(to: .closed, reason: reason, cause: cause)]
    }

    private func reopen(_ cause: StatusChanged.Cause) throws(TicketRejection) -> [TicketEvent] {
        guard status == .closed else { throw .notClosed(number) }
        return [changed(to: reopenedStatus, reason: nil, cause: cause)]
    }

    private func setPending() throws(TicketRejection) -> [TicketEvent] {
        guard status.isActive else { throw .alreadyClosed(number) }
        guard status != .pending else { throw .nothingToChange(number) }
        return [changed(to: .pending, reason: nil, cause: .agent)]
    }

    private func snooze(
        until: Instant, note: ContentRef?, at now: Instant
    ) throws(TicketRejection) -> [TicketEvent] {
        guard status.isActive else { throw .alreadyClosed(number) }
        guard until > now else { throw .snoozeInThePast(number) }
        return [.snoozed(TicketSnoozed(until: until, note: note))]
    }

    private func remind(
        _ reminder: ReminderSet, at now: Instant
    ) throws(TicketRejection) -> [TicketEvent] {
        guard reminder.at > now else { throw .reminderInThePast(number) }
        return [.reminderSet(reminder)]
    }

    private func wake(_ cause: TicketWoken.Cause) throws(TicketRejection) -> [TicketEvent] {
        guard snoozedUntil != nil else { throw .nothingToChange(number) }
        return [.woken(TicketWoken(cause: cause))]
    }

    private func tag(
        add: [String], remove: [String]
    ) throws(TicketRejection) -> [TicketEvent] {
        var added: [String] = []
        for tag in add where !tags.contains(tag) && !added.contains(tag) { added.append(tag) }
        let removed = tags.filter { remove.contains($0) }
        guard !added.isEmpty || !removed.isEmpty else { throw .nothingToChange(number) }
        guard tags.count - removed.count + added.count <= Self.maximumTags else {
            throw .tooManyTags(number)
        }
        return [.tagged(TicketTagged(added: added, removed: removed))]
    }

    private func prioritise(
        _ target: TicketPriority
    ) throws(TicketRejection) -> [TicketEvent] {
        guard target != priority else { throw .nothingToChange(number) }
        return [.prioritised(TicketPrioritised(from: priority, to: target))]
    }

    /// Spam leaves the agent's hands and ends; taken back, it is work again.
    private func classify(_ target: TicketClass) throws(TicketRejection) -> [TicketEvent] {
        guard target != ticketClass else { throw .nothingToChange(number) }
        var events: [TicketEvent] = []
        if target == .spam, let assignee {
            events.append(.unassigned(TicketUnassigned(previous: assignee, reason: .spam)))
        }
        events.append(.classified(TicketClassified(from: ticketClass, to: target)))
        if target == .spam, status.isActive {
            events.append(changed(to: .closed, reason: .spam, cause: .spam))
        } else if target == .regular, status == .closed, closingReason == .spam {
            events.append(changed(to: reopenedStatus, reason: nil, cause: .agent))
        }
        return events
    }

    private func requestCallback(_ message: MessageID, due: Instant) -> [TicketEvent] {
        switch callback {
        case .none, .done:
            [.callbackRequested(CallbackRequested(message: message, due: due, calls: 1))]
        case .due(let earlier, let calls):
            [
                .callbackRequested(
                    CallbackRequested(message: message, due: earlier, calls: calls &+ 1))
            ]
        }
    }

    private func completeCallback(
        _ message: MessageID?
    ) throws(TicketRejection) -> [TicketEvent] {
        guard case .due = callback else { throw .noCallbackDue(number) }
        let completed = TicketEvent.callbackCompleted(CallbackCompleted(message: message))
        guard message != nil, status == .new else { return [completed] }
        // Somebody spoke with the customer: that is an answer.
        return [completed, changed(to: .open, reason: nil, cause: .firstReply)]
    }

    func changed(
        to target: TicketStatus, reason: ClosingReason?, cause: StatusChanged.Cause
    ) -> TicketEvent {
        .statusChanged(StatusChanged(from: status, to: target, reason: reason, cause: cause))
    }

    /// A ticket nobody answered comes back as new.
    private var reopenedStatus: TicketStatus {
        switch answer {
        case .unanswered: .new
        case .answered: .open
        }
    }
}
