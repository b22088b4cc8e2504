/// What happens around tickets: people's presence, and mail that could not be read.
public enum DeskEvent: Hashable, Sendable {
    case presenceChanged(PresenceChanged)
    /// An agent's first screen was opened, or the last one has been gone for longer than the grace.
    case screenChanged(ScreenChanged)
    case messageQuarantined(MessageQuarantined)
    case quarantineResolved(QuarantineResolved)
    /// Mail to an agent's own address came back: no more is sent there until somebody says so, or the agent answers one.
    case noticesStopped(NoticesStopped)
    case noticesResumed(NoticesResumed)
    case agentNoticed(AgentNoticed)
    case noticesDigested(NoticesDigested)
    case macroSet(MacroSet)
    case macroRemoved(MacroRemoved)
}

public struct NoticesStopped: Hashable, Sendable, Codable {
    public var agent: AgentID
    /// The notification that failed.
    public var delivery: DeliveryID
    public var code: String?

    public init(agent: AgentID, delivery: DeliveryID, code: String?) {
        self.agent = agent
        self.delivery = delivery
        self.code = code
    }
}

public struct NoticesResumed: Hashable, Sendable, Codable {
    public var agent: AgentID
    public init(agent: AgentID) { self.agent = agent }
}

public struct PresenceChanged: Hashable, Sendable, Codable {
    public var agent: AgentID
    /// Nil: by shift again.
    public var presence: Presence?

    public init(agent: AgentID, presence: Presence?) {
        self.agent = agent
        self.presence = presence
    }
}

public struct ScreenChanged: Hashable, Sendable, Codable {
    public var agent: AgentID
    public var screen: Screen

    public init(agent: AgentID, screen: Screen) {
        self.agent = agent
        self.screen = screen
    }
}

/// Whether an agent has the screen open: a live stream of events.
public enum Screen: String, Hashable, Sendable, Codable, CaseIterable {
    case open, closed
}

/// What an agent says of themselves (DESIGN "Routing"): `offline` is off duty on every channel, `away` off live
/// channels; never set means by shift.
public enum Presence: String, Hashable, Sendable, Codable, CaseIterable {
    case online, away, offline
}

public struct MessageQuarantined: Hashable, Sendable, Codable {
    public var quarantine: QuarantineID
    public var inbox: InboxID
    public var raw: BlobHash
    public var code: String
    /// Of kind `quarantine_detail`.
    public var detail: ContentRef

    public init(
        quarantine: QuarantineID, inbox: InboxID, raw: BlobHash, code: String, detail: ContentRef
    ) {
        self.quarantine = quarantine
        self.inbox = inbox
        self.raw = raw
        self.code = code
        self.detail = detail
    }
}

public struct QuarantineResolved: Hashable, Sendable, Codable {
    public enum Resolution: String, Sendable, Codable { case replayed, dropped }

    public var quarantine: QuarantineID
    public var resolution: Resolution
    public var message: MessageID?

    public init(quarantine: QuarantineID, resolution: Resolution, message: MessageID?) {
        self.quarantine = quarantine
        self.resolution = resolution
        self.message = message
    }
}
