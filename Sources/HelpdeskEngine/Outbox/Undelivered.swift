internal import HelpdeskCore
internal import HelpdeskStore

/// What follows when mail did not arrive, whether the peer refused it at once or it came back later: the address is
/// marked, the agent gets the ticket back as unread work and hears of it, and an agent's own bad mailbox gets no more of it.
/// Nothing of this writes to anybody outside.
struct Undelivered {
    struct Failure {
        enum Permanence { case forEver, forNow }

        /// As the peer names it; nil when it says none.
        let address: String?
        let permanence: Permanence
        let code: String?
    }

    let session: TicketSession

    func follow(
        _ failures: [Failure], of delivery: ReportableDelivery, cause: Position?
    ) throws {
        guard let first = failures.first else { return }
        if let agent = delivery.agent {
            return try stopNotices(to: agent, delivery, first.code, cause: cause)
        }
        for failure in failures where failure.permanence == .forEver {
            try mark(failure, of: delivery, cause: cause)
        }
        guard delivery.purpose == .reply, let message = delivery.message,
            let ticket = delivery.ticket
        else { return }
        let events = try session.perform(
            .returnReply(
                ReplyReturned(message: message, delivery: delivery.id, code: first.code)),
            on: try session.row(ticket), by: .system, cause: cause)
        try session.settle(events, on: ticket)
        let row = try session.row(ticket)
        if row.ticket.assignee == nil && !row.isQueued {
            try TicketRouting(session: session).route(row, cause: cause)
        }
        guard let agent = try session.row(ticket).ticket.assignee else { return }
        try Noticing(session: session).tell(
            agent, .bounced(code: first.code), try session.row(ticket), cause: cause)
    }

    /// Only who got the mail alone: of a mail to several, each of them knows enough to say that it never reached another.
    private func mark(
        _ failure: Failure, of delivery: ReportableDelivery, cause: Position?
    ) throws {
        guard let recipients = delivery.content?.recipients, recipients.count == 1,
            let recipient = recipients.first,
            let address = IdentityFolding.fold(.email(recipient)),
            IdentityFolding.fold(.email(failure.address ?? recipient)) == address,
            let identity = try session.reader.identity(address, scope: nil),
            identity.undeliverable == nil
        else { return }
        try session.transaction.append(
            .customer(
                .identityUndeliverable(
                    IdentityUndeliverable(
                        identity: identity.id, customer: identity.customer,
                        delivery: delivery.id, code: failure.code))),
            ticket: nil, customer: identity.customer, by: .system, cause: cause)
    }

    private func stopNotices(
        to agent: AgentID, _ delivery: ReportableDelivery, _ code: String?, cause: Position?
    ) throws {
        guard try !session.reader.noticesAreStopped(for: agent) else { return }
        try session.transaction.append(
            .desk(
                .noticesStopped(
                    NoticesStopped(agent: agent, delivery: delivery.id, code: code))),
            ticket: nil, customer: nil, by: .system, cause: cause)
    }
}
