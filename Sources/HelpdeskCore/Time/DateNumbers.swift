/// The three numbers of a date as people type it: `1405/01/15`, `1405-1-15`, in any digits. Whether they are a day
/// of some calendar is that calendar's business.
struct DateNumbers {
    let year: Int
    let month: Int
    let day: Int

    /// `nil` when the text is anything but three numbers with `/` or `-` (twice the same) between them. A year may
    /// have a minus sign and at most 5 digits, month and day at most 3.
    init?(_ text: String) {
        var numbers: [(value: Int, digits: Int)] = []
        var value = 0
        var digits = 0
        var separator: Unicode.Scalar?
        var isNegative = false
        for scalar in text.unicodeScalars where scalar.properties.generalCategory != .format {
            if let digit = PersianDigits.value(of: scalar) {
                value = value * 10 + digit
                digits += 1
                // Five digits are more than any year, and keep the number far from overflowing.
                if digits > 5 { return nil }
            } else if scalar == "-", numbers.isEmpty, digits == 0, !isNegative {
                isNegative = true
            } else if scalar == "/" || scalar == "-", digits > 0, separator ?? scalar == scalar {
                separator = scalar
                numbers.append((value, digits))
                (value, digits) = (0, 0)
                if numbers.count > 2 { return nil }
            } else {
                return nil
            }
        }
        guard numbers.count == 2, numbers[1].digits <= 3, (1...3).contains(digits) else {
            return nil
        }
        year = isNegative ? -numbers[0].value : numbers[0].value
        month = numbers[1].value
        day = value
    }
}
