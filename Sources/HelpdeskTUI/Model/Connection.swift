public import HelpdeskCore

/// How the screen stands with the daemon.
public enum Connection: Hashable, Sendable {
    case connecting
    case live
    /// What is on the screen stays; it may be old.
    case offline(since: Instant)
}

/// One line that tells the agent what just happened, until the next key.
public struct Notice: Hashable, Sendable {
    public enum Tone: Hashable, Sendable { case done, failed }

    public var tone: Tone
    public var text: String

    public static func done(_ text: String) -> Notice { Notice(tone: .done, text: text) }
    public static func failed(_ text: String) -> Notice { Notice(tone: .failed, text: text) }
}

/// Which part of the screen has the keys.
public enum Pane: Int, CaseIterable, Hashable, Sendable {
    case queue, thread, customer
}
