/// A calendar of holidays as states and companies publish it (iCalendar, RFC 5545): its all-day events, with the days on which
/// they come again. Events with a time of day are meetings and none of our business.
public struct HolidayCalendar: Hashable, Sendable {
    /// An all-day event that was left out, so that whoever configures it can write its days down instead.
    public struct Problem: Hashable, Sendable {
        public let line: Int
        public let detail: String
    }

    struct Event: Hashable {
        var start: CivilDate
        /// At least 1.
        var days = 1
        var name = ""
        var rule: RecurrenceRule?
        var exceptions: Set<CivilDate> = []
        var additions: [CivilDate] = []
    }

    /// The rest of a larger file is left out.
    public static let eventLimit = 2_000
    /// A feast is not longer.
    private static let lengthLimit = 366
    /// How long a rule with a count is followed.
    static let countLimit = 100 * 366

    private let events: [Event]
    public let problems: [Problem]

    /// How many all-day events there are.
    public var count: Int { events.count }

    /// Never fails: what is no calendar has no holidays.
    public init(iCalendar bytes: [UInt8]) {
        var events: [Event] = []
        var problems: [Problem] = []
        var open: [ICalendarLines.Line] = []
        var depth: [String] = []
        for line in ICalendarLines(bytes).lines {
            switch line.name {
            case "BEGIN":
                depth.append(line.value.uppercased())
                if depth.last == "VEVENT" { open = [] }
            case "END":
                if depth.last == "VEVENT", events.count < Self.eventLimit {
                    switch Self.event(open) {
                    case .success(let event): if let event { events.append(event) }
                    case .failure(let problem): problems.append(problem.problem)
                    }
                }
                _ = depth.popLast()
            default:
                if depth.last == "VEVENT" { open.append(line) }
            }
        }
        self.events = events
        self.problems = problems
    }

    /// Each day off in a range, with its name.
    public func days(in range: Range<CivilDate>) -> [CivilDate: String] {
        var days: [CivilDate: String] = [:]
        for event in events {
            for start in event.starts(before: range.upperBound, notBefore: range.lowerBound) {
                for offset in 0..<event.days {
                    let day = start.adding(days: offset)
                    if range.contains(day) { days[day] = event.name }
                }
            }
        }
        return days
    }

    private struct Fault: Error { var problem: Problem }

    /// Nil for an event with a time of day, and for one without a beginning.
    private static func event(_ lines: [ICalendarLines.Line]) -> Result<Event?, Fault> {
        func first(_ name: String) -> ICalendarLines.Line? { lines.first { $0.name == name } }
        func dates(_ name: String) -> [CivilDate] {
            lines.filter { $0.name == name }.flatMap { line in
                line.value.split(separator: ",").compactMap { ICalendarLines.date($0) }
            }
        }
        guard let begin = first("DTSTART"),
            begin.parameters["VALUE"] == "DATE" || begin.value.utf8.count == 8,
            let start = ICalendarLines.date(begin.value)
        else { return .success(nil) }
        var event = Event(start: start)
        event.name = ICalendarLines.unescaped(first("SUMMARY")?.value ?? "")
        if let end = first("DTEND").flatMap({ ICalendarLines.date($0.value) }) {
            event.days = min(max(end.dayNumber - start.dayNumber, 1), lengthLimit)
        }
        if let rule = first("RRULE") {
            do {
                event.rule = try RecurrenceRule(rule.value)
            } catch {
                let detail =
                    "“\(event.name)” comes again by a rule that is not understood: \(error.part)"
                return .failure(Fault(problem: Problem(line: rule.number, detail: detail)))
            }
        }
        event.exceptions = Set(dates("EXDATE"))
        event.additions = dates("RDATE")
        return .success(event)
    }
}

extension HolidayCalendar.Event {
    /// The days on which it begins, those that reach into a range included.
    func starts(before limit: CivilDate, notBefore floor: CivilDate) -> [CivilDate] {
        let first = floor.adding(days: 1 - days)
        let kept = { (date: CivilDate) in
            first <= date && date < limit && !exceptions.contains(date)
        }
        return (recurring(before: limit, notBefore: first) + additions).filter(kept)
    }

    private func recurring(before limit: CivilDate, notBefore first: CivilDate) -> [CivilDate] {
        guard let rule else { return [start] }
        var left = Int.max
        var end = limit
        // Without a count nothing before the range matters.
        var date = max(start, first)
        switch rule.end {
        case .never: break
        case .on(let last): end = min(limit, last.adding(days: 1))
        case .after(let count):
            left = count
            date = start
            end = min(limit, start.adding(days: HolidayCalendar.countLimit))
        }
        var found: [CivilDate] = []
        while date < end, left > 0 {
            // The beginning counts even where the rule would not name it.
            if date == start || rule.holds(on: date, from: start) {
                found.append(date)
                left -= 1
            }
            date = date.adding(days: 1)
        }
        return found
    }
}
