public import HelpdeskCore

/// Time and randomness, handed in so that every use case can be driven by a test.
public struct DeskEnvironment: Sendable {
    public var now: @Sendable () -> Instant
    /// Unpredictable bytes, as many as asked for.
    public var random: @Sendable (Int) -> [UInt8]

    public init(
        now: @escaping @Sendable () -> Instant, random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.now = now
        self.random = random
    }
}
