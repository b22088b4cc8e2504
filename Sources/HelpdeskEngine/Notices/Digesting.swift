internal import HelpdeskCore
internal import HelpdeskStore

/// Sends an agent all that waited for them as one mail, within a transaction, when their quiet hours or the storm are over.
struct Digesting {
    let session: TicketSession

    func send(to agent: AgentID) throws {
        let reader = session.reader
        let waiting = try reader.heldNotices(for: agent)
        // Somebody may have left the team, or a ticket may have moved, while it waited.
        var seen: [TicketNumber: TicketRow] = [:]
        for number in Set(waiting.compactMap(\.ticket)) {
            seen[number] = try reader.ticket(number, viewer: .agent(agent))
        }
        let lines = try waiting.filter { line in
            switch line.about {
            case .ticket(let number): seen[number] != nil
            case .customer(let customer):
                try reader.customerExists(customer, viewer: .agent(agent))
            }
        }
        var able = session.policy.notices.defaults.able.subtracting([.screen])
        if try reader.noticesAreStopped(for: agent) { able.remove(.mail) }
        var delivery: DeliveryID?
        if able.contains(.mail), let carrier = carrier(lines, seen) {
            delivery = try mail(NoticeDigest(lines), to: agent, carrier)
        }
        if delivery == nil { able.remove(.mail) }
        try session.transaction.append(
            .desk(
                .noticesDigested(
                    NoticesDigested(
                        agent: agent, count: lines.count,
                        ways: lines.isEmpty ? [] : able.sorted(), delivery: delivery))),
            ticket: nil, customer: nil, by: .system)
    }

    /// Beside what it goes: the last ticket in it, else the last customer.
    private func carrier(
        _ lines: [NoticeDigest.Line], _ seen: [TicketNumber: TicketRow]
    ) -> NoticeSubject? {
        if let row = lines.last(where: { $0.ticket != nil })?.ticket.flatMap({ seen[$0] }) {
            return .ticket(row)
        }
        guard case .customer(let customer)? = lines.last?.about else { return nil }
        return .customer(customer, nil)
    }

    /// - Parameter carrier: whose inbox it goes through.
    private func mail(
        _ digest: NoticeDigest, to agent: AgentID, _ carrier: NoticeSubject
    ) throws -> DeliveryID? {
        let noticing = Noticing(session: session)
        guard let inbox = noticing.inbox(for: carrier) else { return nil }
        let language: TextLanguage = inbox.language == .persian ? .persian : .english
        return try noticing.put(
            .digest, to: agent, via: inbox, on: carrier, subject: digest.subject(in: language),
            text: digest.body(in: language), language == .persian ? .persian : .english,
            cause: nil)
    }
}
