public import ChannelKit

/// How long to wait before an adapter is run again: 1 s, doubling to 5 min; from a minute on where a person must do something
/// first, so that a wrong password does not lock an account.
public struct RetryDelays: Sendable, Equatable {
    public static let first = Duration.seconds(1)
    public static let last = Duration.seconds(300)
    static let withPerson = Duration.seconds(60)

    /// Failures since it last worked.
    public private(set) var failures = 0

    public init() {}

    public mutating func next(after health: ChannelHealth) -> Duration {
        failures = min(failures + 1, 30)
        var delay = Self.first
        for _ in 1..<failures where delay < Self.last { delay = delay * 2 }
        let needsPerson = health.action == .relogin || health.action == .fixConfiguration
        return min(Self.last, needsPerson ? max(delay, Self.withPerson) : delay)
    }
}
