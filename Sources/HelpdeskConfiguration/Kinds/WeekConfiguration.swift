public import HelpdeskCore
import TOMLReading

/// The hours of each day of a week: what `WeekHours` is made of. A day that is not there is closed; the ranges of one
/// day are in order and do not overlap.
public struct WeekConfiguration: Equatable, Sendable {
    public let days: [Weekday: [HourRange]]

    public init(days: [Weekday: [HourRange]]) { self.days = days }

    /// The order of the manual: Iran's week begins on Saturday.
    static let order: [Weekday] = [
        .saturday, .sunday, .monday, .tuesday, .wednesday, .thursday, .friday,
    ]
}

enum WeekKeys {
    static func day(_ day: Weekday) -> OptionalKey<[HourRange]> {
        OptionalKey(
            day.word, .day, absent: "closed all day",
            "The hours of \(ConfigurationProse.capitalised(day.name)).",
            example: "[\"08:00-12:00\", \"13:00-17:00\"]")
    }

    static let section = SectionDescription(
        "week", .value, "The hours of each day, on the wall clock of the time zone.",
        keys: WeekConfiguration.order.map { day($0).description })
}
