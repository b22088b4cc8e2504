public import HelpdeskCore

/// The task that a low score opened, with its words.
public struct RecoveryEntry: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable { case open, taken, done }

    public let id: RecoveryID
    public let state: State
    public let customer: CustomerName
    /// Nil when the customer was asked from outside, without a ticket.
    public let ticket: TicketNumber?
    public let invitation: InvitationID
    /// The question that was answered.
    public let kind: SurveyKind
    public let score: Int
    /// The customer's words.
    public let comment: String?
    /// Whose work was rated, and of which team.
    public let agent: AgentID?
    public let team: TeamID?
    public let owner: AgentID?
    public let due: Instant
    public let openedAt: Instant
    public let doneAt: Instant?
    public let ending: RecoveryDone.Ending?
    /// What came of it, in the owner's words.
    public let outcome: String?
    /// What the customer gave when asked again.
    public let secondScore: Int?
}

/// Where a list of recoveries goes on.
public struct RecoveryPlace: Hashable, Sendable {
    public let due: Instant
    public let id: RecoveryID

    public init(due: Instant, id: RecoveryID) {
        self.due = due
        self.id = id
    }
}

/// Which recoveries a list shows.
public enum RecoverySelection: Hashable, Sendable { case unfinished, all }

extension StoreReader {
    private static let recoveryHead = """
        SELECT r.id, r.state, r.customer, n.body, c.standing, r.ticket, r.invitation, r.score,
          k.body, r.owner, r.due, r.opened_at, r.done_at, r.ending, w.body, i.kind, i.agent,
          i.team, r.second_score
        FROM recoveries r
        LEFT JOIN tickets t ON t.number = r.ticket
        LEFT JOIN customers c ON c.id = r.customer
        LEFT JOIN contents n ON n.id = c.name
        LEFT JOIN invitations i ON i.id = r.invitation
        LEFT JOIN contents k ON k.id = i.comment
        LEFT JOIN contents w ON w.id = r.outcome
        """

    private static let unfinishedRecoveries = """
        \(recoveryHead)
        WHERE r.state <> 'done' AND (r.due, r.id) > ($1, $2) AND ($3 = '' OR r.owner = $3)
          AND (r.ticket IS NULL OR t.hidden = 0 OR $4 = '' OR EXISTS
            (SELECT 1 FROM agent_teams a WHERE a.agent = $4 AND a.team = t.team))
        ORDER BY r.due, r.id LIMIT $5
        """

    private static let allRecoveries = """
        \(recoveryHead)
        WHERE (r.due, r.id) > ($1, $2) AND ($3 = '' OR r.owner = $3)
          AND (r.ticket IS NULL OR t.hidden = 0 OR $4 = '' OR EXISTS
            (SELECT 1 FROM agent_teams a WHERE a.agent = $4 AND a.team = t.team))
        ORDER BY r.due, r.id LIMIT $5
        """

    /// A page of recoveries, earliest due first.
    public func recoveries(
        _ selection: RecoverySelection = .unfinished, owner: AgentID? = nil,
        after cursor: RecoveryPlace? = nil, limit: Int = PageLimit.usual, viewer: Viewer
    ) throws(StoreError) -> Page<RecoveryEntry, RecoveryPlace> {
        let limit = PageLimit.bounded(limit)
        let sql = selection == .unfinished ? Self.unfinishedRecoveries : Self.allRecoveries
        let rows = try connection.all(
            sql,
            [
                cursor?.due ?? .distantPast, cursor?.id ?? RecoveryID(rawValue: 0),
                owner?.rawValue ?? "", viewer, limit + 1,
            ], Self.recoveryEntry)
        return Page(oneMore: rows, limit: limit) { RecoveryPlace(due: $0.due, id: $0.id) }
    }

    /// One recovery, if the viewer may see its ticket.
    public func recovery(
        _ id: RecoveryID, viewer: Viewer
    ) throws(StoreError) -> RecoveryEntry? {
        try connection.first(
            """
            \(Self.recoveryHead)
            WHERE r.id = $1
              AND (r.ticket IS NULL OR t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            """, [id, viewer], Self.recoveryEntry)
    }

    private static func recoveryEntry(
        _ row: borrowing SQLRow
    ) throws(StoreError) -> RecoveryEntry {
        RecoveryEntry(
            id: try row.number(0), state: try row.word(1),
            customer: CustomerName(
                id: try row.number(2), name: row.optionalText(3),
                standing: row.optionalWord(4) ?? .regular),
            ticket: row.optionalNumber(5), invitation: try row.number(6),
            kind: row.optionalWord(15) ?? .csat,
            score: Int(clamping: try row.integer(7)), comment: row.optionalText(8),
            agent: row.optionalWord(16), team: row.optionalWord(17), owner: row.optionalWord(9),
            due: try row.instant(10), openedAt: try row.instant(11),
            doneAt: row.optionalInstant(12), ending: row.optionalWord(13),
            outcome: row.optionalText(14),
            secondScore: row.optionalInteger(18).map { Int(clamping: $0) })
    }
}
