public import HelpdeskCore

/// Time, its zones and randomness, handed in so that every use case can be driven by a test.
public struct DeskEnvironment: Sendable {
    public var now: @Sendable () -> Instant
    /// Unpredictable bytes, as many as asked for.
    public var random: @Sendable (Int) -> [UInt8]
    /// A zone of the time zone database by its name; nil for a name it does not have. Asked often: remembers.
    public var zone: @Sendable (String) -> ZoneRules?

    public init(
        now: @escaping @Sendable () -> Instant, random: @escaping @Sendable (Int) -> [UInt8],
        zone: @escaping @Sendable (String) -> ZoneRules? = { _ in nil }
    ) {
        self.now = now
        self.random = random
        self.zone = zone
    }
}
