import HelpdeskCore

/// `17-Jul-1996 02:44:25 -0700`: when a server received a mail (RFC 9051, date-time).
enum IMAPDate {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ].map { Array($0.utf8) }

    /// Nil when it is not of that form or names no day.
    static func parse(_ text: [UInt8]) -> Instant? {
        let text = text.drop { $0 == Ascii.space }
        let parts = text.split(separator: Ascii.space)
        guard parts.count == 3 else { return nil }
        let date = parts[0].split(separator: Ascii.dash)
        let clock = parts[1].split(separator: Ascii.colon)
        guard date.count == 3, clock.count == 3, (1...2).contains(date[0].count),
            date[2].count == 4, clock.allSatisfy({ $0.count == 2 }),
            let day = IMAPTokens.number(date[0]), let year = IMAPTokens.number(date[2]),
            let month = months.firstIndex(of: date[1].map { $0 | 0x20 }),
            let civil = CivilDate(year: year, month: month + 1, day: day),
            let hour = IMAPTokens.number(clock[0]), let minute = IMAPTokens.number(clock[1]),
            let second = IMAPTokens.number(clock[2]), hour < 24, minute < 60, second <= 60,
            let zone = zone(parts[2])
        else { return nil }
        let minutes = Int64(civil.dayNumber) * 1_440 + Int64(hour * 60 + minute) - Int64(zone)
        return Instant(milliseconds: minutes * 60_000 + Int64(second) * 1_000)
    }

    /// Minutes east.
    private static func zone(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.count == 5, let sign = text.first, sign == Ascii.dash || sign == UInt8(ascii: "+"),
            let number = IMAPTokens.number(text.dropFirst()), number % 100 < 60
        else { return nil }
        let minutes = number / 100 * 60 + number % 100
        return sign == Ascii.dash ? -minutes : minutes
    }
}
