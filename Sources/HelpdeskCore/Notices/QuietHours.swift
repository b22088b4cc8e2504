/// When somebody is left alone: an agent gets no mail and no webhook, a customer no survey. The same hours of every day, on
/// the clock of their zone; what comes then waits until they are over.
public struct QuietHours: Hashable, Sendable {
    public static let none = QuietHours(unchecked: [])
    /// Ranges at most.
    public static let limit = 8

    /// As they were written: `22:00-07:00`.
    public let texts: [String]
    private let week: WeekHours

    /// - Throws: the first text that is no range of hours, or hours that never end.
    public init(_ texts: [String]) throws(QuietHoursError) {
        guard texts.count <= Self.limit else { throw .tooMany }
        var ranges: [HourRange] = []
        for text in texts {
            do throws(HourRangeError) { ranges.append(try HourRange(text)) } catch {
                throw .range(error)
            }
        }
        self.texts = texts
        week = Self.week(ranges)
        let hours = BusinessHours(zone: .utc, week: week)
        guard ranges.isEmpty || (try? hours.nextClose(from: Instant(milliseconds: 0))) != nil else {
            throw .never
        }
    }

    private init(unchecked texts: [String]) {
        self.texts = texts
        week = Self.week([])
    }

    private static func week(_ ranges: [HourRange]) -> WeekHours {
        WeekHours(
            Dictionary(
                Weekday.allCases.map { ($0, ranges) }, uniquingKeysWith: { first, _ in first }))
    }

    /// When the quiet that holds at this moment ends; nil when none does.
    public func end(at moment: Instant, in zone: ZoneRules) -> Instant? {
        let hours = BusinessHours(zone: zone, week: week)
        guard hours.isOpen(at: moment) else { return nil }
        return try? hours.nextClose(from: moment)
    }
}

/// Why quiet hours were refused; `description` says what to write instead.
public enum QuietHoursError: Error, Hashable, Sendable, CustomStringConvertible {
    case range(HourRangeError)
    case never
    case tooMany

    public var description: String {
        switch self {
        case .range(let error): error.description
        case .never: "these hours leave no minute of the day; nothing would ever be delivered"
        case .tooMany: "at most \(QuietHours.limit) ranges"
        }
    }
}
