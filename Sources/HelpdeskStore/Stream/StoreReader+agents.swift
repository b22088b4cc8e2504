public import HelpdeskCore

/// An agent as `agent add` gives one.
public struct AgentRecord: Hashable, Sendable {
    public var login: AgentID
    public var name: String?
    public var email: String?
    public var role: AgentRole
    public var capacity: Int
    public var timezone: String?
    public var `extension`: String?
    public var unixUser: String?
    public var teams: [TeamID]
    public var skills: [String: Int]
    public var languages: [String]
    /// By language; empty: for any.
    public var signatures: [String: String]

    public init(
        login: AgentID, name: String?, email: String?, role: AgentRole, capacity: Int,
        timezone: String?, extension: String?, unixUser: String?, teams: [TeamID],
        skills: [String: Int], languages: [String], signatures: [String: String] = [:]
    ) {
        self.login = login
        self.name = name
        self.email = email
        self.role = role
        self.capacity = capacity
        self.timezone = timezone
        self.extension = `extension`
        self.unixUser = unixUser
        self.teams = teams
        self.skills = skills
        self.languages = languages
        self.signatures = signatures
    }
}

/// What stands for an agent under their answers.
public struct AgentSignature: Hashable, Sendable {
    public let text: String

    public init(text: String) { self.text = text }
}

/// Who may sign in.
public struct SignedIn: Hashable, Sendable {
    public let login: AgentID
    public let role: AgentRole
    public let scope: TokenScope
    /// Of the token; nil: never, or there is none.
    public let lastUsed: Instant?
}

/// A token as ops see it: never the token itself, which nobody has but its holder.
public struct TokenEntry: Hashable, Sendable {
    public let hash: [UInt8]
    public let name: String?
    public let scope: TokenScope
    public let createdAt: Instant
    public let lastUsedAt: Instant?
    public let revokedAt: Instant?

    /// By which it is named to be revoked: twelve digits of the hash.
    public var id: String { Hexadecimal.text(hash.prefix(6)) }
}

extension StoreReader {
    public func agent(tokenHash: [UInt8]) throws(StoreError) -> SignedIn? {
        try connection.first(
            """
            SELECT a.login, a.role, t.scope, t.last_used_at
            FROM tokens t JOIN agents a ON a.login = t.agent
            WHERE t.hash = $1 AND t.revoked_at IS NULL AND a.state = 'active'
            """, [tokenHash]
        ) { row throws(StoreError) in
            SignedIn(
                login: try row.word(0), role: try row.word(1), scope: try row.word(2),
                lastUsed: row.optionalInstant(3))
        }
    }

    /// Every token that an agent ever had, newest first; at most 200.
    public func tokens(of agent: AgentID) throws(StoreError) -> [TokenEntry] {
        try connection.all(
            """
            SELECT hash, name, scope, created_at, last_used_at, revoked_at FROM tokens
            WHERE agent = $1 ORDER BY created_at DESC LIMIT 200
            """, [agent]
        ) { row throws(StoreError) in
            TokenEntry(
                hash: try row.blob(0), name: row.optionalText(1), scope: try row.word(2),
                createdAt: try row.instant(3), lastUsedAt: row.optionalInstant(4),
                revokedAt: row.optionalInstant(5))
        }
    }

    public func agent(unixUser: String) throws(StoreError) -> SignedIn? {
        try connection.first(
            "SELECT login, role FROM agents WHERE unix_user = $1 AND state = 'active'",
            [unixUser], Self.signedIn)
    }

    private static func signedIn(_ row: borrowing SQLRow) throws(StoreError) -> SignedIn {
        SignedIn(login: try row.word(0), role: try row.word(1), scope: .full, lastUsed: nil)
    }

    public func agentExists(_ login: AgentID) throws(StoreError) -> Bool {
        try connection.exists("SELECT 1 FROM agents WHERE login = $1", [login])
    }

    public func teams(of agent: AgentID) throws(StoreError) -> Set<TeamID> {
        Set(
            try connection.all("SELECT team FROM agent_teams WHERE agent = $1", [agent]) {
                row throws(StoreError) in try row.word(0, as: TeamID.self)
            })
    }

    public func isMember(_ agent: AgentID, of team: TeamID) throws(StoreError) -> Bool {
        try connection.exists(
            "SELECT 1 FROM agent_teams WHERE agent = $1 AND team = $2", [agent, team])
    }

    /// Whether anybody was ever added.
    public func hasAgents() throws(StoreError) -> Bool {
        try connection.exists("SELECT 1 FROM agents LIMIT 1", [])
    }

    /// What an agent signs with in a language: their signature in it, else in any language, else their name, else the login.
    public func signature(
        of agent: AgentID, language: String
    ) throws(StoreError) -> AgentSignature {
        let found = try connection.first(
            """
            SELECT COALESCE(
              (SELECT text FROM agent_signatures WHERE agent = $1 AND language = $2),
              (SELECT text FROM agent_signatures WHERE agent = $1 AND language = ''),
              (SELECT name FROM agents WHERE login = $1), '')
            """, [agent, language]
        ) { row throws(StoreError) in try row.text(0) }
        let text = found.flatMap { $0.isEmpty ? nil : $0 } ?? agent.rawValue
        return AgentSignature(text: text)
    }

    public func activeTickets(heldBy agent: AgentID) throws(StoreError) -> [TicketNumber] {
        try connection.all(
            """
            SELECT number FROM tickets
            WHERE assignee = $1 AND status IN ('new', 'open', 'pending')
            ORDER BY number LIMIT 10000
            """, [agent]
        ) { row throws(StoreError) in try row.number(0) }
    }
}

extension StoreTransaction {
    public func add(_ agent: AgentRecord) throws(StoreError) {
        try execute(
            """
            INSERT INTO agents (
              login, name, email, role, capacity, timezone, extension, unix_user, state,
              created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', $9)
            """,
            [
                agent.login, agent.name, agent.email, agent.role.rawValue, agent.capacity,
                agent.timezone, agent.extension, agent.unixUser, now,
            ])
        for team in agent.teams {
            try execute(
                "INSERT INTO agent_teams (agent, team) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [agent.login, team])
        }
        for (skill, level) in agent.skills.sorted(by: { $0.key < $1.key }) {
            try execute(
                "INSERT INTO agent_skills (agent, skill, level) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                [agent.login, skill, level])
        }
        for language in agent.languages {
            try execute(
                "INSERT INTO agent_languages (agent, language) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [agent.login, language])
        }
        try keepSignatures(agent.signatures, of: agent.login)
    }

    /// What an agent signs with from now on, by language (empty: any); an empty text takes a signature away.
    public func keepSignatures(
        _ signatures: [String: String], of agent: AgentID
    ) throws(StoreError) {
        for (language, text) in signatures.sorted(by: { $0.key < $1.key }) {
            try execute(
                "DELETE FROM agent_signatures WHERE agent = $1 AND language = $2",
                [agent, language])
            guard !text.isEmpty else { continue }
            try execute(
                "INSERT INTO agent_signatures (agent, language, text) VALUES ($1, $2, $3)",
                [agent, language, text])
        }
    }

    public func keepToken(
        hash: [UInt8], of agent: AgentID, name: String? = nil, scope: TokenScope = .full
    ) throws(StoreError) {
        try execute(
            "INSERT INTO tokens (hash, agent, created_at, name, scope) VALUES ($1, $2, $3, $4, $5)",
            [hash, agent, now, name, scope.rawValue])
    }

    public func noteTokenUse(hash: [UInt8]) throws(StoreError) {
        try execute("UPDATE tokens SET last_used_at = $1 WHERE hash = $2", [now, hash])
    }

    /// From this commit on the token is nobody's.
    public func revokeToken(hash: [UInt8]) throws(StoreError) {
        try execute(
            "UPDATE tokens SET revoked_at = $1 WHERE hash = $2 AND revoked_at IS NULL",
            [now, hash])
    }

    public func disable(_ agent: AgentID) throws(StoreError) {
        try execute("UPDATE agents SET state = 'disabled' WHERE login = $1", [agent])
        try execute(
            "UPDATE tokens SET revoked_at = $1 WHERE agent = $2 AND revoked_at IS NULL",
            [now, agent])
    }

    /// The configured teams as the store's reads know them, and which tickets are hidden by that.
    public func keepTeams(_ teams: [(id: TeamID, privacy: TeamPrivacy)]) throws(StoreError) {
        for team in teams {
            let isPrivate = team.privacy == .restricted ? 1 : 0
            try execute(
                """
                INSERT INTO teams (name, private) VALUES ($1, $2)
                ON CONFLICT (name) DO UPDATE SET private = excluded.private
                """, [team.id, isPrivate])
        }
    }
}
