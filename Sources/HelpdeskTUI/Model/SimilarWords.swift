internal import HelpdeskCore

/// The words of a ticket that tell most about it: what to search solved tickets for.
enum SimilarWords {
    static let limit = 6

    /// The longest words of the subject, then of the beginning of the text; numbers and short words tell little.
    static func of(_ subject: String, _ text: String) -> [String] {
        var seen: Set<String> = []
        return (words(subject) + words(String(text.prefix(600))))
            .filter { seen.insert($0).inserted }
            .prefix(limit).map { $0 }
    }

    private static func words(_ text: String) -> [String] {
        TextFold.folded(text)
            .split(whereSeparator: { !$0.isLetter })
            .map(String.init)
            .filter { $0.count >= 4 && !common.contains($0) }
            .sorted { $0.count > $1.count }
    }

    /// Words of mails rather than of matters, folded.
    private static let common: Set<String> = Set(
        [
            "hello", "please", "thank", "thanks", "with", "that", "this", "from", "have", "your",
            "since", "there", "would", "could", "about", "سلام", "لطفا", "ممنون", "هنوز", "شده",
            "است", "کنید", "برای", "خواهش", "باشید",
        ].map(TextFold.folded))
}
