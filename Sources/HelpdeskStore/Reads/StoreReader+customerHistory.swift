internal import HelpdeskCore

extension StoreReader {
    /// Answers to surveys of merged customers, newest first, at most 50 of each.
    func scores(
        of members: [CustomerID], viewer: Viewer
    ) throws(StoreError) -> [CustomerCard.Score] {
        var scores: [CustomerCard.Score] = []
        for member in members { scores += try ownScores(of: member, viewer: viewer) }
        if members.count > 1 { scores.sort { $0.at > $1.at } }
        return scores
    }

    private func ownScores(
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

    /// How often they were asked, and what they answered, by kind; only what the viewer may see.
    func standings(
        of members: [CustomerID], viewer: Viewer
    ) throws(StoreError) -> [ScoreReport] {
        var counts: [SurveyKind: [Int: Int]] = [:]
        var sent: [SurveyKind: Int] = [:]
        for member in members {
            try connection.rows(Self.standingQuery, [member, viewer]) { row throws(StoreError) in
                let kind = try row.word(0, as: SurveyKind.self)
                let count = Int(clamping: try row.integer(2))
                sent[kind, default: 0] += count
                if let score = row.optionalInteger(1) {
                    counts[kind, default: [:]][Int(clamping: score), default: 0] += count
                }
                return .next
            }
        }
        return SurveyKind.allCases.filter { sent[$0] != nil }.map { kind in
            let summary = ScoreSummary(kind: kind, counts: counts[kind] ?? [:])
            return ScoreReport(
                summary: summary, sent: sent[kind] ?? 0, responded: summary.total)
        }
    }

    private static let standingQuery = """
        SELECT i.kind, i.score, COUNT(*) FROM invitations i
        LEFT JOIN tickets t ON t.number = i.ticket
        WHERE i.customer = $1 AND i.asked_at IS NOT NULL
          AND (i.ticket IS NULL OR t.hidden = 0 OR $2 = '' OR EXISTS
            (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
        GROUP BY i.kind, i.score
        """

    /// Active tickets of merged customers, newest first, at most 50 of each.
    func openTickets(
        of members: [CustomerID], viewer: Viewer
    ) throws(StoreError) -> [TicketNumber] {
        var tickets: [TicketNumber] = []
        for member in members { tickets += try ownOpenTickets(of: member, viewer: viewer) }
        return tickets.sorted(by: >)
    }

    private func ownOpenTickets(
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

    /// The channel of the last thing they said, within the last 200 messages of each of the merged.
    func lastChannel(
        of members: [CustomerID], viewer: Viewer
    ) throws(StoreError) -> ChannelKind? {
        var last: (channel: ChannelKind, at: Instant)?
        for member in members {
            guard let own = try ownLastChannel(of: member, viewer: viewer) else { continue }
            if let known = last, known.at >= own.at { continue }
            last = own
        }
        return last?.channel
    }

    private func ownLastChannel(
        of customer: CustomerID, viewer: Viewer
    ) throws(StoreError) -> (channel: ChannelKind, at: Instant)? {
        try connection.first(
            """
            SELECT m.channel, m.happened_at
            FROM (SELECT ticket, channel, direction, author_kind, happened_at, position
              FROM messages WHERE customer = $1
              ORDER BY happened_at DESC, position DESC LIMIT 200) m
            JOIN tickets t ON t.number = m.ticket
            WHERE m.direction = 'in' AND m.author_kind = 'customer' AND m.channel IS NOT NULL
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            ORDER BY m.happened_at DESC, m.position DESC LIMIT 1
            """, [customer, viewer]
        ) { row throws(StoreError) in (channel: try row.word(0), at: try row.instant(1)) }
    }

    /// Who answered within the last 200 messages, last first, at most five people.
    func lastAgents(
        of members: [CustomerID], viewer: Viewer
    ) throws(StoreError) -> [CustomerCard.Service] {
        var answers: [CustomerCard.Service] = []
        for member in members { answers += try ownAnswers(to: member, viewer: viewer) }
        if members.count > 1 { answers.sort { $0.at > $1.at } }
        var seen: Set<AgentID> = []
        return Array(answers.filter { seen.insert($0.agent).inserted }.prefix(5))
    }

    private func ownAnswers(
        to customer: CustomerID, viewer: Viewer
    ) throws(StoreError) -> [CustomerCard.Service] {
        try connection.all(
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
    }
}
