/// Moments as people type them, in English or Persian, any digits and both calendars:
/// `30m`, `2h`, `3d`, `1w`, `2 hours`, `۳ روز` · `tomorrow`, `monday`, `فردا`, `شنبه` (9:00) · `2026-11-24`, `1405/09/03`, each
/// with a clock or not: `tomorrow 9`, `فردا ساعت ۹`, `fri 14:30`, `2026-11-24 9pm` · a clock alone is its next time.
public struct WhenText: Sendable {
    let now: Instant
    /// Seconds that the reader's clock is ahead of UTC at a moment.
    let offset: @Sendable (Instant) -> Int

    public enum DayStart: Hashable, Sendable {
        /// 9:00, when work begins.
        case working
        case midnight
    }

    public init(now: Instant, offset: @escaping @Sendable (Instant) -> Int) {
        self.now = now
        self.offset = offset
    }

    public init(now: Instant, zone: ZoneRules) {
        self.init(now: now) { Int(clamping: zone.offset(at: $0).milliseconds / 1_000) }
    }

    public static func utc(at now: Instant) -> WhenText { WhenText(now: now, zone: .utc) }

    /// Of a text; nobody types more.
    static let maximumLength = 64

    /// Nil when the text is none of these.
    public func moment(_ text: String, dayStart: DayStart = .working) -> Instant? {
        guard text.utf8.count <= Self.maximumLength else { return nil }
        var words = TextFold.folded(PersianDigits.ascii(text)).split(separator: " ")
            .flatMap(Self.splitAtT)
        // "2 ساعت" is two hours and "ساعت 2" a clock.
        if let span = WhenWords.span(words) { return now + span }
        let named = words
        words = words.filter { !WhenWords.fillers.contains($0) }
        if words.count >= 2, words[0] == WhenWords.after, words[1].hasPrefix(WhenWords.tomorrow) {
            // پس فردا in two words.
            words.replaceSubrange(0...1, with: [WhenWords.afterTomorrow])
        }
        guard let first = words.first, words.count <= 2 else { return nil }
        if let span = WhenWords.span(words) { return now + span }
        if words.count == 1 {
            let isNamed = named.count == 2
            if let clock = WhenWords.clock(first) ?? (isNamed ? WhenWords.hour(first) : nil) {
                return next(clock)
            }
        }
        let minutes: Int
        if words.count == 2 {
            guard let clock = WhenWords.clock(words[1]) ?? WhenWords.hour(words[1]) else {
                return nil
            }
            minutes = clock
        } else {
            minutes = dayStart == .working ? 9 * 60 : 0
        }
        return day(first).map { at($0, minutes) }
    }

    /// `2026-11-24t10:00` is two words.
    private static func splitAtT(_ word: Substring) -> [String] {
        let parts = word.split(separator: "t", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].last?.isNumber == true, parts[1].first?.isNumber == true
        else { return [String(word)] }
        return parts.map(String.init)
    }

    private var today: CivilDate {
        ZoneRules(name: "local", offsetSeconds: offset(now)).local(now).date
    }

    private func day(_ word: String) -> CivilDate? {
        if let ahead = WhenWords.daysAhead[word] { return today.adding(days: ahead) }
        if let weekday = WhenWords.weekday(word) {
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
    private func at(_ date: CivilDate, _ minutes: Int) -> Instant {
        let wall = Instant(
            milliseconds: Int64(date.dayNumber) * 86_400_000 + Int64(minutes) * 60_000)
        let guess = wall - .seconds(Int64(offset(wall)))
        return wall - .seconds(Int64(offset(guess)))
    }

    private func next(_ minutes: Int) -> Instant {
        let candidate = at(today, minutes)
        return candidate > now ? candidate : at(today.adding(days: 1), minutes)
    }
}
