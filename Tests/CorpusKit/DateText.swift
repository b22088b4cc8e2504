/// RFC 3339 to milliseconds, for expectations.
public enum DateText {
    public static func milliseconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19 else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            Int64(String(decoding: bytes[range], as: UTF8.self))
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return nil }
        // Days from civil, by Howard Hinnant's formula.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        var seconds = days * 86_400 + hour * 3_600 + minute * 60 + second
        let zone = bytes[19...].drop { $0 == 0x2E || ($0 >= 0x30 && $0 <= 0x39) }
        if let sign = zone.first, sign == 0x2B || sign == 0x2D, zone.count >= 6 {
            let start = zone.startIndex
            guard let hours = number(start + 1..<start + 3),
                let minutes = number(start + 4..<start + 6)
            else { return nil }
            seconds -= (sign == 0x2B ? 1 : -1) * (hours * 3_600 + minutes * 60)
        }
        return seconds * 1_000
    }
}
