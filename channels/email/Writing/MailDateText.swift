import HelpdeskCore

/// A moment as RFC 5322 writes it, in UTC.
enum MailDateText {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Moments outside of 1970 to 9999 are drawn to the nearer end.
    static func header(_ instant: Instant) -> String {
        let seconds = min(max(instant.milliseconds / 1_000, 0), 253_402_300_799)
        let day = seconds / 86_400
        let time = seconds % 86_400
        // Civil from days, by Howard Hinnant's formula; exact for the whole range.
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = Int(month < 10 ? month + 2 : month - 10)
        let year = yearOfEra + era * 400 + (civilMonth < 2 ? 1 : 0)
        return "\(days[Int(day % 7)]), \(dayOfMonth) \(months[civilMonth]) \(year) "
            + "\(two(time / 3_600)):\(two(time / 60 % 60)):\(two(time % 60)) +0000"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
