extension NoticeText {
    static func opening(
        _ occasion: NoticeOccasion, _ about: Subject, _ due: LocalTime?, in language: TextLanguage
    ) -> String {
        switch language {
        case .english: english(occasion, about, time(due, in: .english))
        case .persian: persian(occasion, about, time(due, in: .persian))
        }
    }

    private static func time(_ due: LocalTime?, in language: TextLanguage) -> String {
        guard let due else { return "" }
        switch language {
        case .english: return "\(due.clockText(in: .english)), \(due.dayText(in: .english))"
        case .persian:
            return "ساعت \(due.clockText(in: .persian)) \(due.dayText(in: .persian))"
        }
    }

    private static func english(
        _ occasion: NoticeOccasion, _ about: Subject, _ due: String
    ) -> String {
        let tag = about.name(in: .english)
        return switch occasion {
        case .assigned: "Ticket \(tag) is yours."
        case .answered: "The customer answered in ticket \(tag)."
        case .mentioned(let author, _): "\(author.rawValue) mentioned you in ticket \(tag)."
        case .watched(let news, let author, _):
            "News in ticket \(tag), which you watch: \(english(news, author))."
        case .reminded: "You wanted to be reminded of ticket \(tag)."
        case .slaWarning(let target, _): "Ticket \(tag): \(english(target)) is due by \(due)."
        case .slaBreached(let target, _):
            "Ticket \(tag) is late: \(english(target)) was due by \(due)."
        case .recoveryOpened(let low):
            "\(english(low, about)) It is yours to make good by \(due)."
        case .lowScore(let low): "\(english(low, about)) \(englishCare(low, due))"
        case .bounced(let code):
            "The answer in ticket \(tag) came back and did not reach the customer\(code.map { " (\($0))" } ?? "")."
        }
    }

    private static func persian(
        _ occasion: NoticeOccasion, _ about: Subject, _ due: String
    ) -> String {
        let tag = about.name(in: .persian)
        return switch occasion {
        case .assigned: "تیکت \(tag) به شما سپرده شد."
        case .answered: "مشتری در تیکت \(tag) پاسخ داد."
        case .mentioned(let author, _): "\(author.rawValue) در تیکت \(tag) از شما نام برد."
        case .watched(let news, let author, _):
            "خبری در تیکت \(tag) که دنبال می‌کنید: \(persian(news, author))."
        case .reminded: "خواسته بودید تیکت \(tag) به یادتان آورده شود."
        case .slaWarning(let target, _): "تیکت \(tag): مهلت \(persian(target)) تا \(due) است."
        case .slaBreached(let target, _):
            "تیکت \(tag) دیر شد: مهلت \(persian(target)) تا \(due) بود."
        case .recoveryOpened(let low):
            "\(persian(low, about)) دلجویی از او تا \(due) با شماست."
        case .lowScore(let low): "\(persian(low, about)) \(persianCare(low, due))"
        case .bounced(let code):
            "پاسخ تیکت \(tag) برگشت خورد و به مشتری نرسید\(code.map { " (\($0))" } ?? "")."
        }
    }

    private static func english(_ news: WatchedNews, _ author: Actor) -> String {
        let who = author.id.flatMap { author.kind == "agent" ? $0 : nil } ?? "the desk"
        return switch news {
        case .customerWrote: "the customer wrote"
        case .replied: "\(who) answered the customer"
        case .noted: "\(who) wrote a note"
        case .assigned: "\(who) gave it to somebody"
        case .transferred: "\(who) handed it to another team"
        case .closed: "\(who) closed it"
        case .reopened: "it is open again"
        }
    }

    private static func persian(_ news: WatchedNews, _ author: Actor) -> String {
        let who = author.id.flatMap { author.kind == "agent" ? $0 : nil } ?? "سامانه"
        return switch news {
        case .customerWrote: "مشتری نوشت"
        case .replied: "\(who) به مشتری پاسخ داد"
        case .noted: "\(who) یادداشتی نوشت"
        case .assigned: "\(who) آن را به کسی سپرد"
        case .transferred: "\(who) آن را به گروه دیگری سپرد"
        case .closed: "\(who) آن را بست"
        case .reopened: "دوباره باز شد"
        }
    }

    private static func english(_ target: SLATarget) -> String {
        switch target {
        case .firstResponse: "the first answer"
        case .response: "an answer"
        case .resolution: "the solution"
        }
    }

    private static func persian(_ target: SLATarget) -> String {
        switch target {
        case .firstResponse: "نخستین پاسخ"
        case .response: "پاسخ"
        case .resolution: "حل آن"
        }
    }
}
