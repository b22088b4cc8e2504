public import HelpdeskCore

extension StoreReader {
    /// A ticket, if the viewer may see it.
    public func ticket(
        _ number: TicketNumber, viewer: Viewer
    ) throws(StoreError) -> TicketRow? {
        try connection.first(
            """
            SELECT \(TicketRow.columns)
            FROM tickets t
            WHERE t.number = $1
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            """,
            [number, viewer], TicketRow.init(row:))
    }
}

extension TicketRow {
    /// The columns of `tickets t` in the order that `init(row:)` reads.
    static let columns = """
        t.number, t.customer, t.inbox, t.channel, t.team, t.hidden, t.status, t.priority, t.class,
        t.origin, t.assignee, t.tags, t.subject, t.language, t.snoozed_until, t.waits_until,
        t.queued, t.opened_at, t.updated_at, t.closed_at, t.closing_reason, t.answered_first,
        t.answered_last, t.answered_by, t.callback, t.callback_due, t.callback_calls, t.spoken_at,
        t.customer_spoke_at, t.unread, t.score, t.version, t.channels, t.last_direction,
        t.merged_into, t.act_by, t.needs_skills, t.needs_language, t.snooze_note
        """
    static let columnCount = 39

    init(row: borrowing SQLRow) throws(StoreError) {
        let answer: Ticket.Answer
        if let first = row.optionalInstant(21), let last = row.optionalInstant(22),
            let agent = row.optionalText(23)
        {
            answer = .answered(first: first, last: last, by: AgentID(rawValue: agent))
        } else {
            answer = .unanswered
        }
        let callback: Ticket.Callback
        switch (try row.text(24), row.optionalInstant(25)) {
        case ("due", .some(let due)):
            callback = .due(due, calls: Int(clamping: try row.integer(26)))
        case ("done", _): callback = .done
        default: callback = .none
        }
        ticket = Ticket(
            number: try row.number(0), customer: try row.number(1), inbox: try row.word(2),
            channel: try row.word(3), team: try row.word(4), status: try row.word(6),
            priority: try TicketRow.priority(rank: try row.integer(7)),
            ticketClass: try row.word(8), origin: try row.word(9),
            assignee: row.optionalWord(10),
            tags: try row.text(11).split(separator: "\n").map(String.init),
            snoozedUntil: row.optionalInstant(14), openedAt: try row.instant(17),
            closedAt: row.optionalInstant(19), closingReason: row.optionalWord(20),
            answer: answer, callback: callback, version: try row.integer(31),
            mergedInto: row.optionalNumber(34))
        subject = row.optionalNumber(12)
        language = row.optionalText(13)
        isHidden = try row.integer(5) != 0
        isQueued = try row.integer(16) != 0
        waitsUntil = row.optionalInstant(15)
        updatedAt = try row.instant(18)
        spokenAt = try row.instant(27)
        customerSpokeAt = row.optionalInstant(28)
        isUnread = try row.integer(29) != 0
        score = row.optionalInteger(30).map { Int(clamping: $0) }
        channels = try row.text(32).split(separator: "\n").map {
            ChannelKind(rawValue: String($0))
        }
        lastDirection = row.optionalWord(33)
        actBy = row.optionalInstant(35)
        requirements = TicketRequirements(
            skills: SkillColumn.skills(try row.text(36)),
            language: row.optionalText(37).flatMap { LanguageCode($0) })
        snoozeNote = row.optionalNumber(38)
    }

    static func priority(rank: Int64) throws(StoreError) -> TicketPriority {
        guard let priority = TicketPriority.allCases.first(where: { $0.rank == Int(rank) }) else {
            throw .damaged("priority \(rank)")
        }
        return priority
    }

    func insert(_ connection: any SQLConnection) throws(StoreError) {
        try connection.execute(
            """
            INSERT INTO tickets (
              number, customer, inbox, channel, team, hidden, status, priority, class, origin,
              assignee, tags, subject, language, snoozed_until, waits_until, queued, opened_at,
              updated_at, closed_at, closing_reason, answered_first, answered_last, answered_by,
              callback, callback_due, callback_calls, spoken_at, customer_spoke_at, unread, score,
              version, channels, last_direction, act_by, needs_skills, needs_language)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
              $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33,
              $34, $35, $36, $37)
            """,
            [
                ticket.number, ticket.customer, ticket.inbox, ticket.channel, ticket.team,
                isHidden ? 1 : 0, ticket.status, ticket.priority, ticket.ticketClass,
                ticket.origin, ticket.assignee, tags, subject, language,
                ticket.snoozedUntil, waitsUntil, isQueued ? 1 : 0, ticket.openedAt, updatedAt,
                ticket.closedAt, ticket.closingReason, answer.first, answer.last, answer.by,
                callback.word, callback.due, callback.calls, spokenAt, customerSpokeAt,
                isUnread ? 1 : 0, score, ticket.version, channelWords, lastDirection, actBy,
                SkillColumn.text(requirements.skills), requirements.language?.rawValue,
            ])
    }

    /// Writes what changed since `old`. Most events change nothing that an index or a list looks at, and indexes are what
    /// makes an UPDATE dear.
    func update(_ connection: any SQLConnection, from old: TicketRow) throws(StoreError) {
        if isIndexed(like: old) {
            try touch(connection)
        } else {
            try updateAll(connection)
        }
    }

    /// Whether every column outside `touch` is as it was.
    private func isIndexed(like old: TicketRow) -> Bool {
        var same = old
        same.updatedAt = updatedAt
        same.spokenAt = spokenAt
        same.customerSpokeAt = customerSpokeAt
        same.isUnread = isUnread
        same.channels = channels
        same.lastDirection = lastDirection
        same.ticket.version = ticket.version
        return same == self
    }

    private func touch(_ connection: any SQLConnection) throws(StoreError) {
        try connection.execute(
            """
            UPDATE tickets SET updated_at = $1, spoken_at = $2, customer_spoke_at = $3,
              unread = $4, version = $5, channels = $6, last_direction = $7
            WHERE number = $8
            """,
            [
                updatedAt, spokenAt, customerSpokeAt, isUnread ? 1 : 0, ticket.version,
                channelWords, lastDirection, ticket.number,
            ])
    }

    /// Writes every column that can change.
    private func updateAll(_ connection: any SQLConnection) throws(StoreError) {
        try connection.execute(
            """
            UPDATE tickets SET customer = $1, team = $2, hidden = $3, status = $4, priority = $5,
              class = $6, assignee = $7, tags = $8, snoozed_until = $9, waits_until = $10,
              queued = $11, updated_at = $12, closed_at = $13, closing_reason = $14,
              answered_first = $15, answered_last = $16, answered_by = $17, callback = $18,
              callback_due = $19, callback_calls = $20, spoken_at = $21,
              customer_spoke_at = $22, unread = $23, score = $24, version = $25,
              channels = $26, last_direction = $27, merged_into = $28, act_by = $29,
              needs_skills = $30, needs_language = $31, snooze_note = $32
            WHERE number = $33
            """,
            [
                ticket.customer, ticket.team, isHidden ? 1 : 0, ticket.status, ticket.priority,
                ticket.ticketClass, ticket.assignee, tags, ticket.snoozedUntil, waitsUntil,
                isQueued ? 1 : 0, updatedAt, ticket.closedAt, ticket.closingReason, answer.first,
                answer.last, answer.by, callback.word, callback.due, callback.calls, spokenAt,
                customerSpokeAt, isUnread ? 1 : 0, score, ticket.version, channelWords,
                lastDirection, ticket.mergedInto, actBy, SkillColumn.text(requirements.skills),
                requirements.language?.rawValue, snoozeNote, ticket.number,
            ])
    }

    private var tags: String { ticket.tags.joined(separator: "\n") }

    private var channelWords: String {
        channels.map(\.rawValue).joined(separator: "\n")
    }

    private var answer: (first: Instant?, last: Instant?, by: AgentID?) {
        switch ticket.answer {
        case .unanswered: (nil, nil, nil)
        case .answered(let first, let last, let agent): (first, last, agent)
        }
    }

    private var callback: (word: String, due: Instant?, calls: Int) {
        switch ticket.callback {
        case .none: ("none", nil, 0)
        case .due(let due, let calls): ("due", due, calls)
        case .done: ("done", nil, 0)
        }
    }
}
