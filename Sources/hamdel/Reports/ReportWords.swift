internal import HelpdeskAPI
internal import HelpdeskCore

/// The words and numbers of a report's page, in the reader's language.
struct ReportWords {
    let language: TextLanguage

    var code: String { language == .persian ? "fa" : "en" }
    var direction: String { language == .persian ? "rtl" : "ltr" }

    /// Names of figures, columns and tables are words with low lines between.
    func name(_ name: String) -> String {
        if language == .persian, let word = ReportWordsPersian.names[name] { return word }
        return String(name.map { $0 == "_" ? " " : $0 })
    }

    /// Hours of the day are numbers.
    func column(_ name: String) -> String {
        Int(name) == nil ? self.name(name) : digits(name)
    }

    func report(_ name: String) -> String {
        if language == .persian, let word = ReportWordsPersian.reports[name] { return word }
        return "Report: \(name)"
    }

    /// Names of ours in the first column are said in the language; those that somebody chose stay as they are.
    func key(_ cell: JSONValue, in table: String) -> String {
        let text = cell.text ?? value(cell.double, "count")
        guard language == .persian, ["backlog_by_age", "opened_by_hour", "funnel"].contains(table)
        else { return text }
        return ReportWordsPersian.keys[text] ?? text
    }

    func period(_ from: String, _ to: String) -> String {
        language == .persian ? "از \(from) تا پیش از \(to)" : "From \(from) to before \(to)"
    }

    func interval(_ low: String, _ high: String) -> String {
        language == .persian ? "\(low) تا \(high)" : "\(low) to \(high)"
    }

    var few: String { language == .persian ? "اندک: چیز زیادی نمی‌گوید" : "few: says little" }

    var footer: String {
        language == .persian
            ? "بازه‌ها ۹۵٪اند. معنای هر عدد و فرمول آن در Docs/Reports.md آمده است."
            : "Intervals are of 95 %. What each figure means, and its formula, stands in Docs/Reports.md."
    }

    /// `-` where there is none.
    func value(_ value: Double?, _ unit: String) -> String {
        guard language == .persian else { return ReportText.value(value, unit) }
        guard let value, value.isFinite else { return "-" }
        if unit == "duration" { return duration(value) }
        let text = ReportText.value(value, unit)
        return unit == "share" ? digits(String(text.dropLast(2))) + "٪" : digits(text)
    }

    /// Against the period before.
    func change(_ figure: API.Report.Figure) -> String {
        guard let text = ReportText.change(figure) else { return "" }
        guard language == .persian else { return text }
        return digits(text).replacing(" points", with: " واحد").replacing(" %", with: "٪")
            .replacing(" from ۰", with: " از ۰")
    }

    private func duration(_ milliseconds: Double) -> String {
        guard let seconds = Int64(exactly: (milliseconds / 1000).rounded(.down)) else { return "-" }
        let number: (Int64) -> String = { language.number($0) }
        if seconds < 60 { return "\(number(seconds)) ثانیه" }
        let minutes = seconds / 60
        if minutes < 60 { return "\(number(minutes)) دقیقه" }
        let hours = minutes / 60
        if hours < 48 { return "\(number(hours)) ساعت و \(number(minutes % 60)) دقیقه" }
        return "\(number(hours / 24)) روز و \(number(hours % 24)) ساعت"
    }

    private func digits(_ text: String) -> String {
        guard language == .persian else { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    if scalar == "." { return "٫" }
                    guard (0x30...0x39).contains(scalar.value) else { return scalar }
                    return Unicode.Scalar(scalar.value - 0x30 + 0x6F0) ?? scalar
                }))
    }
}

enum ReportWordsPersian {
    static let reports: [String: String] = [
        "overview": "گزارش کلی", "csat": "گزارش رضایت از تیکت‌ها (CSAT)",
        "nps": "گزارش توصیهٔ مشتریان (NPS)", "ces": "گزارش آسانی (CES)",
        "own": "گزارش پرسش خودمان", "agents": "گزارش کارشناسان", "topics": "گزارش موضوع‌ها",
        "sla": "گزارش مهلت‌ها", "backlog": "گزارش کارهای باز", "promises": "گزارش وعده‌ها",
        "channels": "گزارش کانال‌ها", "hours": "گزارش ساعت‌ها", "funnel": "گزارش نظرسنجی‌ها",
    ]

    static let keys: [String: String] = [
        "under 4 h": "کمتر از ۴ ساعت", "4 to 24 h": "۴ تا ۲۴ ساعت", "1 to 3 d": "۱ تا ۳ روز",
        "3 to 7 d": "۳ تا ۷ روز", "7 to 30 d": "۷ تا ۳۰ روز", "over 30 d": "بیش از ۳۰ روز",
        "sat": "شنبه", "sun": "یکشنبه", "mon": "دوشنبه", "tue": "سه‌شنبه", "wed": "چهارشنبه",
        "thu": "پنجشنبه", "fri": "جمعه", "decided": "تصمیم‌ها", "asked": "پرسیده",
        "answered": "پاسخ‌داده",
        "waiting": "در انتظار", "cancelled": "لغوشده",
    ]

    static let names: [String: String] = [
        "figures": "عددها", "figure": "عدد", "value": "مقدار", "interval": "بازه", "n": "تعداد",
        "change": "نسبت به دورهٔ پیش", "team": "گروه", "agent": "کارشناس", "topic": "موضوع",
        "channel": "کانال", "opened": "بازشده", "closed": "بسته‌شده", "backlog": "کارهای باز",
        "first_response_median": "نخستین پاسخ، میانه", "first_response_p90": "نخستین پاسخ، صدک ۹۰",
        "first_response_mean": "نخستین پاسخ، میانگین", "resolution_median": "حل، میانه",
        "resolution_p90": "حل، صدک ۹۰", "resolution_mean": "حل، میانگین",
        "first_contact_resolution": "حل در نخستین تماس", "reopen_rate": "نرخ بازشدن دوباره",
        "handovers_per_ticket": "دست‌به‌دست‌شدن هر تیکت", "csat_satisfied": "راضی (CSAT)",
        "csat_mean": "میانگین (CSAT)", "csat_response_rate": "نرخ پاسخ (CSAT)",
        "nps_satisfied": "مروجان (NPS)", "nps_mean": "میانگین (NPS)",
        "nps_response_rate": "نرخ پاسخ (NPS)", "ces_satisfied": "آسان (CES)",
        "ces_mean": "میانگین (CES)", "ces_response_rate": "نرخ پاسخ (CES)",
        "own_satisfied": "راضی", "own_mean": "میانگین", "own_response_rate": "نرخ پاسخ",
        "nps": "NPS", "csat_n": "پاسخ‌ها (CSAT)", "csat_low": "کران پایین", "csat_high": "کران بالا",
        "opened_over_time": "بازشده در گذر زمان", "from": "از", "agents": "کارشناسان",
        "teams": "گروه‌ها", "topics": "موضوع‌ها", "channels": "کانال‌ها",
        "first_responses": "نخستین پاسخ‌ها", "share": "سهم", "previous": "دورهٔ پیش",
        "policies": "سیاست‌ها", "policy": "سیاست", "target": "هدف", "met": "به‌موقع",
        "missed": "دیر", "first_response_met": "نخستین پاسخ به‌موقع", "response_met": "پاسخ به‌موقع",
        "resolution_met": "حل به‌موقع", "promises": "وعده‌ها", "promises_kept": "وعده‌های عمل‌شده",
        "promises_revised": "وعده‌های تازه‌شده", "backlog_by_age": "کارهای باز بر پایهٔ سن",
        "age": "سن", "open": "باز", "new": "نو", "pending": "در انتظار مشتری",
        "opened_by_hour": "بازشده در هر ساعت", "day": "روز", "timezone": "منطقهٔ زمانی",
        "funnel": "مسیر نظرسنجی‌ها", "step": "مرحله", "recoveries": "دلجویی‌ها",
        "recoveries_done": "دلجویی‌های انجام‌شده", "recovery_rate": "نرخ بازگشت رضایت",
        "recoveries_late": "دلجویی‌های دیرشده", "scores": "امتیازها", "score": "امتیاز",
        "sent": "پرسیده", "response_rate": "نرخ پاسخ", "satisfied": "راضی", "neutral": "میانه",
        "dissatisfied": "ناراضی", "mean": "میانگین", "low": "کران پایین", "high": "کران بالا",
    ]
}
