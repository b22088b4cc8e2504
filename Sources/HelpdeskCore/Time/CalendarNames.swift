/// Names of months and days in the languages of our customers.
enum CalendarNames {
    static func month(jalali month: Int, in language: TextLanguage) -> String {
        switch language {
        case .english: entry(month - 1, of: jalaliEnglish)
        case .persian: entry(month - 1, of: jalaliPersian)
        }
    }

    /// Three letters, and two for دی.
    static func shortMonth(jalali month: Int, in language: TextLanguage) -> String {
        String(self.month(jalali: month, in: language).prefix(3))
    }

    static func month(gregorian month: Int) -> String { entry(month - 1, of: gregorianEnglish) }

    static func day(_ weekday: Weekday, in language: TextLanguage) -> String {
        switch language {
        case .english: weekday.name.prefix(1).uppercased() + weekday.name.dropFirst()
        case .persian: entry(weekday.rawValue, of: daysPersian)
        }
    }

    static func shortDay(_ weekday: Weekday, in language: TextLanguage) -> String {
        switch language {
        case .english: String(day(weekday, in: language).prefix(3))
        // No short form is in use but the first letter, which two days share with others.
        case .persian: day(weekday, in: language)
        }
    }

    private static func entry(_ index: Int, of names: [String]) -> String {
        names.indices.contains(index) ? names[index] : ""
    }

    private static let jalaliEnglish = [
        "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
        "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
    ]
    private static let jalaliPersian = [
        "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
        "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
    ]
    private static let gregorianEnglish = [
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    ]
    /// From Monday on; ZWNJ (U+200C) joins the parts of the compound names.
    private static let daysPersian = [
        "دوشنبه", "سه\u{200C}شنبه", "چهارشنبه", "پنج\u{200C}شنبه", "جمعه", "شنبه", "یک\u{200C}شنبه",
    ]
}
