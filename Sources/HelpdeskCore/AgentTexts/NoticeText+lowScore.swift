/// Low scores in words: what was given for what, and who sees to it.
extension NoticeText {
    static func english(_ low: LowScore, _ about: Subject) -> String {
        let scale = "\(low.score) of \(low.kind.scores.upperBound)"
        let name = about.name(in: .english)
        return switch (low.rated, about) {
        case (.ticket, _): "The customer gave \(scale) (\(low.kind.rawValue)) for ticket \(name)."
        case (.relationship, .ticket):
            "The customer of ticket \(name) gave us \(scale) (\(low.kind.rawValue)), of no ticket in particular."
        case (.relationship, .customer):
            "A customer (\(name)) gave us \(scale) (\(low.kind.rawValue)), of no ticket in particular."
        }
    }

    /// - Parameter due: by when it is to be made good; empty where nobody was given a time.
    static func englishCare(_ low: LowScore, _ due: String) -> String {
        let by = due.isEmpty ? "" : " by \(due)"
        return switch (low.owner, low.recovery) {
        case (let owner?, _): "\(owner.rawValue) is to make it good\(by)."
        case (nil, _?): "Nobody has it yet; it is to be made good\(by): hamdel recovery list"
        case (nil, nil): "No recovery was opened."
        }
    }

    static func persian(_ low: LowScore, _ about: Subject) -> String {
        let number: (Int) -> String = { TextLanguage.persian.number(Int64($0)) }
        let scale = "\(number(low.score)) از \(number(low.kind.scores.upperBound))"
        let name = about.name(in: .persian)
        return switch (low.rated, about) {
        case (.ticket, _): "مشتری به تیکت \(name) امتیاز \(scale) داد (\(low.kind.rawValue))."
        case (.relationship, .ticket):
            "مشتریِ تیکت \(name) به ما امتیاز \(scale) داد (\(low.kind.rawValue))، نه برای تیکتی به‌خصوص."
        case (.relationship, .customer):
            "\(name) به ما امتیاز \(scale) داد (\(low.kind.rawValue))، نه برای تیکتی به‌خصوص."
        }
    }

    static func persianCare(_ low: LowScore, _ due: String) -> String {
        let by = due.isEmpty ? "" : " تا \(due)"
        return switch (low.owner, low.recovery) {
        case (let owner?, _): "دلجویی از او\(by) با \(owner.rawValue) است."
        case (nil, _?): "هنوز کسی دلجویی از او را\(by) بر عهده ندارد: hamdel recovery list"
        case (nil, nil): "دلجویی‌ای آغاز نشد."
        }
    }
}
