/// A length of time in milliseconds: delays, windows, waits. Never a bare number, and never traps.
public struct TimeSpan: Hashable, Comparable, Sendable, Codable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static let zero = TimeSpan(milliseconds: 0)

    public static func seconds(_ count: Int64) -> TimeSpan { TimeSpan(count, times: 1_000) }
    public static func minutes(_ count: Int64) -> TimeSpan { TimeSpan(count, times: 60_000) }
    public static func hours(_ count: Int64) -> TimeSpan { TimeSpan(count, times: 3_600_000) }
    public static func days(_ count: Int64) -> TimeSpan { TimeSpan(count, times: 86_400_000) }

    private init(_ count: Int64, times unit: Int64) {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        milliseconds = overflow ? (count < 0 ? .min : .max) : product
    }

    public static func < (left: TimeSpan, right: TimeSpan) -> Bool {
        left.milliseconds < right.milliseconds
    }

    public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(milliseconds: saturatingSum(left.milliseconds, right.milliseconds))
    }

    public static prefix func - (span: TimeSpan) -> TimeSpan {
        TimeSpan(milliseconds: span.milliseconds == .min ? .max : -span.milliseconds)
    }

    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}
