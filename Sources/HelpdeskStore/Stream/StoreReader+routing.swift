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
    /// - Parameter shift: an agent's own shift, by their login and the name of their time zone.
    public func routingAgents(
        shift: (AgentID, String?) -> Shift?
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
            SELECT a.login, a.capacity, p.presence, s.screen, a.timezone
            FROM agents a LEFT JOIN presence p ON p.agent = a.login
            LEFT JOIN screens s ON s.agent = a.login
            WHERE a.state = 'active' ORDER BY a.login
            """
        ) { row throws(StoreError) in
            let id = try row.word(0, as: AgentID.self)
            return RoutingAgent(
                id: id, teams: teams[id] ?? [], skills: skills[id] ?? [:],
                languages: languages[id] ?? [], capacity: Int(clamping: try row.integer(1)),
                duty: shift(id, row.optionalText(4)).map { .shift($0) } ?? .team,
                presence: row.optionalWord(2), screen: row.optionalWord(3))
        }
    }

    /// Who was last seen to have the screen open.
    public func openScreens() throws(StoreError) -> Set<AgentID> {
        Set(
            try connection.all(
                "SELECT agent FROM screens WHERE screen = $1 ORDER BY agent", [Screen.open.rawValue]
            ) { row throws(StoreError) in try row.word(0, as: AgentID.self) })
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
}
