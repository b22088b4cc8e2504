extension LocalTime {
    /// The day as a customer reads it: `Sunday 22 November 2026`, or in the Jalali calendar
    /// `یک‌شنبه ۱ آذر ۱۴۰۵`.
    public func dayText(in language: TextLanguage) -> String {
        switch language {
        case .english:
            CalendarNames.day(date.weekday, in: .english) + " \(date.day) "
                + CalendarNames.month(gregorian: date.month) + " \(date.year)"
        case .persian:
            JalaliFormat("%A %-d %B %Y", language: .persian).text(of: self)
        }
    }

    /// The time of day on a clock of 24 hours, to the minute: `09:05`, `۰۹:۰۵`.
    public func clockText(in language: TextLanguage) -> String {
        language.digits(padded(hour, 2) + ":" + padded(minute, 2))
    }
}
