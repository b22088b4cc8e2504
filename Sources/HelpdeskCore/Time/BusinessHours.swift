/// When somebody works: a week of hours in one time zone, without the holidays, and with other hours on special days.
///
/// A moment is working time when the clocks of the zone show a working minute: an hour that clocks skip is not
/// worked, an hour that they show twice is worked twice. Ranges include their beginning and not their end. All
/// searches are bounded by `horizon`.
public struct BusinessHours: Hashable, Sendable {
    public let zone: ZoneRules
    public let week: WeekHours
    public let holidays: Set<CivilDate>
    /// Hours that replace those of the week on one day (a short day before a feast, a Saturday that is worked). A
    /// holiday still wins.
    public let specialDays: [CivilDate: DayHours]

    /// How far ahead working time is looked for: three years.
    public static let horizon = TimeSpan.days(3 * 366)

    /// Open at every moment.
    public static let always = BusinessHours(zone: .utc, week: .always)

    public init(
        zone: ZoneRules, week: WeekHours, holidays: some Sequence<CivilDate> = EmptyCollection(),
        specialDays: [CivilDate: DayHours] = [:]
    ) {
        self.zone = zone
        self.week = week
        self.holidays = Set(holidays)
        self.specialDays = specialDays
    }

    public func hours(on date: CivilDate) -> DayHours {
        if holidays.contains(date) { return .off }
        return specialDays[date] ?? week.hours(on: date.weekday)
    }

    public func isOpen(at instant: Instant) -> Bool {
        let local = zone.local(instant)
        let minute = local.millisecondOfDay / 60_000
        return hours(on: local.date).ranges.contains { $0.from <= minute && minute < $0.to }
    }

    /// The first working moment at or after this one.
    public func nextOpen(from instant: Instant) throws(BusinessHoursError) -> Instant {
        guard let period = nextPeriod(from: instant, limit: instant + Self.horizon) else {
            throw .noWorkingTime(after: instant)
        }
        return period.start
    }

    /// The first working moment at or after this one, `nil` when there is none before `limit`.
    public func nextOpen(from instant: Instant, before limit: Instant) -> Instant? {
        nextPeriod(from: instant, limit: limit)?.start
    }

    /// When working time next begins or ends after this moment, `nil` when it does neither before `limit`. Where a range of hours
    /// ends and the next begins at once, that is named too: nothing is wrong with looking then.
    public func nextChange(after instant: Instant, before limit: Instant) -> Instant? {
        guard let period = nextPeriod(from: instant, limit: limit) else { return nil }
        let change = period.start > instant ? period.start : period.end
        return change < limit ? change : nil
    }

    /// The end of the working time that runs at this moment, or of the next when none does.
    public func nextClose(from instant: Instant) throws(BusinessHoursError) -> Instant {
        let limit = instant + Self.horizon
        var moment = try nextOpen(from: instant)
        while moment < limit {
            guard let period = nextPeriod(from: moment, limit: limit), period.start == moment else {
                return moment
            }
            moment = period.end
        }
        throw .neverCloses(after: instant)
    }

    /// The moment at which so much working time has passed since `start`: when a promise made then is due.
    ///
    /// Work that is done exactly when the day ends is due then, not the next morning. No working time at all gives
    /// the first working moment; less than none is refused.
    public func adding(_ work: TimeSpan, to start: Instant) throws(BusinessHoursError) -> Instant {
        guard work >= .zero else { throw .negativeWork }
        let limit = start + Self.horizon
        var moment = start
        var left = work.milliseconds
        while let period = nextPeriod(from: moment, limit: limit) {
            if left <= 0 { return period.start }
            let length = period.end.since(period.start).milliseconds
            if left <= length { return period.start + TimeSpan(milliseconds: left) }
            left -= length
            moment = period.end
        }
        throw .noWorkingTime(after: start)
    }

    /// The working time between two moments; nothing when `end` is not after `start`. At most a hundred years are
    /// counted.
    public func elapsed(from start: Instant, to end: Instant) -> TimeSpan {
        let limit = min(end, start + .days(36_525))
        var moment = start
        var sum: Int64 = 0
        while let period = nextPeriod(from: moment, limit: limit) {
            sum += min(period.end, limit).since(period.start).milliseconds
            moment = period.end
        }
        return TimeSpan(milliseconds: sum)
    }

    /// Working periods from a moment on, oldest first; at most `count`, and none that begins after the horizon.
    public func periods(from instant: Instant, count: Int) -> [Range<Instant>] {
        let limit = instant + Self.horizon
        var periods: [Range<Instant>] = []
        var moment = instant
        while periods.count < count, let period = nextPeriod(from: moment, limit: limit) {
            moment = period.end
            if let last = periods.last, last.upperBound == period.start {
                periods[periods.count - 1] = last.lowerBound..<period.end
            } else {
                periods.append(period.start..<period.end)
            }
        }
        return periods
    }
}

/// Why working time could not be counted: the calendar is at fault, and whoever configures it can change that.
public enum BusinessHoursError: Error, Hashable, Sendable, CustomStringConvertible {
    case noWorkingTime(after: Instant)
    case neverCloses(after: Instant)
    case negativeWork

    public var description: String {
        switch self {
        case .noWorkingTime:
            "these business hours have too little working time within three years; "
                + "check the week and the holidays"
        case .neverCloses:
            "these business hours do not close within three years"
        case .negativeWork:
            "a length of working time cannot be negative"
        }
    }
}
