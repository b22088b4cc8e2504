package import HelpdeskCore

/// Times as RFC 3339 §5.6 writes them, on bytes.
package enum WireTime {
    /// nil when it is anything else. Fractions beyond milliseconds are cut; a leap second is the next one.
    package static func instant(_ text: String) -> Instant? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40, bytes[4] == UInt8(ascii: "-"),
            bytes[7] == UInt8(ascii: "-"), "Tt ".utf8.contains(bytes[10]),
            bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let year = number(bytes[0..<4]),
            let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]), hour <= 23, minute <= 59, second <= 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var index = 19
        var milliseconds = 0
        if bytes[index] == UInt8(ascii: ".") {
            let end = bytes[(index + 1)...].firstIndex { $0 < 0x30 || $0 > 0x39 } ?? bytes.count
            guard end > index + 1 else { return nil }
            var digits = Array(bytes[(index + 1)..<end].prefix(3))
            while digits.count < 3 { digits.append(0x30) }
            milliseconds = number(digits[...]) ?? 0
            index = end
        }
        guard let offset = offsetMinutes(bytes[index...]) else { return nil }
        let total =
            (Int64(date.dayNumber) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
                - Int64(offset * 60)) * 1000 + Int64(milliseconds)
        return Instant(milliseconds: total)
    }

    /// `2026-11-21T05:30:00Z`, with milliseconds where there are any.
    package static func text(_ instant: Instant) -> String {
        let local = ZoneRules.utc.local(instant)
        let rest = local.millisecondOfDay % 1000
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let fraction = rest == 0 ? "" : "." + String(1000 + rest).dropFirst()
        return
            "\(local.date.text)T\(two(local.hour)):\(two(local.minute)):\(two(local.second))\(fraction)Z"
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in digits {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    private static func offsetMinutes(_ bytes: ArraySlice<UInt8>) -> Int? {
        let zone = Array(bytes)
        if zone.count == 1 { return zone[0] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
        guard zone.count == 6, zone[3] == UInt8(ascii: ":"),
            zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"),
            let hours = number(zone[1..<3]), let minutes = number(zone[4..<6]), hours <= 23,
            minutes <= 59
        else { return nil }
        return (hours * 60 + minutes) * (zone[0] == UInt8(ascii: "-") ? -1 : 1)
    }
}
