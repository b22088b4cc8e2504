internal import ChannelKit
public import HelpdeskCore
internal import HelpdeskStore

/// Whether an agent says that tickets of different people belong together.
public enum DifferentCustomers: Hashable, Sendable { case refused, confirmed }

extension TicketDesk {
    /// Moves all that was said in a ticket into another one and closes it as a duplicate; the target's number.
    public func merge(
        _ number: TicketNumber, into target: TicketNumber,
        differentCustomers: DifferentCustomers, by caller: Caller, ifVersion: Int64?,
        command: CommandID?
    ) async throws(DeskFailure) -> TicketNumber {
        guard Permission.allows(caller.role, .mergeCustomers) else {
            throw .forbidden("merge tickets: it takes the role lead")
        }
        let desk = desk
        return try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            let source = try session.visible(number, to: caller, ifVersion: ifVersion)
            let row = try session.visible(target, to: caller, ifVersion: nil)
            try TicketMerging(session: session, caller: caller)
                .merge(source, into: row, differentCustomers)
            return target
        }
    }

    /// Takes back the last merge or split of a ticket.
    public func undo(
        _ number: TicketNumber, by caller: Caller, ifVersion: Int64?, command: CommandID?
    ) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            let row = try session.visible(number, to: caller, ifVersion: ifVersion)
            try TicketUndoing(session: session, caller: caller).undo(row)
        }
    }
}

/// Merging two tickets within the transaction. Every refusal comes before the first write.
struct TicketMerging {
    let session: TicketSession
    let caller: Caller

    func merge(
        _ source: TicketRow, into target: TicketRow, _ differentCustomers: DifferentCustomers
    ) throws {
        let number = target.ticket.number
        let isSamePerson = try check(source, target, differentCustomers)
        let before = source.ticket
        let participants = isSamePerson ? try participants(of: source, notIn: target) : []
        let events = try session.perform(
            .merge(into: number, participants: participants), on: source)
        for identity in participants {
            try session.perform(.addParticipant(identity), on: try session.row(number))
        }
        try cancelSurveys(of: before.number, cause: events.first?.position)
        try session.settle(events, on: before.number)
        try session.refresh(number, other: before.number)
        try carryCallback(of: before, to: number)
        if before.status.isActive { try session.bringBack(number, caller) }
        try takeUp(before, in: number)
    }

    /// A question that waited in the source waits in the target, whatever that waited for.
    private func takeUp(_ source: Ticket, in number: TicketNumber) throws {
        let row = try session.row(number)
        guard source.status == .new || source.status == .open, row.ticket.status == .pending
        else { return }
        let events = try session.perform(.resume(.merge), on: row)
        try session.settle(events, on: number)
    }

    private func check(
        _ source: TicketRow, _ target: TicketRow, _ differentCustomers: DifferentCustomers
    ) throws -> Bool {
        let (one, other) = (source.ticket, target.ticket)
        guard one.number != other.number else {
            throw TicketRejection.intoItself(one.number)
        }
        if let into = one.mergedInto { throw TicketRejection.merged(one.number, into: into) }
        if let into = other.mergedInto { throw TicketRejection.merged(other.number, into: into) }
        guard source.isHidden == target.isHidden, !source.isHidden || one.team == other.team
        else {
            let team = source.isHidden ? one.team : other.team
            throw DeskFailure.conflict(
                "one of the tickets is private to team \(team.rawValue); transfer it first, or others would see it"
            )
        }
        let isSamePerson =
            try session.reader.root(of: one.customer) == session.reader.root(of: other.customer)
        guard isSamePerson || differentCustomers == .confirmed else {
            throw DeskFailure.conflict(
                "tickets \(one.number.rawValue) and \(other.number.rawValue) are of different customers; confirm that they belong together: only the customer of \(other.number.rawValue) will be written to"
            )
        }
        return isSamePerson
    }

    /// Whoever may write to the source may write to the target; nobody, where the tickets are of different people.
    private func participants(
        of source: TicketRow, notIn target: TicketRow
    ) throws -> [IdentityID] {
        let known = Set(
            try session.reader.participants(of: target.ticket.number).map(\.identity))
        return try session.reader.participants(of: source.ticket.number).map(\.identity)
            .filter { !known.contains($0) }
    }

    /// Nobody is asked about a duplicate.
    private func cancelSurveys(of ticket: TicketNumber, cause: Position?) throws {
        let row = try session.row(ticket)
        for invitation in try session.reader.scheduledInvitations(of: ticket) {
            try session.append(
                .survey(.cancelled(SurveyCancelled(invitation: invitation, reason: .merged))),
                on: row, cause: cause)
        }
    }

    /// Somebody still has to ring back.
    private func carryCallback(of source: Ticket, to number: TicketNumber) throws {
        let row = try session.row(number)
        guard case .due(let due, _) = source.callback,
            let call = try session.reader.lastCall(in: number)
        else { return }
        if case .due = row.ticket.callback { return }
        try session.perform(.requestCallback(message: call, due: due), on: row)
    }
}

extension TicketSession {
    /// Says anew what a ticket holds, after messages came or went.
    func refresh(_ number: TicketNumber, other: TicketNumber) throws {
        let row = try row(number)
        try perform(.moveMessages(try reader.contents(of: row, other: other)), on: row)
    }

    /// A closed ticket that got open questions is open again, in somebody's hands.
    func bringBack(_ number: TicketNumber, _ caller: Caller) throws {
        let row = try row(number)
        guard row.ticket.status == .closed, row.ticket.origin != .history else { return }
        let events = try perform(.reopen(.agent), on: row)
        try settle(events, on: number)
        let reopened = try self.row(number)
        if let holder = reopened.ticket.assignee, try reader.isActive(holder) { return }
        try TicketRouting(session: self).route(reopened)
    }
}
