extension Ticket {
    func merge(
        into target: TicketNumber, _ participants: [IdentityID]
    ) throws(TicketRejection) -> [TicketEvent] {
        guard target != number else { throw .intoItself(number) }
        let merged = TicketEvent.merged(
            TicketMerged(into: target, status: status, participants: participants))
        guard status.isActive else { return [merged] }
        return [merged, changed(to: .closed, reason: .duplicate, cause: .merge)]
    }

    func resume(_ cause: StatusChanged.Cause) throws(TicketRejection) -> [TicketEvent] {
        guard status == .pending else { throw .nothingToChange(number) }
        return [changed(to: .open, reason: nil, cause: cause)]
    }

    /// What was active before is active again, unless somebody closed it in between for a reason of its own.
    func undoMerge(_ before: TicketStatus) throws(TicketRejection) -> [TicketEvent] {
        guard let mergedInto else { throw .notMerged(number) }
        let undone = TicketEvent.mergeUndone(
            TicketMergeUndone(from: mergedInto, status: before))
        guard before.isActive, status == .closed else { return [undone] }
        return [undone, changed(to: before, reason: nil, cause: .undo)]
    }
}

extension TicketCommand {
    /// What may still happen to a ticket that was merged into another: the way back, and what comes from outside.
    var isForMerged: Bool {
        switch self {
        case .undoMerge, .moveMessages, .receive, .link, .returnReply, .reminderCame,
            .dropReminder, .unwatch:
            true
        default: false
        }
    }
}
