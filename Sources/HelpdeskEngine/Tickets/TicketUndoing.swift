internal import HelpdeskCore
internal import HelpdeskStore

/// Takes back the last merge or split of a ticket, within the transaction. What arrived in between stays with the ticket
/// it was sent to.
struct TicketUndoing {
    let session: TicketSession
    let caller: Caller

    func undo(_ row: TicketRow) throws {
        let number = row.ticket.number
        guard let operation = try session.reader.lastOperation(on: number),
            let recorded = try session.reader.recordedEvent(at: operation.position)
        else {
            throw DeskFailure.conflict(
                "nothing was merged or split in ticket \(number.rawValue), or it was undone")
        }
        // Both sides change.
        _ = try session.visible(operation.source, to: caller, ifVersion: nil)
        _ = try session.visible(operation.target, to: caller, ifVersion: nil)
        switch recorded.event {
        case .ticket(.merged(let merged)):
            guard Permission.allows(caller.role, .mergeCustomers) else {
                throw DeskFailure.forbidden("undo a merge: it takes the role lead")
            }
            try undo(merged, of: operation.source)
        case .ticket(.split(let split)): try undo(split, operation)
        default: throw StoreError.damaged("ticket_operations \(operation.position.rawValue)")
        }
    }

    private func undo(_ merged: TicketMerged, of source: TicketNumber) throws {
        let shown = try session.reader.shownTicket(merged.into)
        let events = try session.perform(
            .undoMerge(status: merged.status), on: try session.row(source))
        let known = Set(try session.reader.participants(of: merged.into).map(\.identity))
        for identity in merged.participants where known.contains(identity) {
            let target = try session.row(merged.into)
            if target.ticket.mergedInto == nil {
                try session.perform(.removeParticipant(identity), on: target)
            }
        }
        try session.settle(events, on: source)
        try session.refresh(source, other: shown)
        try session.refresh(shown, other: source)
        try routeIfFree(source)
    }

    private func undo(_ split: TicketSplit, _ operation: TicketOperation) throws {
        let target = operation.target
        let later = try session.reader.lastOperation(on: target, after: operation.position)
        guard later == nil else {
            throw DeskFailure.conflict(
                "ticket \(target.rawValue), which was split off, was merged or split since; undo that first"
            )
        }
        let moves = try split.moves.filter { try isStill($0.message, in: target) }
        let before = try session.row(target)
        try session.perform(
            .undoSplit(TicketSplitUndone(into: operation.source, moves: moves)), on: before)
        let shown = try session.reader.shownTicket(operation.source)
        try session.refresh(target, other: shown)
        try session.refresh(shown, other: target)
        let isEmpty = try !session.reader.hasMessages(target)
        if isEmpty, before.ticket.status.isActive {
            let events = try session.perform(
                .close(.duplicate, cause: .undo), on: try session.row(target))
            try session.settle(events, on: target)
        }
        if before.ticket.status.isActive, !moves.isEmpty {
            try session.bringBack(shown, caller)
        }
    }

    /// One that was let into another ticket by hand stays there. One that went on by another split, of a ticket that this one was
    /// merged into meanwhile, would come back here when that is undone, and not to where it began.
    private func isStill(_ message: MessageID, in target: TicketNumber) throws -> Bool {
        guard let home = try session.reader.home(of: message), home != target else { return true }
        guard try session.reader.lastOperation(on: home) == nil else {
            throw DeskFailure.conflict(
                "message \(message.rawValue) went on into ticket \(home.rawValue); undo that first"
            )
        }
        return false
    }

    private func routeIfFree(_ number: TicketNumber) throws {
        let row = try session.row(number)
        guard row.ticket.isRoutable else { return }
        if let holder = row.ticket.assignee, try session.reader.isActive(holder) { return }
        try TicketRouting(session: session).route(row)
    }
}
