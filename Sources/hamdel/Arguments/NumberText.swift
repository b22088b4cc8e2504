internal import HelpdeskCore

/// Numbers as people type and paste them: `1234`, `#1234`, `#۱۲۳۴`.
enum NumberText {
    /// Nil for anything but a whole number from 1.
    static func positive(_ text: String) -> Int64? {
        var text = text[...]
        if text.hasPrefix("#") { text = text.dropFirst() }
        guard let number = PersianDigits.integer(String(text)), number > 0 else { return nil }
        return Int64(number)
    }
}
