internal import HelpdeskCore
internal import HelpdeskStore

/// Does what only time brings about: writes SLA warnings and breaches, ends waits, wrap-ups and snoozes, sends surveys whose delay is over, drains queues when
/// shifts begin. Safe to run at any time; what is not due stays.
public struct ClockWorker: Sendable {
    /// Of each kind in one run; the rest is due still in the next.
    static let limit = 100

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// One round; how many things were done. Each in its own transaction, so that one that fails stops no other; the first
    /// failure is thrown when the round is over.
    public func runOnce() async throws(DeskFailure) -> Int {
        let now = desk.now
        let campaigns = desk.policy.surveys.campaigns
        let due = try await desk.read { reader throws(StoreError) in
            (
                tickets: try reader.ticketsDue(at: now, limit: Self.limit),
                promises: try reader.promisesDue(at: now, limit: Self.limit),
                invitations: try reader.dueInvitations(at: now, limit: Self.limit),
                reminders: try reader.dueReminders(at: now, limit: Self.limit),
                customers: try SurveyCampaign.candidates(campaigns, reader, at: now)
            )
        }
        var failure: DeskFailure?
        for ticket in due.tickets {
            do throws(DeskFailure) { try await attend(ticket) } catch { failure = failure ?? error }
        }
        for ticket in due.promises {
            do throws(DeskFailure) { try await keepPromises(ticket) } catch {
                failure = failure ?? error
            }
        }
        for invitation in due.invitations {
            do throws(DeskFailure) { try await send(invitation) } catch {
                failure = failure ?? error
            }
        }
        for invitation in due.reminders {
            do throws(DeskFailure) { try await remind(invitation) } catch {
                failure = failure ?? error
            }
        }
        for customer in due.customers {
            do throws(DeskFailure) { try await consider(customer) } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return due.tickets.count + due.promises.count + due.invitations.count
            + due.reminders.count + due.customers.count
    }

    /// Looks at every team's queue: after a start, a reload, or when shifts may have begun.
    public func drainQueues() async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            try QueueDrain(session: TicketSession(desk, transaction, by: .system)).drainAll()
        }
    }

    /// How long a webhook's id is remembered; its messages' own ids are for ever.
    static let requestMemory = TimeSpan.days(30)

    /// Forgets what only had to be remembered for a while.
    public func prune() async throws(DeskFailure) {
        let before = desk.now - Self.requestMemory
        try await desk.write { transaction in
            try transaction.forgetRequestKeys(before: before)
        }
    }

    private func attend(_ ticket: TicketNumber) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: .system)
            let row = try session.row(ticket)
            if let until = row.ticket.snoozedUntil, until <= session.now {
                try session.perform(.wake(.due), on: row)
            }
            guard let until = row.waitsUntil, until <= session.now else { return }
            if row.isQueued {
                try TicketRouting(session: session).route(try session.row(ticket))
            } else {
                let events = try session.perform(
                    .close(.wrappedUp, cause: .wrapUpEnded), on: try session.row(ticket))
                try session.settle(events, on: ticket)
            }
        }
    }

    private func keepPromises(_ ticket: TicketNumber) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: .system)
            try TicketPromises(session: session).attend(ticket)
        }
    }

    private func send(_ due: DueInvitation) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            // Another worker, or a reopening, may have been quicker.
            guard let due = try transaction.reader.scheduledInvitation(due.invitation) else {
                return
            }
            try SurveyDispatch(session: TicketSession(desk, transaction, by: .system)).send(due)
        }
    }

    private func remind(_ invitation: InvitationID) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            guard let sent = try transaction.reader.invitationToRemind(invitation) else { return }
            try SurveyReminding(session: TicketSession(desk, transaction, by: .system))
                .remind(sent)
        }
    }

    private func consider(_ customer: CustomerID) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            try SurveyCampaign(session: TicketSession(desk, transaction, by: .system))
                .consider(customer)
        }
    }
}
