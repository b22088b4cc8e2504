public import HelpdeskCore

/// A customer as a ticket shows them.
public struct CustomerName: Hashable, Sendable {
    public let id: CustomerID
    public let name: String?
    public let standing: CustomerUpdated.Standing
}

/// A ticket as lists show it, its texts read.
public struct TicketSummary: Hashable, Sendable {
    public let row: TicketRow
    /// Nil when there is none, or erased.
    public let subject: String?
    public let customer: CustomerName
    /// Who may write here besides the customer.
    public let participants: [Participant]
    /// Tickets that have to do with this one and that the viewer may see.
    public let related: [RelatedTicket]
    public let clocks: SLAClocks
    /// Nil: they were told none.
    public let told: ToldTime?
    /// Why it was put away.
    public let snoozeNote: String?
    public let watchers: [AgentID]

    public struct Participant: Hashable, Sendable {
        public let identity: IdentityID
        public let address: IdentityAddress
        public let name: String?
    }

    public struct RelatedTicket: Hashable, Sendable {
        public let number: TicketNumber
        public let relation: TicketLinked.Relation
        public let message: MessageID?
    }
}

extension StoreReader {
    /// A ticket with what a list shows of it, if the viewer may see it. Some statements, each by primary key.
    public func ticketSummary(
        _ number: TicketNumber, viewer: Viewer
    ) throws(StoreError) -> TicketSummary? {
        let head = try connection.first(
            """
            SELECT \(TicketRow.columns), n.body, r.standing, s.body, r.id, w.body
            FROM tickets t
            LEFT JOIN customers c ON c.id = t.customer
            LEFT JOIN customers r ON r.id = c.root
            LEFT JOIN contents n ON n.id = COALESCE(r.name, c.name)
            LEFT JOIN contents s ON s.id = t.subject
            LEFT JOIN contents w ON w.id = t.snooze_note
            WHERE t.number = $1
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            """, [number, viewer]
        ) { row throws(StoreError) in
            let ticket = try TicketRow(row: row)
            let next = TicketRow.columnCount
            return (
                ticket, row.optionalText(next + 2), row.optionalText(next + 4),
                CustomerName(
                    id: row.optionalNumber(next + 3) ?? ticket.ticket.customer,
                    name: row.optionalText(next),
                    standing: row.optionalWord(next + 1) ?? .regular)
            )
        }
        guard let (row, subject, snoozeNote, root) = head else { return nil }
        let customer = try shown(root, for: row.ticket.customer, viewer: viewer)
        return TicketSummary(
            row: row, subject: subject, customer: customer,
            participants: try participants(of: number),
            related: try relatedTickets(of: number, viewer: viewer),
            clocks: try slaClocks(of: number), told: try toldTime(of: number),
            snoozeNote: snoozeNote, watchers: try watchers(of: number))
    }

    private func participants(
        of ticket: TicketNumber
    ) throws(StoreError) -> [TicketSummary.Participant] {
        try connection.all(
            """
            SELECT p.identity, i.kind, i.value, n.body
            FROM participants p
            JOIN identities i ON i.id = p.identity
            LEFT JOIN customers c ON c.id = i.customer
            LEFT JOIN contents n ON n.id = c.name
            WHERE p.ticket = $1 ORDER BY p.identity LIMIT 200
            """, [ticket]
        ) { row throws(StoreError) in
            TicketSummary.Participant(
                identity: try row.number(0),
                address: IdentityAddress(kind: try row.text(1), value: try row.text(2)),
                name: row.optionalText(3))
        }
    }

    private func relatedTickets(
        of ticket: TicketNumber, viewer: Viewer
    ) throws(StoreError) -> [TicketSummary.RelatedTicket] {
        try connection.all(
            """
            SELECT l.other, l.relation, l.message
            FROM ticket_links l JOIN tickets t ON t.number = l.other
            WHERE l.ticket = $1
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            ORDER BY l.other, l.relation LIMIT 100
            """, [ticket, viewer]
        ) { row throws(StoreError) in
            TicketSummary.RelatedTicket(
                number: try row.number(0), relation: try row.word(1),
                message: row.optionalNumber(2))
        }
    }
}
