/// The words of `WhenText`, as `TextFold` leaves them.
enum WhenWords {
    static let tomorrow = TextFold.folded("فردا")
    static let after = TextFold.folded("پس")
    static let afterTomorrow = TextFold.folded("پسفردا")

    /// Words that people put in and that say nothing.
    static let fillers: Set<String> = Set(
        ["at", "in", "on", "ساعت", "روزِ", "در"].map(TextFold.folded))

    static let daysAhead: [String: Int] = [
        "today": 0, "tomorrow": 1, TextFold.folded("امروز"): 0, tomorrow: 1, afterTomorrow: 2,
    ]

    private static let persianDays: [String: Weekday] = {
        var days: [String: Weekday] = [:]
        for weekday in Weekday.allCases {
            days[TextFold.folded(CalendarNames.day(weekday, in: .persian))] = weekday
        }
        return days
    }()

    static func weekday(_ word: String) -> Weekday? { Weekday(word: word) ?? persianDays[word] }

    private enum Unit { case minutes, hours, days, weeks }

    private static let units: [String: Unit] = {
        let words: [(Unit, [String])] = [
            (.minutes, ["m", "min", "mins", "minute", "minutes", "دقیقه"]),
            (.hours, ["h", "hour", "hours", "ساعت"]), (.days, ["d", "day", "days", "روز"]),
            (.weeks, ["w", "week", "weeks", "هفته"]),
        ]
        var units: [String: Unit] = [:]
        for (unit, names) in words { for name in names { units[TextFold.folded(name)] = unit } }
        return units
    }()

    /// `90m`, `2h`, `3 days`.
    static func span(_ words: [String]) -> TimeSpan? {
        guard let first = words.first, words.count <= 2 else { return nil }
        let digits = first.prefix { $0.isASCII && $0.isNumber }
        let unit = words.count == 2 ? words[1] : String(first.dropFirst(digits.count))
        guard words.count == 1 || digits.count == first.count,
            let count = Int64(digits), (1...10_000).contains(count), let unit = units[unit]
        else { return nil }
        return switch unit {
        case .minutes: .minutes(count)
        case .hours: .hours(count)
        case .days: .days(count)
        case .weeks: .days(count * 7)
        }
    }

    /// `14:30`, `9:05pm`: minutes since midnight.
    static func clock(_ word: String) -> Int? {
        let (figures, half) = halved(word)
        let parts = figures.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 1, half != nil { return hour(word) }
        guard parts.count == 2, parts[1].utf8.count == 2, let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0..<60).contains(minute),
            let hour = whole(hour, half)
        else { return nil }
        return hour * 60 + minute
    }

    /// `9`, `9am`: only beside a day, where it can be nothing else.
    static func hour(_ word: String) -> Int? {
        let (figures, half) = halved(word)
        guard (1...2).contains(figures.utf8.count),
            figures.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let hour = Int(figures), let hour = whole(hour, half)
        else { return nil }
        return hour * 60
    }

    private enum Half { case morning, afternoon }

    private static func halved(_ word: String) -> (Substring, Half?) {
        if word.hasSuffix("am") { return (word.dropLast(2), .morning) }
        if word.hasSuffix("pm") { return (word.dropLast(2), .afternoon) }
        return (word[...], nil)
    }

    private static func whole(_ hour: Int, _ half: Half?) -> Int? {
        switch half {
        case nil: (0..<24).contains(hour) ? hour : nil
        case .morning: (1...12).contains(hour) ? hour % 12 : nil
        case .afternoon: (1...12).contains(hour) ? hour % 12 + 12 : nil
        }
    }
}
