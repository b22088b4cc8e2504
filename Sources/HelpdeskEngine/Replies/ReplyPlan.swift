public import HelpdeskCore
internal import HelpdeskStore

/// What would happen to an answer given now.
public struct ReplyPlan: Hashable, Sendable {
    public var route: ReplyRoute
    /// Who gets it besides: whom an agent added to the ticket. Mail only.
    public var participants: [IdentityAddress]
    /// Others to whom the customer's mail went: offered, never taken, and only where somebody vouches for its sender.
    public var offered: [IdentityAddress]
}

extension ReplyWays {
    func plan(_ choice: Choice, _ row: TicketRow) throws(StoreError) -> ReplyPlan {
        let way = choice.route.way
        guard way.channel == .email else {
            return ReplyPlan(route: choice.route, participants: [], offered: [])
        }
        let participants = try participants(of: row, besides: [way.address])
        var offered: [IdentityAddress] = []
        if let answered = choice.answered, answered.senderAuth == .verified,
            let mail = try reader.messageContent(answered.content)?.mail
        {
            for entry in (mail.to + mail.cc).prefix(50) {
                guard let address = IdentityFolding.fold(.email(entry.address)),
                    address != way.address, !policy.isOwn(address),
                    !participants.contains(address), !offered.contains(address)
                else { continue }
                offered.append(address)
            }
        }
        return ReplyPlan(route: choice.route, participants: participants, offered: offered)
    }

    /// Whom an agent added gets every answer by mail, until taken out again.
    func participants(
        of row: TicketRow, besides known: [IdentityAddress]
    ) throws(StoreError) -> [IdentityAddress] {
        try reader.participants(of: row.ticket.number).map(\.address).filter { address in
            address.kind == IdentityAddress.emailKind && !known.contains(address)
                && !policy.isOwn(address)
        }
    }
}
