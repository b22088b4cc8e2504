internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Collects on which ways a ticket's customer can be reached, and lets the core choose.
struct ReplyWays {
    let reader: StoreReader
    let policy: DeskPolicy
    let now: Instant

    struct Choice {
        let route: ReplyRoute
        /// The message being answered, where there is one in writing.
        let answered: AnswerableMessage?
    }

    struct NoRoute: Error {
        let refusal: ReplyRoute.Refusal
        /// What agents read: what is the matter, and what they can do.
        var failure: DeskFailure { .outbound(OutboundRefusal(code, text)) }

        private var code: OutboundRefusal.Code {
            switch refusal {
            case .windowClosed: .windowClosed
            case .unreachable, .noWay: .unsupported
            }
        }

        private var text: String {
            switch refusal {
            case .unreachable(let inbox):
                return
                    "inbox \(inbox.rawValue) cannot reach this customer: it only receives, or has no address of theirs"
            case .windowClosed(let inbox, _):
                return "the reply window of inbox \(inbox.rawValue) is closed; name another inbox"
            case .noWay(let others):
                let open = others.filter { $0.window == .open }
                let named = open.map { "--inbox \($0.inbox.rawValue)" }.joined(separator: ", ")
                if !named.isEmpty {
                    return "no verified way to this customer; choose one yourself: \(named)"
                }
                let closed = others.map(\.inbox.rawValue).joined(separator: ", ")
                return closed.isEmpty
                    ? "this customer can only be reached by phone: ring them, or add an address"
                    : "the reply window of \(closed) is closed, and there is no other way in writing: ring them, or add an address"
            }
        }
    }

    func route(
        _ row: TicketRow, answers: MessageID?, chosen: InboxID?
    ) throws(StoreError) -> Result<Choice, NoRoute> {
        let messages = try reader.answerable(in: row.ticket.number)
        let ways = try ways(row, messages)
        let answered =
            if let answers {
                messages.first { $0.message == answers }
            } else {
                messages.first { message in
                    message.kind == .message && message.autoSubmitted == .no
                        && ways.contains { $0.inbox == message.inbox }
                }
            }
        let preferred = try reader.preferredChannel(of: row.ticket.customer)
        do throws(ReplyRoute.Refusal) {
            let route = try ReplyRoute.choose(
                among: ways, answered: answered?.inbox, preferred: preferred, chosen: chosen)
            let other = messages.first {
                $0.inbox == route.way.inbox && $0.kind == .message
            }
            return .success(
                Choice(
                    route: route,
                    answered: answered?.inbox == route.way.inbox ? answered : other))
        } catch {
            return .failure(NoRoute(refusal: error))
        }
    }

    /// Every way to the ticket's customer by mail.
    func mail(_ row: TicketRow) throws(StoreError) -> [ReplyRoute.Way] {
        try ways(row, try reader.answerable(in: row.ticket.number)).filter { $0.channel == .email }
    }

    private func ways(
        _ row: TicketRow, _ messages: [AnswerableMessage]
    ) throws(StoreError) -> [ReplyRoute.Way] {
        var ways: [ReplyRoute.Way] = []
        for message in messages {
            guard let inbox = sending(message.inbox), let address = message.address,
                !ways.contains(where: { $0.inbox == inbox.id && $0.address == address })
            else { continue }
            let content = try reader.messageContent(message.content)
            ways.append(
                ReplyRoute.Way(
                    inbox: inbox.id, channel: inbox.channel, address: address,
                    conversation: content?.conversation, verification: message.verification,
                    window: window(of: inbox, since: message.receivedAt),
                    standing: ReplyRoute.Way.Standing(message.undeliverable),
                    lastUsed: message.receivedAt))
        }
        return ways + (try mailWays(row, besides: ways))
    }

    /// The customer's mail addresses, through the mail inboxes of the ticket's team.
    private func mailWays(
        _ row: TicketRow, besides known: [ReplyRoute.Way]
    ) throws(StoreError) -> [ReplyRoute.Way] {
        let inboxes = policy.inboxes.values
            .filter { $0.channel == .email && $0.team == row.ticket.team }
            .filter { $0.capabilities.sending == .supported }.sorted { $0.id < $1.id }
        guard !inboxes.isEmpty else { return [] }
        let addresses = try reader.addresses(
            of: row.ticket.customer, kind: IdentityAddress.emailKind)
        var ways: [ReplyRoute.Way] = []
        for inbox in inboxes {
            for entry in addresses
            where !known.contains(where: {
                $0.inbox == inbox.id && $0.address == entry.address
            }) {
                ways.append(
                    ReplyRoute.Way(
                        inbox: inbox.id, channel: inbox.channel, address: entry.address,
                        conversation: nil, verification: entry.verification, window: .open,
                        standing: ReplyRoute.Way.Standing(entry.undeliverable),
                        lastUsed: nil))
            }
        }
        return ways
    }

    /// To somebody's address through an inbox that can speak first, the ticket's team's before others': a text message after
    /// a call.
    func firstWords(_ row: TicketRow, to address: IdentityAddress) -> ReplyRoute.Way? {
        let able = policy.inboxes.values.filter {
            $0.capabilities.sending == .supported && $0.capabilities.opensTo == address.kind
                && $0.capabilities.replyWindow == nil
                && ($0.team == row.ticket.team || policy.teams[$0.team]?.privacy != .restricted)
        }.sorted { $0.id < $1.id }
        let inbox = able.first { $0.team == row.ticket.team } ?? able.first
        return inbox.map {
            ReplyRoute.Way(
                inbox: $0.id, channel: $0.channel, address: address, conversation: nil,
                verification: .unverified, window: .open, lastUsed: nil)
        }
    }

    private func sending(_ id: InboxID) -> InboxPolicy? {
        guard let inbox = policy.inboxes[id], inbox.capabilities.sending == .supported else {
            return nil
        }
        return inbox
    }

    private func window(of inbox: InboxPolicy, since: Instant) -> ReplyRoute.Way.Window {
        guard let window = inbox.capabilities.replyWindow else { return .open }
        let end = since + window
        return now < end ? .open : .closed(since: end)
    }
}

extension ReplyRoute.Way.Standing {
    init(_ undeliverable: Undeliverable?) {
        self =
            undeliverable.map { .undeliverable(since: $0.since, code: $0.code) } ?? .sound
    }
}
