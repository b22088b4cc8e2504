extension BusinessHours {
    struct Period {
        var start: Instant
        var end: Instant
    }

    /// The first working period, or rest of one, that begins at or after `instant` and before `limit`. A period ends
    /// with its range of hours, or where the zone's offset changes; neighbours are not joined.
    ///
    /// Each turn reaches the end of a day or of an offset, so it ends after as many turns as there are of both
    /// before `limit`.
    func nextPeriod(from instant: Instant, limit: Instant) -> Period? {
        if week.isEmpty, specialDays.isEmpty { return nil }
        var moment = instant
        while moment < limit {
            let stretch = zone.stretch(at: moment)
            let offset = TimeSpan.seconds(stretch.offsetSeconds)
            let local = LocalTime(millisecondsSinceEpoch: (moment + offset).milliseconds)
            let midnight =
                Instant(
                    milliseconds: Int64(local.date.dayNumber)
                        * Int64(LocalTime.millisecondsPerDay)) - offset
            let beginning = max(moment, midnight)
            for range in hours(on: local.date).ranges {
                let start = max(midnight + .minutes(Int64(range.from)), beginning)
                let end = min(midnight + .minutes(Int64(range.to)), stretch.end)
                // What begins beyond the stretch has another offset: its true beginning is found there.
                guard start < end else { continue }
                return start < limit ? Period(start: start, end: end) : nil
            }
            let next = min(midnight + .days(1), stretch.end)
            // Beyond the last day of the year 9999 the calendar stands still.
            guard next > moment else { return nil }
            moment = next
        }
        return nil
    }
}
