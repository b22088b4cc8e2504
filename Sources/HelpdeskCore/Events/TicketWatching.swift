/// A note names an agent who may see the ticket.
public struct AgentMentioned: Hashable, Sendable, Codable {
    public var agent: AgentID
    /// The note.
    public var message: MessageID

    public init(agent: AgentID, message: MessageID) {
        self.agent = agent
        self.message = message
    }
}

/// An agent wants to hear of a ticket, or no more.
public struct WatchChanged: Hashable, Sendable, Codable {
    public var agent: AgentID
    public init(agent: AgentID) { self.agent = agent }
}

/// An agent wants to be told of a ticket at a time; one of each agent, the newest counts.
public struct ReminderSet: Hashable, Sendable, Codable {
    public var agent: AgentID
    public var at: Instant
    /// Of kind `reminder`.
    public var note: ContentRef?

    public init(agent: AgentID, at: Instant, note: ContentRef?) {
        self.agent = agent
        self.at = at
        self.note = note
    }
}

/// The time of a reminder has come, or its agent put it away.
public struct ReminderChanged: Hashable, Sendable, Codable {
    public var agent: AgentID
    public init(agent: AgentID) { self.agent = agent }
}

extension TicketEvent {
    /// What concerns one agent alone: no change of the ticket that anybody has to look at, so its version stays.
    public var isPersonal: Bool {
        switch self {
        case .agentMentioned, .watchBegun, .watchEnded, .reminderSet, .reminderDue,
            .reminderRemoved:
            true
        default: false
        }
    }
}
