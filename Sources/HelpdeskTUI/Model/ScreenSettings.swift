public import HelpdeskCore
public import Terminal

/// What an agent has set for the screen, beside how numbers and times are written.
public struct ScreenSettings: Hashable, Sendable {
    public var theme = Theme.standard
    /// The keys in force.
    public var keys = KeyBindings.standard
    /// What the terminal can show.
    public var colours = ColourDepth.basic
    /// How long a reply is held, and can be taken back, before it is asked for; zero: not at all.
    public var sendDelay = TimeSpan.zero
    /// The view shown first.
    public var firstView = "mine"

    public init() {}
}
