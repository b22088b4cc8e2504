public import HelpdeskCore
public import HelpdeskStore

/// What became of one `@login` of a note.
public struct MentionOutcome: Hashable, Sendable {
    public enum Fate: Hashable, Sendable {
        case told
        /// The author themselves.
        case author
        case unknown
        /// They may not see the ticket: they hear nothing of it.
        case mayNotSee
    }

    public let agent: AgentID
    public let fate: Fate

    public var sentence: String {
        switch fate {
        case .told: "\(agent.rawValue) is told"
        case .author: "that is you"
        case .unknown: "no agent is called \(agent.rawValue)"
        case .mayNotSee:
            "\(agent.rawValue) may not see this ticket, and was not told; transfer it, or ask a lead"
        }
    }

    /// Everybody named in a note, in order.
    public static func all(
        in text: String, of ticket: TicketNumber, by author: AgentID, _ reader: StoreReader
    ) throws(StoreError) -> [MentionOutcome] {
        var outcomes: [MentionOutcome] = []
        for login in Mentions.logins(in: text) {
            let agent = AgentID(rawValue: login)
            let fate: Fate =
                if agent == author {
                    .author
                } else if try !reader.isActive(agent) {
                    .unknown
                } else {
                    try reader.ticket(ticket, viewer: .agent(agent)) == nil ? .mayNotSee : .told
                }
            outcomes.append(MentionOutcome(agent: agent, fate: fate))
        }
        return outcomes
    }
}

/// Tells who is named in a note, within the transaction that writes it.
struct Mentioning {
    let session: TicketSession

    func mention(
        _ text: String, in message: MessageID, of row: TicketRow, by author: AgentID
    ) throws {
        let outcomes = try MentionOutcome.all(
            in: text, of: row.ticket.number, by: author, session.reader)
        for outcome in outcomes where outcome.fate == .told {
            let events = try session.perform(
                .mention(AgentMentioned(agent: outcome.agent, message: message)),
                on: try session.row(row.ticket.number))
            try Noticing(session: session).tell(
                outcome.agent, .mentioned(by: author, words: text),
                try session.row(row.ticket.number), cause: events.first?.position)
        }
    }
}
