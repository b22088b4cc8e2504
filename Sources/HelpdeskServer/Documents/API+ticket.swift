internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskStore

extension API.CustomerSummary {
    init(_ customer: CustomerName) {
        self.init(id: customer.id, name: customer.name, vip: customer.standing == .vip)
    }
}

extension API.Ticket {
    init(_ summary: TicketSummary) {
        let row = summary.row
        let ticket = row.ticket
        self.init(
            number: ticket.number, subject: summary.subject, status: ticket.status,
            priority: ticket.priority, team: ticket.team, assignee: ticket.assignee,
            customer: API.CustomerSummary(summary.customer), tags: ticket.tags.sorted(),
            spam: ticket.ticketClass == .spam, ticketClass: ticket.ticketClass,
            inbox: ticket.inbox, channels: row.channels.isEmpty ? [ticket.channel] : row.channels,
            participants: summary.participants.map(Participant.init),
            related: summary.related.map(RelatedTicket.init), origin: ticket.origin,
            createdAt: Timestamp(ticket.openedAt), updatedAt: Timestamp(row.updatedAt),
            closedAt: Timestamp(ticket.closedAt), closingReason: ticket.closingReason,
            snoozedUntil: Timestamp(ticket.snoozedUntil), lastMessageAt: Timestamp(row.spokenAt),
            lastDirection: Self.lastDirection(row), callback: Callback(ticket.callback),
            sla: summary.clocks.all.compactMap(SLAClock.init),
            promise: summary.told.map(ToldTime.init), score: row.score,
            version: ticket.version, mergedInto: ticket.mergedInto,
            snoozeNote: summary.snoozeNote, watchers: summary.watchers)
    }

    /// Nil while nobody has spoken: a ticket opened by hand.
    private static func lastDirection(_ row: TicketRow) -> MessageDirection? {
        let ticket = row.ticket
        var answeredLast: Instant?
        if case .answered(_, let last, _) = ticket.answer { answeredLast = last }
        switch (row.customerSpokeAt, answeredLast) {
        case (nil, nil): return nil
        case (.some, nil): return .inbound
        case (nil, .some): return .outbound
        case (.some(let spoke), .some(let answered)):
            return row.isUnread || spoke > answered ? .inbound : .outbound
        }
    }
}

extension API.Ticket.Participant {
    init(_ participant: TicketSummary.Participant) {
        self.init(
            kind: participant.address.kind, id: participant.address.value,
            name: participant.name)
    }
}

extension API.Ticket.RelatedTicket {
    init(_ related: TicketSummary.RelatedTicket) {
        self.init(
            number: related.number, relation: related.relation.rawValue, message: related.message)
    }
}

extension API.Ticket.SLAClock {
    /// Nil for a clock that was cancelled: nothing is promised any more.
    init?(_ clock: HelpdeskCore.SLAClock) {
        let word: String
        switch clock.phase {
        case .running: word = clock.breachedAt == nil ? "running" : "breached"
        case .paused: word = clock.breachedAt == nil ? "paused" : "breached"
        case .stopped(_, .met): word = "met"
        case .stopped(_, .missed): word = "breached"
        case .cancelled: return nil
        }
        self.init(target: clock.target.rawValue, state: word, due: Timestamp(clock.due))
    }
}

extension API.Ticket.ToldTime {
    init(_ told: HelpdeskStore.ToldTime) {
        self.init(
            until: Timestamp(told.until), state: told.state.rawValue, revisions: told.revisions)
    }
}

extension API.Ticket.Callback {
    init?(_ callback: HelpdeskCore.Ticket.Callback) {
        guard case .due(let due, let calls) = callback else { return nil }
        self.init(due: Timestamp(due), calls: calls)
    }
}

extension API.Handover {
    init(_ handover: Handover) {
        self.init(
            position: handover.position, at: Timestamp(handover.at), from: handover.from,
            to: handover.to, by: handover.by, brief: handover.brief, count: handover.count)
    }
}

extension API.TicketDetail {
    init(_ summary: TicketSummary, _ handover: Handover?, _ messages: [MessageRow]) {
        self.init(
            ticket: API.Ticket(summary), handover: handover.map(API.Handover.init),
            messages: messages.map(API.Message.init))
    }
}
