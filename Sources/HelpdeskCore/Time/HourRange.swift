/// Hours of a day as people write them, `08:00-12:00`, in minutes of the wall clock. It may run past midnight
/// (`22:00-06:00`); the rest then belongs to the next day.
public struct HourRange: Hashable, Sendable {
    /// Minute of the day it begins at, 0 to 1439.
    public let from: Int
    /// Minute it ends before: more than `from`, and up to 1440 minutes later.
    public let to: Int

    /// `nil` when there is no such range; an end at or before the beginning is on the next day.
    public init?(from: Int, to: Int) {
        guard (0..<1440).contains(from), (0...1440).contains(to), from != to else { return nil }
        self.from = from
        self.to = to > from ? to : to + 1440
    }

    /// Reads `08:00-12:00`, `8:00–12:00` or `۰۸:۰۰-۱۲:۰۰`; the end may be `24:00`.
    public init(_ text: String) throws(HourRangeError) {
        let ascii = PersianDigits.ascii(text).filter { $0 != " " }
        let parts = ascii.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == "-" || $0 == "\u{2013}" })
        guard parts.count == 2 else { throw HourRangeError(text: text, problem: .notTwoTimes) }
        guard let from = Self.minutes(parts[0]), let to = Self.minutes(parts[1]), from < 1440 else {
            throw HourRangeError(text: text, problem: .notATime)
        }
        guard let range = HourRange(from: from, to: to) else {
            throw HourRangeError(text: text, problem: .empty)
        }
        self = range
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            let hour = PersianDigits.integer(String(parts[0])),
            let minute = PersianDigits.integer(String(parts[1])),
            (0...24).contains(hour), (0..<60).contains(minute), hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}

/// Why a range of hours was refused; `description` says what to write instead.
public struct HourRangeError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Problem: Hashable, Sendable { case notTwoTimes, notATime, empty }

    public let text: String
    public let problem: Problem

    public init(text: String, problem: Problem) {
        self.text = text
        self.problem = problem
    }

    public var description: String {
        let wanted =
            switch problem {
            case .notTwoTimes: "expected two times with a hyphen between them, such as 08:00-12:00"
            case .notATime: "expected times from 00:00 to 24:00 as HH:MM"
            case .empty: "begins and ends at the same time; for a whole day write 00:00-24:00"
            }
        return "\"\(text)\": \(wanted)"
    }
}
