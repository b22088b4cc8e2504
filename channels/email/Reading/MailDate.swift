import HelpdeskCore

/// The Date header (RFC 5322 section 3.3, and the obsolete and broken forms of section 4.3), by one pass over its words.
/// What lies outside of 1970 to 2100 is nonsense; without a date the mail has the time at which it came.
enum MailDate {
    private static let years: Range<Int64> = 1970..<2100

    static func parse(_ value: [UInt8]) -> Instant? {
        guard value.count <= 200 else { return nil }
        var found = Fields()
        for word in words(value) { found.take(word) }
        return found.instant
    }

    /// Cut at blanks and commas; comments go.
    private static func words(_ value: [UInt8]) -> [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        var start: Int?
        var depth = 0
        for index in 0...value.count {
            let byte = index < value.count ? value[index] : Ascii.space
            if byte == UInt8(ascii: "(") { depth &+= 1 }
            let separates = depth > 0 || Ascii.isBlank(byte) || byte == UInt8(ascii: ",")
            if byte == UInt8(ascii: ")"), depth > 0 { depth &-= 1 }
            if !separates {
                start = start ?? index
            } else if let from = start {
                result.append(value[from..<index])
                start = nil
            }
        }
        return result
    }

    private struct Fields {
        var day: Int64?
        var month: Int64?
        var year: Int64?
        var seconds: Int64?
        /// Minutes east of Greenwich; nil until stated.
        var zone: Int64?
        var isNonsense = false

        mutating func take(_ word: ArraySlice<UInt8>) {
            guard let first = word.first else { return }
            if word.contains(Ascii.colon), Ascii.isDigit(first) {
                time(word)
            } else if first == UInt8(ascii: "+") || first == Ascii.dash {
                offset(word)
            } else if Ascii.isDigit(first) {
                number(word)
            } else if month == nil || seconds == nil {
                name(word)
            } else if zone == nil, let sign = word.firstIndex(where: {
                $0 == UInt8(ascii: "+") || $0 == Ascii.dash
            }) {
                // “GMT+0200”
                offset(word[sign...])
            } else if zone == nil {
                zone = MailDate.zones.first { word.map(Ascii.lower).starts(with: $0.0.utf8) }?.1 ?? 0
            }
        }

        private mutating func name(_ word: ArraySlice<UInt8>) {
            let lower = word.prefix(3).map(Ascii.lower)
            if let place = MailDate.months.firstIndex(where: { lower.elementsEqual($0.utf8) }) {
                month = month ?? Int64(place &+ 1)
            } else if !MailDate.days.contains(where: { lower.elementsEqual($0.utf8) }) {
                isNonsense = true
            }
        }

        /// `1`, `2026`, and the joined forms `1-Jul-2003` and `2003-07-01`.
        private mutating func number(_ word: ArraySlice<UInt8>) {
            let fields = word.split(whereSeparator: { $0 == Ascii.dash || $0 == UInt8(ascii: "/") })
            if fields.count == 3 {
                for field in fields { take(field) }
                return
            }
            guard word.count <= 5, let value = MailDate.digits(word) else {
                isNonsense = true
                return
            }
            if word.count >= 3 {
                year = year ?? (word.count == 3 ? value &+ 1900 : value)
            } else if day == nil, year == nil {
                day = value
            } else if month == nil {
                month = value
            } else if day == nil {
                day = value
            } else if year == nil {
                year = value < 50 ? value &+ 2000 : value &+ 1900
            }
        }

        private mutating func time(_ word: ArraySlice<UInt8>) {
            let fields = word.split(separator: Ascii.colon, omittingEmptySubsequences: false)
            // Fractions of a second go.
            let parts = fields.map { MailDate.digits($0.prefix { $0 != Ascii.dot }) }
            guard seconds == nil, parts.count <= 3, let hour = parts[0], hour < 24,
                parts.count > 1, let minute = parts[1], minute < 60
            else {
                isNonsense = true
                return
            }
            guard parts.count == 3 else {
                seconds = hour * 3_600 + minute * 60
                return
            }
            guard let second = parts[2], second <= 60 else {
                isNonsense = true
                return
            }
            seconds = hour * 3_600 + minute * 60 + min(second, 59)
        }

        private mutating func offset(_ word: ArraySlice<UInt8>) {
            let figures = word.dropFirst().filter { $0 != Ascii.colon }
            guard zone == nil, seconds != nil else { return }
            guard figures.count == 4, let value = MailDate.digits(figures[...]), value / 100 <= 24,
                value % 100 < 60
            else {
                isNonsense = true
                return
            }
            let minutes = value / 100 * 60 + value % 100
            zone = word.first == Ascii.dash ? -minutes : minutes
        }

        var instant: Instant? {
            guard !isNonsense, let day, let month, let year, let seconds,
                MailDate.years.contains(year), (1...12).contains(month),
                day >= 1, day <= MailDate.length(of: month, in: year)
            else { return nil }
            let minutes = MailDate.daysSinceEpoch(year, month, day) * 1_440 - (zone ?? 0)
            let result = (minutes * 60 + seconds) * 1_000
            return result >= 0 ? Instant(milliseconds: result) : nil
        }
    }

    private static func digits(_ text: some Collection<UInt8>) -> Int64? {
        guard !text.isEmpty, text.count <= 5, text.allSatisfy(Ascii.isDigit) else { return nil }
        return text.reduce(0) { $0 * 10 + Int64($1 &- 0x30) }
    }

    private static func length(of month: Int64, in year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from the civil calendar, by Howard Hinnant's formula; for years from 0 on.
    private static func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// RFC 5322 section 4.3; every other name means that the zone is unknown.
    private static let zones: [(String, Int64)] = [
        ("est", -300), ("edt", -240), ("cst", -360), ("cdt", -300), ("mst", -420), ("mdt", -360),
        ("pst", -480), ("pdt", -420),
    ]
}
