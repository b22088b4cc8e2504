/// Numbers as people type and read them: ۱۲۳, ١٢٣ and 123 are the same number.
public enum PersianDigits {
    /// The value of one digit, ASCII, Arabic-Indic, Persian or full width.
    public static func value(of scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x30...0x39: Int(scalar.value - 0x30)
        case 0x660...0x669: Int(scalar.value - 0x660)
        case 0x6F0...0x6F9: Int(scalar.value - 0x6F0)
        case 0xFF10...0xFF19: Int(scalar.value - 0xFF10)
        default: nil
        }
    }

    /// The number that a text consists of, in any digits, with an optional sign. Blanks around it and direction
    /// marks do not count. `nil` when there is anything else, or no room in an `Int`.
    public static func integer(_ text: String) -> Int? {
        var magnitude = 0
        var phase = IntegerPhase.before
        var sign = 1
        for scalar in text.unicodeScalars where !isMark(scalar) {
            if scalar.properties.isWhitespace {
                if phase == .digits { phase = .after }
                if phase == .signed { return nil }
            } else if let digit = value(of: scalar), phase != .after {
                phase = .digits
                let (product, tooFar) = magnitude.multipliedReportingOverflow(by: 10)
                let (sum, tooMuch) = product.addingReportingOverflow(digit)
                if tooFar || tooMuch { return nil }
                magnitude = sum
            } else if phase == .before, let found = signValue(scalar) {
                phase = .signed
                sign = found
            } else {
                return nil
            }
        }
        return phase == .digits || phase == .after ? sign * magnitude : nil
    }

    /// The number in Persian digits, without separators.
    public static func text(_ number: Int) -> String { persian(String(number)) }

    /// The same text with every digit as a Persian one; anything else stays.
    public static func persian(_ text: String) -> String { replacingDigits(in: text, zero: 0x6F0) }

    /// The same text with every digit as an ASCII one; anything else stays.
    public static func ascii(_ text: String) -> String { replacingDigits(in: text, zero: 0x30) }

    /// The same sentence with the numbers in it in Persian digits: those that are words of their own (`#12`, `3 of 10`, `4.5`,
    /// `12:30`). Names, ids, addresses and dates of machines stay as they are (`sara2`, `INV-1042`, `10.0.0.1`, `2026-11-30`).
    public static func sentence(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false)
            .map { isNumber($0) ? persian(String($0)) : String($0) }
            .joined(separator: " ")
    }

    /// Longer runs of digits are telephone numbers or somebody's ids, to be typed or copied as they are.
    private static let longestNumber = 7

    /// Digits with one separator between them at most, and punctuation around them.
    private static func isNumber(_ word: Substring) -> Bool {
        var core = word.utf8.drop { "#(+".utf8.contains($0) }
        while let last = core.last, "),.:;%".utf8.contains(last) { core.removeLast() }
        let parts = core.split(omittingEmptySubsequences: false) { ".,:/".utf8.contains($0) }
        return parts.count <= 2
            && parts.allSatisfy { part in
                (1...longestNumber).contains(part.count)
                    && part.allSatisfy { (0x30...0x39).contains($0) }
            }
    }

    private enum IntegerPhase { case before, signed, digits, after }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .format
    }

    private static func signValue(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x2B: 1
        case 0x2D, 0x2212: -1
        default: nil
        }
    }

    private static func replacingDigits(in text: String, zero: UInt32) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let digit = value(of: scalar), let replaced = Unicode.Scalar(zero + UInt32(digit)) {
                result.append(replaced)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
