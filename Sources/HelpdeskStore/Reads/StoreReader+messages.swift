public import HelpdeskCore

extension StoreReader {
    /// What `messageHead` reads; each read adds its own condition. The outbox entry is the newest that carries it.
    private static let messageHead = """
        SELECT m.id, m.ticket, m.customer, m.direction, m.kind, COALESCE(m.channel, t.channel),
          COALESCE(m.inbox, t.inbox), m.author_kind, m.author_id, m.sender_auth,
          m.auto_submitted, m.origin, m.sent_at, m.received_at, m.happened_at, m.position,
          m.answers, m.mark, m.raw, k.body, g.name, n.body, \(DeliveryRow.columns)
        FROM messages m
        JOIN tickets t ON t.number = m.ticket
        LEFT JOIN contents k ON k.id = m.content
        LEFT JOIN agents g ON g.login = m.author_id
        LEFT JOIN customers c ON c.id = m.customer
        LEFT JOIN contents n ON n.id = c.name
        LEFT JOIN outbox o ON o.id = (SELECT MAX(x.id) FROM outbox x WHERE x.message = m.id)
        LEFT JOIN contents oc ON oc.id = o.content
        LEFT JOIN contents od ON od.id = o.detail
        """

    /// One message, if the viewer may see its ticket.
    public func message(
        _ id: MessageID, viewer: Viewer
    ) throws(StoreError) -> MessageRow? {
        let row = try connection.first(
            """
            \(Self.messageHead)
            WHERE m.id = $1
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            """, [id, viewer], MessageRow.init(row:))
        guard let row else { return nil }
        return try withAttachments(row)
    }

    /// The messages of a ticket in the order they were kept.
    /// - Parameter cursor: the last message of the page before.
    public func messages(
        of ticket: TicketNumber, after cursor: MessageID? = nil, limit: Int = PageLimit.maximum,
        viewer: Viewer
    ) throws(StoreError) -> Page<MessageRow, MessageID> {
        let limit = PageLimit.bounded(limit)
        let bare = try connection.all(
            """
            \(Self.messageHead)
            WHERE m.ticket = $1 AND m.id > $2
              AND (t.hidden = 0 OR $3 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $3 AND a.team = t.team))
            ORDER BY m.id LIMIT $4
            """, [ticket, cursor ?? MessageID(rawValue: 0), viewer, limit + 1],
            MessageRow.init(row:))
        var rows: [MessageRow] = []
        for row in bare { rows.append(try withAttachments(row)) }
        return Page(oneMore: rows, limit: limit) { $0.id }
    }

    /// Messages by their id on the channel, oldest first: a mail's Message-ID (ours too), a provider's id. In one
    /// inbox, or (nil) in any.
    public func messages(
        externalID: String, inbox: InboxID?, limit: Int = PageLimit.usual, viewer: Viewer
    ) throws(StoreError) -> [MessageRow] {
        let parameters: [any SQLBindable] = [
            IndexKey.of(externalID), inbox?.rawValue ?? "", PageLimit.bounded(limit),
        ]
        let received = try connection.all(
            """
            SELECT k.message FROM intake_keys k
            WHERE k.key = $1 AND ($2 = '' OR k.inbox = $2) ORDER BY k.message LIMIT $3
            """, parameters
        ) { row throws(StoreError) in try row.number(0, as: MessageID.self) }
        let written = try connection.all(
            """
            SELECT k.message FROM thread_keys k JOIN messages m ON m.id = k.message
            WHERE k.key = $1 AND m.direction = 'out' AND ($2 = '' OR m.inbox = $2)
            ORDER BY k.message LIMIT $3
            """, parameters
        ) { row throws(StoreError) in try row.number(0, as: MessageID.self) }
        var rows: [MessageRow] = []
        for id in Set(received + written).sorted().prefix(PageLimit.bounded(limit)) {
            if let row = try message(id, viewer: viewer) { rows.append(row) }
        }
        return rows
    }

    /// The bytes of a message as received; nil when it came without, or the viewer may not see it.
    public func rawMessage(_ id: MessageID, viewer: Viewer) throws(StoreError) -> [UInt8]? {
        try connection.first(
            """
            SELECT b.bytes FROM messages m
            JOIN tickets t ON t.number = m.ticket JOIN blobs b ON b.hash = m.raw
            WHERE m.id = $1
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            """, [id, viewer]
        ) { row throws(StoreError) in try row.blob(0) }
    }

    private func withAttachments(_ row: MessageRow) throws(StoreError) -> MessageRow {
        let files = row.content?.files ?? []
        // Without files in the content nothing was attached; an erased content says nothing.
        if row.content != nil && files.isEmpty { return row }
        var row = row
        row.attachments = try attachments(of: row.id, files: files)
        return row
    }
}
