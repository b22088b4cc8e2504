public import HelpdeskCore

/// How long to wait before the next attempt: doubling, bounded, and spread, so that a hundred clients do not come
/// back in the same millisecond.
public struct Backoff: Hashable, Sendable {
    public var first: TimeSpan
    public var longest: TimeSpan
    private var failures = 0

    public init(first: TimeSpan = .init(milliseconds: 250), longest: TimeSpan = .seconds(30)) {
        self.first = first
        self.longest = longest
    }

    /// The next wait. `chance` lies between 0 and 1 and is handed in; the wait lies between half of the step and
    /// the whole.
    public mutating func next(chance: Double) -> TimeSpan {
        let doublings = min(failures, 20)
        failures += 1
        let (product, overflow) = first.milliseconds.multipliedReportingOverflow(by: 1 << doublings)
        let step = overflow ? longest.milliseconds : min(product, longest.milliseconds)
        let spread = Double(step) * (0.5 + min(max(chance, 0), 1) / 2)
        return TimeSpan(milliseconds: Int64(spread))
    }

    public mutating func reset() { failures = 0 }
}
