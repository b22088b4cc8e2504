internal import FoundationEssentials
internal import HelpdeskCore
internal import HelpdeskStore

extension Administration {
    private struct AgentLine: Encodable {
        let login: String
        let name: String?
        let role: String
        let teams: [String]
        let skills: [String: Int]
        let languages: [String]
        let capacity: Int
        let state: String
        let presence: String?
    }

    func listAgents() async throws(DeskFailure) -> AdministrationReply {
        let agents = try await desk.read { reader throws(StoreError) in
            try reader.agents(limit: PageLimit.maximum, viewer: .system).rows
        }
        let lines = agents.map { agent in
            AgentLine(
                login: agent.login.rawValue, name: agent.name, role: agent.role,
                teams: agent.teams.map(\.rawValue),
                skills: Dictionary(
                    agent.skills.map { ($0.name, $0.level) }, uniquingKeysWith: { $1 }),
                languages: agent.languages, capacity: agent.capacity,
                state: agent.state.rawValue, presence: agent.presence?.rawValue)
        }
        let text = lines.map { line in
            [
                line.login, line.role, line.state, line.teams.joined(separator: ","),
                line.presence ?? "by shift", "capacity \(line.capacity)",
            ].joined(separator: "\t")
        }
        return AdministrationReply(
            .done, text.joined(separator: "\n"), document: Self.json(["agents": lines]))
    }

    private struct TokenLine: Encodable {
        let id: String
        let name: String?
        let scope: String
        let createdAt: Instant
        let lastUsedAt: Instant?
        let state: String
    }

    func listTokens(_ agent: AgentID) async throws(DeskFailure) -> AdministrationReply {
        let lines = try await AgentDirectory(desk).tokens(of: agent).map { token in
            TokenLine(
                id: token.id, name: token.name, scope: token.scope.rawValue,
                createdAt: token.createdAt, lastUsedAt: token.lastUsedAt,
                state: token.revokedAt == nil ? "live" : "revoked")
        }
        let now = desk.environment.now()
        let text = lines.map { line in
            let used = line.lastUsedAt.map { "used \(now.since($0).milliseconds / 60_000) min ago" }
            return
                "\(line.id)\t\(line.scope)\t\(line.state)\t\(used ?? "never used")\t\(line.name ?? "-")"
        }
        return AdministrationReply(
            .done, text.isEmpty ? "no tokens" : text.joined(separator: "\n"),
            document: Self.json(["tokens": lines]))
    }

    private struct QuarantineLine: Encodable {
        let id: Int64
        let inbox: String
        let at: Int64
        let code: String
        let reason: String?
        let size: Int64
        let state: String
    }

    func listQuarantine() async throws(DeskFailure) -> AdministrationReply {
        let entries = try await desk.read { reader throws(StoreError) in
            try reader.quarantine(
                limit: PageLimit.maximum,
                sight: StoreReader.QuarantineSight(viewer: .system, hidden: [])
            ).rows
        }
        let lines = entries.map { entry in
            QuarantineLine(
                id: entry.id.rawValue, inbox: entry.inbox.rawValue, at: entry.at.milliseconds,
                code: entry.code, reason: entry.detail, size: entry.size,
                state: entry.state.rawValue)
        }
        let text = lines.map {
            "\($0.id)\t\($0.inbox)\t\($0.code)\t\($0.size) bytes\t\($0.reason ?? "erased")"
        }
        return AdministrationReply(
            .done, text.isEmpty ? "nothing is in quarantine" : text.joined(separator: "\n"),
            document: Self.json(["quarantine": lines]))
    }

    /// The raw bytes, as text where they are, for a person to look at.
    func showQuarantine(_ id: QuarantineID) async throws(DeskFailure) -> AdministrationReply {
        let entry = try await QuarantineDesk(desk).raw(id)
        return AdministrationReply(.done, String(decoding: entry.bytes, as: UTF8.self))
    }

    private struct OutboxLine: Encodable {
        let id: Int64
        let ticket: Int64?
        let inbox: String
        let purpose: String
        let state: String
        let attempts: Int
        let detail: String?
    }

    func listOutbox(_ state: String?) async throws(DeskFailure) -> AdministrationReply {
        var states = StoreReader.unsettled.union([.failed])
        if let state {
            guard let known = DeliveryState(rawValue: state) else {
                throw .invalid(
                    field: "state",
                    expected: DeliveryState.allCases.map(\.rawValue).joined(separator: ", "))
            }
            states = [known]
        }
        let asked = states
        let rows = try await desk.read { reader throws(StoreError) in
            try reader.outbox(asked, limit: PageLimit.maximum, viewer: .system).rows
        }
        let lines = rows.map { row in
            OutboxLine(
                id: row.id.rawValue, ticket: row.ticket?.rawValue, inbox: row.inbox.rawValue,
                purpose: row.purpose.rawValue, state: row.state.rawValue,
                attempts: row.attempts, detail: row.detail)
        }
        let text = lines.map { line in
            "\(line.id)\tticket \(line.ticket.map(String.init) ?? "-")\t\(line.inbox)\t"
                + "\(line.purpose)\t\(line.state)\tattempt \(line.attempts)\t\(line.detail ?? "")"
        }
        return AdministrationReply(
            .done, text.isEmpty ? "nothing waits in the outbox" : text.joined(separator: "\n"),
            document: Self.json(["outbox": lines]))
    }

    static func json(_ value: some Encodable) -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
    }
}
