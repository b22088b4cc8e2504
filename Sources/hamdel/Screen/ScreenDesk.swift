internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import HelpdeskTUI

/// Carries the screen's wishes to the daemon, and its answers back.
struct ScreenDesk: Sendable {
    /// How reports are written: the commands' own way.
    let context: CommandContext
    private var client: HelpdeskClient { context.client }

    /// Pages of a list that are read at most.
    private static let pageLimit = 40

    func answer(to effect: Effect) async -> Message {
        do throws(ClientFailure) {
            return try await message(for: effect)
        } catch {
            return .failed(effect, Failure(error))
        }
    }

    private func message(for effect: Effect) async throws(ClientFailure) -> Message {
        switch effect {
        case .load(let load): return .loaded(try await loaded(load))
        case .send(let writing): return .sent(writing, try await send(writing))
        case .change(let number, let change, let version):
            return .changed(try await self.change(number, change, version), change)
        case .setPresence(let presence):
            let me = try await client.me()
            return .presenceSet(try await client.setPresence(of: me.agent.login, presence))
        case .changeRecovery(let id, .take):
            return .recoveryChanged(try await client.takeRecovery(id), .take)
        case .changeRecovery(let id, .finish(let outcome)):
            let done = try await client.finishRecovery(id, outcome: outcome)
            return .recoveryChanged(done, .finish(outcome))
        case .subscribe, .wake, .redraw, .bell, .copy, .suspend, .quit, .keep, .forget, .edit,
            .attach, .fetch, .openLink, .pipe, .notify:
            throw .configuration("not for the daemon")
        }
    }

    private func loaded(_ load: Load) async throws(ClientFailure) -> Loaded {
        switch load {
        case .me: return .me(try await client.me())
        case .views:
            let page = try await client.document(API.Page<API.View>.self, .get, "/views?limit=500")
            return .views(page.items)
        case .agents: return .agents(try await client.agents().items)
        case .queue(let request):
            return .queue(request, try await client.tickets(try TicketQuery(request)))
        case .thread(let number): return .whole(try await thread(number))
        case .customer(let customer): return .customer(try await client.customer(customer))
        case .timeline(let customer): return .timeline(customer, try await timeline(of: customer))
        case .preview(let number, let inbox):
            return .preview(number, try await client.replyPreview(of: number, inbox: inbox))
        case .macros:
            let page = try await client.document(
                API.Page<API.Macro>.self, .get, "/macros?limit=500")
            return .macros(page.items)
        case .filled(let macro, let number):
            let request = API.ApplyMacroRequest(preview: true)
            return .filled(number, try await client.apply(macro: macro, to: number, request))
        case .teams: return .teams(try await client.teams().items)
        case .recoveries: return .recoveries(try await client.recoveries().items)
        case .similar(let number, let words):
            return .similar(number, try await similar(to: number, words))
        case .drafts: return .drafts([])
        case .report(let name): return .report(name, try await report(name))
        case .explanation(let number):
            return .explanation(try await client.explanation(of: number))
        }
    }

    private func report(_ name: API.ReportName) async throws(ClientFailure) -> [String] {
        let path = "/reports/" + name.rawValue
        guard name.isOfScores else {
            return ReportCard(try await client.document(API.Report.self, .get, path), context).lines
        }
        return Card.lines(
            of: try await client.document(API.ScoreReport.self, .get, path), context)
    }

    /// Messages and events are made small piece by piece: of a thread with thousands of them only what the screen shows
    /// is ever there at once.
    private func thread(_ number: TicketNumber) async throws(ClientFailure) -> TicketThread {
        var reading = TicketThread.Reading()
        let head = try await client.ticket(number) { reading.add($0) }
        var cursor: String?
        for _ in 0..<Self.pageLimit {
            let page = try await client.events(of: number, cursor: cursor)
            for event in page.items { reading.add(event, head.handover) }
            cursor = page.nextCursor
            if cursor == nil { break }
        }
        return reading.thread(head.ticket)
    }

    private func timeline(of id: CustomerID) async throws(ClientFailure) -> [API.TimelineItem] {
        var items: [API.TimelineItem] = []
        var cursor: String?
        for _ in 0..<Self.pageLimit {
            let page = try await client.timeline(of: id, limit: 500, cursor: cursor)
            items += page.items
            cursor = page.nextCursor
            if cursor == nil { break }
        }
        return items
    }

    /// Solved tickets with these words: with all of them, else with fewer, the most telling ones last dropped.
    private func similar(
        to number: TicketNumber, _ words: [String]
    ) async throws(ClientFailure) -> [API.SearchHit] {
        var seen: Set<TicketNumber> = [number]
        var found: [API.SearchHit] = []
        for count in stride(from: words.count, through: 1, by: -1) {
            let hits = try await client.search(
                words.prefix(count).joined(separator: " "), limit: 50)
            for hit in hits.items where hit.status == .closed {
                if seen.insert(hit.ticket).inserted { found.append(hit) }
            }
            if found.count >= 5 { break }
        }
        return Array(found.prefix(30))
    }

    private func send(_ writing: Writing) async throws(ClientFailure) -> API.Message {
        switch writing.kind {
        case .reply:
            if let macro = writing.macro { return try await send(writing, with: macro) }
            let request = API.ReplyRequest(
                text: writing.text, inbox: writing.inbox, cc: writing.cc.isEmpty ? nil : writing.cc,
                attachments: writing.attachments.isEmpty ? nil : writing.attachments,
                then: writing.then)
            return try await client.reply(
                to: writing.ticket, request,
                HelpdeskClient.Conditions(version: writing.version, key: writing.key))
        case .note:
            return try await client.note(
                on: writing.ticket,
                API.NoteRequest(
                    text: writing.text,
                    attachments: writing.attachments.isEmpty ? nil : writing.attachments),
                HelpdeskClient.Conditions(key: writing.key))
        }
    }

    /// The answer as the agent has it, and what else the macro does: both or nothing. What the agent wants afterwards beside that
    /// is a change of its own; asked for again under the same key, the answer is not sent twice.
    private func send(
        _ writing: Writing, with macro: String
    ) async throws(ClientFailure) -> API.Message {
        let request = API.ApplyMacroRequest(
            text: writing.text, inbox: writing.inbox, cc: writing.cc.isEmpty ? nil : writing.cc,
            attachments: writing.attachments.isEmpty ? nil : writing.attachments)
        let outcome = try await client.apply(
            macro: macro, to: writing.ticket, request,
            HelpdeskClient.Conditions(version: writing.version, key: writing.key))
        guard let message = outcome.message else {
            throw .notUnderstood("macro \(macro) was applied and no answer was named")
        }
        switch (writing.then, outcome.ticket.status) {
        case (.close, .closed), (.pending, .pending), (.keep, _): break
        case (.close, _): _ = try await change(writing.ticket, .close(.solved), nil)
        case (.pending, _): _ = try await change(writing.ticket, .pending, nil)
        }
        return message
    }

    private func change(
        _ number: TicketNumber, _ change: TicketChange, _ version: Int64?
    ) async throws(ClientFailure) -> API.Ticket {
        let conditions = HelpdeskClient.Conditions(version: version)
        let action: TicketAction
        switch change {
        case .assign(let agent): action = .assign(API.AssignRequest(assignee: agent))
        case .close(let reason): action = .close(API.CloseRequest(reason: reason))
        case .reopen: action = .reopen
        case .pending: action = .pending
        case .transfer(let team): action = .transfer(API.TransferRequest(team: team))
        case .spam: action = .spam(API.SpamRequest(spam: true))
        case .notSpam: action = .spam(API.SpamRequest(spam: false))
        case .snooze(let until):
            action = .snooze(API.SnoozeRequest(until: until.map { Timestamp($0) }))
        case .callback(let outcome):
            action = .callback(API.CallbackRequest(done: outcome == .reached))
        case .join(let message): action = .join(API.JoinRequest(message: message))
        case .tag(let added, let removed):
            let patch = API.TicketPatch(addTags: added, removeTags: removed)
            return try await client.update(number, patch, conditions)
        case .priority(let priority):
            return try await client.update(number, API.TicketPatch(priority: priority), conditions)
        }
        return try await client.change(number, action, conditions)
    }
}

extension TicketQuery {
    init(_ request: QueueRequest) throws(ClientFailure) {
        self.init()
        view = request.view
        if let words = request.words { try narrow(by: API.TypedSelection(words)) }
        cursor = request.cursor
        limit = request.limit
    }
}

extension Failure {
    init(_ failure: ClientFailure) {
        switch failure {
        case .unreachable, .interrupted, .cancelled: self.init(.offline, failure.description)
        case .problem(let problem, _):
            switch problem.status {
            case 412: self.init(.changedMeanwhile, failure.description)
            case 404, 410: self.init(.notFound, failure.description)
            case 502, 503, 504: self.init(.offline, failure.description)
            default: self.init(.other, failure.description)
            }
        case .notUnderstood, .configuration, .local: self.init(.other, failure.description)
        }
    }
}
