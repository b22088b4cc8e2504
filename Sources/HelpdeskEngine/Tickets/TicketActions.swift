internal import HelpdeskCore
internal import HelpdeskStore

/// Turns an agent's action into commands, within the transaction.
struct TicketActions {
    let session: TicketSession
    let caller: Caller

    func carryOut(_ action: TicketAction, on row: TicketRow) throws {
        let number = row.ticket.number
        switch (action, row.ticket.mergedInto) {
        case (.unwatch, _), (.dropReminder, _), (_, nil): break
        case (_, .some(let target)): throw TicketRejection.merged(number, into: target)
        }
        let events: [RecordedEvent]
        switch action {
        case .note(let text): events = try note(text, row)
        case .assign(let agent): events = try assign(agent, row)
        case .transfer(let team, let brief): events = try transfer(team, brief, row)
        case .notSpam: events = try notSpam(row)
        case .join(let message): events = try join(message, row)
        case .addParticipant(let address):
            events = try session.perform(.addParticipant(identity(address, row)), on: row)
        case .removeParticipant(let address):
            events = try removeParticipant(address, row)
        case .promise(let until):
            try PromiseTelling(session: session).tell(until, row, by: caller)
            events = []
        case .snooze(let until, let note):
            events = try session.perform(
                .snooze(until: until, note: try reason(note, row)), on: row)
        case .watch: events = try watch(row)
        case .unwatch: events = try unwatch(row)
        case .remind(let at, let note):
            events = try session.perform(
                .remind(ReminderSet(agent: caller.agent, at: at, note: try reason(note, row))),
                on: row)
        case .dropReminder: events = try dropReminder(row)
        case .unassign, .close, .reopen, .pending, .wake, .tag, .prioritise, .spam,
            .completeCallback:
            events = try session.perform(try command(action), on: row)
        }
        try session.settle(events, on: number)
        let cause = events.first?.position
        switch action {
        case .transfer: try TicketRules(session: session).transferred(number, cause: cause)
        case .notSpam: try TicketRules(session: session).opened(number, cause: cause)
        default: break
        }
        switch action {
        case .transfer, .unassign, .reopen, .notSpam, .join: try routeIfFree(number)
        default: break
        }
    }

    /// What nobody holds is the router's; what an agent took back into their own hands stays there.
    func routeIfFree(_ number: TicketNumber) throws {
        let row = try session.row(number)
        if let holder = row.ticket.assignee, try session.reader.isActive(holder) { return }
        try TicketRouting(session: session).route(row)
    }

    private func removeParticipant(
        _ address: IdentityAddress, _ row: TicketRow
    ) throws -> [RecordedEvent] {
        guard let folded = IdentityFolding.fold(address),
            let known = try session.reader.identity(folded, scope: nil)
        else { throw DeskFailure.notFound("participant \(address.text)") }
        return try session.perform(.removeParticipant(known.id), on: row)
    }

    /// Actions that are one command as they stand.
    private func command(_ action: TicketAction) throws -> TicketCommand {
        switch action {
        case .unassign: return .unassign(.agent)
        case .close(let reason): return .close(reason, cause: .agent)
        case .reopen: return .reopen(.agent)
        case .pending: return .setPending
        case .wake: return .wake(.agent)
        case .tag(let add, let remove):
            return .tag(add: try tags(add), remove: try tags(remove))
        case .prioritise(let priority): return .prioritise(priority)
        case .spam: return .classify(.spam)
        case .completeCallback: return .completeCallback(message: nil)
        case .note, .assign, .transfer, .notSpam, .join, .addParticipant, .removeParticipant,
            .promise, .snooze, .watch, .unwatch, .remind, .dropReminder:
            throw DeskFailure.invalid(field: "action", expected: "a single command")
        }
    }

    func note(_ text: String, _ row: TicketRow) throws -> [RecordedEvent] {
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            throw DeskFailure.invalid(field: "text", expected: "some text")
        }
        guard text.utf8.count <= TicketDesk.maximumNote else {
            throw DeskFailure.invalid(
                field: "text", expected: "at most \(TicketDesk.maximumNote) bytes")
        }
        let content = try session.transaction.keep(
            json: MessageContent(text: text), as: .message, of: row.ticket.customer,
            salt: session.desk.salt())
        let message = session.transaction.nextMessage()
        let written = try session.perform(
            .note(NoteWritten(message: message, agent: caller.agent, content: content)), on: row)
        try Mentioning(session: session).mention(text, in: message, of: row, by: caller.agent)
        return written
    }

    func assign(_ agent: AgentID, _ row: TicketRow) throws -> [RecordedEvent] {
        guard try session.reader.isActive(agent) else {
            throw DeskFailure.notFound("agent \(agent.rawValue)")
        }
        if row.isHidden,
            try session.reader.ticket(row.ticket.number, viewer: .agent(agent)) == nil
        {
            throw DeskFailure.forbidden(
                "assign a ticket of private team \(row.ticket.team.rawValue) to \(agent.rawValue), who is not in it"
            )
        }
        return try session.perform(.assign(agent, by: .agent, decision: nil), on: row)
    }

    func transfer(
        _ team: TeamID, _ brief: String?, _ row: TicketRow
    ) throws -> [RecordedEvent] {
        guard let policy = session.policy.teams[team] else {
            throw DeskFailure.notFound("team \(team.rawValue)")
        }
        let content = try brief.flatMap { text in
            text.isEmpty ? nil : try session.keep(text, as: .brief, of: row.ticket.customer)
        }
        return try session.perform(
            .transfer(to: team, isPrivate: policy.privacy, brief: content), on: row)
    }

    private func notSpam(_ row: TicketRow) throws -> [RecordedEvent] {
        try session.perform(.classify(.regular), on: row)
    }

    private func join(_ message: MessageID, _ row: TicketRow) throws -> [RecordedEvent] {
        guard let place = try session.reader.place(of: message),
            let other = try session.reader.ticket(place.ticket, viewer: caller.viewer)
        else { throw DeskFailure.notFound("message \(message.rawValue)") }
        guard other.ticket.number != row.ticket.number else {
            throw DeskFailure.rejected(.nothingToChange(row.ticket.number))
        }
        var events: [RecordedEvent] = []
        if let identity = place.identity {
            events += try session.perform(.addParticipant(identity), on: row)
        }
        events += try session.perform(
            .join(MessageJoined(message: message, from: other.ticket.number)),
            on: try session.row(row.ticket.number))
        try closeIfEmptied(other)
        return events
    }

    /// A ticket whose only message moved away has nothing left to answer.
    private func closeIfEmptied(_ other: TicketRow) throws {
        let current = try session.row(other.ticket.number)
        guard current.ticket.status.isActive,
            try !session.reader.hasMessages(other.ticket.number)
        else { return }
        let events = try session.perform(.close(.duplicate, cause: .agent), on: current)
        try session.settle(events, on: other.ticket.number)
    }

    /// Somebody's address as an identity; an address nobody has becomes one of the ticket's customer only in name, not in
    /// fact: a participant of its own.
    private func identity(_ address: IdentityAddress, _ row: TicketRow) throws -> IdentityID {
        guard let folded = IdentityFolding.fold(address) else {
            throw DeskFailure.invalid(field: "address", expected: "an address such as a@b.example")
        }
        if let known = try session.reader.identity(folded, scope: nil) { return known.id }
        return try NewCustomer(session: session).create(folded).identity
    }

    private func tags(_ tags: [String]) throws -> [String] {
        try tags.map { tag in
            guard TagWord.isFine(tag) else {
                throw DeskFailure.invalid(
                    field: "tags", expected: "words of 1 to 64 bytes without blanks")
            }
            return tag
        }
    }
}
