internal import HelpdeskCore

/// Reads the times that phone systems write, on bytes.
///
/// `2026-09-01 09:00[:00[.123]]`, with `/` or `.` and `T` as well, with `Z` or an offset, day or month
/// first where the configuration says so, seconds since 1970, and Jalali years (below 1700). Digits may be
/// Persian or Arabic. A time without offset belongs to the zone.
struct LogTime: Sendable, Equatable {
    /// What `09/01/2026` means.
    enum Order: String, Sendable, CaseIterable {
        case yearFirst = "ymd"
        case dayFirst = "dmy"
        case monthFirst = "mdy"
    }

    let zone: ZoneRules
    let order: Order

    /// nil when it is no time.
    func instant(_ text: String) -> Instant? {
        var scanner = ByteScanner(PhoneNumberReader.folded(text))
        guard let first = scanner.number() else { return nil }
        if scanner.isAtEnd { return Self.sinceEpoch(first) }
        guard let separator = scanner.take(anyOf: "-/."), let second = scanner.number(),
            scanner.take(anyOf: String(UnicodeScalar(separator))) != nil,
            let third = scanner.number(),
            let date = date(first, second, third)
        else { return nil }
        guard scanner.take(anyOf: "T ") != nil else { return scanner.isAtEnd ? local(date) : nil }
        scanner.skipBlanks()
        guard var hour = scanner.number(atMost: 23), scanner.take(anyOf: ":") != nil,
            let minute = scanner.number(atMost: 59)
        else { return nil }
        var second60 = 0
        var milliseconds = 0
        if scanner.take(anyOf: ":") != nil {
            guard let value = scanner.number(atMost: 60) else { return nil }
            second60 = value.value
            if scanner.take(anyOf: ".,") != nil {
                guard let fraction = scanner.number() else { return nil }
                milliseconds = fraction.asMilliseconds
            }
        }
        scanner.skipBlanks()
        if let half = scanner.halfOfDay() {
            guard (1...12).contains(hour.value) else { return nil }
            hour.value = hour.value % 12 + (half == .afternoon ? 12 : 0)
        }
        let wall = LocalTime(date, hour: hour.value, minute: minute.value, second: second60)
        let fraction = TimeSpan(milliseconds: Int64(milliseconds))
        if scanner.isAtEnd { return zone.instant(of: wall) + fraction }
        guard let offset = scanner.offsetSeconds(), scanner.isAtEnd else { return nil }
        return ZoneRules(name: "", offsetSeconds: offset).instant(of: wall) + fraction
    }

    private func local(_ date: CivilDate) -> Instant { zone.instant(of: LocalTime(date)) }

    private func date(
        _ first: ByteScanner.Number, _ second: ByteScanner.Number, _ third: ByteScanner.Number
    ) -> CivilDate? {
        let (year, month, day) =
            if first.digits == 4 {
                (first.value, second.value, third.value)
            } else {
                switch order {
                case .yearFirst: (Self.fullYear(first), second.value, third.value)
                case .dayFirst: (Self.fullYear(third), second.value, first.value)
                case .monthFirst: (Self.fullYear(third), first.value, second.value)
                }
            }
        // No switchboard logged a call before 1700; such a year is Jalali.
        if (1300..<1700).contains(year) {
            return JalaliDate(year: year, month: month, day: day)?.civil
        }
        guard (1970...2200).contains(year) else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    private static func fullYear(_ number: ByteScanner.Number) -> Int {
        number.digits == 2 ? 2000 + number.value : number.value
    }

    /// Whole seconds from 2001 to 2286, or milliseconds of the same years.
    private static func sinceEpoch(_ number: ByteScanner.Number) -> Instant? {
        switch number.digits {
        case 10: Instant(milliseconds: Int64(number.value) * 1000)
        case 13: Instant(milliseconds: Int64(number.value))
        default: nil
        }
    }
}

/// Reads how long a call was: `82`, `82.4`, `1:22`, `00:01:22`, `PT1M22S`, `82s (1m 22s)`, `1h 2m 3s`; whole seconds,
/// at most a week.
enum LogDuration {
    static let maximumSeconds = 7 * 86_400

    static func seconds(_ text: String) -> Int64? {
        let bytes = PhoneNumberReader.folded(text)
        if bytes.first == UInt8(ascii: "P") { return isoSeconds(bytes) }
        var scanner = ByteScanner(bytes)
        guard var total = scanner.number()?.value else { return nil }
        if let unit = scanner.take(anyOf: "hms") { return spoken(total, unit, &scanner) }
        var parts = 1
        while scanner.take(anyOf: ":") != nil {
            guard parts < 3, let part = scanner.number(atMost: 59) else { return nil }
            total = total * 60 + part.value
            parts += 1
            guard total <= maximumSeconds else { return nil }
        }
        if scanner.take(anyOf: ".") != nil, scanner.number() == nil { return nil }
        guard scanner.isAtEnd, total <= maximumSeconds else { return nil }
        return Int64(total)
    }

    /// `605s (10m 5s)` as Issabel writes it, and the parts alone; each unit once, from the largest.
    private static func spoken(
        _ first: Int, _ firstUnit: UInt8, _ scanner: inout ByteScanner
    ) -> Int64? {
        let units: [UInt8: Int] = [
            UInt8(ascii: "h"): 3600, UInt8(ascii: "m"): 60, UInt8(ascii: "s"): 1,
        ]
        var total = 0
        var part: (value: Int, unit: UInt8)? = (first, firstUnit)
        var smallest = Int.max
        while let (value, unit) = part {
            guard let factor = units[unit], factor < smallest, value <= maximumSeconds else {
                return nil
            }
            smallest = factor
            total += value * factor
            scanner.skipBlanks()
            guard let next = scanner.number() else { break }
            guard let nextUnit = scanner.take(anyOf: "hms") else { return nil }
            part = (next.value, nextUnit)
        }
        guard scanner.isAtEnd || scanner.take(anyOf: "(") != nil else { return nil }
        return total <= maximumSeconds ? Int64(total) : nil
    }

    /// ISO 8601 `PT#H#M#S`, each part once and in this order.
    private static func isoSeconds(_ bytes: [UInt8]) -> Int64? {
        var scanner = ByteScanner(bytes)
        guard scanner.take(anyOf: "P") != nil, scanner.take(anyOf: "T") != nil else { return nil }
        var units: [(UInt8, Int)] = [
            (UInt8(ascii: "H"), 3600), (UInt8(ascii: "M"), 60), (UInt8(ascii: "S"), 1),
        ]
        var total = 0
        var found = false
        while !scanner.isAtEnd {
            guard let number = scanner.number(), number.value <= maximumSeconds,
                let unit = scanner.take(anyOf: "HMS"),
                let index = units.firstIndex(where: { $0.0 == unit })
            else { return nil }
            total += number.value * units[index].1
            units.removeFirst(index + 1)
            found = true
        }
        return found && total <= maximumSeconds ? Int64(total) : nil
    }
}
