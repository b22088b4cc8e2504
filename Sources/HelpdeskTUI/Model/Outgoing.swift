public import HelpdeskCore

/// A reply that left its composer and is not confirmed yet: it can be taken back while it is held.
public struct Outgoing: Equatable, Sendable {
    public enum Stage: Hashable, Sendable {
        /// Not asked for yet: `u` takes it back.
        case held(until: Instant)
        /// The daemon was asked.
        case sending
        /// The daemon was not reached; the same request goes out when it is back.
        case waiting
        /// The daemon said no: the composer's warning says why.
        case refused
    }

    public var composer: Composer
    public var stage: Stage
    public var key: String { composer.key }

    /// At most so many at once; beyond, a reply stays in its composer.
    static let limit = 16
}
