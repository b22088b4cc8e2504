internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskAPI {
    var deskOperations: [String: Operation] {
        [
            "getMe": getMe, "listAgents": listAgents, "setPresence": setPresence,
            "listTeams": listTeams, "listInboxes": listInboxes,
            "listViews": listViews, "listOutbox": listOutbox,
            "retryDelivery": retryDelivery, "cancelDelivery": cancelDelivery,
            "listQuarantine": listQuarantine,
            "getOpenAPI": getOpenAPI,
        ]
    }

    func getMe(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let actions = AgentAction.allCases.filter { Permission.allows(caller.role, $0) }
        return try .document(
            API.Me(
                agent: try await agent(caller.agent, caller.viewer),
                permissions: actions.map { SnakeCase.text("\($0)") }.sorted(),
                position: desk.store.writer.position, version: settings.version))
    }

    private func agent(_ login: AgentID, _ viewer: Viewer) async throws -> API.Agent {
        let found = try await read {
            reader throws(StoreError) -> (AgentEntry, [Holding])? in
            guard let entry = try reader.agent(login, viewer: viewer) else { return nil }
            return (entry, try reader.holdings().filter { $0.agent == login })
        }
        guard let (entry, holdings) = found else {
            throw DeskProblem.notFound("agent \(login.rawValue)")
        }
        return document(entry, AgentWork.loads(holdings, desk.policy), desk.policy)
    }

    private func document(
        _ entry: AgentEntry, _ loads: [AgentID: Int], _ policy: DeskPolicy
    ) -> API.Agent {
        API.Agent(
            entry,
            AgentWork(
                load: loads[entry.login] ?? 0,
                duty: AgentWork.duty(of: entry, policy, at: now)))
    }

    func listAgents(_ request: DeskRequest) async throws -> DeskAnswer {
        let viewer = try request.viewer()
        let team = request.query["team"].map { TeamID(rawValue: $0) }
        let cursor = request.query.cursor(named: AgentID.self)
        let limit = try request.query.limit()
        let (page, holdings) = try await read { reader throws(StoreError) in
            (
                try reader.agents(team: team, after: cursor, limit: limit, viewer: viewer),
                try reader.holdings()
            )
        }
        let policy = desk.policy
        let loads = AgentWork.loads(holdings, policy)
        return try .page(page, cursor: { $0.rawValue }) { document($0, loads, policy) }
    }

    func setPresence(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let name = try request.parameter()
        let login = name == "me" ? caller.agent : AgentID(rawValue: name)
        let body = try request.document(API.PresenceRequest.self)
        try await AgentDirectory(desk).setPresence(body.presence, of: login, by: caller)
        return try .document(try await agent(login, caller.viewer))
    }

    func listTeams(_ request: DeskRequest) async throws -> DeskAnswer {
        let viewer = try request.viewer()
        let cursor = request.query.cursor(named: TeamID.self)
        let limit = try request.query.limit()
        let page = try await read { reader throws(StoreError) in
            try reader.teams(after: cursor, limit: limit, viewer: viewer)
        }
        let policy = desk.policy
        return try .page(page, cursor: { $0.rawValue }) { API.Team($0, policy) }
    }

    /// Inboxes of private teams are there for their members only.
    func listInboxes(_ request: DeskRequest) async throws -> DeskAnswer {
        let hidden = try await hiddenInboxes(from: try request.caller())
        let inboxes = desk.policy.inboxes.values
            .filter { !hidden.contains($0.id) }.sorted { $0.id < $1.id }
        return try .list(inboxes.map { API.Inbox($0, settings.health($0.id)) })
    }

    /// Inboxes of private teams that the caller is not in.
    private func hiddenInboxes(from caller: Caller) async throws -> Set<InboxID> {
        let policy = desk.policy
        let isHidden = policy.teams.values.contains { $0.privacy == .restricted }
        guard isHidden else { return [] }
        let entry = try await read { reader throws(StoreError) in
            try reader.agent(caller.agent, viewer: caller.viewer)
        }
        let own = Set(entry?.teams ?? [])
        return Set(
            policy.inboxes.values.filter {
                policy.teams[$0.team]?.privacy == .restricted && !own.contains($0.team)
            }.map(\.id))
    }

    /// The desk's, then one for each team of the caller, with how many active tickets are in each.
    func listViews(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let teams = try await agent(caller.agent, caller.viewer).teams
        let filters = try (settings.views + teams.map(SavedView.init(team:))).map { view in
            (
                view,
                try TicketQuery.filter(RequestQuery(view.query), for: caller.agent, views: [])
            )
        }
        let views = try await read { reader throws(StoreError) -> [API.View] in
            try filters.map { view, filter throws(StoreError) in
                var active = filter
                active.statuses.formIntersection(TicketFilter.active)
                return API.View(
                    name: view.name, title: view.title, query: view.query,
                    count: try reader.ticketCount(active, viewer: caller.viewer))
            }
        }
        return try .list(views)
    }

    func listOutbox(_ request: DeskRequest) async throws -> DeskAnswer {
        let viewer = try request.viewer()
        var states = StoreReader.unsettled
        let words = request.query.list("state")
        if words.contains("all") {
            states = Set(DeliveryState.allCases)
        } else if !words.isEmpty {
            states = []
            for word in words {
                guard let state = DeliveryState(rawValue: word) else {
                    throw DeskProblem.malformed(
                        "query state", "a state of deliveries was expected, got \(word)")
                }
                states.insert(state)
            }
        }
        let asked = states
        let cursor = try request.query.cursor(as: DeliveryID.self)
        let limit = try request.query.limit()
        let page = try await read { reader throws(StoreError) in
            try reader.outbox(asked, after: cursor, limit: limit, viewer: viewer)
        }
        return try .page(page, cursor: { "\($0.rawValue)" }) { API.OutboxEntry($0) }
    }

    func retryDelivery(_ request: DeskRequest) async throws -> DeskAnswer {
        try await change(request, .retry)
    }

    func cancelDelivery(_ request: DeskRequest) async throws -> DeskAnswer {
        try await change(request, .cancel)
    }

    /// An entry of a ticket that the caller may see.
    private func change(
        _ request: DeskRequest, _ action: OutboxDesk.Action
    ) async throws -> DeskAnswer {
        let caller = try request.caller()
        let id = try request.number("outbox entry", as: DeliveryID.self)
        func entry() async throws -> DeliveryRow {
            let row = try await read { reader throws(StoreError) in
                try reader.delivery(id, viewer: caller.viewer)
            }
            guard let row else { throw DeskProblem.notFound("outbox entry \(id.rawValue)") }
            return row
        }
        _ = try await entry()
        try await OutboxDesk(desk).perform(action, on: id, by: .agent(caller.agent))
        return try .document(API.OutboxEntry(try await entry()))
    }

    func listQuarantine(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let sight = StoreReader.QuarantineSight(
            viewer: caller.viewer, hidden: try await hiddenInboxes(from: caller))
        let inbox = request.query["inbox"].map { InboxID(rawValue: $0) }
        let cursor = try request.query.cursor(as: QuarantineID.self)
        let limit = try request.query.limit()
        let page = try await read { reader throws(StoreError) in
            try reader.quarantine(inbox: inbox, after: cursor, limit: limit, sight: sight)
        }
        return try .page(page, cursor: { "\($0.rawValue)" }) { API.QuarantineEntry($0) }
    }

    func getOpenAPI(_ request: DeskRequest) async throws -> DeskAnswer {
        DeskAnswer(contentType: "application/json", bytes: OpenAPIDocument.bytes)
    }
}

/// `workTickets` as the API writes it: `work_tickets`.
enum SnakeCase {
    static func text(_ word: String) -> String {
        word.unicodeScalars.reduce(into: "") { text, scalar in
            if ("A"..."Z").contains(scalar) {
                text += "_"
                text.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
    }
}
