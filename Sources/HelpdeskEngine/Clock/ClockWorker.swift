internal import HelpdeskCore
internal import HelpdeskStore

/// Does what only time brings about: writes SLA warnings and breaches, ends waits, wrap-ups and snoozes, reminds, mails chat answers
/// that nobody read, takes tickets back from agents who do nothing with them, sends surveys whose delay is over and agents what
/// waited for them, drains queues when shifts begin or end. Safe to run at any time; what is not due stays.
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
        var done = try await attendDuty(at: now)
        let due = try await desk.read { reader throws(StoreError) in
            (
                tickets: try reader.ticketsDue(at: now, limit: Self.limit),
                promises: try reader.promisesDue(at: now, limit: Self.limit),
                invitations: try reader.dueInvitations(at: now, limit: Self.limit),
                asked: try reader.dueReminders(at: now, limit: Self.limit),
                customers: try SurveyCampaign.candidates(campaigns, reader, at: now),
                digests: try reader.digestsDue(at: now, limit: Self.limit),
                reminders: try reader.remindersDue(at: now, limit: Self.limit),
                unread: try reader.ticketsUnread(at: now, limit: Self.limit)
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
        for invitation in due.asked {
            do throws(DeskFailure) { try await remind(invitation) } catch {
                failure = failure ?? error
            }
        }
        for customer in due.customers {
            do throws(DeskFailure) { try await consider(customer) } catch {
                failure = failure ?? error
            }
        }
        for agent in due.digests {
            do throws(DeskFailure) { try await digest(for: agent) } catch {
                failure = failure ?? error
            }
        }
        for reminder in due.reminders {
            do throws(DeskFailure) { try await remind(reminder.agent, of: reminder.ticket) } catch {
                failure = failure ?? error
            }
        }
        for ticket in due.unread {
            do throws(DeskFailure) { try await mailUnread(ticket) } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        done += due.tickets.count + due.promises.count + due.invitations.count
        done += due.asked.count + due.customers.count
        done += due.digests.count + due.reminders.count + due.unread.count
        return done
    }

    /// When anybody's working time began or ended since the last look, every queue is looked at: 1, else 0. The board knows when
    /// the next such moment is, so that looking costs nothing in between.
    private func attendDuty(at now: Instant) async throws(DeskFailure) -> Int {
        guard desk.board.dutyMayHaveChanged(at: now) else { return 0 }
        let desk = desk
        try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: .system)
            let snapshot = try desk.board.snapshot(transaction, policy: session.policy)
            try QueueDrain(session: session).drainAll()
            desk.board.watchDuty(until: snapshot.nextDutyChange(after: session.now))
        }
        return 1
    }

    /// Looks at every team's queue: after a start or a reload.
    public func drainQueues() async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            try QueueDrain(session: TicketSession(desk, transaction, by: .system)).drainAll()
        }
    }

    /// How long a webhook's id is remembered; its messages' own ids are for ever.
    static let requestMemory = TimeSpan.days(30)
    /// How long receipts find what they are about.
    static let receiptMemory = TimeSpan.days(90)

    /// How long what an endpoint never took is kept for somebody to ask for it.
    static let letterMemory = TimeSpan.days(90)

    /// Forgets what only had to be remembered for a while.
    public func prune() async throws(DeskFailure) {
        let now = desk.now
        try await desk.write { transaction in
            try transaction.forgetRequestKeys(before: now - Self.requestMemory)
            try transaction.forgetProviderIDs(before: now - Self.receiptMemory)
            try transaction.forgetDeadLetters(before: now - Self.letterMemory)
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
            if let until = row.actBy, until <= session.now {
                try takeBack(try session.row(ticket), session)
            }
            let current = try session.row(ticket)
            guard let until = current.waitsUntil, until <= session.now else { return }
            if current.isQueued {
                try TicketRouting(session: session).route(try session.row(ticket))
            } else {
                let events = try session.perform(
                    .close(.wrappedUp, cause: .wrapUpEnded), on: try session.row(ticket))
                try session.settle(events, on: ticket)
            }
        }
    }

    /// Its agent did nothing with it: somebody else gets it, and only then whatever else waits is theirs.
    private func takeBack(_ row: TicketRow, _ session: TicketSession) throws {
        let number = row.ticket.number
        let events = try session.perform(.unassign(.timeout), on: row)
        try TicketRouting(session: session).route(
            try session.row(number), cause: events.first?.position)
        try session.settle(events, on: number)
    }

    private func keepPromises(_ ticket: TicketNumber) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: .system)
            try TicketPromises(session: session).attend(ticket)
        }
    }

    private func digest(for agent: AgentID) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            // Another worker may have been quicker.
            guard
                let until = try transaction.reader.noticesHeld(for: agent),
                until <= transaction.now
            else { return }
            try Digesting(session: TicketSession(desk, transaction, by: .system)).send(to: agent)
        }
    }

    private func remind(_ agent: AgentID, of ticket: TicketNumber) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: .system)
            // Put away, or put off, meanwhile.
            guard let reminder = try session.reader.reminder(of: agent, for: ticket),
                reminder.state == .waiting, reminder.at <= session.now
            else { return }
            try session.perform(.reminderCame(agent), on: try session.row(ticket))
        }
    }

    private func mailUnread(_ ticket: TicketNumber) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            try MailingUnread(session: TicketSession(desk, transaction, by: .system))
                .attend(ticket)
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
