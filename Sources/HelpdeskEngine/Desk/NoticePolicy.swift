public import HelpdeskCore

/// Mail to agents about their tickets: whether, and how much of it.
public struct NoticePolicy: Hashable, Sendable {
    public enum Switch: Hashable, Sendable { case on, off }

    public var mail: Switch
    /// About one ticket to one agent: at most one within this time; what happens meanwhile is in the ticket.
    public var quiet: TimeSpan
    /// To one agent.
    public var perHour: Int
    /// How long an answer to one is taken.
    public var answerable: TimeSpan

    public init(
        mail: Switch = .off, quiet: TimeSpan = .minutes(10), perHour: Int = 30,
        answerable: TimeSpan = .days(7)
    ) {
        self.mail = mail
        self.quiet = quiet
        self.perHour = perHour
        self.answerable = answerable
    }
}
