internal import HelpdeskCore
internal import HelpdeskStore

extension ArchiveTaking {
    /// What was done with a ticket, as the event that it was.
    func take(_ change: ArchivedChange) throws -> ArchiveOutcome.Result {
        let ticket = try ticket(change.ticket)
        let by = try actor(change.by)
        // A snooze that is over would wake the ticket and tell somebody.
        if change.what == .snoozed, try change.moment(change.until, "until") <= transaction.now {
            return .left
        }
        let event = try event(change, ticket)
        let recorded = try append(
            .ticket(event), ticket: ticket.number, customer: ticket.customer, by: by,
            at: past(change.at))
        try keep(change.id, .change, made: recorded.position.rawValue)
        return .taken
    }

    private func event(_ change: ArchivedChange, _ ticket: Ticket) throws -> TicketEvent {
        switch change.what {
        case .assigned, .unassigned, .transferred, .status, .tagged, .prioritised, .classified,
            .watched, .unwatched, .snoozed:
            try hands(change, ticket)
        case .participantAdded:
            .participantAdded(ParticipantChanged(identity: try participant(change)))
        case .participantRemoved:
            .participantRemoved(ParticipantChanged(identity: try participant(change)))
        case .linked:
            .linked(
                TicketLinked(
                    other: try local(try change.need(change.other, "other")),
                    relation: try change.need(change.relation, "relation"),
                    message: try change.message.map { try local($0) }))
        case .callbackRequested:
            .callbackRequested(
                CallbackRequested(
                    message: try local(try change.need(change.message, "message")),
                    due: try change.moment(change.until, "until"), calls: change.calls ?? 1))
        case .callbackAttempted:
            .callbackAttempted(
                CallbackAttempted(message: try local(try change.need(change.message, "message"))))
        case .callbackCompleted:
            .callbackCompleted(
                CallbackCompleted(message: try change.message.map { try local($0) }))
        case .joined:
            .messageJoined(
                MessageJoined(
                    message: try local(try change.need(change.message, "message")),
                    from: try local(try change.need(change.other, "other"))))
        case .returned:
            .replyReturned(
                ReplyReturned(
                    message: try local(try change.need(change.message, "message")),
                    delivery: try optional(change.delivery) ?? DeliveryID(rawValue: 0),
                    code: change.reason))
        case .merged, .mergeUndone, .split, .splitUndone, .moved:
            try move(change, ticket)
        }
    }

    private func participant(_ change: ArchivedChange) throws -> IdentityID {
        try local(try change.need(change.identities?.first, "identities"))
    }

    /// Whose it is and how it stands.
    private func hands(_ change: ArchivedChange, _ ticket: Ticket) throws -> TicketEvent {
        switch change.what {
        case .assigned:
            .assigned(
                TicketAssigned(
                    agent: try change.need(change.agent, "agent"), previous: change.previous,
                    by: try change.word(change.cause, "cause"), decision: nil))
        case .unassigned:
            .unassigned(
                TicketUnassigned(
                    previous: try change.need(change.previous, "previous"),
                    reason: try change.word(change.reason, "reason")))
        case .transferred: try transfer(change, ticket)
        case .status:
            .statusChanged(
                StatusChanged(
                    from: try change.word(change.from, "from"),
                    to: try change.word(change.to, "to"),
                    reason: try change.reason.map { try change.word($0, "reason") },
                    cause: try change.word(change.cause, "cause")))
        case .tagged:
            .tagged(
                TicketTagged(
                    added: try change.tags(change.added), removed: try change.tags(change.removed)))
        case .prioritised:
            .prioritised(
                TicketPrioritised(
                    from: try change.word(change.from, "from"), to: try change.word(change.to, "to")
                ))
        case .classified:
            .classified(
                TicketClassified(
                    from: try change.word(change.from, "from"), to: try change.word(change.to, "to")
                ))
        case .watched: .watchBegun(WatchChanged(agent: try change.need(change.agent, "agent")))
        case .unwatched: .watchEnded(WatchChanged(agent: try change.need(change.agent, "agent")))
        case .snoozed:
            .snoozed(
                TicketSnoozed(
                    until: try change.moment(change.until, "until"),
                    note: try keep(change.words, as: .reminder, of: ticket.customer)))
        default: throw ArchiveRejection.reason("\(change.what.rawValue) is nothing of this kind")
        }
    }

    private func transfer(_ change: ArchivedChange, _ ticket: Ticket) throws -> TicketEvent {
        let team = try sight.team(TeamID(rawValue: try change.need(change.to, "to")))
        return .transferred(
            TicketTransferred(
                from: ticket.team, to: team.id,
                isPrivate: (change.isPrivate ?? false) || team.isPrivate,
                brief: try keep(change.words, as: .brief, of: ticket.customer)))
    }

    private func move(_ change: ArchivedChange, _ ticket: Ticket) throws -> TicketEvent {
        let other: TicketNumber = try local(try change.need(change.other, "other"))
        guard other != ticket.number else {
            throw ArchiveRejection.reason("other: a ticket cannot be moved into itself")
        }
        switch change.what {
        case .merged:
            guard ticket.mergedInto == nil else {
                throw ArchiveRejection.reason("the ticket is merged already")
            }
            guard try reader.shownTicket(other) != ticket.number else {
                throw ArchiveRejection.reason("other: it is merged into this ticket itself")
            }
            return .merged(
                TicketMerged(
                    into: other, status: try change.word(change.from, "from"),
                    participants: try (change.identities ?? []).map { try local($0) }))
        case .mergeUndone:
            return .mergeUndone(
                TicketMergeUndone(from: other, status: try change.word(change.to, "to")))
        case .split: return .split(TicketSplit(into: other, moves: try moves(change)))
        case .splitUndone:
            return .splitUndone(TicketSplitUndone(into: other, moves: try moves(change)))
        default:
            return .messagesMoved(
                MessagesMoved(
                    other: other, channels: change.channels ?? [],
                    spokenAt: try change.moment(change.spoken, "spoken"),
                    customerSpokeAt: change.customerSpoke?.instant,
                    lastDirection: change.direction,
                    reading: change.unread == true ? .unread : .read))
        }
    }

    private func moves(_ change: ArchivedChange) throws -> [MessageMove] {
        try change.need(change.moves, "moves").map {
            MessageMove(message: try local($0.message), home: try local($0.home))
        }
    }
}

extension ArchivedChange {
    func need<Value>(_ value: Value?, _ name: String) throws(ArchiveRejection) -> Value {
        guard let value else { throw .reason("\(name) is missing: \(what.rawValue) needs it") }
        return value
    }

    func moment(_ time: ArchiveTime?, _ name: String) throws(ArchiveRejection) -> Instant {
        try need(time, name).instant
    }

    func word<Word: RawRepresentable>(
        _ text: String?, _ name: String, as type: Word.Type = Word.self
    ) throws(ArchiveRejection) -> Word where Word.RawValue == String {
        let text = try need(text, name)
        guard let word = Word(rawValue: text) else {
            throw .reason("\(name): \(text.prefix(40)) is none of its words")
        }
        return word
    }

    func tags(_ tags: [String]?) throws(ArchiveRejection) -> [String] {
        let tags = tags ?? []
        guard tags.count <= 100, tags.allSatisfy(TagWord.isFine) else {
            throw .reason("tags: expected at most 100 words of 1 to 64 bytes without blanks")
        }
        return tags
    }
}
