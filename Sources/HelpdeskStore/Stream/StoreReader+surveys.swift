public import HelpdeskCore

/// An invitation whose delay is over, or whose reminder is due.
public struct DueInvitation: Hashable, Sendable {
    public let invitation: InvitationID
    public let kind: SurveyKind
    /// The name of the policy it was made under.
    public let policy: String
    public let occasion: SurveyOccasion
    /// Nil when the question is about no ticket.
    public let ticket: TicketNumber?
    public let customer: CustomerID
    /// Where and in which language to ask, when somebody said so.
    public let inbox: InboxID?
    public let language: String?
}

/// An invitation that went out.
public struct SentInvitation: Hashable, Sendable {
    public let invitation: Invitation
    public let policy: String
    public let ticket: TicketNumber?
    public let customer: CustomerID
    public let agent: AgentID?
    public let team: TeamID?
    public let inbox: InboxID?
    public let language: String
    /// What was written beside the score.
    public let comment: ContentID?
    public let delivery: DeliveryID?
    public let tokenHash: String
    /// The message that was written instead of a score.
    public let words: MessageID?
    public let recovery: RecoveryID?
}

/// A recovery as its actions need it.
public struct RecoveryRow: Hashable, Sendable {
    public let id: RecoveryID
    public let ticket: TicketNumber?
    public let customer: CustomerID
    public let invitation: InvitationID
    public let owner: AgentID?
    public let state: String
}

extension StoreReader {
    public func scheduledInvitations(
        of ticket: TicketNumber
    ) throws(StoreError) -> [InvitationID] {
        try connection.all(
            """
            SELECT id FROM invitations WHERE ticket = $1 AND state = 'scheduled'
            ORDER BY id LIMIT 100
            """, [ticket]
        ) { row throws(StoreError) in try row.number(0) }
    }

    private static let dueColumns =
        "id, kind, policy, occasion, ticket, customer, inbox, language"

    private static func due(_ row: borrowing SQLRow) throws(StoreError) -> DueInvitation {
        DueInvitation(
            invitation: try row.number(0), kind: try row.word(1), policy: try row.text(2),
            occasion: row.optionalWord(3) ?? .closing, ticket: row.optionalNumber(4),
            customer: try row.number(5), inbox: row.optionalWord(6),
            language: row.optionalText(7))
    }

    static let dueInvitationsQuery = """
        SELECT \(dueColumns) FROM invitations
        WHERE state = 'scheduled' AND due <= $1 ORDER BY due LIMIT $2
        """

    public func dueInvitations(
        at now: Instant, limit: Int
    ) throws(StoreError) -> [DueInvitation] {
        try connection.all(Self.dueInvitationsQuery, [now, limit], Self.due)
    }

    /// One that waits for its delay still.
    public func scheduledInvitation(
        _ id: InvitationID
    ) throws(StoreError) -> DueInvitation? {
        try connection.first(
            """
            SELECT \(Self.dueColumns) FROM invitations WHERE id = $1 AND state = 'scheduled'
            """, [id], Self.due)
    }

    static let dueRemindersQuery = """
        SELECT id FROM invitations
        WHERE state = 'sent' AND remind_at IS NOT NULL AND remind_at <= $1
        ORDER BY remind_at LIMIT $2
        """

    /// Invitations without an answer whose reminder is due.
    public func dueReminders(at now: Instant, limit: Int) throws(StoreError) -> [InvitationID] {
        try connection.all(Self.dueRemindersQuery, [now, limit]) { row throws(StoreError) in
            try row.number(0)
        }
    }

    /// One that went out, is not answered and still to be reminded of.
    public func invitationToRemind(_ id: InvitationID) throws(StoreError) -> SentInvitation? {
        try connection.first(
            """
            SELECT \(Self.sentColumns) FROM invitations
            WHERE id = $1 AND state = 'sent' AND remind_at IS NOT NULL
            """, [id], Self.sent)
    }

    private static let sentColumns = """
        id, kind, expires, score, answered_at, ticket, customer, agent, team, inbox, language,
        comment, policy, delivery, token_hash, words, recovery
        """

    public func invitation(tokenHash: String) throws(StoreError) -> SentInvitation? {
        try connection.first(
            "SELECT \(Self.sentColumns) FROM invitations WHERE token_hash = $1", [tokenHash],
            Self.sent)
    }

    static let openInvitationsQuery = """
        SELECT \(sentColumns) FROM invitations
        WHERE customer IN (SELECT c.id FROM customers c WHERE c.root = $1)
          AND asked_at IS NOT NULL AND expires > $2 AND inbox = $3
        ORDER BY id DESC LIMIT 5
        """

    /// What somebody was asked through an inbox and can still answer, newest first, at most 5.
    public func openInvitations(
        of customer: CustomerID, through inbox: InboxID, at now: Instant
    ) throws(StoreError) -> [SentInvitation] {
        try connection.all(
            Self.openInvitationsQuery, [try root(of: customer), now, inbox], Self.sent)
    }

    private static func sent(_ row: borrowing SQLRow) throws(StoreError) -> SentInvitation {
        var response = Invitation.Response.open
        if let score = row.optionalInteger(3), let at = row.optionalInstant(4) {
            response = .answered(score: Int(clamping: score), at: at)
        }
        return SentInvitation(
            invitation: Invitation(
                id: try row.number(0), kind: try row.word(1), expires: try row.instant(2),
                response: response),
            policy: try row.text(12), ticket: row.optionalNumber(5),
            customer: try row.number(6), agent: row.optionalWord(7), team: row.optionalWord(8),
            inbox: row.optionalWord(9), language: row.optionalText(10) ?? "en",
            comment: row.optionalNumber(11), delivery: row.optionalNumber(13),
            tokenHash: try row.text(14), words: row.optionalNumber(15),
            recovery: row.optionalNumber(16))
    }

    /// Where the invitation went: the provider's conversation, and to whom.
    public func destination(
        of delivery: DeliveryID
    ) throws(StoreError) -> (conversation: String?, recipients: [String], messageID: String?) {
        let conversation =
            try connection.first(
                "SELECT conversation FROM prepared WHERE delivery = $1", [delivery]
            ) { row throws(StoreError) in row.optionalText(0) } ?? nil
        let content = try reportable(delivery)?.content
        return (conversation, content?.recipients ?? [], content?.messageID)
    }

    /// When the customer was last spoken with on the phone in a ticket; nil: never.
    public func lastConversationByPhone(
        in ticket: TicketNumber
    ) throws(StoreError) -> Instant? {
        try connection.first(
            """
            SELECT received_at FROM messages
            WHERE ticket = $1 AND kind = 'call' AND call_outcome = 'answered'
            ORDER BY id DESC LIMIT 1
            """, [ticket]
        ) { row throws(StoreError) in try row.instant(0) }
    }

    /// Whether an agent wrote to a ticket's customer after something was put into the outbox.
    public func agentWrote(
        in ticket: TicketNumber, after delivery: DeliveryID
    ) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM outbox WHERE ticket = $1 AND id > $2 AND purpose = 'reply' LIMIT 1
            """, [ticket, delivery])
    }

    /// The newest ticket of theirs that is open to everybody: what a question about no ticket in particular is sent
    /// beside, so that an answer in words finds people who know them.
    public func newestOpenlySeenTicket(
        of customer: CustomerID
    ) throws(StoreError) -> TicketNumber? {
        try connection.first(
            """
            SELECT number FROM tickets
            WHERE customer IN (SELECT c.id FROM customers c WHERE c.root = $1)
              AND hidden = 0 AND class = 'regular' AND origin <> 'history'
              AND merged_into IS NULL
            ORDER BY number DESC LIMIT 1
            """, [try root(of: customer)]
        ) { row throws(StoreError) in try row.number(0) }
    }

    /// Whether anybody of a customer's tree asked not to be asked.
    public func refusesSurveys(_ customer: CustomerID) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM customers c WHERE c.root = $1 AND c.surveys_refused_at IS NOT NULL
            LIMIT 1
            """, [try root(of: customer)])
    }

    /// The customer's recovery that is not done, if any.
    public func openRecovery(of customer: CustomerID) throws(StoreError) -> RecoveryRow? {
        try connection.first(
            """
            SELECT id, ticket, customer, invitation, owner, state FROM recoveries
            WHERE customer IN (SELECT c.id FROM customers c WHERE c.root = $1)
              AND state <> 'done'
            ORDER BY id LIMIT 1
            """, [try root(of: customer)], Self.recovery)
    }

    public func recovery(_ id: RecoveryID) throws(StoreError) -> RecoveryRow? {
        try connection.first(
            """
            SELECT id, ticket, customer, invitation, owner, state FROM recoveries WHERE id = $1
            """, [id], Self.recovery)
    }

    /// Under which policy and kind an invitation was made.
    public func surveyWords(
        of invitation: InvitationID
    ) throws(StoreError) -> (kind: SurveyKind, policy: String)? {
        try connection.first(
            "SELECT kind, policy FROM invitations WHERE id = $1", [invitation]
        ) { row throws(StoreError) in (try row.word(0), try row.text(1)) }
    }

    private static func recovery(_ row: borrowing SQLRow) throws(StoreError) -> RecoveryRow {
        RecoveryRow(
            id: try row.number(0), ticket: row.optionalNumber(1), customer: try row.number(2),
            invitation: try row.number(3), owner: row.optionalWord(4), state: try row.text(5))
    }

    /// The first active lead of a team by login: who hears of an unhappy customer.
    public func lead(of team: TeamID) throws(StoreError) -> AgentID? {
        try connection.first(
            """
            SELECT a.login FROM agents a JOIN agent_teams t ON t.agent = a.login
            WHERE t.team = $1 AND a.role = 'lead' AND a.state = 'active'
            ORDER BY a.login LIMIT 1
            """, [team]
        ) { row throws(StoreError) in try row.word(0) }
    }

    /// Who hears of a low score in a team: its active leads and admins; where it has none, or nobody knows the team, the desk's
    /// admins. By login, at most 50.
    public func leadsForScores(of team: TeamID?) throws(StoreError) -> [AgentID] {
        let near = try connection.all(
            """
            SELECT a.login FROM agents a JOIN agent_teams t ON t.agent = a.login
            WHERE t.team = $1 AND a.role IN ('lead', 'admin') AND a.state = 'active'
            ORDER BY a.login LIMIT 50
            """, [team?.rawValue ?? ""]
        ) { row throws(StoreError) in try row.word(0, as: AgentID.self) }
        guard near.isEmpty else { return near }
        return try connection.all(
            """
            SELECT login FROM agents WHERE role = 'admin' AND state = 'active'
            ORDER BY login LIMIT 50
            """, []
        ) { row throws(StoreError) in try row.word(0) }
    }
}
