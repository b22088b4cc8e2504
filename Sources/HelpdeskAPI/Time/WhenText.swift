public import HelpdeskCore

/// Moments as people type them, in English and Persian, any digits and both calendars:
/// `30m`, `2h`, `3d`, `1w`, `۲ ساعت` · `tomorrow`, `monday`, `فردا`, `شنبه` (9:00) · `2026-11-24`, `1405/09/03`, each
/// with a clock or not: ` 14:30`, ` 9` · an RFC 3339 time. Days begin at 9:00 unless a clock is named.
public struct WhenText {
    let now: Instant
    let offset: (Instant) -> Int

    public enum DayStart: Hashable, Sendable {
        /// 9:00, when work begins.
        case working
        case midnight
    }

    /// - Parameter offset: seconds that local clocks are ahead of UTC at a moment.
    public init(now: Instant, offset: @escaping (Instant) -> Int) {
        self.now = now
        self.offset = offset
    }

    /// Nil when the text is none of these.
    public func instant(_ text: String, dayStart: DayStart = .working) -> Instant? {
        if let exact = RFC3339.instant(text) { return exact }
        let words = Self.english(PersianDigits.ascii(text).lowercased())
            .flatMap { Self.splitAtT($0[...]) }
        guard let first = words.first, words.count <= 2 else { return nil }
        if words.count == 1, let span = Self.span(first) { return now + span }
        if words.count == 1, let clock = Self.clock(first) { return next(clock) }
        let minutes: Int
        if words.count == 2 {
            guard let clock = Self.clock(words[1]) ?? Self.hour(words[1]) else { return nil }
            minutes = clock
        } else {
            minutes = dayStart == .working ? 9 * 60 : 0
        }
        return day(first).map { moment($0, minutes) }
    }

    /// `2026-11-24t10:00` is two words.
    private static func splitAtT(_ word: Substring) -> [String] {
        let parts = word.split(separator: "t", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].last?.isNumber == true, parts[1].first?.isNumber == true
        else { return [String(word)] }
        return parts.map(String.init)
    }

    /// `90m`, `2h`, `3d`, `1w`.
    private static func span(_ word: String) -> TimeSpan? {
        guard let unit = word.unicodeScalars.last,
            let count = PersianDigits.integer(String(word.dropLast())), (1...10_000).contains(count)
        else { return nil }
        switch unit {
        case "m": return .minutes(Int64(count))
        case "h": return .hours(Int64(count))
        case "d": return .days(Int64(count))
        case "w": return .days(Int64(count) * 7)
        default: return nil
        }
    }

    /// Minutes since midnight.
    private static func clock(_ word: String) -> Int? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 2, let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    /// `9` after a day: an hour alone.
    private static func hour(_ word: String) -> Int? {
        guard word.utf8.count <= 2, let hour = Int(word), (0..<24).contains(hour) else {
            return nil
        }
        return hour * 60
    }

    /// The words with Persian ones put into English; `ساعت` before a clock and `at` are left out, a number and its
    /// unit become one word.
    private static func english(_ text: String) -> [String] {
        var words: [String] = []
        for part in text.split(separator: " ") {
            let word = String(part)
            let folded = TextFold.folded(word)
            if let unit = units[folded], let last = words.last, !last.isEmpty,
                last.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            {
                words[words.count - 1] = last + unit
            } else if let known = persian[folded] {
                words.append(known)
            } else if folded != TextFold.folded("ساعت"), folded != "at" {
                words.append(word)
            }
        }
        return words
    }

    private static let units: [String: String] = folding([
        ("دقیقه", "m"), ("ساعت", "h"), ("روز", "d"), ("هفته", "w"), ("minutes", "m"),
        ("hours", "h"), ("days", "d"), ("weeks", "w"), ("hour", "h"), ("day", "d"), ("week", "w"),
    ])

    private static let persian: [String: String] = folding([
        ("امروز", "today"), ("فردا", "tomorrow"), ("پسفردا", "overmorrow"), ("شنبه", "saturday"),
        ("یکشنبه", "sunday"), ("دوشنبه", "monday"), ("سهشنبه", "tuesday"),
        ("چهارشنبه", "wednesday"), ("پنجشنبه", "thursday"), ("جمعه", "friday"),
    ])

    private static func folding(_ pairs: [(String, String)]) -> [String: String] {
        Dictionary(
            pairs.map { (TextFold.folded($0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
    }

    private var today: CivilDate {
        ZoneRules(name: "local", offsetSeconds: offset(now)).local(now).date
    }

    private func day(_ word: String) -> CivilDate? {
        switch word {
        case "today": return today
        case "tomorrow": return today.adding(days: 1)
        case "overmorrow": return today.adding(days: 2)
        default: break
        }
        if let weekday = Weekday(word: word) {
            for ahead in 1...7 {
                let date = today.adding(days: ahead)
                if date.weekday == weekday { return date }
            }
        }
        // Jalali years are far below the Gregorian ones of the same time.
        if let jalali = JalaliDate(word), (1_200..<1_600).contains(jalali.year) {
            return jalali.civil
        }
        return CivilDate(word)
    }

    /// The wall clock at that minute; the offset in force there is looked up once more, for a change of clocks.
    private func moment(_ date: CivilDate, _ minutes: Int) -> Instant {
        let wall = Instant(
            milliseconds: Int64(date.dayNumber) * 86_400_000 + Int64(minutes) * 60_000)
        let guess = wall - .seconds(Int64(offset(wall)))
        return wall - .seconds(Int64(offset(guess)))
    }

    private func next(_ minutes: Int) -> Instant {
        let candidate = moment(today, minutes)
        return candidate > now ? candidate : moment(today.adding(days: 1), minutes)
    }
}
