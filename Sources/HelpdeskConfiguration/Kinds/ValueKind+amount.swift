public import HelpdeskCore
import TOMLReading

extension ValueKind where Value == TimeSpan {
    /// A length of time: numbers with units, the larger unit first: `"1h30m"`, `"2 min"`, `"7d"`.
    ///
    ///     duration = 1*( number [space] unit [space] )
    ///     unit     = "w" | "d" | "h" | "m" / "min" | "s" / "sec"
    static func duration(_ range: ClosedRange<TimeSpan>, example: String = "1h") -> Self {
        let expectation =
            "a duration such as \"\(example)\", from \(range.lowerBound.written) to \(range.upperBound.written)"
        return Self("duration", expectation: expectation) { value throws(Mismatch) in
            if case .integer(let number) = value {
                throw Mismatch(
                    hint: "give the unit: \"\(number)s\", \"\(number)m\", \"\(number)h\"")
            }
            guard let span = TimeSpan(written: try value.text()), range.contains(span) else {
                throw Mismatch()
            }
            return span
        }
    }
}

extension ValueKind where Value == Int {
    /// A number of bytes: `"25MiB"`, `"500 kB"`. KiB, MiB, GiB are powers of 1,024; kB, MB, GB of 1,000.
    static func size(_ range: ClosedRange<Int>, example: String) -> Self {
        let expectation =
            "a size such as \"\(example)\", from \(sizeText(range.lowerBound)) to \(sizeText(range.upperBound))"
        return Self("size", expectation: expectation) { value throws(Mismatch) in
            if case .integer(let number) = value {
                throw Mismatch(hint: "give the unit: \"\(number)B\" or \"\(number)MiB\"")
            }
            guard let size = bytes(written: try value.text()), range.contains(size) else {
                throw Mismatch()
            }
            return size
        }
    }

    private static func bytes(written text: String) -> Int? {
        var rest = ASCIIText(text)
        guard let number = rest.number() else { return nil }
        rest.skipSpaces()
        let unit = rest.letters()
        guard rest.isAtEnd, let factor = factors[unit] else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : product
    }

    private static var factors: [String: Int] {
        [
            "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000,
            "kib": 1_024, "mib": 1_048_576, "gib": 1_073_741_824,
        ]
    }

    private static func sizeText(_ bytes: Int) -> String {
        for (name, factor) in [("GiB", 1_073_741_824), ("MiB", 1_048_576), ("KiB", 1_024)]
        where bytes >= factor && bytes % factor == 0 {
            return "\(bytes / factor)\(name)"
        }
        return "\(bytes)B"
    }
}

extension TimeSpan {
    private static var units: [(names: [String], milliseconds: Int64)] {
        [
            (["w"], 604_800_000), (["d"], 86_400_000), (["h"], 3_600_000), (["m", "min"], 60_000),
            (["s", "sec"], 1_000),
        ]
    }

    /// Reads the grammar above; nil when the text is not of it.
    init?(written text: String) {
        var rest = ASCIIText(text)
        var total = TimeSpan.zero
        var smallestYet = Int64.max
        repeat {
            guard let number = rest.number() else { return nil }
            rest.skipSpaces()
            let name = rest.letters()
            guard let unit = Self.units.first(where: { $0.names.contains(name) })?.milliseconds,
                unit < smallestYet
            else { return nil }
            smallestYet = unit
            // Nine digits of weeks are 6·10^17 ms: within 64 bits, and the sum of five units is too.
            total = total + TimeSpan(milliseconds: Int64(number) * unit)
            rest.skipSpaces()
        } while !rest.isAtEnd
        self = total
    }

    /// The shortest text that `init(written:)` reads as this span (without weeks: "14d" says more than "2w").
    public var written: String {
        var rest = milliseconds / 1_000
        var text = ""
        for (name, seconds) in [("d", Int64(86_400)), ("h", 3_600), ("m", 60), ("s", 1)] {
            if rest >= seconds { text += "\(rest / seconds)\(name)" }
            rest %= seconds
        }
        return text.isEmpty ? "0s" : text
    }
}
