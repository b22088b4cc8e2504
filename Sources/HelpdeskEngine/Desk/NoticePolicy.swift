public import HelpdeskCore

/// What agents are told of by default, by which ways, and how much of it (`[notify]`).
public struct NoticePolicy: Hashable, Sendable {
    public enum Switch: Hashable, Sendable { case on, off }

    public var mail: Switch
    /// Whether there is an endpoint for notices.
    public var webhook: Switch
    /// About one ticket to one agent: at most one within this time; what happens meanwhile is in the ticket.
    public var quiet: TimeSpan
    /// Mails and webhooks to one agent; what is beyond goes with a digest.
    public var perHour: Int
    /// Of agents who chose none of their own.
    public var quietHours: QuietHours
    /// How long an answer to a mail is taken.
    public var answerable: TimeSpan

    public init(
        mail: Switch = .off, webhook: Switch = .off, quiet: TimeSpan = .minutes(10),
        perHour: Int = 30, quietHours: QuietHours = .none, answerable: TimeSpan = .days(7)
    ) {
        self.mail = mail
        self.webhook = webhook
        self.quiet = quiet
        self.perHour = perHour
        self.quietHours = quietHours
        self.answerable = answerable
    }

    /// As the core asks for it.
    public var defaults: NoticeDefaults {
        var able: Set<NoticeWay> = [.screen]
        if mail == .on { able.insert(.mail) }
        if webhook == .on { able.insert(.webhook) }
        return NoticeDefaults(able: able, quiet: quietHours, spacing: quiet, perHour: perHour)
    }
}
