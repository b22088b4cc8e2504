internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Hears answers to surveys in what customers write (DESIGN "Surveys"): only in the invitation's own conversation, from
/// whom it was sent to, before an agent has written again, and only where the whole message is a score. Words are offered
/// to the agent.
struct SurveyListening {
    let session: TicketSession
    let inbox: InboxPolicy

    struct Heard {
        let invitation: SentInvitation
        /// Nil: words.
        let score: Int?
    }

    /// Whether a message answers a survey; asked before it is threaded, since a score reopens nothing.
    func hear(
        _ message: InboundMessage, from speaker: Identification.Speaker
    ) throws -> Heard? {
        guard message.origin == .live, message.author == .customer, message.kind == .message,
            message.autoSubmitted == .no, message.senderAuth != .failed,
            message.ticketClass == .regular, message.attachments.isEmpty,
            let address = speaker.address
        else { return nil }
        let open = try session.reader.openInvitations(
            of: speaker.customer, through: inbox.id, at: session.now)
        for invitation in open {
            guard try isAnswer(message, by: address, to: invitation) else { continue }
            let score = RatingText.score(message.text, on: invitation.invitation.kind)
            return Heard(invitation: invitation, score: score)
        }
        return nil
    }

    private func isAnswer(
        _ message: InboundMessage, by address: IdentityAddress, to sent: SentInvitation
    ) throws -> Bool {
        guard let delivery = sent.delivery else { return false }
        let destination = try session.reader.destination(of: delivery)
        guard destination.recipients.contains(address.value) else { return false }
        if inbox.channel == .email {
            // The invitation itself is answered, not something else of its ticket.
            guard let own = destination.messageID,
                (message.references + [message.inReplyTo].compactMap { $0 }).contains(own)
            else { return false }
        } else if let conversation = destination.conversation {
            guard message.conversation == conversation else { return false }
        }
        guard let ticket = sent.ticket else { return true }
        return try !session.reader.agentWrote(in: ticket, after: delivery)
    }

    /// Where a message that is a score goes: to the ticket that is asked about, or beside which was asked, closed as it is. Nil
    /// where threading says.
    static func place(_ heard: Heard, _ session: TicketSession) throws -> ThreadingDecision? {
        guard heard.score != nil else { return nil }
        let beside = try heard.invitation.delivery.flatMap {
            try session.reader.reportable($0)?.ticket
        }
        guard let number = heard.invitation.ticket ?? beside else { return nil }
        let shown = try session.reader.shownTicket(number)
        let isClosed = try session.row(shown).ticket.status == .closed
        return ThreadingDecision(
            rule: .survey, outcome: isClosed ? .joinedClosed : .joined, ticket: shown,
            sentTo: shown == number ? nil : number,
            steps: [
                ThreadingDecision.Step(rule: .survey, ticket: shown, verdict: .matched)
            ])
    }

    /// After the message was kept: the score counts, or the words are put before somebody.
    func record(_ heard: Heard, message: MessageID) throws {
        let sent = heard.invitation
        if let score = heard.score {
            return try SurveyResponding(session: session, found: sent)
                .record(score: score, message: message)
        }
        guard case .open = sent.invitation.response, sent.words == nil else { return }
        try session.transaction.append(
            .survey(
                .answeredInWords(
                    SurveyAnsweredInWords(invitation: sent.invitation.id, message: message))),
            ticket: sent.ticket, customer: sent.customer, by: .customer(sent.customer))
    }
}
