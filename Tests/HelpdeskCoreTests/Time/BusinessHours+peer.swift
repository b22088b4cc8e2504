import HelpdeskCore
import Testing

extension BusinessHours {
    /// A peer's calendar; its breaks on single dates become special days.
    init(peer calendar: [String: Any]) throws {
        let zoneName = calendar["timezone"] as? String ?? "UTC"
        let zone = try #require(ZoneTables.named(zoneName == "Etc/UTC" ? "UTC" : zoneName))
        var week: [Weekday: [HourRange]] = [:]
        for (name, ranges) in calendar["hours"] as? [String: [[String]]] ?? [:] {
            week[try #require(Weekday(word: name))] = try ranges.map(Self.range)
        }
        var special: [CivilDate: [HourRange]] = [:]
        for (name, ranges) in calendar["shifts"] as? [String: [[String]]] ?? [:] {
            special[try #require(CivilDate(name))] = try ranges.map(Self.range)
        }
        for item in calendar["breaks"] as? [[String: String]] ?? [] {
            let date = try #require(CivilDate(item["date"] ?? ""))
            let pause = try Self.range([item["from"] ?? "", item["to"] ?? ""])
            let worked = special[date] ?? week[date.weekday] ?? []
            special[date] = worked.flatMap {
                [
                    Self.cut($0.from, min($0.to, pause.from)),
                    Self.cut(max($0.from, pause.to), $0.to),
                ]
            }
            .compactMap { $0 }
        }
        let holidays = try (calendar["holidays"] as? [String] ?? []).map { try Holiday($0).dates }
            .flatMap { $0 }
        self.init(
            zone: zone, week: WeekHours(week), holidays: holidays,
            specialDays: special.mapValues { DayHours($0) })
    }

    private static func range(_ pair: [String]) throws -> HourRange {
        try HourRange(pair.joined(separator: "-"))
    }

    private static func cut(_ from: Int, _ to: Int) -> HourRange? {
        from < to ? HourRange(from: from, to: to) : nil
    }
}
