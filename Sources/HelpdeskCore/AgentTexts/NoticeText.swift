/// The mails that tell agents what concerns them, in the language of the inbox they go through.
public enum NoticeText {
    public enum Occasion: Hashable, Sendable {
        /// `due` of it on the clock that the reader goes by.
        case told(NoticeOccasion, due: LocalTime?)
        /// An answer by mail that was not taken; in which ticket it was kept.
        case refused(Refusal, keptIn: TicketNumber)
    }

    /// What a notification is about.
    public enum Subject: Hashable, Sendable {
        case ticket(TicketNumber)
        /// Somebody who is in no ticket that everybody may see.
        case customer(CustomerID)

        /// `#12`, `customer 15`.
        public func name(in language: TextLanguage) -> String {
            switch (self, language) {
            case (.ticket(let ticket), _): "#" + language.number(ticket.rawValue)
            case (.customer(let customer), .english): "customer \(customer.rawValue)"
            case (.customer(let customer), .persian):
                "مشتری \(language.number(customer.rawValue))"
            }
        }
    }

    /// Why an answer by mail was not taken.
    public enum Refusal: Hashable, Sendable {
        case notVerified, notTheAgent, expired, empty, aboutSeveral
    }

    /// - Parameter words: what the customer wrote last; shown as it is, at most `longest` bytes of it.
    public static func body(
        _ occasion: Occasion, about: Subject, subject: String?, words: String?,
        in language: TextLanguage
    ) -> String {
        var parts = [opening(occasion, about, in: language)]
        if case .refused = occasion { return parts.joined() }
        parts += [subject, words.map(shortened)].compactMap { $0 }.filter { !$0.isEmpty }
        parts.append(instructions(about, in: language))
        return parts.joined(separator: "\n\n")
    }

    static let longest = 4_000

    private static func opening(
        _ occasion: Occasion, _ about: Subject, in language: TextLanguage
    ) -> String {
        let tag = about.name(in: language)
        return switch (occasion, language) {
        case (.told(let told, let due), _): self.opening(told, about, due, in: language)
        case (.refused(let refusal, let kept), .english):
            "Your mail about ticket \(tag) was not taken: \(reason(refusal, in: .english)). It is kept as ticket #\(kept.rawValue)."
        case (.refused(let refusal, let kept), .persian):
            "نامهٔ شما دربارهٔ تیکت \(tag) پذیرفته نشد: \(reason(refusal, in: .persian)). در تیکت #\(language.number(kept.rawValue)) نگه داشته شد."
        }
    }

    private static func reason(_ refusal: Refusal, in language: TextLanguage) -> String {
        switch (refusal, language) {
        case (.notVerified, .english): "your mail server did not vouch for its sender"
        case (.notVerified, .persian): "فرستندهٔ آن تأیید نشد"
        case (.notTheAgent, .english): "it came from another address than yours"
        case (.notTheAgent, .persian): "از نشانی دیگری رسید"
        case (.expired, .english): "notifications can be answered for seven days"
        case (.expired, .persian): "تنها تا هفت روز می‌توان پاسخ داد"
        case (.empty, .english): "there was no text in it"
        case (.empty, .persian): "متنی در آن نبود"
        case (.aboutSeveral, .english): "it answered a mail about several tickets"
        case (.aboutSeveral, .persian): "پاسخ نامه‌ای دربارهٔ چند تیکت بود"
        }
    }

    private static func instructions(
        _ about: Subject, in language: TextLanguage
    ) -> String {
        switch (about, language) {
        case (.customer(let customer), .english):
            "-- \nAn answer to this mail goes to no ticket. hamdel customer show \(customer.rawValue)"
        case (.customer(let customer), .persian):
            "-- \nپاسخ به این نامه به هیچ تیکتی نمی‌رسد. hamdel customer show \(customer.rawValue)"
        case (.ticket, .english):
            "-- \nAnswer this mail to add a note. Begin with #reply to answer the customer. It works for seven days."
        case (.ticket, .persian):
            "-- \nپاسخ به این نامه یادداشتی داخلی می‌شود. برای پاسخ به مشتری با #پاسخ آغاز کنید. تا هفت روز کار می‌کند."
        }
    }

    /// Cut between scalars.
    private static func shortened(_ words: String) -> String {
        guard words.utf8.count > longest else { return words }
        var bytes = 0
        var kept = String.UnicodeScalarView()
        for scalar in words.unicodeScalars {
            bytes += UTF8.width(scalar)
            guard bytes <= longest else { break }
            kept.append(scalar)
        }
        return String(kept) + " …"
    }
}
