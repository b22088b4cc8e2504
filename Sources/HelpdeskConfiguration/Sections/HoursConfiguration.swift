public import HelpdeskCore
import TOMLReading

/// `[[business_hours]]`: when a team works.
public struct BusinessHoursConfiguration: Equatable, Sendable {
    public let name: String
    /// A name of the time zone database.
    public let timezone: String
    public let week: WeekConfiguration
    public let holidays: [Holiday]
    public let holidaysFiles: [CalendarFile]
    /// What holds on single days, whatever the week and the holidays say.
    public let special: [SpecialDayConfiguration]
}

/// One day with hours of its own.
public struct SpecialDayConfiguration: Equatable, Sendable {
    public let day: Holiday
    /// None: closed. Within the day.
    public let hours: [HourRange]
}

/// `[[shift]]`: when one agent works.
public struct ShiftConfiguration: Equatable, Sendable {
    public enum Hours: Equatable, Sendable {
        /// Of this week; nil: in the agent's own time zone.
        case week(WeekConfiguration, timezone: String?)
        /// The name of a `[[business_hours]]`, with its holidays.
        case businessHours(String)
    }

    /// The login.
    public let agent: String
    public let hours: Hours
}

enum BusinessHoursKeys {
    static let name = RequiredKey<String>(
        "name", .name("these hours", example: "tehran"), "What teams and shifts refer to.",
        example: "\"tehran\"")
    static let timezone = RequiredKey<String>(
        "timezone", .timeZone, "The time zone whose wall clock the hours are of.",
        example: "\"Asia/Tehran\"")
    static let week = RequiredKey<WeekConfiguration>(
        "week", .week, "The hours of each day; a day left out is closed.",
        example: "{ sat = [\"08:00-12:00\", \"13:00-17:00\"], sun = [\"08:00-17:00\"] }")
    static let holidays = DefaultedKey<[Holiday]>(
        "holidays", .list(of: .day, "days", counts: 0...1_000), default: [], written: "[]",
        "Days off, of either calendar.", example: "[\"jalali:1405-01-01\", \"2026-12-25\"]")
    static let holidaysFiles = DefaultedKey<[CalendarFile]>(
        "holidays_files",
        .list(of: .calendarFile, "iCalendar files", counts: 0...20), default: [], written: "[]",
        "Days off from iCalendar files (.ics), as states and companies publish them: their all-day events, read when the configuration is. A relative path begins at the folder of this file.",
        example: "[\"/etc/hamdel/ir-holidays.ics\"]")
    static let special = DefaultedKey<[SpecialDayConfiguration]>(
        "special", .specialDays, default: [], written: "[]",
        "Days with hours of their own, whatever the week and the holidays say: a short day, a Friday that is worked; no hours: closed.",
        example: "[{ day = \"jalali:1405-12-28\", hours = [\"08:00-12:00\"] }]")
    static let section = SectionDescription(
        "business_hours", .list, "When teams work.",
        keys: [
            name.description, timezone.description, week.description, holidays.description,
            holidaysFiles.description, special.description,
        ])
}

enum SpecialDayKeys {
    static let day = RequiredKey<Holiday>(
        "day", .day, "Which day, of either calendar.", example: "\"jalali:1405-12-28\"")
    static let hours = RequiredKey<[HourRange]>(
        "hours", .day, "The hours of that day, until 24:00 at the latest.",
        example: "[\"08:00-12:00\"]")
    static let section = SectionDescription(
        "business_hours.special", .value, "One day with hours of its own.",
        keys: [day.description, hours.description])
}

extension ValueKind where Value == [SpecialDayConfiguration] {
    static var specialDays: Self {
        let one = ValueKind<SpecialDayConfiguration>.table("special day", SpecialDayKeys.section) {
            section, reader in
            let day = reader.read(SpecialDayKeys.day, section)
            let hours = reader.read(SpecialDayKeys.hours, section)
            guard let day, let hours else { return nil }
            if let late = hours.first(where: { $0.to > 1_440 }) {
                reader.record(
                    ConfigurationProblem(
                        place: section.place(of: "hours"), key: section.keyPath("hours"),
                        expected: "hours that end by 24:00",
                        got: "hours that end \(late.to - 1_440) minutes after it",
                        hint: "write the rest as a special day of its own"))
                return nil
            }
            return SpecialDayConfiguration(day: day, hours: hours)
        }
        let several = ValueKind.list(of: one, "special days", counts: 0...1_000)
        return Self(
            "list of special days", expectation: several.expectation,
            nested: SpecialDayKeys.section, read: several.read)
    }
}

enum ShiftKeys {
    static let agent = RequiredKey<String>(
        "agent", .reference("an agent", example: "sara"), "The login of the agent.",
        example: "\"sara\"")
    static let week = OptionalKey<WeekConfiguration>(
        "week", .week, absent: "business_hours says when",
        "The hours of each day. Either this or business_hours.",
        example: "{ sat = [\"08:00-16:00\"], mon = [\"08:00-16:00\"] }")
    static let timezone = OptionalKey<String>(
        "timezone", .timeZone, absent: "the agent's own", "The time zone of week.",
        example: "\"Asia/Tehran\"")
    static let businessHours = OptionalKey<String>(
        "business_hours", .reference("a [[business_hours]]", example: "tehran"),
        absent: "week says when", "The hours of a [[business_hours]], with its holidays.",
        example: "\"tehran\"")
    static let section = SectionDescription(
        "shift", .list,
        "When one agent is on duty; several for one agent add up. An agent without any is on duty in the hours of the team.",
        keys: [
            agent.description, week.description, timezone.description, businessHours.description,
        ])
}

extension ConfigurationReader {
    mutating func businessHours(_ section: SectionTable) -> BusinessHoursConfiguration? {
        let name = read(BusinessHoursKeys.name, section)
        let timezone = read(BusinessHoursKeys.timezone, section)
        let week = read(BusinessHoursKeys.week, section)
        let holidays = read(BusinessHoursKeys.holidays, section)
        let holidaysFiles = read(BusinessHoursKeys.holidaysFiles, section)
        let special = read(BusinessHoursKeys.special, section)
        guard let name, let timezone, let week else { return nil }
        return BusinessHoursConfiguration(
            name: name, timezone: timezone, week: week, holidays: holidays,
            holidaysFiles: holidaysFiles, special: special)
    }

    mutating func shift(_ section: SectionTable) -> ShiftConfiguration? {
        let agent = read(ShiftKeys.agent, section)
        let week = read(ShiftKeys.week, section)
        let timezone = read(ShiftKeys.timezone, section)
        let businessHours = read(ShiftKeys.businessHours, section)
        let given = ["week", "business_hours"].filter { section.table.entry($0) != nil }
        guard given.count == 1 else {
            record(
                ConfigurationProblem(
                    place: section.place, key: "shift", expected: "either week or business_hours",
                    got: given.isEmpty ? "neither" : "both"))
            return nil
        }
        if let timezone, let businessHours {
            warn(
                section.place(of: "timezone"), key: section.keyPath("timezone"),
                "\(timezone) has no effect: \(businessHours) has a time zone of its own")
        }
        guard let agent else { return nil }
        if let week {
            return ShiftConfiguration(agent: agent, hours: .week(week, timezone: timezone))
        }
        return businessHours.map { ShiftConfiguration(agent: agent, hours: .businessHours($0)) }
    }
}
