public import HelpdeskCore

/// An invitation whose delay is over.
public struct DueInvitation: Hashable, Sendable {
    public let invitation: InvitationID
    public let ticket: TicketNumber
    public let customer: CustomerID
}

/// An invitation by its page's token.
public struct SentInvitation: Hashable, Sendable {
    public let invitation: Invitation
    public let ticket: TicketNumber?
    public let customer: CustomerID
    public let agent: AgentID?
    public let team: TeamID?
    public let inbox: InboxID?
    public let language: String
    /// What was written beside the score.
    public let comment: ContentID?
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

    public func dueInvitations(
        at now: Instant, limit: Int
    ) throws(StoreError) -> [DueInvitation] {
        try connection.all(
            """
            SELECT id, ticket, customer FROM invitations
            WHERE state = 'scheduled' AND due <= $1 AND ticket IS NOT NULL
            ORDER BY due LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in
            DueInvitation(
                invitation: try row.number(0), ticket: try row.number(1),
                customer: try row.number(2))
        }
    }

    public func invitation(tokenHash: String) throws(StoreError) -> SentInvitation? {
        try connection.first(
            """
            SELECT id, kind, expires, score, answered_at, ticket, customer, agent, team, inbox,
              language, comment
            FROM invitations WHERE token_hash = $1
            """, [tokenHash]
        ) { row throws(StoreError) in
            var response = Invitation.Response.open
            if let score = row.optionalInteger(3), let at = row.optionalInstant(4) {
                response = .answered(score: Int(clamping: score), at: at)
            }
            return SentInvitation(
                invitation: Invitation(
                    id: try row.number(0), kind: try row.word(1), expires: try row.instant(2),
                    response: response),
                ticket: row.optionalNumber(5), customer: try row.number(6),
                agent: row.optionalWord(7), team: row.optionalWord(8),
                inbox: row.optionalWord(9), language: row.optionalText(10) ?? "en",
                comment: row.optionalNumber(11))
        }
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
}
