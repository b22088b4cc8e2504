/// A moment, as milliseconds since 1970-01-01T00:00:00Z: what every decision of the core is handed instead of a
/// clock. Arithmetic saturates, so a foreign date of the year 99999 can never trap.
public struct Instant: Hashable, Comparable, Sendable, Codable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static let distantPast = Instant(milliseconds: .min)
    public static let distantFuture = Instant(milliseconds: .max)

    public static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    public static func + (instant: Instant, span: TimeSpan) -> Instant {
        Instant(milliseconds: saturatingSum(instant.milliseconds, span.milliseconds))
    }

    public static func - (instant: Instant, span: TimeSpan) -> Instant { instant + -span }

    /// How long after `earlier` this moment is; negative when it is before.
    public func since(_ earlier: Instant) -> TimeSpan {
        let (difference, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        guard overflow else { return TimeSpan(milliseconds: difference) }
        return TimeSpan(milliseconds: milliseconds < earlier.milliseconds ? .min : .max)
    }

    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

func saturatingSum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    guard overflow else { return sum }
    return right < 0 ? .min : .max
}
