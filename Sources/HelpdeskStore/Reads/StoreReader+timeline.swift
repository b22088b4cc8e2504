public import HelpdeskCore

extension StoreReader {
    /// A page of a customer's timeline over all channels, of merged customers in one; nil when the viewer may not know of them. What happened in
    /// tickets hidden from the viewer is not in it. A page costs the same however long the history.
    /// - Parameter cursor: the place of the last entry of the page before.
    public func timeline(
        of customer: CustomerID, _ order: TimelineOrder = .oldestFirst,
        after cursor: TimelinePlace? = nil, limit: Int = PageLimit.usual, viewer: Viewer
    ) throws(StoreError) -> Page<TimelineEntry, TimelinePlace>? {
        let members = try members(of: customer, viewer: viewer)
        guard !members.isEmpty else { return nil }
        let limit = PageLimit.bounded(limit)
        let start = cursor ?? (order == .oldestFirst ? .beginning : .end)
        var marks: [TimelineMark] = []
        for member in members {
            let parameters: [any SQLBindable] = [
                member, start.at, start.position, viewer, limit + 1,
            ]
            marks += try connection.all(
                Self.messageMarks(order), parameters, TimelineMark.message)
            marks += try connection.all(Self.momentMarks(order), parameters, TimelineMark.moment)
        }
        marks.sort { order == .oldestFirst ? $0.place < $1.place : $1.place < $0.place }
        var entries: [TimelineEntry] = []
        for mark in marks.prefix(limit + 1) {
            if let entry = try entry(mark, viewer: viewer) { entries.append(entry) }
        }
        return Page(oneMore: entries, limit: limit) { $0.place }
    }

    private static func messageMarks(_ order: TimelineOrder) -> String {
        switch order {
        case .oldestFirst:
            """
            SELECT m.happened_at, m.position, m.id
            FROM messages m JOIN tickets t ON t.number = m.ticket
            WHERE m.customer = $1 AND (m.happened_at, m.position) > ($2, $3)
              AND (t.hidden = 0 OR $4 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $4 AND a.team = t.team))
            ORDER BY m.happened_at, m.position LIMIT $5
            """
        case .newestFirst:
            """
            SELECT m.happened_at, m.position, m.id
            FROM messages m JOIN tickets t ON t.number = m.ticket
            WHERE m.customer = $1 AND (m.happened_at, m.position) < ($2, $3)
              AND (t.hidden = 0 OR $4 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $4 AND a.team = t.team))
            ORDER BY m.happened_at DESC, m.position DESC LIMIT $5
            """
        }
    }

    private static func momentMarks(_ order: TimelineOrder) -> String {
        switch order {
        case .oldestFirst:
            """
            SELECT o.at, o.position FROM moments o LEFT JOIN tickets t ON t.number = o.ticket
            WHERE o.customer = $1 AND (o.at, o.position) > ($2, $3)
              AND (o.ticket IS NULL OR t.hidden = 0 OR $4 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $4 AND a.team = t.team))
            ORDER BY o.at, o.position LIMIT $5
            """
        case .newestFirst:
            """
            SELECT o.at, o.position FROM moments o LEFT JOIN tickets t ON t.number = o.ticket
            WHERE o.customer = $1 AND (o.at, o.position) < ($2, $3)
              AND (o.ticket IS NULL OR t.hidden = 0 OR $4 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $4 AND a.team = t.team))
            ORDER BY o.at DESC, o.position DESC LIMIT $5
            """
        }
    }

    private func entry(
        _ mark: TimelineMark, viewer: Viewer
    ) throws(StoreError) -> TimelineEntry? {
        switch mark.source {
        case .message(let id):
            guard let message = try message(id, viewer: viewer) else { return nil }
            return TimelineEntry(
                place: mark.place, ticket: message.ticket, item: .message(message))
        case .moment:
            // A type from a newer version is left out.
            guard let event = try event(at: mark.place.position)?.recorded() else { return nil }
            return TimelineEntry(
                place: mark.place, ticket: event.ticket,
                item: .event(event, words: try words(of: event.event)))
        }
    }

    /// One event of the stream; the caller has checked that the viewer may see it.
    public func event(at position: Position) throws(StoreError) -> StoredEvent? {
        try connection.first(
            """
            SELECT position, at, actor_kind, actor_id, type, schema, ticket, customer, command,
              cause, data, past
            FROM events WHERE position = $1
            """, [position], Self.storedEvent)
    }

    /// The text that belongs to an event; nil when there is none, or erased.
    func words(of event: DomainEvent) throws(StoreError) -> String? {
        let reference: ContentRef? =
            switch event {
            case .survey(.answered(let answered)): answered.comment
            case .survey(.recoveryDone(let done)): done.outcome
            case .ticket(.transferred(let transferred)): transferred.brief
            case .ticket(.opened(let opened)): opened.subject
            default: nil
            }
        guard let reference else { return nil }
        return try content(reference.id)
    }
}

/// An entry of a timeline before it is read.
private struct TimelineMark {
    enum Source { case message(MessageID), moment }

    let place: TimelinePlace
    let source: Source

    static func message(_ row: borrowing SQLRow) throws(StoreError) -> TimelineMark {
        TimelineMark(place: try place(row), source: .message(try row.number(2)))
    }

    static func moment(_ row: borrowing SQLRow) throws(StoreError) -> TimelineMark {
        TimelineMark(place: try place(row), source: .moment)
    }

    private static func place(_ row: borrowing SQLRow) throws(StoreError) -> TimelinePlace {
        TimelinePlace(at: try row.instant(0), position: try row.number(1))
    }
}
