public import HelpdeskCore

/// Where an endpoint is in the stream.
public struct ForwardingCursor: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        case active
        /// It said that it wants no more; a person lets it go on.
        case stopped
    }

    public let position: Position
    public let state: State
    public let detail: String?
}

/// An event that an endpoint did not take.
public struct ForwardingLetter: Hashable, Sendable {
    public let position: Position
    public let lane: String
    public let attempts: Int
    /// When it was first put aside.
    public let since: Instant
    public let due: Instant?
    public let detail: String?
    /// The type of its event.
    public let type: String
    public let ticket: TicketNumber?
}

/// An event to be put aside.
public struct NewLetter: Hashable, Sendable {
    public var position: Position
    public var lane: String
    public var attempts: Int
    /// Nil: it waits behind another of its lane.
    public var due: Instant?
    public var detail: String?

    public init(position: Position, lane: String, attempts: Int, due: Instant?, detail: String?) {
        self.position = position
        self.lane = lane
        self.attempts = attempts
        self.due = due
        self.detail = detail
    }
}

extension StoreReader {
    public func forwardingCursor(of endpoint: String) throws(StoreError) -> ForwardingCursor? {
        try connection.first(
            "SELECT position, state, detail FROM forwarding_cursors WHERE endpoint = $1", [endpoint]
        ) { row throws(StoreError) in
            ForwardingCursor(
                position: try row.number(0), state: try row.word(1), detail: row.optionalText(2))
        }
    }

    public func hasLetters(for endpoint: String, in lane: String) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM forwarding_letters
            WHERE endpoint = $1 AND lane = $2 AND state = 'waiting' LIMIT 1
            """, [endpoint, lane])
    }

    /// The first of each lane whose time has come, longest due first.
    public func lettersDue(
        for endpoint: String, at now: Instant, limit: Int
    ) throws(StoreError) -> [ForwardingLetter] {
        try connection.all(
            """
            SELECT \(ForwardingLetter.columns)
            FROM forwarding_letters l JOIN events e ON e.position = l.position
            WHERE l.endpoint = $1 AND l.state = 'waiting' AND l.due IS NOT NULL AND l.due <= $2
            ORDER BY l.due LIMIT $3
            """, [endpoint, now, limit], ForwardingLetter.init(row:))
    }

    /// What was given up, oldest first.
    public func deadLetters(
        of endpoint: String, after position: Position, limit: Int
    ) throws(StoreError) -> Page<ForwardingLetter, Position> {
        let limit = PageLimit.bounded(limit)
        let letters = try connection.all(
            """
            SELECT \(ForwardingLetter.columns)
            FROM forwarding_letters l JOIN events e ON e.position = l.position
            WHERE l.endpoint = $1 AND l.state = 'dead' AND l.position > $2
            ORDER BY l.position LIMIT $3
            """, [endpoint, position, limit + 1], ForwardingLetter.init(row:))
        return Page(oneMore: letters, limit: limit) { $0.position }
    }

    /// How many letters of an endpoint wait, and how many were given up; each counted up to 100,000.
    public func letterCounts(
        of endpoint: String
    ) throws(StoreError) -> (waiting: Int, dead: Int) {
        func count(_ state: String) throws(StoreError) -> Int {
            let found = try connection.first(
                """
                SELECT COUNT(*) FROM (SELECT 1 FROM forwarding_letters
                  WHERE endpoint = $1 AND state = $2 LIMIT 100000) bounded
                """, [endpoint, state]
            ) { row throws(StoreError) in try row.integer(0) }
            return Int(found ?? 0)
        }
        return (try count("waiting"), try count("dead"))
    }
}

extension ForwardingLetter {
    static let columns =
        "l.position, l.lane, l.attempts, l.since, l.due, l.detail, e.type, e.ticket"

    init(row: borrowing SQLRow) throws(StoreError) {
        self.init(
            position: try row.number(0), lane: try row.text(1),
            attempts: Int(try row.integer(2)), since: try row.instant(3),
            due: row.optionalInstant(4), detail: row.optionalText(5), type: try row.text(6),
            ticket: row.optionalNumber(7))
    }
}
