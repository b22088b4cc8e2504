internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskAPI {
    /// What agents are told, and programs.
    var noticeOperations: [String: Operation] {
        [
            "listNotices": listNotices, "getNotifications": getNotifications,
            "setNotifications": setNotifications, "listWebhooks": listWebhooks,
            "listDeadLetters": listDeadLetters, "retryWebhook": retryWebhook,
            "replayWebhook": replayWebhook, "resumeWebhook": resumeWebhook,
        ]
    }

    func listNotices(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let cursor = try request.query.cursor(as: Position.self)
        let limit = try request.query.limit()
        let page = try await read { reader throws(StoreError) in
            try reader.notices(of: caller.agent, before: cursor, limit: limit)
        }
        return try .page(page, cursor: { "\($0.rawValue)" }) { entry in
            API.Notice(
                position: entry.position, at: Timestamp(entry.at),
                kind: entry.kind?.rawValue ?? "digest", ticket: entry.ticket)
        }
    }

    func getNotifications(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        return try await notifications(of: try login(request, caller), by: caller)
    }

    func setNotifications(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let login = try login(request, caller)
        let body = try request.document(API.NotificationRequest.self)
        var settings = NoticeSettings()
        for (word, ways) in body.ways ?? [:] {
            guard let kind = NoticeKind(rawValue: word) else {
                throw DeskProblem.invalid(
                    "ways",
                    "kinds are \(NoticeKind.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            settings.ways[kind] = Set(ways)
        }
        if let texts = body.quietHours {
            do throws(QuietHoursError) { settings.quiet = try QuietHours(texts) } catch {
                throw DeskProblem.invalid("quiet_hours", error.description)
            }
        }
        try await AgentDirectory(desk).setNotices(settings, of: login, by: caller)
        return try await notifications(of: login, by: caller)
    }

    private func login(_ request: DeskRequest, _ caller: Caller) throws -> AgentID {
        let name = try request.parameter()
        return name == "me" ? caller.agent : AgentID(rawValue: name)
    }

    private func notifications(of login: AgentID, by caller: Caller) async throws -> DeskAnswer {
        let chosen = try await AgentDirectory(desk).notices(of: login, by: caller)
        let defaults = desk.policy.notices.defaults
        var ways: [String: [NoticeWay]] = [:]
        for kind in NoticeKind.allCases {
            ways[kind.rawValue] = defaults.ways(of: kind, for: chosen.settings).sorted()
        }
        return try .document(
            API.NotificationSettings(
                agent: login, ways: ways,
                chosen: chosen.settings.ways.keys.map(\.rawValue).sorted(),
                quietHours: (chosen.settings.quiet ?? defaults.quiet).texts,
                ownQuietHours: chosen.settings.quiet?.texts, timezone: chosen.timezone))
    }

    func listWebhooks(_ request: DeskRequest) async throws -> DeskAnswer {
        try .list(try await ForwardingDesk(desk).standings().map(API.Webhook.init))
    }

    func listDeadLetters(_ request: DeskRequest) async throws -> DeskAnswer {
        let name = try request.parameter()
        let cursor = try request.query.cursor(as: Position.self)
        let page = try await ForwardingDesk(desk).deadLetters(
            of: name, after: cursor ?? .start, limit: try request.query.limit())
        return try .page(page, cursor: { "\($0.rawValue)" }) { letter in
            API.DeadLetter(
                position: letter.position, type: letter.type, ticket: letter.ticket,
                attempts: letter.attempts, since: Timestamp(letter.since), detail: letter.detail)
        }
    }

    func retryWebhook(_ request: DeskRequest) async throws -> DeskAnswer {
        let name = try request.parameter()
        let body = try request.document(API.WebhookRetryRequest.self)
        try await ForwardingDesk(desk).revive(body.position, of: name)
        return try await webhook(name)
    }

    func replayWebhook(_ request: DeskRequest) async throws -> DeskAnswer {
        let name = try request.parameter()
        let body = try request.document(API.WebhookReplayRequest.self)
        try await ForwardingDesk(desk).replay(name, after: body.after)
        return try await webhook(name)
    }

    func resumeWebhook(_ request: DeskRequest) async throws -> DeskAnswer {
        let name = try request.parameter()
        try await ForwardingDesk(desk).resume(name)
        return try await webhook(name)
    }

    private func webhook(_ name: String) async throws -> DeskAnswer {
        guard
            let found = try await ForwardingDesk(desk).standings().first(where: { $0.name == name })
        else { throw DeskProblem.notFound("webhook \(name)") }
        return try .document(API.Webhook(found))
    }
}

extension API.Webhook {
    init(_ standing: ForwardingDesk.Standing) {
        self.init(
            name: standing.name,
            state: standing.cursor?.state == .stopped
                ? "stopped" : standing.connection == .up ? "active" : "down",
            position: standing.cursor?.position, behind: standing.behind,
            waiting: standing.waiting, dead: standing.dead, detail: standing.cursor?.detail)
    }
}
