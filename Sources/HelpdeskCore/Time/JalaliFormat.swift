/// Writes a Jalali date and time by a pattern with the codes of strftime that a calendar of its own needs:
/// `%Y %y %m %d %B %b %A %a %j %H %M %S %p %x %%`, and `%-m %-d %-H %-M %-S` without leading zeros. An unknown code
/// stays as it stands.
public struct JalaliFormat: Hashable, Sendable {
    public enum Digits: Hashable, Sendable { case latin, ofLanguage }

    public var pattern: String
    public var language: TextLanguage
    public var digits: Digits

    public init(_ pattern: String, language: TextLanguage, digits: Digits = .ofLanguage) {
        self.pattern = pattern
        self.language = language
        self.digits = digits
    }

    /// ۱۵ فروردین ۱۴۰۵, or 15 Farvardin 1405.
    public static func long(in language: TextLanguage) -> JalaliFormat {
        JalaliFormat("%-d %B %Y", language: language)
    }

    /// ۱۴۰۵/۰۱/۱۵
    public static func numeric(in language: TextLanguage) -> JalaliFormat {
        JalaliFormat("%Y/%m/%d", language: language)
    }

    public func text(of local: LocalTime) -> String {
        let written = write(pattern, JalaliDate(local.date), local)
        return digits == .ofLanguage ? language.digits(written) : written
    }

    private func write(_ pattern: String, _ date: JalaliDate, _ time: LocalTime) -> String {
        var result = ""
        var codes = pattern.unicodeScalars.makeIterator()
        while let scalar = codes.next() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            guard let code = codes.next() else { return result + "%" }
            if code == "-" {
                guard let plain = codes.next() else { return result + "%-" }
                result += number(plain, date, time).map { String($0.value) } ?? "%-\(plain)"
            } else if let number = number(code, date, time) {
                result += padded(number.value, number.width)
            } else {
                result += word(code, date, time) ?? "%\(code)"
            }
        }
        return result
    }

    private func number(
        _ code: Unicode.Scalar, _ date: JalaliDate, _ time: LocalTime
    ) -> (value: Int, width: Int)? {
        switch code {
        case "Y": (date.year, 4)
        case "y": (abs(date.year % 100), 2)
        case "m": (date.month, 2)
        case "d": (date.day, 2)
        case "j": (date.dayOfYear, 3)
        case "H": (time.hour, 2)
        case "M": (time.minute, 2)
        case "S": (time.second, 2)
        default: nil
        }
    }

    private func word(_ code: Unicode.Scalar, _ date: JalaliDate, _ time: LocalTime) -> String? {
        switch code {
        case "B": CalendarNames.month(jalali: date.month, in: language)
        case "b": CalendarNames.shortMonth(jalali: date.month, in: language)
        case "A": CalendarNames.day(date.weekday, in: language)
        case "a": CalendarNames.shortDay(date.weekday, in: language)
        case "p": halfOfDay(time)
        case "x":
            padded(date.month, 2) + "/" + padded(date.day, 2) + "/" + padded(date.year % 100, 2)
        case "%": "%"
        default: nil
        }
    }

    private func halfOfDay(_ time: LocalTime) -> String {
        switch language {
        case .english: time.hour < 12 ? "AM" : "PM"
        case .persian: time.hour < 12 ? "ق.ظ" : "ب.ظ"
        }
    }
}
