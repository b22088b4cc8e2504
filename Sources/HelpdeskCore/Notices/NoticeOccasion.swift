/// Why an agent is told something now.
public enum NoticeOccasion: Hashable, Sendable {
    case assigned(by: Actor)
    /// With what the customer wrote.
    case answered(String)
    /// With the words of the note, where a mail may show them.
    case mentioned(by: AgentID, words: String? = nil)
    case watched(WatchedNews, by: Actor, words: String? = nil)
    /// Their own reminder, with its note.
    case reminded(String?)
    case slaWarning(SLATarget, due: Instant)
    case slaBreached(SLATarget, due: Instant)
    /// A low score, which is theirs to make good.
    case recoveryOpened(LowScore)
    /// A low score that leads hear of.
    case lowScore(LowScore)
    /// With the reason as the mail server names it.
    case bounced(code: String?)

    public var kind: NoticeKind {
        switch self {
        case .assigned: .assigned
        case .answered: .answered
        case .mentioned: .mention
        case .watched: .watched
        case .reminded: .reminder
        case .slaWarning: .slaWarning
        case .slaBreached: .slaBreach
        case .recoveryOpened: .recovery
        case .lowScore: .lowScore
        case .bounced: .bounce
        }
    }

    /// Who brought it about: nobody is told of their own acts. Nil for what nobody did.
    public var author: Actor? {
        switch self {
        case .assigned(let actor), .watched(_, let actor, _): actor
        case .mentioned(let agent, _): .agent(agent)
        case .answered, .reminded, .slaWarning, .slaBreached, .recoveryOpened, .lowScore, .bounced:
            nil
        }
    }

    /// What somebody wrote, to be shown in a mail.
    public var words: String? {
        switch self {
        case .answered(let words): words
        case .mentioned(_, let words), .watched(_, _, let words), .reminded(let words): words
        case .assigned, .slaWarning, .slaBreached, .recoveryOpened, .lowScore, .bounced: nil
        }
    }
}

/// What happened in a ticket that somebody watches.
public enum WatchedNews: String, Hashable, Sendable, Codable, CaseIterable {
    case customerWrote = "customer_wrote"
    case replied, noted, assigned, transferred, closed, reopened
}

extension WatchedNews {
    /// What an event is to somebody who watches its ticket; nil: nothing to tell.
    public init?(_ event: TicketEvent) {
        switch event {
        case .messageReceived: self = .customerWrote
        case .messageWritten: self = .replied
        case .noteWritten: self = .noted
        case .assigned: self = .assigned
        case .transferred: self = .transferred
        case .statusChanged(let change) where change.to == .closed: self = .closed
        case .statusChanged(let change) where change.from == .closed: self = .reopened
        default: return nil
        }
    }
}
