public import HelpdeskCore

extension StoreReader {
    /// A page of agents by login; of one team, or (nil) all.
    /// - Parameter cursor: the last login of the page before.
    public func agents(
        team: TeamID? = nil, after cursor: AgentID? = nil, limit: Int = PageLimit.usual,
        viewer: Viewer
    ) throws(StoreError) -> Page<AgentEntry, AgentID> {
        let limit = PageLimit.bounded(limit)
        let logins = try connection.all(
            """
            SELECT g.login FROM agents g
            WHERE g.login > $1 AND ($2 = '' OR EXISTS
              (SELECT 1 FROM agent_teams m WHERE m.agent = g.login AND m.team = $2))
            ORDER BY g.login LIMIT $3
            """, [cursor?.rawValue ?? "", team?.rawValue ?? "", limit + 1]
        ) { row throws(StoreError) in try row.word(0, as: AgentID.self) }
        if let team, try !teamExists(team, viewer: viewer) { return Page(rows: [], next: nil) }
        var rows: [AgentEntry] = []
        for login in logins {
            if let row = try agent(login, viewer: viewer) { rows.append(row) }
        }
        return Page(oneMore: rows, limit: limit) { $0.login }
    }

    /// One agent; of their teams, those that the viewer may know of.
    public func agent(_ login: AgentID, viewer: Viewer) throws(StoreError) -> AgentEntry? {
        let teams = try connection.all(
            """
            SELECT m.team FROM agent_teams m LEFT JOIN teams t ON t.name = m.team
            WHERE m.agent = $1 AND (COALESCE(t.private, 0) = 0 OR $2 = '' OR EXISTS
              (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = m.team))
            ORDER BY m.team LIMIT 500
            """, [login, viewer]
        ) { row throws(StoreError) in try row.word(0, as: TeamID.self) }
        let skills = try connection.all(
            "SELECT skill, level FROM agent_skills WHERE agent = $1 ORDER BY skill LIMIT 500",
            [login]
        ) { row throws(StoreError) in
            AgentEntry.Skill(name: try row.text(0), level: Int(clamping: try row.integer(1)))
        }
        let languages = try connection.all(
            "SELECT language FROM agent_languages WHERE agent = $1 ORDER BY language LIMIT 100",
            [login]
        ) { row throws(StoreError) in try row.text(0) }
        return try connection.first(
            """
            SELECT g.login, g.name, g.email, g.role, g.capacity, g.timezone, g.extension, g.state,
              p.presence, p.at
            FROM agents g LEFT JOIN presence p ON p.agent = g.login WHERE g.login = $1
            """, [login]
        ) { row throws(StoreError) in
            AgentEntry(
                login: try row.word(0), name: row.optionalText(1), email: row.optionalText(2),
                role: try row.text(3), teams: teams, skills: skills, languages: languages,
                capacity: Int(clamping: try row.integer(4)), timezone: row.optionalText(5),
                extensionNumber: row.optionalText(6),
                state: row.optionalWord(7) ?? .disabled, presence: row.optionalWord(8),
                presenceSince: row.optionalInstant(9))
        }
    }

    /// A page of teams by name. A private team is there for its members only.
    /// - Parameter cursor: the last name of the page before.
    public func teams(
        after cursor: TeamID? = nil, limit: Int = PageLimit.usual, viewer: Viewer
    ) throws(StoreError) -> Page<TeamEntry, TeamID> {
        let limit = PageLimit.bounded(limit)
        let found = try connection.all(
            """
            SELECT t.name, t.private FROM teams t
            WHERE t.name > $1 AND (t.private = 0 OR $2 = '' OR EXISTS
              (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.name))
            ORDER BY t.name LIMIT $3
            """, [cursor?.rawValue ?? "", viewer, limit + 1]
        ) { row throws(StoreError) in
            (try row.word(0, as: TeamID.self), try row.integer(1) != 0)
        }
        var rows: [TeamEntry] = []
        for (name, isPrivate) in found {
            rows.append(
                TeamEntry(
                    name: name, privacy: isPrivate ? .hidden : .open,
                    members: try members(of: name),
                    waiting: try ticketCount(
                        TicketFilter(holder: .nobody, team: name, ticketClass: .regular),
                        viewer: viewer)))
        }
        return Page(oneMore: rows, limit: limit) { $0.name }
    }

    private func members(of team: TeamID) throws(StoreError) -> [AgentID] {
        try connection.all(
            """
            SELECT m.agent FROM agent_teams m JOIN agents g ON g.login = m.agent
            WHERE m.team = $1 AND g.state = 'active' ORDER BY m.agent LIMIT 1000
            """, [team]
        ) { row throws(StoreError) in try row.word(0) }
    }

    /// Whether a team is there for the viewer; one that is not configured any more still is.
    private func teamExists(_ team: TeamID, viewer: Viewer) throws(StoreError) -> Bool {
        try !connection.exists(
            """
            SELECT 1 FROM teams t WHERE t.name = $1 AND t.private = 1 AND $2 <> '' AND NOT EXISTS
              (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.name)
            """, [team, viewer])
    }
}
