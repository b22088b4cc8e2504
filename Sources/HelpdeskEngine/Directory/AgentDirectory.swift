internal import Crypto
public import HelpdeskCore
internal import HelpdeskStore

/// A new or changed agent.
public struct AgentProfile: Hashable, Sendable, Codable {
    public var login: AgentID
    public var name: String?
    public var email: String?
    public var role: AgentRole
    public var capacity: Int
    public var timezone: String?
    public var `extension`: String?
    public var unixUser: String?
    public var teams: [TeamID]
    /// Level by skill.
    public var skills: [String: Int]
    public var languages: [String]
    /// What stands under their answers, by language; empty: in any.
    public var signatures: [String: String]

    public init(
        login: AgentID, name: String? = nil, email: String? = nil, role: AgentRole = .agent,
        capacity: Int = 10, timezone: String? = nil, extension: String? = nil,
        unixUser: String? = nil, teams: [TeamID] = [], skills: [String: Int] = [:],
        languages: [String] = [], signatures: [String: String] = [:]
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

/// Agents, their tokens and their presence.
public struct AgentDirectory: Sendable {
    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// Whose token this is: one look-up of its hash, no password hash (peers lose 450 ms there). An empty token is nobody's.
    public func authenticate(token: String) async throws(DeskFailure) -> Caller? {
        guard (16...200).contains(token.utf8.count) else { return nil }
        let hash = Self.hash(token)
        return try await desk.read { reader throws(StoreError) in
            try reader.agent(tokenHash: hash).map { Caller(agent: $0.login, role: $0.role) }
        }
    }

    /// Who is bound to a Unix user of this machine.
    public func authenticate(unixUser: String) async throws(DeskFailure) -> Caller? {
        guard !unixUser.isEmpty, unixUser != "root" else { return nil }
        return try await desk.read { reader throws(StoreError) in
            try reader.agent(unixUser: unixUser).map { Caller(agent: $0.login, role: $0.role) }
        }
    }

    /// Adds an agent and makes the first token; it is returned this once.
    public func add(_ profile: AgentProfile) async throws(DeskFailure) -> String {
        try check(profile)
        let token = makeToken()
        let desk = desk
        try await desk.write { transaction in
            guard try !transaction.reader.agentExists(profile.login) else {
                throw DeskFailure.conflict("agent \(profile.login.rawValue) exists already")
            }
            if let user = profile.unixUser,
                let other = try transaction.reader.agent(unixUser: user)
            {
                throw DeskFailure.conflict(
                    "Unix user \(user) is bound to agent \(other.login.rawValue) already")
            }
            try transaction.add(profile.record)
            try transaction.keepToken(hash: Self.hash(token), of: profile.login)
            desk.board.drop()
            try QueueDrain(session: TicketSession(desk, transaction, by: .operator)).drainAll()
        }
        return token
    }

    /// A further token.
    public func token(for agent: AgentID) async throws(DeskFailure) -> String {
        let token = makeToken()
        try await desk.write { transaction in
            guard try transaction.reader.isActive(agent) else {
                throw DeskFailure.notFound("agent \(agent.rawValue)")
            }
            try transaction.keepToken(hash: Self.hash(token), of: agent)
        }
        return token
    }

    /// What an agent signs with from now on: text by language, empty for any; an empty text takes one away.
    public func setSignatures(
        _ signatures: [String: String], of agent: AgentID
    ) async throws(DeskFailure) {
        try check(signatures: signatures)
        try await desk.write { transaction in
            guard try transaction.reader.isActive(agent) else {
                throw DeskFailure.notFound("agent \(agent.rawValue)")
            }
            try transaction.keepSignatures(signatures, of: agent)
        }
    }

    /// In UTF-8 bytes.
    static let longestSignature = 2_000

    private func check(signatures: [String: String]) throws(DeskFailure) {
        for (language, text) in signatures {
            guard language.isEmpty || LanguageCode(language) != nil else {
                throw .invalid(field: "signature", expected: "a code such as fa or en before the =")
            }
            guard text.utf8.count <= Self.longestSignature else {
                throw .invalid(
                    field: "signature", expected: "at most \(Self.longestSignature) bytes")
            }
        }
    }

    /// Takes an agent out of the desk: tokens end at once, their tickets are routed anew.
    public func disable(_ agent: AgentID) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            guard try transaction.reader.isActive(agent) else {
                throw DeskFailure.notFound("agent \(agent.rawValue)")
            }
            try transaction.disable(agent)
            desk.board.drop()
            let session = TicketSession(desk, transaction, by: .operator)
            for number in try transaction.reader.activeTickets(heldBy: agent) {
                try session.perform(.unassign(.agent), on: try session.row(number))
                try TicketRouting(session: session).route(try session.row(number))
            }
            // Whoever was waited for comes no more.
            try QueueDrain(session: session).drainAll()
        }
    }

    /// Notifications go to their mailbox again. No error where none had come back.
    public func resumeNotices(to agent: AgentID) async throws(DeskFailure) {
        try await desk.write { transaction in
            guard try transaction.reader.isActive(agent) else {
                throw DeskFailure.notFound("agent \(agent.rawValue)")
            }
            guard try transaction.reader.noticesAreStopped(for: agent) else { return }
            try transaction.append(
                .desk(.noticesResumed(NoticesResumed(agent: agent))), ticket: nil, customer: nil,
                by: .operator)
        }
    }

    /// What an agent chose to be told, and on whose clock their quiet hours are. Others' is for leads.
    public func notices(
        of agent: AgentID, by caller: Caller
    ) async throws(DeskFailure) -> (settings: NoticeSettings, timezone: String?) {
        try allowNotices(of: agent, to: caller)
        let found = try await desk.read {
            reader throws(StoreError) -> (settings: NoticeSettings, timezone: String?)? in
            guard try reader.isActive(agent) else { return nil }
            return (try reader.noticeSettings(of: agent), try reader.timezone(of: agent))
        }
        guard let found else { throw .notFound("agent \(agent.rawValue)") }
        return found
    }

    public func setNotices(
        _ settings: NoticeSettings, of agent: AgentID, by caller: Caller
    ) async throws(DeskFailure) {
        try allowNotices(of: agent, to: caller)
        try await desk.write { transaction in
            guard try transaction.reader.isActive(agent) else {
                throw DeskFailure.notFound("agent \(agent.rawValue)")
            }
            try transaction.keep(settings, of: agent)
        }
    }

    private func allowNotices(of agent: AgentID, to caller: Caller) throws(DeskFailure) {
        let action: AgentAction = agent == caller.agent ? .setOwnPresence : .setOthersPresence
        guard Permission.allows(caller.role, action) else {
            throw .forbidden("see or set what \(agent.rawValue) is told")
        }
    }

    /// What an agent says of themselves; a lead may say it for others. Drains the queues.
    public func setPresence(
        _ presence: Presence?, of agent: AgentID, by caller: Caller
    ) async throws(DeskFailure) {
        let action: AgentAction =
            agent == caller.agent ? .setOwnPresence : .setOthersPresence
        guard Permission.allows(caller.role, action) else {
            throw .forbidden("set the presence of \(agent.rawValue)")
        }
        let desk = desk
        try await desk.write { transaction in
            guard try transaction.reader.isActive(agent) else {
                throw DeskFailure.notFound("agent \(agent.rawValue)")
            }
            try transaction.append(
                .desk(.presenceChanged(PresenceChanged(agent: agent, presence: presence))),
                ticket: nil, customer: nil, by: caller.actor)
            desk.board.presence(presence, of: agent)
            try QueueDrain(session: TicketSession(desk, transaction, by: .system)).drainAll()
        }
    }

    private func check(_ profile: AgentProfile) throws(DeskFailure) {
        let login = profile.login.rawValue.utf8
        let isFine =
            (1...64).contains(login.count)
            && login.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
                    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_")
            }
        guard isFine else {
            throw .invalid(
                field: "login", expected: "1 to 64 of a-z, 0-9, dot, hyphen, underscore")
        }
        guard (0...10_000).contains(profile.capacity) else {
            throw .invalid(field: "capacity", expected: "0 to 10000")
        }
        for team in profile.teams where desk.policy.teams[team] == nil {
            throw .notFound("team \(team.rawValue)")
        }
        for language in profile.languages where LanguageCode(language) == nil {
            throw .invalid(field: "language", expected: "a code such as fa or en")
        }
        try check(signatures: profile.signatures)
    }

    /// A prefix by which scanners find leaked tokens, and 256 bits.
    private func makeToken() -> String {
        "hamdel_pat_" + SurveyToken.text(desk.environment.random(33))
    }

    private static func hash(_ token: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(token.utf8)))
    }
}

extension AgentProfile {
    var record: AgentRecord {
        AgentRecord(
            login: login, name: name, email: email, role: role, capacity: capacity,
            timezone: timezone, extension: `extension`, unixUser: unixUser, teams: teams,
            skills: skills, languages: languages, signatures: signatures)
    }
}
