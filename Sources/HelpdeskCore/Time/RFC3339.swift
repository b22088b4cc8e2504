/// Times as the API writes and reads them (RFC 3339 section 5.6): integers only, so that neither client nor core
/// needs a calendar library.
public enum RFC3339 {
    /// UTC with milliseconds: `2026-03-20T08:11:00.123Z`. A moment outside the years 1 to 9999 is written as the
    /// nearest one within them.
    public static func text(_ instant: Instant) -> String {
        let day = instant.milliseconds.floored(by: millisecondsPerDay)
        guard day >= Int64(CivilDate.first.dayNumber) else { return "0001-01-01T00:00:00.000Z" }
        guard day <= Int64(CivilDate.last.dayNumber) else { return "9999-12-31T23:59:59.999Z" }
        let rest = Int(instant.milliseconds - day * millisecondsPerDay)
        let date = CivilDate(dayNumber: Int(day))
        var text: [UInt8] = []
        text.reserveCapacity(24)
        append(date.year, 4, to: &text, then: "-")
        append(date.month, 2, to: &text, then: "-")
        append(date.day, 2, to: &text, then: "T")
        append(rest / 3_600_000, 2, to: &text, then: ":")
        append(rest / 60_000 % 60, 2, to: &text, then: ":")
        append(rest / 1_000 % 60, 2, to: &text, then: ".")
        append(rest % 1_000, 3, to: &text, then: "Z")
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for anything but an RFC 3339 date-time of the years 1 to 9999. Digits of a second beyond the third are
    /// dropped; a leap second is the last millisecond before the next minute.
    public static func instant(_ text: String) -> Instant? {
        var scanner = TimeScanner(bytes: Array(text.utf8.prefix(64)))
        guard text.utf8.count <= 64 else { return nil }
        guard let year = scanner.number(digits: 4), scanner.take("-"),
            let month = scanner.number(digits: 2), scanner.take("-"),
            let day = scanner.number(digits: 2),
            let date = CivilDate(year: year, month: month, day: day),
            scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let hour = scanner.number(digits: 2), hour < 24, scanner.take(":"),
            let minute = scanner.number(digits: 2), minute < 60, scanner.take(":"),
            let second = scanner.number(digits: 2), second <= 60,
            let fraction = scanner.fraction(), let offset = scanner.offset(), scanner.isAtEnd
        else { return nil }
        let within = second == 60 ? 59_999 : second * 1_000 + fraction
        let ofDay = (hour * 60 + minute - offset) * 60_000 + within
        return Instant(
            milliseconds: Int64(date.dayNumber) * millisecondsPerDay + Int64(ofDay))
    }

    private static let millisecondsPerDay: Int64 = 86_400_000

    /// A number below ten thousand in so many digits, and what stands behind it.
    private static func append(
        _ number: Int, _ width: Int, to text: inout [UInt8], then sign: Unicode.Scalar
    ) {
        if width > 3 { text.append(digit(number / 1_000)) }
        if width > 2 { text.append(digit(number / 100)) }
        text.append(digit(number / 10))
        text.append(digit(number))
        text.append(UInt8(truncatingIfNeeded: sign.value))
    }

    private static func digit(_ number: Int) -> UInt8 {
        0x30 &+ UInt8(truncatingIfNeeded: number % 10)
    }
}

extension Int64 {
    /// The quotient rounded down, for moments before 1970. `divisor` is positive.
    fileprivate func floored(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

/// Walks over the bytes of a time.
private struct TimeScanner {
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, UInt32(bytes[index]) == character.value else { return false }
        index += 1
        return true
    }

    mutating func digit() -> Int? {
        guard index < bytes.count, (0x30...0x39).contains(bytes[index]) else { return nil }
        index += 1
        return Int(bytes[index - 1] - 0x30)
    }

    mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Milliseconds; 0 without a point.
    mutating func fraction() -> Int? {
        guard take(".") else { return 0 }
        guard var value = digit() else { return nil }
        var count = 1
        while let digit = digit() {
            if count < 3 { value = value * 10 + digit }
            count += 1
        }
        while count < 3 {
            value *= 10
            count += 1
        }
        return value
    }

    /// Minutes east of UTC.
    mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = number(digits: 2), hours < 24, take(":"),
            let minutes = number(digits: 2), minutes < 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
