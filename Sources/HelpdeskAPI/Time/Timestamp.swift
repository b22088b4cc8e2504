public import HelpdeskCore

/// A moment on the wire: an RFC 3339 text in UTC with milliseconds, never a number.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    public var instant: Instant

    public init(_ instant: Instant) { self.instant = instant }

    /// Nil stays nil: `Timestamp(ticket.closedAt)`.
    public init?(_ instant: Instant?) {
        guard let instant else { return nil }
        self.instant = instant
    }

    public var text: String { RFC3339.text(instant) }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.instant < right.instant
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = RFC3339.instant(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a time like 2026-03-20T08:11:00.000Z was expected")
        }
        self.instant = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
