internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskAPI {
    var surveyOperations: [String: Operation] {
        [
            "listRecoveries": listRecoveries, "takeRecovery": takeRecovery,
            "finishRecovery": finishRecovery, "invite": invite,
        ]
    }

    func listRecoveries(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let states = request.query.list("state")
        let selection: RecoverySelection =
            states.contains("all") || states.contains("done") ? .all : .unfinished
        let owner = request.query["owner"].map {
            $0 == "me" ? caller.agent : AgentID(rawValue: $0)
        }
        let cursor = try Self.recoveryPlace(request.query["cursor"])
        let limit = try request.query.limit()
        let page = try await read { reader throws(StoreError) in
            try reader.recoveries(
                selection, owner: owner, after: cursor, limit: limit, viewer: caller.viewer)
        }
        let shown = page.rows.filter {
            states.isEmpty || states.contains("all") || states.contains($0.state.rawValue)
        }
        return try .document(
            API.Page(
                shown.map { API.Recovery($0) },
                nextCursor: page.next.map { "\($0.due.milliseconds).\($0.id.rawValue)" }))
    }

    static func recoveryPlace(_ text: String?) throws(DeskProblem) -> RecoveryPlace? {
        guard let text else { return nil }
        let parts = text.split(separator: ".").map { Int64($0) }
        guard parts.count == 2, let due = parts[0], let id = parts[1] else {
            throw .malformed("query cursor", "the next_cursor of the page before was expected")
        }
        return RecoveryPlace(due: Instant(milliseconds: due), id: RecoveryID(rawValue: id))
    }

    func takeRecovery(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let id = try request.number("recovery", as: RecoveryID.self)
        try await SurveyDesk(desk).takeRecovery(id, by: caller)
        return try await recovery(id, caller.viewer)
    }

    func finishRecovery(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let id = try request.number("recovery", as: RecoveryID.self)
        let body = try request.document(API.RecoveryDoneRequest.self)
        try await SurveyDesk(desk).finishRecovery(id, outcome: body.outcome, by: caller)
        return try await recovery(id, caller.viewer)
    }

    private func recovery(_ id: RecoveryID, _ viewer: Viewer) async throws -> DeskAnswer {
        let entry = try await read { reader throws(StoreError) in
            try reader.recovery(id, viewer: viewer)
        }
        guard let entry else { throw DeskProblem.notFound("recovery \(id.rawValue)") }
        return try .document(API.Recovery(entry))
    }
}
