/// What the lines of an mbox file say about where its mails begin and end.
struct MailboxHead {
    /// Whether a mail's Content-Length leads to a place.
    enum Claim { case none, within, reached, passed }

    private var isHeader = true
    private var length: Int?
    private var bodyStart = 0

    /// A line of the mail; `size` counts the mail up to its end.
    mutating func read(_ line: [UInt8], endingAt size: Int) {
        guard isHeader else { return }
        if line.allSatisfy({ $0 == Ascii.lineFeed || $0 == Ascii.carriageReturn }) {
            isHeader = false
            bodyStart = size
        } else if line.matches("content-length:", at: 0) {
            let digits = line.dropFirst("content-length:".utf8.count)
                .drop(while: Ascii.isBlank).prefix(while: Ascii.isDigit)
            length = digits.count <= 12 ? Int([UInt8](digits).asText) : nil
        }
    }

    mutating func forgetLength() { length = nil }

    /// The blank line before the next separator counts or not, by program.
    func claim(at size: Int) -> Claim {
        guard !isHeader, let length else { return .none }
        let end = bodyStart &+ length
        if size < end { return .within }
        return size <= end &+ 2 ? .reached : .passed
    }

    /// `From ADDRESS DATE`: with a time of day and a year, because a sentence may begin with “From ”. Some programs write the
    /// address alone.
    static func isSeparator(_ line: [UInt8]) -> Bool {
        guard line.starts(with: "From ".utf8) else { return false }
        let words = line.dropFirst(5).prefix(500).split {
            $0 == Ascii.space || $0 == Ascii.tab || $0 == Ascii.lineFeed
                || $0 == Ascii.carriageReturn
        }
        if words.count == 1, let only = words.first {
            return only.contains(Ascii.at) || only.elementsEqual("-".utf8)
                || only.elementsEqual("MAILER-DAEMON".utf8)
        }
        return words.contains(where: isTime) && words.contains(where: isYear)
    }

    private static func isTime(_ word: ArraySlice<UInt8>) -> Bool {
        let parts = word.split(separator: Ascii.colon, omittingEmptySubsequences: false)
        return (2...3).contains(parts.count)
            && parts.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy(Ascii.isDigit) }
    }

    private static func isYear(_ word: ArraySlice<UInt8>) -> Bool {
        word.count == 4 && word.allSatisfy(Ascii.isDigit)
            && (word.starts(with: "19".utf8) || word.starts(with: "20".utf8))
    }

    /// Each line `>From `, `>>From ` … loses one mark.
    static func unquoted(_ mail: [UInt8]) -> [UInt8] {
        guard mail.firstMatch(of: ">from ") != nil else { return mail }
        var result: [UInt8] = []
        result.reserveCapacity(mail.count)
        var start = 0
        while start < mail.count {
            let end = mail.firstIndex(of: Ascii.lineFeed, from: start).map { $0 &+ 1 } ?? mail.count
            let line = mail[start..<end]
            let marks = line.prefix { $0 == Ascii.greater }.count
            let isQuoted = marks > 0 && line.dropFirst(marks).starts(with: "From ".utf8)
            result += isQuoted ? line.dropFirst() : line
            start = end
        }
        return result
    }

    /// The first “mail” in folders of Pine and UW-IMAP.
    static func isBookkeeping(_ mail: [UInt8]) -> Bool {
        let head = [UInt8](mail.prefix(2_000))
        return head.firstMatch(of: "subject: don't delete this message -- folder internal data")
            != nil
    }
}
