internal import HelpdeskCore

extension StoreReader {
    /// Answers to surveys, newest first, at most 50.
    func scores(
        of customer: CustomerID, viewer: Viewer
    ) throws(StoreError) -> [CustomerCard.Score] {
        try connection.all(
            """
            SELECT i.kind, i.score, k.body, i.answered_at, i.ticket, i.agent
            FROM invitations i
            LEFT JOIN contents k ON k.id = i.comment
            LEFT JOIN tickets t ON t.number = i.ticket
            WHERE i.customer = $1 AND i.answered_at IS NOT NULL
              AND (i.ticket IS NULL OR t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            ORDER BY i.id DESC LIMIT 50
            """, [customer, viewer]
        ) { row throws(StoreError) in
            CustomerCard.Score(
                kind: try row.word(0), score: Int(clamping: try row.integer(1)),
                comment: row.optionalText(2), at: try row.instant(3),
                ticket: row.optionalNumber(4), agent: row.optionalWord(5))
        }
    }

    /// Active tickets, newest first, at most 50.
    func openTickets(
        of customer: CustomerID, viewer: Viewer
    ) throws(StoreError) -> [TicketNumber] {
        try connection.all(
            """
            SELECT t.number FROM tickets t
            WHERE t.customer = $1 AND t.status <> 'closed'
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            ORDER BY t.number DESC LIMIT 50
            """, [customer, viewer]
        ) { row throws(StoreError) in try row.number(0) }
    }

    /// The channel of the last thing they said, within the last 200 messages.
    func lastChannel(
        of customer: CustomerID, viewer: Viewer
    ) throws(StoreError) -> ChannelKind? {
        try connection.first(
            """
            SELECT m.channel
            FROM (SELECT ticket, channel, direction, author_kind, happened_at, position
              FROM messages WHERE customer = $1
              ORDER BY happened_at DESC, position DESC LIMIT 200) m
            JOIN tickets t ON t.number = m.ticket
            WHERE m.direction = 'in' AND m.author_kind = 'customer' AND m.channel IS NOT NULL
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            ORDER BY m.happened_at DESC, m.position DESC LIMIT 1
            """, [customer, viewer]
        ) { row throws(StoreError) in try row.word(0) }
    }

    /// Who answered within the last 200 messages, last first, at most five people.
    func lastAgents(
        of customer: CustomerID, viewer: Viewer
    ) throws(StoreError) -> [CustomerCard.Service] {
        let answers = try connection.all(
            """
            SELECT m.author_id, m.happened_at
            FROM (SELECT ticket, author_id, direction, author_kind, happened_at, position
              FROM messages WHERE customer = $1
              ORDER BY happened_at DESC, position DESC LIMIT 200) m
            JOIN tickets t ON t.number = m.ticket
            WHERE m.direction = 'out' AND m.author_kind = 'agent' AND m.author_id IS NOT NULL
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            ORDER BY m.happened_at DESC, m.position DESC LIMIT 200
            """, [customer, viewer]
        ) { row throws(StoreError) in
            CustomerCard.Service(agent: try row.word(0), at: try row.instant(1))
        }
        var seen: Set<AgentID> = []
        return Array(answers.filter { seen.insert($0.agent).inserted }.prefix(5))
    }
}
