internal import HelpdeskCore

/// Turns an event into the rows that answer queries. The one way in which projections come to be: on appending, and when
/// `verify` replays the stream into empty tables. Looks at nothing but the event, the content it refers to and the
/// projections themselves.
struct Projector {
    let connection: any SQLConnection
    /// Words that were written a moment ago; everything else is read.
    var fresh: [ContentID: MessageContent] = [:]
    var reader: StoreReader { StoreReader(connection: connection) }

    func words(of content: ContentID) throws(StoreError) -> MessageContent? {
        if let message = fresh[content] { return message }
        return try reader.messageContent(content)
    }

    func project(_ recorded: RecordedEvent) throws(StoreError) {
        switch recorded.event {
        case .ticket(let event):
            guard let number = recorded.ticket else { throw .damaged("event without a ticket") }
            try project(event, of: number, recorded)
        case .customer(let event):
            try project(event, recorded)
        case .delivery(let event):
            try project(event, recorded)
        case .survey(let event):
            try project(event, recorded)
        case .sla(let event):
            guard let number = recorded.ticket else { throw .damaged("event without a ticket") }
            try project(event, of: number, at: recorded.at)
        case .promise(let event):
            guard let number = recorded.ticket else { throw .damaged("event without a ticket") }
            try project(event, of: number)
        case .desk(let event):
            try project(event, recorded)
        }
    }

    private func project(
        _ event: TicketEvent, of number: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let row: TicketRow
        if case .opened(let opened) = event {
            row = TicketRow(opened, number: number, at: recorded.at)
            try row.insert(connection)
        } else {
            guard let current = try reader.ticket(number, viewer: .system) else {
                throw .damaged("ticket \(number.rawValue)")
            }
            row = current.applying(event, at: recorded.at)
            try row.update(connection, from: current)
        }
        try projectBeside(event, row, recorded)
    }

    /// What an event changes in other tables than `tickets`.
    private func projectBeside(
        _ event: TicketEvent, _ row: TicketRow, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let number = row.ticket.number
        try moment(event, row, recorded)
        try figures(event, row, recorded)
        switch event {
        case .messageReceived(let message):
            try received(message, row, recorded)
        case .messageWritten(let message):
            try written(message, row, recorded)
        case .noteWritten(let note):
            try self.note(note, row, recorded)
        case .messageRedacted(let redacted):
            try self.redacted(redacted, row)
        case .messageJoined(let joined):
            try self.joined(joined, to: row)
        case .assigned(let assigned):
            try self.assigned(assigned, row, at: recorded.at)
        case .tagged(let change):
            for tag in change.removed {
                try connection.execute(
                    "DELETE FROM ticket_tags WHERE ticket = $1 AND tag = $2", [number, tag])
            }
            for tag in change.added {
                try connection.execute(
                    "INSERT INTO ticket_tags (ticket, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                    [number, tag])
            }
        case .participantAdded(let change):
            try connection.execute(
                "INSERT INTO participants (ticket, identity) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [number, change.identity])
        case .participantRemoved(let change):
            try connection.execute(
                "DELETE FROM participants WHERE ticket = $1 AND identity = $2",
                [number, change.identity])
        case .linked(let link):
            try connection.execute(
                """
                INSERT INTO ticket_links (ticket, other, relation, message)
                VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
                """,
                [number, link.other, link.relation.rawValue, link.message])
        case .merged(let merged):
            try self.merged(merged, number, recorded)
        case .mergeUndone(let undone):
            try mergeUndone(undone, number, recorded)
        case .split(let split):
            try self.split(split, number, recorded)
        case .splitUndone(let undone):
            try splitUndone(undone, number, recorded)
        case .opened, .unassigned, .queued, .transferred, .statusChanged, .snoozed, .woken,
            .prioritised, .classified, .callbackRequested, .callbackAttempted,
            .callbackCompleted, .wrapUpBegun, .messagesMoved, .replyReturned, .rulesApplied,
            .agentMentioned:
            break
        case .watchBegun, .watchEnded, .reminderSet, .reminderDue, .reminderRemoved:
            try personal(event, number)
        }
    }

    private func assigned(
        _ assigned: TicketAssigned, _ row: TicketRow, at: Instant
    ) throws(StoreError) {
        try connection.execute(
            """
            INSERT INTO agent_activity (agent, last_assigned_at) VALUES ($1, $2)
            ON CONFLICT (agent) DO UPDATE SET last_assigned_at = excluded.last_assigned_at
            """,
            [assigned.agent, at])
        guard row.ticket.origin != .history else { return }
        // "Served last" is who last answered this customer, else the last assignee (DESIGN "Routing").
        try connection.execute(
            """
            UPDATE customers SET last_agent = $1, last_served_at = $2
            WHERE id = $3 AND NOT EXISTS (
              SELECT 1 FROM tickets WHERE customer = $3 AND answered_last IS NOT NULL)
            """,
            [assigned.agent, at, row.ticket.customer])
    }
}
