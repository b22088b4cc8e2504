internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

extension Dispatching {
    /// How long nothing automatic goes to an address after mail to it came back for good (reliability §5).
    static let rest = TimeSpan.days(60)

    /// Automatic mails of one ticket to one address: so many within so long.
    private static let limits: [(count: Int, span: TimeSpan)] = [
        (10, .minutes(10)), (50, .hours(3)),
    ]

    /// Why an automatic mail is not sent. What an agent writes is never held back.
    enum Restraint {
        case undeliverable
        case tooMany

        var refusal: OutboundRefusal {
            switch self {
            case .undeliverable:
                OutboundRefusal(
                    .badAddress, "mail to this address came back less than 60 days ago")
            case .tooMany:
                OutboundRefusal(
                    .unsupported, "this ticket sent the address enough automatic mail for now")
            }
        }
    }

    func restraint(on draft: Draft, _ row: TicketRow) throws -> Restraint? {
        try restraint(on: draft, ticket: row.ticket.number)
    }

    func restraint(on draft: Draft, ticket: TicketNumber?) throws -> Restraint? {
        guard draft.purpose != .reply else { return nil }
        let address = draft.way.address
        let failures = try [nil, draft.way.inbox].compactMap { scope in
            try session.reader.identity(address, scope: scope)?.undeliverable?.since
        }
        if failures.contains(where: { session.now.since($0) < Self.rest }) {
            return .undeliverable
        }
        guard let ticket else { return nil }
        for limit in Self.limits {
            let sent = try session.reader.automaticMails(
                of: ticket, to: address.value, since: session.now - limit.span,
                limit: limit.count)
            if sent >= limit.count { return .tooMany }
        }
        return nil
    }
}
