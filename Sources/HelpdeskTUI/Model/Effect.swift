public import HelpdeskAPI
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
    case preview(TicketNumber, by: InboxID?)
    case explanation(TicketNumber)
    case report(API.ReportName)
    case macros
    /// A prepared answer as it would go to this ticket's customer: in their language, its places filled in.
    case filled(macro: String, TicketNumber)
    case teams
    case recoveries
    /// Texts begun and not sent, from this machine.
    case drafts
    /// Solved tickets whose words are like these, the most telling word first.
    case similar(TicketNumber, words: [String])
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
    /// Nil: back on the desk now.
    case snooze(Instant?)
    case callback(CallOutcome)

    /// What came of ringing a customer back.
    public enum CallOutcome: Hashable, Sendable { case reached, notReached }
}

/// What is done to a recovery.
public enum RecoveryChange: Hashable, Sendable {
    case take
    /// With what came of it, in the agent's words.
    case finish(String)
}

/// What becomes of an attachment.
public enum AttachmentUse: Hashable, Sendable {
    /// Into the folder for downloads, under a name that is free.
    case save
    /// As the standard input of a command.
    case pipe(String)
}

/// What the shell is asked to do. Values: the pure core never waits.
public enum Effect: Hashable, Sendable {
    case load(Load)
    case send(Writing)
    /// `version`: what the agent saw.
    case change(TicketNumber, TicketChange, version: Int64?)
    /// Nil: by shift.
    case setPresence(Presence?)
    case changeRecovery(RecoveryID, RecoveryChange)
    /// Before anything is sent it is on disk: effects are carried out in their order.
    case keep(Draft)
    /// It was sent, or discarded.
    case forget(key: String)
    /// Lends the terminal to the agent's editor; kept like any other draft meanwhile.
    case edit(Draft)
    case attach(path: String, key: String)
    case fetch(API.Attachment, AttachmentUse)
    case openLink(String)
    /// Shows a text to a command of the agent's.
    case pipe(text: String, command: String)
    case notify(Announcement)
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
    /// The text being written has rested: keep it.
    case keeping
    /// A held reply may go.
    case sending(key: String)
    /// A second of a countdown.
    case tick
}

/// News for an agent who looks elsewhere. Holds no word of a message: screens are shared.
public struct Announcement: Hashable, Sendable {
    public var title: String
    public var body: String

    public init(title: String, body: String) {
        self.title = title
        self.body = body
    }
}
