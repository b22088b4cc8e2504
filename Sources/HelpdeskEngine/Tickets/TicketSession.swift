internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// The work on tickets within one transaction: decides a command, appends what follows, keeps the routing board in step and
/// brings about what a change must lead to (routing, surveys, draining the queue). Lives on the writer's thread.
struct TicketSession {
    let desk: Desk
    let transaction: StoreTransaction
    let policy: DeskPolicy
    let actor: Actor
    let command: CommandID?

    init(
        _ desk: Desk, _ transaction: StoreTransaction, by actor: Actor,
        command: CommandID? = nil
    ) {
        self.desk = desk
        self.transaction = transaction
        policy = desk.policy
        self.actor = actor
        self.command = command
    }

    var now: Instant { transaction.now }
    var reader: StoreReader { transaction.reader }

    /// The ticket as it is now in this transaction; the caller has checked that it may be seen.
    func row(_ number: TicketNumber) throws -> TicketRow {
        guard let row = try reader.ticket(number, viewer: .system) else {
            throw DeskFailure.notFound("ticket \(number.rawValue)")
        }
        return row
    }

    /// Decides and appends; the events in order. Follow-ups (survey, drain) are the caller's `settle`.
    @discardableResult
    func perform(
        _ command: TicketCommand, on row: TicketRow, by actor: Actor? = nil,
        cause: Position? = nil
    ) throws -> [RecordedEvent] {
        let events = try row.ticket.decide(command, at: now)
        return try append(events, to: row, by: actor, cause: cause)
    }

    @discardableResult
    func append(
        _ events: [TicketEvent], to row: TicketRow?, number: TicketNumber? = nil,
        customer: CustomerID? = nil, by actor: Actor? = nil, cause: Position? = nil
    ) throws -> [RecordedEvent] {
        guard let number = row?.ticket.number ?? number,
            let customer = row?.ticket.customer ?? customer
        else { throw StoreError.damaged("event without a ticket") }
        var recorded: [RecordedEvent] = []
        for event in events {
            recorded.append(
                try transaction.append(
                    .ticket(event), ticket: number, customer: customer, by: actor ?? self.actor,
                    command: command, cause: cause ?? recorded.first?.position))
        }
        desk.board.move(from: row, to: try self.row(number), policy: policy)
        for event in events {
            if case .assigned(let assigned) = event {
                desk.board.assigned(assigned.agent, at: now)
            }
        }
        try TicketNews(session: self).tell(recorded, of: number, by: actor ?? self.actor)
        try TicketPromises(session: self).follow(recorded, on: number)
        return recorded
    }

    @discardableResult
    func append(
        _ event: DomainEvent, on row: TicketRow, by actor: Actor = .system,
        cause: Position? = nil
    ) throws -> RecordedEvent {
        try transaction.append(
            event, ticket: row.ticket.number, customer: row.ticket.customer, by: actor,
            command: command, cause: cause)
    }

    func keep(
        _ text: String, as kind: ContentKind, of customer: CustomerID?
    ) throws -> ContentRef {
        try transaction.keep(text, as: kind, of: customer, salt: desk.salt())
    }

    /// What a change must lead to, in the same transaction: a close asks for a survey, a reopening cancels it, free
    /// hands drain the queues of their teams.
    func settle(_ events: [RecordedEvent], on number: TicketNumber) throws {
        var freed: Set<AgentID> = []
        for recorded in events {
            guard case .ticket(let event) = recorded.event else { continue }
            switch event {
            case .statusChanged(let change):
                try survey(change, number, cause: recorded.position)
                guard change.to == .closed || change.to == .pending else { break }
                if let holder = try row(number).ticket.assignee { freed.insert(holder) }
            case .unassigned(let unassigned):
                freed.insert(unassigned.previous)
            case .assigned(let assigned):
                if let previous = assigned.previous { freed.insert(previous) }
            case .snoozed, .classified:
                if let holder = try row(number).ticket.assignee { freed.insert(holder) }
            default:
                break
            }
        }
        try takeUp(events, number)
        try QueueDrain(session: self).drain(freed)
    }

    /// A wrap-up that nobody held ends with the summary: whoever wrote it has the ticket then.
    private func takeUp(_ events: [RecordedEvent], _ number: TicketNumber) throws {
        let author = events.lazy.compactMap { recorded -> AgentID? in
            switch recorded.event {
            case .ticket(.noteWritten(let note)): note.agent
            case .ticket(.messageWritten(let message)): message.agent
            default: nil
            }
        }.first
        guard let author else { return }
        let row = try row(number)
        guard row.ticket.isRoutable, row.ticket.assignee == nil, !row.isQueued,
            row.waitsUntil == nil
        else { return }
        try perform(.assign(author, by: .agent, decision: nil), on: row, by: .agent(author))
    }

    private func survey(
        _ change: StatusChanged, _ number: TicketNumber, cause: Position
    ) throws {
        if change.to == .closed {
            try SurveyDispatch(session: self).ticketClosed(try row(number), cause: cause)
        } else if change.from == .closed {
            try SurveyDispatch(session: self).ticketReopened(number, cause: cause)
        }
    }
}
