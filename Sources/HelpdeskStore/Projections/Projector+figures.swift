internal import HelpdeskCore

/// What reports count of a ticket (Docs/Reports.md), kept as its events come.
extension Projector {
    func figures(
        _ event: TicketEvent, _ row: TicketRow, _ recorded: RecordedEvent
    ) throws(StoreError) {
        switch event {
        case .opened: try openFigures(row)
        case .messageReceived(let message): try called(message, row, at: recorded.at)
        case .messageWritten: try wrote(row, at: recorded.at)
        case .assigned(let assigned):
            try hold(row, handovers: assigned.previous == nil ? 0 : 1)
        case .transferred: try transfer(row)
        case .statusChanged(let change): try turn(change, row, at: recorded.at)
        case .classified, .merged, .mergeUndone: try count(row)
        case .replyReturned: try returned(row)
        case .noteWritten, .messageRedacted, .messageJoined, .unassigned, .queued, .snoozed, .woken,
            .tagged,
            .prioritised, .participantAdded, .participantRemoved, .linked, .callbackRequested,
            .callbackAttempted, .callbackCompleted, .wrapUpBegun, .split, .splitUndone,
            .messagesMoved, .rulesApplied, .agentMentioned, .watchBegun, .watchEnded, .reminderSet,
            .reminderDue, .reminderRemoved:
            break
        }
    }

    private func openFigures(_ row: TicketRow) throws(StoreError) {
        try connection.execute(
            """
            INSERT INTO ticket_figures (
              ticket, counted, origin, opened_at, channel, team, hidden, written, delivered,
              reopenings, handovers)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0)
            """,
            [
                row.ticket.number, Self.counts(row), row.ticket.origin, row.ticket.openedAt,
                row.ticket.channel, row.ticket.team, row.isHidden ? 1 : 0,
            ])
    }

    private static func counts(_ row: TicketRow) -> Int {
        let ticket = row.ticket
        return ticket.ticketClass == .regular && ticket.origin != .history
            && ticket.mergedInto == nil ? 1 : 0
    }

    private func count(_ row: TicketRow) throws(StoreError) {
        try connection.execute(
            "UPDATE ticket_figures SET counted = $1 WHERE ticket = $2",
            [Self.counts(row), row.ticket.number])
    }

    /// Whose ticket it is to reports: who answered last, else who was given it last.
    private static func agent(_ row: TicketRow) -> AgentID? {
        switch row.ticket.answer {
        case .answered(_, _, let agent): agent
        case .unanswered: row.ticket.assignee
        }
    }

    private func hold(_ row: TicketRow, handovers: Int) throws(StoreError) {
        try connection.execute(
            """
            UPDATE ticket_figures SET agent = COALESCE($1, agent), handovers = handovers + $2
            WHERE ticket = $3
            """, [Self.agent(row), handovers, row.ticket.number])
    }

    private func transfer(_ row: TicketRow) throws(StoreError) {
        try connection.execute(
            """
            UPDATE ticket_figures SET team = $1, hidden = $2, handovers = handovers + 1
            WHERE ticket = $3
            """, [row.ticket.team, row.isHidden ? 1 : 0, row.ticket.number])
        try connection.execute(
            "UPDATE invitations SET hidden = $1 WHERE ticket = $2",
            [row.isHidden ? 1 : 0, row.ticket.number])
    }

    private func wrote(_ row: TicketRow, at: Instant) throws(StoreError) {
        try connection.execute(
            """
            UPDATE ticket_figures SET agent = COALESCE($1, agent), written = written + 1
            WHERE ticket = $2
            """, [Self.agent(row), row.ticket.number])
        try answered(row.ticket.customer, at: at)
    }

    /// Only who was ever answered has a relationship that can be asked about.
    private func answered(_ customer: CustomerID, at: Instant) throws(StoreError) {
        try connection.execute(
            """
            UPDATE customers SET first_answered_at = $1
            WHERE id = $2 AND first_answered_at IS NULL
            """, [at, customer])
    }

    /// A conversation on the phone is an answer that arrived, whoever rang.
    private func called(
        _ message: MessageReceived, _ row: TicketRow, at: Instant
    ) throws(StoreError) {
        guard message.origin == .live, message.call?.outcome == .answered else { return }
        try connection.execute(
            "UPDATE ticket_figures SET written = written + 1 WHERE ticket = $1",
            [row.ticket.number])
        try replied(row.ticket.number, by: Self.agent(row), at: at)
        try answered(row.ticket.customer, at: at)
    }

    /// A human answer reached the peer. A ticket that we opened waits for none.
    func replied(_ ticket: TicketNumber, by agent: AgentID?, at: Instant) throws(StoreError) {
        try connection.execute(
            """
            UPDATE ticket_figures SET delivered = delivered + 1,
              replied_by = CASE WHEN replied_at IS NULL AND origin = 'live' THEN $1
                ELSE replied_by END,
              reply_wait = CASE WHEN replied_at IS NULL AND origin = 'live' THEN $2 - opened_at
                ELSE reply_wait END,
              replied_at = CASE WHEN replied_at IS NULL AND origin = 'live' THEN $2
                ELSE replied_at END
            WHERE ticket = $3
            """, [agent, at, ticket])
    }

    /// An answer that came back was none; with no other, the customer still waits for the first.
    private func returned(_ row: TicketRow) throws(StoreError) {
        try connection.execute(
            """
            UPDATE ticket_figures SET
              replied_at = CASE WHEN delivered <= 1 THEN NULL ELSE replied_at END,
              reply_wait = CASE WHEN delivered <= 1 THEN NULL ELSE reply_wait END,
              replied_by = CASE WHEN delivered <= 1 THEN NULL ELSE replied_by END,
              delivered = CASE WHEN delivered > 0 THEN delivered - 1 ELSE 0 END
            WHERE ticket = $1
            """, [row.ticket.number])
    }

    /// What is closed as spam or as a duplicate was not solved.
    private func turn(
        _ change: StatusChanged, _ row: TicketRow, at: Instant
    ) throws(StoreError) {
        let number = row.ticket.number
        if change.to == .closed {
            switch change.reason {
            case .spam, .duplicate: return
            case .solved, .noAnswer, .wrappedUp, nil: break
            }
            try connection.execute(
                """
                UPDATE ticket_figures SET first_closed_at = COALESCE(first_closed_at, $1),
                  closed_at = $1, resolution = $1 - opened_at
                WHERE ticket = $2
                """, [at, number])
        } else if change.from == .closed {
            try connection.execute(
                """
                UPDATE ticket_figures SET closed_at = NULL, resolution = NULL,
                  reopenings = reopenings + CASE WHEN first_closed_at IS NULL THEN 0 ELSE 1 END
                WHERE ticket = $1
                """, [number])
        }
    }
}
