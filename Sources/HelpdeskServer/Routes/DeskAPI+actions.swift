internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskAPI {
    /// What agents do with a ticket: `POST /tickets/{number}/…`.
    var actionOperations: [String: Operation] {
        [
            "replyTicket": reply, "noteTicket": note, "assignTicket": assign,
            "transferTicket": transfer, "closeTicket": close,
            "reopenTicket": { try await perform(.reopen, $0) },
            "pendTicket": { try await perform(.pending, $0) }, "snoozeTicket": snooze,
            "promiseTicket": promise, "markSpamTicket": markSpam, "joinTicket": join,
            "changeParticipantsTicket": changeParticipants, "callbackTicket": callback,
            "mergeTicket": merge, "splitTicket": split, "undoTicket": undo,
        ]
    }

    /// One action; answers with the ticket as it is then.
    func perform(_ action: TicketAction, _ request: DeskRequest) async throws -> DeskAnswer {
        try await perform([action], request)
    }

    /// Several actions, one after the other. `If-Match` counts for the first: what follows builds on it.
    func perform(_ actions: [TicketAction], _ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let number = try request.ticketNumber()
        var version = try request.version()
        for action in actions {
            let row = try await TicketDesk(desk).perform(
                action, on: number, by: caller, ifVersion: version, command: request.command)
            if version != nil { version = row.ticket.version }
        }
        return try await summary(number, caller)
    }

    /// The ticket as lists show it. A transfer may have taken it out of the caller's sight: then it is shown once more.
    func summary(
        _ number: TicketNumber, _ caller: Caller, status: Int = 200
    ) async throws -> DeskAnswer {
        let found = try await read { reader throws(StoreError) -> TicketSummary? in
            if let seen = try reader.ticketSummary(number, viewer: caller.viewer) { return seen }
            return try reader.ticketSummary(number, viewer: .system)
        }
        guard let found else { throw DeskProblem.notFound("ticket \(number.rawValue)") }
        return try .document(
            API.Ticket(found), status: status, version: found.row.ticket.version)
    }

    func updateTicket(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.TicketPatch.self)
        if body.subject != nil {
            throw DeskProblem.invalid("subject", "cannot be changed in this version")
        }
        var actions: [TicketAction] = []
        if let priority = body.priority { actions.append(.prioritise(priority)) }
        let add = body.addTags ?? []
        let remove = body.removeTags ?? []
        if !add.isEmpty || !remove.isEmpty { actions.append(.tag(add: add, remove: remove)) }
        return try await perform(actions, request)
    }

    func reply(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let number = try request.ticketNumber()
        let body = try request.document(API.ReplyRequest.self)
        let then: TicketCommand.AfterReply =
            switch body.then {
            case nil, .keep: .keep
            case .pending: .pending
            case .close: .close(.solved)
            }
        let message = try await ReplyDesk(desk).reply(
            ReplyDraft(
                text: body.text, inbox: body.inbox, cc: body.cc ?? [],
                attachments: body.attachments ?? [], answers: body.answers, then: then),
            to: number, by: caller, ifVersion: try request.version(), command: request.command)
        return try await answer(with: message, caller)
    }

    func note(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let number = try request.ticketNumber()
        let body = try request.document(API.NoteRequest.self)
        guard body.attachments?.isEmpty ?? true else {
            throw DeskProblem.invalid("attachments", "notes carry none in this version")
        }
        let row = try await TicketDesk(desk).perform(
            .note(body.text), on: number, by: caller, ifVersion: try request.version(),
            command: request.command)
        let found = try await read { reader throws(StoreError) in
            (
                try reader.newestNote(
                    of: row.ticket.number, by: caller.agent, viewer: caller.viewer),
                try MentionOutcome.all(
                    in: body.text, of: row.ticket.number, by: caller.agent, reader)
            )
        }
        guard let newest = found.0 else { throw DeskProblem.internal }
        return try .document(
            API.WrittenNote(
                message: API.Message(newest), mentions: found.1.map(API.WrittenNote.Mention.init)),
            status: 201)
    }

    private func answer(with message: MessageID, _ caller: Caller) async throws -> DeskAnswer {
        let row = try await read { reader throws(StoreError) in
            try reader.message(message, viewer: caller.viewer)
        }
        guard let row else { throw DeskProblem.notFound("message \(message.rawValue)") }
        return try .document(API.Message(row), status: 201)
    }

    func assign(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        switch try request.document(API.AssignRequest.self).assignee {
        case nil: return try await perform(.unassign, request)
        case .some(let agent):
            let agent = agent.rawValue == "me" ? caller.agent : agent
            return try await perform(.assign(agent), request)
        }
    }

    func transfer(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.TransferRequest.self)
        return try await perform(.transfer(body.team, brief: body.brief), request)
    }

    func close(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.CloseRequest.self)
        return try await perform(.close(body.reason ?? .solved), request)
    }

    func snooze(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.SnoozeRequest.self)
        let until = try await moment(
            body.until, body.when, try request.ticketNumber(), try request.caller())
        guard let until else { return try await perform(.wake, request) }
        return try await perform(.snooze(until, note: body.note), request)
    }

    func promise(_ request: DeskRequest) async throws -> DeskAnswer {
        let until = try request.document(API.PromiseRequest.self).until
        return try await perform(.promise(until.instant), request)
    }

    func markSpam(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.SpamRequest.self)
        return try await perform(body.spam == false ? .notSpam : .spam, request)
    }

    func join(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.JoinRequest.self)
        return try await perform(.join(body.message), request)
    }

    func changeParticipants(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.ParticipantsRequest.self)
        var actions: [TicketAction] = []
        for text in body.add ?? [] {
            actions.append(.addParticipant(try Address.read(text, "add")))
        }
        for text in body.remove ?? [] {
            actions.append(.removeParticipant(try Address.read(text, "remove")))
        }
        guard actions.count <= 50 else {
            throw DeskProblem.invalid("add", "at most 50 people at once")
        }
        return try await perform(actions, request)
    }

    func callback(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.CallbackRequest.self)
        var actions: [TicketAction] = []
        if let text = body.note, !text.isEmpty { actions.append(.note(text)) }
        if body.done ?? true { actions.append(.completeCallback) }
        guard !actions.isEmpty else {
            throw DeskProblem.invalid("note", "say what happened, or that it is done")
        }
        return try await perform(actions, request)
    }
}
