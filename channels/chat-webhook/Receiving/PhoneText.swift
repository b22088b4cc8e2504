/// Phone numbers as chat and SMS providers write them. (The phone log's numbers are read by libphonenumber; here the provider says
/// which number it is, and only its spelling varies.)
enum PhoneText {
    /// A number with its country code, `+989121234567`, where that can be told; short codes and names stay as they are.
    /// `whatsapp:`, `tel:` and `sms:` before it do not count.
    static func number(_ text: String, countryCode: String) -> String {
        var rest = text
        for scheme in ["whatsapp:", "tel:", "sms:"] where text.lowercased().hasPrefix(scheme) {
            rest = String(text.dropFirst(scheme.count))
        }
        guard let digits = digits(rest) else { return PlainWord.bounded(rest, 64) }
        if digits.hasPrefix("+") {
            return digits.utf8.count > 4 ? digits : PlainWord.bounded(rest, 64)
        }
        if digits.hasPrefix("00") { return "+" + digits.dropFirst(2) }
        // Short codes and services.
        guard digits.utf8.count >= 8, !countryCode.isEmpty else { return digits }
        if digits.hasPrefix("0") { return "+" + countryCode + digits.dropFirst() }
        // Eleven digits and more that begin with the country's code have it already.
        if digits.hasPrefix(countryCode), digits.utf8.count > 10 { return "+" + digits }
        return "+" + countryCode + digits
    }

    /// ASCII digits, a plus at their beginning; nil when there is anything else than digits and what people put between them.
    private static func digits(_ text: String) -> String? {
        var digits = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39: digits.unicodeScalars.append(scalar)
            case 0x0660...0x0669: digits += String(scalar.value - 0x0660)
            case 0x06F0...0x06F9: digits += String(scalar.value - 0x06F0)
            case 0x2B where digits.isEmpty: digits = "+"
            case 0x20, 0x28, 0x29, 0x2D, 0x2E, 0xA0, 0x200E, 0x200F, 0x202A...0x202E: break
            default: return nil
            }
        }
        return digits
    }

    /// The same subscriber's other spelling, in the countries where mobile numbers lost or gained a digit and WhatsApp
    /// keeps the older form: Brazil (9 before eight digits), Argentina (9 behind +54), Mexico (1 behind +52).
    static func otherForm(_ number: String) -> String? {
        let digits = Array(number.utf8)
        func text(_ bytes: some Collection<UInt8>) -> String {
            String(decoding: bytes, as: UTF8.self)
        }
        if number.hasPrefix("+55") {
            if digits.count == 13, (0x36...0x39).contains(digits[5]) {
                return text(digits[..<5]) + "9" + text(digits[5...])
            }
            if digits.count == 14, digits[5] == 0x39 {
                return text(Array(digits[..<5]) + digits[6...])
            }
        }
        if number.hasPrefix("+54") {
            if digits.count == 13, digits[3] != 0x39 { return "+549" + text(digits[3...]) }
            if digits.count == 14, digits[3] == 0x39 { return "+54" + text(digits[4...]) }
        }
        if number.hasPrefix("+52") {
            if digits.count == 13 { return "+521" + text(digits[3...]) }
            if digits.count == 14, digits[3] == 0x31 { return "+52" + text(digits[4...]) }
        }
        return nil
    }
}
