public import HelpdeskCore

/// A message that a search found.
public struct SearchHit: Hashable, Sendable {
    public let ticket: TicketNumber
    /// Nil when the ticket's number was asked for.
    public let message: MessageID?
    public let at: Instant
    public let channel: ChannelKind
    public let status: TicketStatus
    public let subject: String?
    public internal(set) var customer: CustomerName
    /// Around the first match, one line, at most 200 characters.
    public let snippet: String
}

extension StoreReader {
    /// A page of messages that hold every term, newest first. A number (`42`, `#42`, `[#42]`) also finds that ticket,
    /// first of all.
    /// - Parameter cursor: the last message of the page before.
    public func search(
        _ query: String, after cursor: MessageID? = nil, limit: Int = PageLimit.usual,
        viewer: Viewer
    ) throws(StoreError) -> Page<SearchHit, MessageID> {
        let limit = PageLimit.bounded(limit)
        let terms = SearchTerms(query)
        let found = try newestHits(
            terms, below: cursor ?? MessageID(rawValue: .max), limit: limit + 1, viewer: viewer)
        var hits: [SearchHit] = []
        if cursor == nil, let number = terms.ticket ?? SubjectTag.find(in: query),
            let hit = try hit(ticket: number, viewer: viewer)
        {
            hits.append(hit)
        }
        for message in found.prefix(limit) {
            if let hit = try hit(message: message.message, terms, viewer: viewer) {
                hits.append(hit)
            }
        }
        let next = found.count > limit ? found[limit - 1].message : nil
        return Page(rows: hits, next: next)
    }

    private func hit(
        message id: MessageID, _ terms: SearchTerms, viewer: Viewer
    ) throws(StoreError) -> SearchHit? {
        let found = try connection.first(
            """
            SELECT m.ticket, m.happened_at, COALESCE(m.channel, t.channel), t.status, s.body,
              t.customer, r.id, n.body, r.standing, k.body
            FROM messages m JOIN tickets t ON t.number = m.ticket
            LEFT JOIN contents k ON k.id = m.content
            LEFT JOIN contents s ON s.id = t.subject
            LEFT JOIN customers c ON c.id = t.customer
            LEFT JOIN customers r ON r.id = c.root
            LEFT JOIN contents n ON n.id = COALESCE(r.name, c.name)
            WHERE m.id = $1
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            """, [id, viewer]
        ) { row throws(StoreError) in
            var text = ""
            if let body = row.optionalText(9) {
                text = try ContentSeal.decode(MessageContent.self, from: body).text
            }
            let owner = try row.number(5, as: CustomerID.self)
            let hit = SearchHit(
                ticket: try row.number(0), message: id, at: try row.instant(1),
                channel: try row.word(2), status: try row.word(3), subject: row.optionalText(4),
                customer: CustomerName(
                    id: row.optionalNumber(6) ?? owner, name: row.optionalText(7),
                    standing: row.optionalWord(8) ?? .regular),
                snippet: SearchSnippet.of(text, terms))
            return (hit, owner)
        }
        guard let found else { return nil }
        var hit = found.0
        hit.customer = try shown(hit.customer, for: found.1, viewer: viewer)
        return hit
    }

    private func hit(
        ticket number: TicketNumber, viewer: Viewer
    ) throws(StoreError) -> SearchHit? {
        guard let found = try ticketSummary(number, viewer: viewer) else { return nil }
        return SearchHit(
            ticket: number, message: nil, at: found.row.spokenAt,
            channel: found.row.ticket.channel, status: found.row.ticket.status,
            subject: found.subject, customer: found.customer, snippet: found.subject ?? "")
    }
}
