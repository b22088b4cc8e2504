/// What one agent wants to be told, and how. What they did not say is as the desk has it.
public struct NoticeSettings: Hashable, Sendable {
    /// Ways of the kinds they spoke of; none: not at all.
    public var ways: [NoticeKind: Set<NoticeWay>]
    /// Nil: those of the desk.
    public var quiet: QuietHours?

    public static let untouched = NoticeSettings()

    public init(ways: [NoticeKind: Set<NoticeWay>] = [:], quiet: QuietHours? = nil) {
        self.ways = ways
        self.quiet = quiet
    }
}

/// What the desk tells agents who did not say otherwise, and what holds for everybody.
public struct NoticeDefaults: Hashable, Sendable {
    /// Ways that there are at all: mail may be off, a webhook may not be configured.
    public var able: Set<NoticeWay>
    public var quiet: QuietHours
    /// About one ticket to one agent: at most one of the passing kinds, and one of each other, within this time.
    public var spacing: TimeSpan
    /// Mails and webhooks to one agent within an hour; what is beyond waits for one digest.
    public var perHour: Int

    /// Notices of all ways to one agent within an hour; beyond it nothing is even written down.
    public static let flood = 500

    public init(
        able: Set<NoticeWay> = [.screen], quiet: QuietHours = .none,
        spacing: TimeSpan = .minutes(10), perHour: Int = 30
    ) {
        self.able = able
        self.quiet = quiet
        self.spacing = spacing
        self.perHour = perHour
    }

    /// Ways of a kind. Whoever looks at the screen sees new tickets and answers in their queue, so these two are not
    /// told there too; what is only watched comes by no mail.
    public func ways(of kind: NoticeKind) -> Set<NoticeWay> {
        switch kind {
        case .assigned, .answered: able.subtracting([.screen])
        case .watched: able.subtracting([.mail])
        case .mention, .reminder, .slaWarning, .slaBreach, .recovery, .lowScore, .bounce: able
        }
    }

    /// What an agent gets of a kind.
    public func ways(of kind: NoticeKind, for settings: NoticeSettings) -> Set<NoticeWay> {
        settings.ways[kind]?.intersection(able) ?? ways(of: kind)
    }
}
