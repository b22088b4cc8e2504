/// One mail for all that waited for an agent. It names tickets and what happened, and holds no word of any customer: it is
/// about several of them at once.
public struct NoticeDigest: Hashable, Sendable {
    public struct Line: Hashable, Sendable {
        public var about: NoticeText.Subject
        public var kind: NoticeKind

        public init(about: NoticeText.Subject, kind: NoticeKind) {
            self.about = about
            self.kind = kind
        }

        /// Nil: about a customer, beside no ticket.
        public var ticket: TicketNumber? {
            if case .ticket(let ticket) = about { ticket } else { nil }
        }
    }

    /// Lines that are written out; the rest is counted.
    public static let longest = 50

    /// Of one ticket and kind each, with how often it happened, in the order they first came.
    public let entries: [(line: Line, times: Int)]
    public let count: Int

    /// - Parameter lines: oldest first.
    public init(_ lines: [Line]) {
        var order: [Line] = []
        var times: [Line: Int] = [:]
        for line in lines {
            if times[line] == nil { order.append(line) }
            times[line, default: 0] += 1
        }
        entries = order.map { ($0, times[$0] ?? 1) }
        count = lines.count
    }

    public static func == (left: NoticeDigest, right: NoticeDigest) -> Bool {
        left.count == right.count && left.entries.map(\.line) == right.entries.map(\.line)
            && left.entries.map(\.times) == right.entries.map(\.times)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(entries.map(\.line)) }

    public func subject(in language: TextLanguage) -> String {
        let number = language.number(Int64(count))
        return switch language {
        case .english: count == 1 ? "1 notification" : "\(number) notifications"
        case .persian: "\(number) خبر"
        }
    }

    public func body(in language: TextLanguage) -> String {
        var lines = [
            language == .english ? "While you were not to be disturbed:" : "در این میان:", "",
        ]
        for (line, times) in entries.prefix(Self.longest) {
            let tag = line.about.name(in: language)
            let often = times > 1 ? " ×\(language.number(Int64(times)))" : ""
            lines.append("\(tag)  \(Self.words(line.kind, in: language))\(often)")
        }
        let rest = entries.count - Self.longest
        if rest > 0 {
            let number = language.number(Int64(rest))
            lines.append(language == .english ? "and \(number) more" : "و \(number) خبر دیگر")
        }
        lines += [
            "",
            language == .english
                ? "-- \nThis mail is about several tickets; an answer to it goes to none of them."
                : "-- \nاین نامه دربارهٔ چند تیکت است؛ پاسخ به آن به هیچ‌کدام نمی‌رسد.",
        ]
        return lines.joined(separator: "\n")
    }

    private static func words(_ kind: NoticeKind, in language: TextLanguage) -> String {
        switch (kind, language) {
        case (.assigned, .english): "is yours"
        case (.assigned, .persian): "به شما سپرده شد"
        case (.answered, .english): "the customer answered"
        case (.answered, .persian): "مشتری پاسخ داد"
        case (.mention, .english): "you were mentioned"
        case (.mention, .persian): "از شما نام برده شد"
        case (.watched, .english): "news of a ticket you watch"
        case (.watched, .persian): "خبری از تیکتی که دنبال می‌کنید"
        case (.reminder, .english): "you wanted to be reminded"
        case (.reminder, .persian): "یادآوری شما"
        case (.slaWarning, .english): "a promise is nearly due"
        case (.slaWarning, .persian): "مهلت رو به پایان است"
        case (.slaBreach, .english): "a promise was missed"
        case (.slaBreach, .persian): "مهلت گذشت"
        case (.recovery, .english): "a low score is yours to make good"
        case (.recovery, .persian): "امتیاز پایینی که دلجویی‌اش با شماست"
        case (.lowScore, .english): "a low score"
        case (.lowScore, .persian): "امتیازی پایین"
        case (.bounce, .english): "an answer came back"
        case (.bounce, .persian): "پاسخی برگشت خورد"
        }
    }
}
