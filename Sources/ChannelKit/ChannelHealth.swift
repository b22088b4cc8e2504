public import HelpdeskCore

/// How a channel stands, and what a person should do about it.
public struct ChannelHealth: Hashable, Sendable {
    public enum State: String, Sendable { case ok, degraded, down }
    public enum Action: String, Sendable {
        case wait, relogin
        case fixConfiguration = "fix-config"
    }

    public var state: State
    public var detail: String?
    public var action: Action?
    /// When the channel last did what it is for; nil when that is not known.
    public var lastSuccess: Instant?
    /// Messages that the provider has and we have not yet; nil when that is not known.
    public var waiting: Int?

    public init(
        state: State, detail: String? = nil, action: Action? = nil, lastSuccess: Instant? = nil,
        waiting: Int? = nil
    ) {
        self.state = state
        self.detail = detail
        self.action = action
        self.lastSuccess = lastSuccess
        self.waiting = waiting
    }
}

/// Why an adapter stopped receiving; thrown by `ChannelAdapter.run`, which is called again later. What is thrown otherwise counts as
/// "down, wait".
public struct ChannelInterruption: Error, Sendable, Hashable {
    public let health: ChannelHealth
    public init(_ health: ChannelHealth) { self.health = health }
}
