internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Collects what threading may look at, within the transaction, and lets the core decide.
struct ThreadingEvidence {
    let session: TicketSession
    let inbox: InboxPolicy

    func decide(
        _ arrival: Arrival, _ speaker: Identification.Speaker, origin: Origin,
        ticketClass: TicketClass
    ) throws -> ThreadingDecision {
        let message = arrival.message
        if let same = try sameMail(arrival) { return same }
        let conversation = try conversation(of: message, speaker)
        var references = try session.reader.tickets(
            referredBy: message.references + [message.inReplyTo].compactMap { $0 },
            customer: speaker.customer, identity: speaker.identity)
        if let awaiting = try awaiting(message, speaker),
            !references.contains(where: { $0.ticket == awaiting.ticket })
        {
            references.append(awaiting)
        }
        let facts = ThreadingFacts(
            senderAuth: message.senderAuth, kind: message.kind, ticketClass: ticketClass,
            token: try token(in: message, speaker),
            references: references, conversation: conversation,
            conversationKind: message.conversationKind ?? inbox.capabilities.conversations,
            subjectTag: try message.subject.flatMap(SubjectTag.find).flatMap {
                try candidate($0, speaker)
            },
            // A switchboard's number says nothing of who rings, or why.
            active: origin == .live && speaker.sharing == .personal
                ? try session.reader.activeTickets(
                    of: speaker.customer, visibleTo: inbox.team) : [],
            reopening: origin == .live ? arrival.reopening : .withheld)
        return Threading.decide(facts, policy: inbox.threading, at: session.now)
    }

    /// The ticket in which the writer was answered before what they wrote came: nobody else is led there by it.
    private func awaiting(
        _ message: InboundMessage, _ speaker: Identification.Speaker
    ) throws -> ThreadingFacts.Candidate? {
        guard let messageID = message.email?.messageID,
            let candidate = try session.reader.ticket(
                awaiting: messageID, customer: speaker.customer, identity: speaker.identity),
            candidate.sender == .participant || inbox.threading.participation == .ignored
        else { return nil }
        return candidate
    }

    private func sameMail(_ arrival: Arrival) throws -> ThreadingDecision? {
        guard inbox.channel == .email,
            let same = try session.reader.sameMail(
                externalID: arrival.message.externalID, fingerprint: arrival.fingerprint,
                notIn: inbox.id, team: inbox.team,
                privacy: session.policy.teams[inbox.team]?.privacy ?? .open,
                since: session.now - .hours(24))
        else { return nil }
        return ThreadingDecision(
            rule: .sameMail, outcome: .joinedClosed, ticket: same.ticket,
            steps: [
                ThreadingDecision.Step(rule: .sameMail, ticket: same.ticket, verdict: .matched)
            ])
    }

    /// The bot's and our own agents' messages of a known conversation belong to it, whoever the customer is.
    private func conversation(
        of message: InboundMessage, _ speaker: Identification.Speaker
    ) throws -> ThreadingFacts.Candidate? {
        guard let conversation = message.conversation,
            let number = try session.reader.ticket(
                ofConversation: conversation, inbox: inbox.id,
                customer: message.author == .customer ? speaker.customer : nil,
                identity: speaker.identity),
            var candidate = try candidate(number, speaker)
        else { return nil }
        if message.author != .customer { candidate.sender = .participant }
        return candidate
    }

    private func token(
        in message: InboundMessage, _ speaker: Identification.Speaker
    ) throws -> ThreadingFacts.Token {
        var sawDamaged = false
        for text in message.replyTokens.prefix(50) {
            switch session.desk.tokens.read(text) {
            case .genuine(.ticket(let number)):
                if let candidate = try candidate(number, speaker) { return .genuine(candidate) }
                sawDamaged = true
            case .damaged: sawDamaged = true
            // Of a delivery or a notification: proof for reports and agents, not of a ticket.
            case .genuine: break
            case .foreign: break
            }
        }
        return sawDamaged ? .damaged : .absent
    }

    private func candidate(
        _ number: TicketNumber, _ speaker: Identification.Speaker
    ) throws -> ThreadingFacts.Candidate? {
        try session.reader.candidate(
            number, customer: speaker.customer, identity: speaker.identity)
    }
}
