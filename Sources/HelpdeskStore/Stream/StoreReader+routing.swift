public import HelpdeskCore

public enum CallbackStanding: Hashable, Sendable { case due, notDue }

/// How many tickets of one inbox an agent holds that weigh on them.
public struct Holding: Hashable, Sendable {
    public let agent: AgentID
    public let inbox: InboxID
    public let callbackDue: CallbackStanding
    public let count: Int
}

/// What the router must know of a ticket beside its row.
public struct CustomerService: Hashable, Sendable {
    public let standing: CustomerUpdated.Standing
    public let lastServed: RoutingRequest.LastServed?
    public let lastAsked: Instant?
}

extension StoreReader {
    /// Agents who are not disabled, with teams, skills, languages and what they say of themselves.
    public func routingAgents(
        shifts: [AgentID: Shift]
    ) throws(StoreError) -> [RoutingAgent] {
        var teams: [AgentID: Set<TeamID>] = [:]
        for (agent, team) in try pairs("SELECT agent, team FROM agent_teams") {
            teams[AgentID(rawValue: agent), default: []].insert(TeamID(rawValue: team))
        }
        var languages: [AgentID: Set<LanguageCode>] = [:]
        for (agent, language) in try pairs("SELECT agent, language FROM agent_languages") {
            guard let code = LanguageCode(language) else { continue }
            languages[AgentID(rawValue: agent), default: []].insert(code)
        }
        var skills: [AgentID: [SkillName: Int]] = [:]
        let levels = try connection.all("SELECT agent, skill, level FROM agent_skills") {
            row throws(StoreError) in
            (try row.text(0), try row.text(1), Int(clamping: try row.integer(2)))
        }
        for (agent, skill, level) in levels {
            skills[AgentID(rawValue: agent), default: [:]][SkillName(rawValue: skill)] = level
        }
        return try connection.all(
            """
            SELECT a.login, a.capacity, p.presence
            FROM agents a LEFT JOIN presence p ON p.agent = a.login
            WHERE a.state = 'active' ORDER BY a.login
            """
        ) { row throws(StoreError) in
            let id = try row.word(0, as: AgentID.self)
            return RoutingAgent(
                id: id, teams: teams[id] ?? [], skills: skills[id] ?? [:],
                languages: languages[id] ?? [], capacity: Int(clamping: try row.integer(1)),
                duty: shifts[id].map { .shift($0) } ?? .team,
                presence: row.optionalWord(2))
        }
    }

    private func pairs(_ sql: String) throws(StoreError) -> [(String, String)] {
        try connection.all(sql) { row throws(StoreError) in (try row.text(0), try row.text(1)) }
    }

    public func lastAssignments() throws(StoreError) -> [(AgentID, Instant)] {
        try connection.all("SELECT agent, last_assigned_at FROM agent_activity") {
            row throws(StoreError) in (try row.word(0), try row.instant(1))
        }
    }

    public func holdings() throws(StoreError) -> [Holding] {
        try connection.all(
            """
            SELECT assignee, inbox, CASE WHEN callback = 'due' THEN 1 ELSE 0 END, COUNT(*)
            FROM tickets
            WHERE assignee IS NOT NULL AND status IN ('new', 'open') AND snoozed_until IS NULL
              AND class = 'regular' AND origin <> 'history'
            GROUP BY 1, 2, 3
            """
        ) { row throws(StoreError) in
            Holding(
                agent: try row.word(0), inbox: try row.word(1),
                callbackDue: try row.integer(2) == 1 ? .due : .notDue,
                count: Int(clamping: try row.integer(3)))
        }
    }

    public func service(of customer: CustomerID) throws(StoreError) -> CustomerService {
        let root = try root(of: customer)
        var standing = CustomerUpdated.Standing.regular
        var served: (at: RoutingRequest.LastServed, answered: Bool)?
        var lastAsked: Instant?
        // Who answered any of them last, else who was last given work of theirs.
        try connection.rows(
            """
            SELECT c.id, c.standing, c.last_agent, c.last_served_at, c.last_asked_at,
              EXISTS (SELECT 1 FROM tickets t
                WHERE t.customer = c.id AND t.answered_last IS NOT NULL)
            FROM customers c WHERE c.root = $1
            """, [root]
        ) { row throws(StoreError) in
            if try row.number(0, as: CustomerID.self) == root {
                standing = row.optionalWord(1) ?? .regular
            }
            if let asked = row.optionalInstant(4) { lastAsked = max(lastAsked ?? asked, asked) }
            guard let agent = row.optionalWord(2, as: AgentID.self),
                let at = row.optionalInstant(3)
            else { return .next }
            let isAnswer = try row.integer(5) != 0
            if let known = served,
                known.answered == isAnswer ? known.at.at >= at : known.answered
            {
                return .next
            }
            served = (RoutingRequest.LastServed(agent: agent, at: at), isAnswer)
            return .next
        }
        return CustomerService(standing: standing, lastServed: served?.at, lastAsked: lastAsked)
    }

    /// Agents whom this customer gave a score of at most `low` since `since`.
    public func scoredLow(
        by customer: CustomerID, atMost low: Int, since: Instant
    ) throws(StoreError) -> Set<AgentID> {
        Set(
            try connection.all(
                """
                SELECT agent FROM invitations
                WHERE customer IN (SELECT c.id FROM customers c WHERE c.root = $1)
                  AND (kind IN ('csat', 'own') AND score <= $2 OR kind = 'ces' AND score <= 3)
                  AND answered_at >= $3 AND agent IS NOT NULL
                ORDER BY id DESC LIMIT 20
                """, [try root(of: customer), low, since]
            ) { row throws(StoreError) in try row.word(0, as: AgentID.self) })
    }

    /// Tickets of a team that wait for somebody, most urgent first, at most `limit`.
    public func queuedTickets(
        of team: TeamID, limit: Int
    ) throws(StoreError) -> [WaitingTicket] {
        try connection.all(
            """
            SELECT t.number, t.priority, r.standing, t.opened_at,
              (SELECT MIN(s.due) FROM sla_clocks s
               WHERE s.ticket = t.number AND s.breached_at IS NULL)
            FROM tickets t LEFT JOIN customers c ON c.id = t.customer
            LEFT JOIN customers r ON r.id = c.root
            WHERE t.team = $1 AND t.queued = 1
            ORDER BY t.priority DESC, t.number LIMIT $2
            """, [team, limit]
        ) { row throws(StoreError) in
            WaitingTicket(
                ticket: try row.number(0),
                priority: try TicketRow.priority(rank: try row.integer(1)),
                standing: row.optionalWord(2) ?? .regular, deadline: row.optionalInstant(4),
                since: try row.instant(3))
        }
    }
}

/// What the stream says of a ticket that is in nobody's hands.
public struct WaitingPast: Hashable, Sendable {
    /// The first decision of this wait.
    public var since: Instant?
    /// Whom the last decision waits for.
    public var awaited: AgentID?
    /// Who gave it back, or had it taken from them, last.
    public var excluded: [AgentID: RoutingExclusion] = [:]

    public init() {}
}

extension StoreReader {
    /// Reads back to where the wait began; at most 50 events.
    public func waitingPast(of ticket: TicketNumber) throws(StoreError) -> WaitingPast {
        var past = WaitingPast()
        var isLatest = true
        try connection.rows(
            """
            SELECT type, at, actor_kind, actor_id, data FROM events
            WHERE ticket = $1 AND type IN ('ticket_queued', 'ticket_assigned',
              'ticket_unassigned', 'ticket_transferred', 'ticket_status_changed')
            ORDER BY position DESC LIMIT 50
            """, [ticket]
        ) { row throws(StoreError) in
            switch try EventCodec.decode(type: try row.text(0), data: try row.text(4)) {
            case .ticket(.queued(let queued)):
                past.since = try row.instant(1)
                if isLatest, case .waiting(let agent, _) = queued.decision.outcome {
                    past.awaited = agent
                }
                isLatest = false
                return .next
            case .ticket(.unassigned(let unassigned)) where unassigned.reason == .agent:
                let gaveBack = row.optionalText(3) == unassigned.previous.rawValue
                past.excluded[unassigned.previous] = gaveBack ? .gaveBack : .byHand
                return .stop
            default:
                return .stop
            }
        }
        return past
    }
}
