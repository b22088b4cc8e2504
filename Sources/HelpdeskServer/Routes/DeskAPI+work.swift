internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskAPI {
    var workOperations: [String: Operation] {
        [
            "listMacros": listMacros, "createMacro": createMacro, "getMacro": getMacro,
            "setMacro": setMacro, "removeMacro": removeMacro, "applyMacro": applyMacro,
            "setAttention": setAttention, "getAttention": getAttention,
            "listReminders": listReminders, "setReminder": setReminder,
            "removeReminder": removeReminder,
            "watchTicket": { try await perform(.watch, $0) },
            "unwatchTicket": { try await perform(.unwatch, $0) },
        ]
    }

    func listMacros(_ request: DeskRequest) async throws -> DeskAnswer {
        var ticket: TicketNumber?
        if let text = request.query["ticket"] {
            guard let number = Int64(PersianDigits.ascii(text)), number > 0 else {
                throw DeskProblem.malformed("query ticket", "a ticket's number was expected")
            }
            ticket = TicketNumber(rawValue: number)
        }
        let limit = try request.query.limit()
        let after = request.query.cursor(named: MacroID.self)
        let macros = try await MacroDesk(desk).list(for: ticket, by: try request.caller())
            .filter { entry in after.map { entry.macro.name > $0 } ?? true }
        let page = macros.prefix(limit)
        let next = macros.count > limit ? page.last?.macro.name.rawValue : nil
        return try .document(API.Page(page.map { API.Macro($0) }, nextCursor: next))
    }

    func getMacro(_ request: DeskRequest) async throws -> DeskAnswer {
        try answer(
            try await MacroDesk(desk).macro(try request.macro(), by: try request.caller()))
    }

    func createMacro(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.MacroRequest.self)
        let macro = try Self.macro(body, named: MacroID(rawValue: body.name ?? ""))
        let entry = try await MacroDesk(desk).set(
            macro, expecting: .absent, by: try request.caller(), command: request.command)
        return try answer(entry, status: 201)
    }

    func setMacro(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.MacroRequest.self)
        let name = try request.macro()
        guard body.name == nil || body.name == name.rawValue else {
            throw DeskProblem.invalid("name", "is in the path; a macro keeps its name")
        }
        let entry = try await MacroDesk(desk).set(
            try Self.macro(body, named: name),
            expecting: try request.version().map(MacroDesk.Expectation.version) ?? .any,
            by: try request.caller(), command: nil)
        return try answer(entry)
    }

    func removeMacro(_ request: DeskRequest) async throws -> DeskAnswer {
        try answer(
            try await MacroDesk(desk).remove(
                try request.macro(), ifVersion: try request.version(), by: try request.caller()))
    }

    private func answer(_ entry: MacroEntry, status: Int = 200) throws -> DeskAnswer {
        try .document(API.Macro(entry), status: status, version: entry.version)
    }

    func applyMacro(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let number = try request.ticketNumber()
        let name = MacroID(rawValue: try request.parameter(1))
        let body = try request.document(API.ApplyMacroRequest.self)
        let use = MacroUse(
            language: try body.language.map(Self.language), text: body.text, inbox: body.inbox,
            cc: body.cc ?? [], attachments: body.attachments ?? [], answers: body.answers)
        var written: MessageID?
        let plan: MacroPlan
        let isPreview = body.preview == true
        if isPreview {
            plan = try await MacroDesk(desk).preview(name, on: number, use, by: caller)
        } else {
            (plan, written) = try await MacroDesk(desk).apply(
                name, on: number, use, by: caller, ifVersion: try request.version(),
                command: request.command)
        }
        let message = written
        let found = try await read {
            reader throws(StoreError) -> (TicketSummary?, MessageRow?) in
            // A transfer may have taken it out of the caller's sight: then it is shown once more.
            let summary =
                if let seen = try reader.ticketSummary(number, viewer: caller.viewer) { seen } else
                {
                    try reader.ticketSummary(number, viewer: .system)
                }
            var row: MessageRow?
            if let message { row = try reader.message(message, viewer: .system) }
            return (summary, row)
        }
        guard let summary = found.0 else {
            throw DeskProblem.notFound("ticket \(number.rawValue)")
        }
        return try .document(
            API.MacroOutcome(
                name, plan, applied: !isPreview, API.Ticket(summary), found.1.map(API.Message.init)),
            version: summary.row.ticket.version)
    }

    func setAttention(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let body = try request.document(API.AttentionRequest.self)
        let word = API.Attention.State(rawValue: body.state)
        guard word != nil || body.state == "none" else {
            throw DeskProblem.invalid("state", "viewing, writing or none were expected")
        }
        let row = try await visible(try request.ticketNumber(), caller)
        let number = row.ticket.number
        let team = row.isHidden ? row.ticket.team : nil
        if let change = attention.say(word, caller.agent, of: number, in: team, at: now) {
            feed.tell(change, teams: team == nil ? nil : try await StreamSource(desk: desk).teams())
        }
        return try .document(attention.attention(of: number, at: now))
    }

    func getAttention(_ request: DeskRequest) async throws -> DeskAnswer {
        let row = try await visible(try request.ticketNumber(), try request.caller())
        return try .document(attention.attention(of: row.ticket.number, at: now))
    }

    private func visible(_ number: TicketNumber, _ caller: Caller) async throws -> TicketRow {
        let row = try await read { reader throws(StoreError) in
            try reader.ticket(number, viewer: caller.viewer)
        }
        guard let row else { throw DeskProblem.notFound("ticket \(number.rawValue)") }
        return row
    }

    func listReminders(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let limit = try request.query.limit()
        let after = try request.query.place { ReminderPlace(text: $0) }
        let page = try await read { reader throws(StoreError) in
            try reader.reminders(of: caller.agent, after: after, limit: limit)
        }
        return try .page(page, cursor: { $0.text }) { API.Reminder($0) }
    }

    func setReminder(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let number = try request.ticketNumber()
        let body = try request.document(API.ReminderRequest.self)
        guard let at = try await moment(body.at, body.when, number, caller) else {
            throw DeskProblem.invalid("at", "a time was expected, here or in when")
        }
        _ = try await TicketDesk(desk).perform(
            .remind(at, note: body.note), on: number, by: caller, ifVersion: nil, command: nil)
        return try .document(try await reminder(number, caller))
    }

    func removeReminder(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let number = try request.ticketNumber()
        let before = try await reminder(number, caller)
        _ = try await TicketDesk(desk).perform(
            .dropReminder, on: number, by: caller, ifVersion: nil, command: nil)
        return try .document(before)
    }

    private func reminder(_ number: TicketNumber, _ caller: Caller) async throws -> API.Reminder {
        let entry = try await read { reader throws(StoreError) in
            try reader.reminder(of: caller.agent, for: number)
        }
        guard let entry else {
            throw DeskProblem.notFound("a reminder of ticket \(number.rawValue)")
        }
        return API.Reminder(entry)
    }

    /// A moment that was given exactly, or as people say it; nil: neither.
    func moment(
        _ exact: Timestamp?, _ spoken: String?, _ ticket: TicketNumber, _ caller: Caller
    ) async throws -> Instant? {
        switch (exact, spoken) {
        case (.some(let exact), nil): return exact.instant
        case (nil, .some(let spoken)):
            if let instant = RFC3339.instant(spoken) { return instant }
            return try await desk.moment(spoken, on: ticket, by: caller)
        case (nil, nil): return nil
        case (.some, .some): throw DeskProblem.invalid("when", "either a time or words, not both")
        }
    }
}

extension DeskRequest {
    func macro() throws(DeskProblem) -> MacroID { MacroID(rawValue: try parameter()) }
}

extension ReminderPlace {
    /// `MILLISECONDS.TICKET`, the cursor of a page.
    var text: String { "\(at.milliseconds).\(ticket.rawValue)" }

    init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let at = Int64(parts[0]), let ticket = Int64(parts[1]) else {
            return nil
        }
        self.init(at: Instant(milliseconds: at), ticket: TicketNumber(rawValue: ticket))
    }
}
