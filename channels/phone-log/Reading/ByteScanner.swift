/// Walks over a short text byte by byte. Numbers have at most 15 digits, so nothing overflows.
struct ByteScanner {
    struct Number {
        var value: Int
        let digits: Int

        /// Read as the digits behind a decimal point.
        var asMilliseconds: Int {
            var scaled = value
            var places = digits
            while places < 3 {
                scaled *= 10
                places += 1
            }
            while places > 3 {
                scaled /= 10
                places -= 1
            }
            return scaled
        }
    }

    enum HalfOfDay {
        case morning
        case afternoon
    }

    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        skipBlanks()
    }

    /// Nothing but blanks is left.
    var isAtEnd: Bool { bytes[index...].allSatisfy { $0 == 0x20 || $0 == 0x09 } }

    mutating func skipBlanks() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    }

    mutating func number(atMost limit: Int = .max) -> Number? {
        var value = 0
        let start = index
        while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
            guard index - start < 15 else { return nil }
            value = value * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        guard index > start, value <= limit else { return nil }
        return Number(value: value, digits: index - start)
    }

    mutating func take(anyOf allowed: String) -> UInt8? {
        guard index < bytes.count, allowed.utf8.contains(bytes[index]) else { return nil }
        index += 1
        return bytes[index - 1]
    }

    /// `AM`, `pm`, …; nothing is taken when there is none.
    mutating func halfOfDay() -> HalfOfDay? {
        guard index + 1 < bytes.count, bytes[index + 1] | 0x20 == UInt8(ascii: "m") else {
            return nil
        }
        switch bytes[index] | 0x20 {
        case UInt8(ascii: "a"):
            index += 2
            return .morning
        case UInt8(ascii: "p"):
            index += 2
            return .afternoon
        default: return nil
        }
    }

    /// `Z`, `+03:30`, `+0330`, `-05`.
    mutating func offsetSeconds() -> Int? {
        if take(anyOf: "Zz") != nil { return 0 }
        guard let sign = take(anyOf: "+-"), let first = number() else { return nil }
        var hours = first.value
        var minutes = 0
        if first.digits == 4 {
            minutes = hours % 100
            hours /= 100
        } else if take(anyOf: ":") != nil {
            guard let second = number() else { return nil }
            minutes = second.value
        }
        guard hours <= 18, minutes <= 59 else { return nil }
        return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}
