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
