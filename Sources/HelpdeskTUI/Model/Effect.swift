public import HelpdeskCore

/// Something to read from the daemon.
public enum Load: Hashable, Sendable {
    case me
    case views
    case agents
    case queue(QueueRequest)
    /// The ticket, its messages and its events.
    case thread(TicketNumber)
    case customer(CustomerID)
    case timeline(CustomerID)
    /// Where an answer would go.
    case preview(TicketNumber)
    case explanation(TicketNumber)
}

/// A change of a ticket.
public enum TicketChange: Hashable, Sendable {
    /// Nil: back to the queue.
    case assign(AgentID?)
    case close(ClosingReason)
    case reopen
    case pending
    case transfer(TeamID)
    case tag(added: [String], removed: [String])
    case priority(TicketPriority)
    case spam
    case notSpam
    /// Moves a linked ticket's message here.
    case join(MessageID)
}

/// What the shell is asked to do. Values: the pure core never waits.
public enum Effect: Hashable, Sendable {
    case load(Load)
    case send(Writing)
    /// `version`: what the agent saw.
    case change(TicketNumber, TicketChange, version: Int64?)
    /// Nil: by shift.
    case setPresence(Presence?)
    /// Follow the event stream from here on.
    case subscribe(after: Position)
    /// Send `.due` after this time.
    case wake(after: TimeSpan, Due)
    case redraw
    case bell
    case copy(String)
    /// Give the terminal back to the shell, as Ctrl-Z does.
    case suspend
    case quit
}

/// What was put off.
public enum Due: Hashable, Sendable {
    /// Read again what the stream said has changed.
    case reload
    /// The cursor has rested on this ticket.
    case rested(TicketNumber)
}
