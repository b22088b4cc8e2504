public import HelpdeskAPI
public import HelpdeskCore
public import Terminal

/// What happens to the screen: keys, time, and what the daemon said.
public enum Message: Sendable {
    case key(KeyPress)
    case paste(String)
    case resized(Size)
    case learned(FieldLayout)
    /// What time it is.
    case clock(Instant)
    case due(Due)
    case live(Live)
    case loaded(Loaded)
    case sent(Writing, API.Message)
    case changed(API.Ticket, TicketChange)
    case presenceSet(API.Agent)
    case recoveryChanged(API.Recovery, RecoveryChange)
    /// The editor is closed.
    case edited(key: String, text: String)
    case attached(API.Draft.File, key: String)
    /// Something else was done that the agent should hear of.
    case told(Notice)
    case focus(TerminalFocus)
    case failed(Effect, Failure)
}

/// Whether the terminal's window has the agent's eyes, as far as it tells.
public enum TerminalFocus: Hashable, Sendable { case here, elsewhere }

/// What the event stream tells.
public enum Live: Hashable, Sendable {
    case connected
    case event(API.Event)
    /// Who has a ticket in front of them.
    case attention(API.Attention)
    /// Something was missed: read everything again.
    case resync
    /// Not connected.
    case waiting
}

/// An answer to a `Load`.
public enum Loaded: Sendable {
    case me(API.Me)
    case views([API.View])
    case agents([API.Agent])
    case queue(QueueRequest, API.Page<API.Ticket>)
    case whole(TicketThread)
    case customer(API.Customer)
    case timeline(CustomerID, [API.TimelineItem])
    case preview(TicketNumber, API.ReplyPreview)
    case explanation(API.Explanation)
    /// As lines with their plots, laid out as on the command line.
    case report(API.ReportName, [String])
    case macros([API.Macro])
    case filled(TicketNumber, API.MacroOutcome)
    case teams([API.Team])
    case recoveries([API.Recovery])
    case drafts([Draft])
    case similar(TicketNumber, [API.SearchHit])

    /// A thread that is here at once.
    public static func thread(_ detail: API.TicketDetail, _ events: [API.Event]) -> Loaded {
        .whole(TicketThread(detail, events: events))
    }
}

/// Why an effect came to nothing.
public struct Failure: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// Somebody changed the ticket since it was read (412).
        case changedMeanwhile
        /// The daemon was not reached, or did not answer.
        case offline
        case notFound
        case other
    }

    public var kind: Kind
    /// For the agent: what happened, and what to do.
    public var text: String

    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
