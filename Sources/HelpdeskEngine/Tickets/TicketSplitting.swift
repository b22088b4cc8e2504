public import HelpdeskCore
internal import HelpdeskStore

extension TicketDesk {
    /// The most messages that one split moves.
    public static let maximumSplit = 2_000

    /// Gives a message and all after it to a new ticket of the same customer; its number.
    /// - Parameter subject: nil: as the ticket it came from.
    public func split(
        _ number: TicketNumber, from message: MessageID, subject: String?, by caller: Caller,
        ifVersion: Int64?, command: CommandID?
    ) async throws(DeskFailure) -> TicketNumber {
        let desk = desk
        return try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            let row = try session.visible(number, to: caller, ifVersion: ifVersion)
            return try TicketSplitting(session: session, caller: caller)
                .split(row, from: message, subject: subject)
        }
    }
}

/// Splitting a ticket within the transaction. Every refusal comes before the first write.
struct TicketSplitting {
    let session: TicketSession
    let caller: Caller

    func split(
        _ row: TicketRow, from message: MessageID, subject: String?
    ) throws -> TicketNumber {
        let source = row.ticket.number
        let moves = try check(row, message)
        let number = session.transaction.nextTicket()
        let opened = try opening(row, message, subject)
        try session.append(
            [.opened(opened)], to: nil, number: number, customer: opened.customer)
        try session.perform(.split(TicketSplit(into: number, moves: moves)), on: row)
        try session.refresh(number, other: source)
        try session.refresh(source, other: number)
        try copyParticipants(from: row, to: number, opened.customer)
        try give(number, row)
        return number
    }

    private func check(_ row: TicketRow, _ message: MessageID) throws -> [MessageMove] {
        let source = row.ticket.number
        if let into = row.ticket.mergedInto { throw TicketRejection.merged(source, into: into) }
        guard try session.reader.place(of: message)?.ticket == source else {
            throw DeskFailure.notFound(
                "message \(message.rawValue) in ticket \(source.rawValue)")
        }
        guard try session.reader.hasWords(before: message, in: source) else {
            throw DeskFailure.conflict(
                "message \(message.rawValue) is the first of ticket \(source.rawValue): nothing would stay in it"
            )
        }
        let isSaid = try [MessageDirection.inbound, .outbound].contains {
            try session.reader.words(from: message, in: source, direction: $0)
        }
        guard isSaid else {
            throw DeskFailure.conflict(
                "there are only notes from message \(message.rawValue) on; a ticket needs something that was said"
            )
        }
        let moves = try session.reader.moves(
            from: message, in: source, limit: TicketDesk.maximumSplit + 1)
        guard moves.count <= TicketDesk.maximumSplit else {
            throw DeskFailure.conflict(
                "more than \(TicketDesk.maximumSplit) messages would move; split further down")
        }
        return moves
    }

    /// The new ticket is of whoever wrote the first message that goes there.
    private func opening(
        _ row: TicketRow, _ message: MessageID, _ subject: String?
    ) throws -> TicketOpened {
        let ticket = row.ticket
        let first = try session.reader.firstFromCustomer(from: message, in: ticket.number)
        let customer = first?.customer ?? ticket.customer
        let isAnswered = try session.reader.words(
            from: message, in: ticket.number, direction: .outbound)
        let words =
            try subject.flatMap { $0.isEmpty ? nil : $0 }
            ?? row.subject.flatMap { try session.reader.content($0) }
        let status: TicketStatus =
            ticket.origin == .history ? .closed : isAnswered ? .open : .new
        return TicketOpened(
            team: ticket.team, inbox: first?.inbox ?? ticket.inbox,
            channel: first?.channel ?? ticket.channel, customer: customer,
            origin: ticket.origin == .history ? .history : .live,
            ticketClass: ticket.ticketClass, status: status, priority: ticket.priority,
            language: row.language,
            subject: try words.map { try session.keep($0, as: .subject, of: customer) },
            isPrivate: row.isHidden)
    }

    private func copyParticipants(
        from row: TicketRow, to number: TicketNumber, _ customer: CustomerID
    ) throws {
        let isSamePerson =
            try session.reader.root(of: customer) == session.reader.root(of: row.ticket.customer)
        guard isSamePerson else { return }
        for participant in try session.reader.participants(of: row.ticket.number) {
            try session.perform(
                .addParticipant(participant.identity), on: try session.row(number))
        }
    }

    /// Whoever has the one has the other, until somebody says otherwise.
    private func give(_ number: TicketNumber, _ row: TicketRow) throws {
        let split = try session.row(number)
        guard split.ticket.isRoutable else { return }
        if let holder = row.ticket.assignee, try session.reader.isActive(holder) {
            try session.perform(.assign(holder, by: .agent, decision: nil), on: split)
        } else {
            try TicketRouting(session: session).route(split)
        }
    }
}
