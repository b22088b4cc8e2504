internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// On which way a customer is asked: the ticket's own, else a verified one that works (DESIGN "Surveys").
struct SurveyWays {
    let session: TicketSession

    struct Choice {
        let way: ReplyRoute.Way
        /// The message that it follows, in a conversation.
        let answered: AnswerableMessage?
    }

    /// Nil when nothing automatic may or can go to them.
    func choose(_ target: SurveyTarget, inbox: InboxID?) throws -> Choice? {
        guard let anchor = target.anchor else {
            return try firstWord(to: target.customer, inbox).map { Choice(way: $0, answered: nil) }
        }
        let ways = ReplyWays(reader: session.reader, policy: session.policy, now: session.now)
        if case .success(let choice) = try ways.route(anchor, answers: nil, chosen: inbox),
            choice.route.way.standing == .sound
        {
            return Choice(way: choice.route.way, answered: choice.answered)
        }
        return try afterCall(anchor, ways, inbox)
    }

    /// Who was spoken with on the phone has that number in their hand: a text message there needs no other proof.
    private func afterCall(
        _ row: TicketRow, _ ways: ReplyWays, _ inbox: InboxID?
    ) throws -> Choice? {
        guard inbox == nil,
            try session.reader.lastConversationByPhone(in: row.ticket.number) != nil
        else { return nil }
        let calls = try session.reader.answerable(in: row.ticket.number).filter {
            $0.kind == .call && $0.address?.kind == IdentityAddress.phoneKind
        }
        guard let address = calls.first?.address,
            let way = ways.firstWords(row, to: address)
        else { return nil }
        return Choice(way: way, answered: nil)
    }

    /// To somebody without a ticket: by mail, to an address that is known to be theirs alone.
    private func firstWord(
        to customer: CustomerID, _ chosen: InboxID?
    ) throws -> ReplyRoute.Way? {
        let inboxes = session.policy.inboxes.values
            .filter { $0.channel == .email && $0.capabilities.sending == .supported }
            .filter { chosen == nil || $0.id == chosen }
            .filter { session.policy.teams[$0.team]?.privacy != .restricted }
            .sorted { $0.id < $1.id }
        guard let inbox = inboxes.first else { return nil }
        let addresses = try session.reader.addresses(
            of: customer, kind: IdentityAddress.emailKind
        ).filter { $0.undeliverable == nil }
        let best = addresses.first { $0.verification == .verified } ?? addresses.first
        return best.map {
            ReplyRoute.Way(
                inbox: inbox.id, channel: inbox.channel, address: $0.address, conversation: nil,
                verification: $0.verification, window: .open, lastUsed: nil)
        }
    }
}
