/// What an agent can be told of. Each kind may go ways of its own (`NoticeSettings`).
public enum NoticeKind: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case assigned
    /// The customer wrote in a ticket of theirs.
    case answered
    /// Somebody named them in a note.
    case mention
    /// News of a ticket that they watch.
    case watched
    /// What they asked to be reminded of.
    case reminder
    case slaWarning = "sla_warning"
    case slaBreach = "sla_breach"
    /// A low score, which is theirs to make good.
    case recovery
    /// A low score in a team that they lead, whoever makes it good.
    case lowScore = "low_score"
    /// An answer to a customer came back.
    case bounce

    /// What may follow at once about the same ticket: one of these within a while says it all, the rest is in the ticket.
    var isPassing: Bool {
        switch self {
        case .assigned, .answered, .watched: true
        case .mention, .reminder, .slaWarning, .slaBreach, .recovery, .lowScore, .bounce: false
        }
    }

    /// Nobody is mailed of these who is not at work: they can do nothing about them, and find them in their queue.
    var needsDuty: Bool { isPassing || self == .slaWarning }
}

/// How an agent is told.
public enum NoticeWay: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// An event that only they get in their stream.
    case screen
    /// A mail, which they may answer.
    case mail
    /// The desk's `notify.webhook`.
    case webhook

    public static func < (left: NoticeWay, right: NoticeWay) -> Bool {
        left.rawValue < right.rawValue
    }
}
