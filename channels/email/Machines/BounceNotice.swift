import ChannelKit

/// The free text of a notice from a server that writes no RFC 3464 report, or beside one: who did not get the mail,
/// and what was said about each. Linear; at most `reach` bytes, `mostLines` lines and `mostRecipients` recipients.
struct BounceNotice {
    struct Recipient {
        let address: String
        /// The server's words about it.
        var words: [UInt8]
    }

    private(set) var recipients: [Recipient] = []
    /// The notice without the mail that it returns.
    private(set) var words: [UInt8] = []
    /// What stands behind the notice: the returned mail, or its header.
    private(set) var returned: [UInt8] = []

    /// The text holds what only servers write: a returned mail, or their codes.
    var isServers: Bool {
        returned.contains { !Ascii.isBlank($0) } || Failure.status(in: words[...]) != nil
            || Failure.replyCode(in: words[...]) != nil
            || isListed && BounceWords.machinePhrases.matches(Phrases.normalised(words))
    }

    /// A recipient stands at the front of its line.
    private var isListed = false

    static let reach = 64 << 10
    static let mostRecipients = 100
    private static let mostLines = 2_000
    private static let mostOnLine = 10

    private enum Strength: Int { case weak, labelled, leading }

    private struct Hit {
        let address: String
        let line: Int
        let strength: Strength
    }

    /// `own`: addresses the notice was sent to; they are recipients only where nobody else is.
    init(_ text: [UInt8], own: Set<String>) {
        let text = Array(text.prefix(Self.reach))
        var lines: [Range<Int>] = []
        var position = 0
        while position < text.count, lines.count < Self.mostLines {
            let line = text.lineRange(from: position)
            if Self.beginsReturned(line.content, in: text) { break }
            lines.append(line.content)
            position = line.next
        }
        words = Array(text[..<min(position, text.count)])
        returned = Array(text[min(position, text.count)...])
        let hits = Self.chosen(Self.hits(lines, in: text), own: own)
        isListed = hits.first?.strength == .leading
        recipients = Self.recipients(hits, lines: lines, in: text)
    }

    static func beginsReturned(_ line: Range<Int>, in text: [UInt8]) -> Bool {
        let content = text.trimmed(line)
        guard !content.isEmpty, content.count <= 200 else {
            return content.count > 200 && isHeader(content, in: text)
        }
        return isHeader(content, in: text)
            || BounceWords.returned.matches(Phrases.normalised(text[content]))
    }

    private static func isHeader(_ line: Range<Int>, in text: [UInt8]) -> Bool {
        let start = text[line.lowerBound] == Ascii.greater ? line.lowerBound &+ 1 : line.lowerBound
        return BounceWords.headers.contains { text.matches($0, at: start) }
    }

    // MARK: Recipients

    private static func hits(_ lines: [Range<Int>], in text: [UInt8]) -> [Hit] {
        var hits: [Hit] = []
        var lastWords: [UInt8] = []
        for (index, line) in lines.enumerated() where hits.count < mostRecipients &* 4 {
            let content = text.trimmed(line)
            guard !content.isEmpty, content.count <= 2_000 else { continue }
            let lower = Phrases.normalised(text[content])
            defer { lastWords = lower }
            guard lower.contains(Ascii.at),
                !BounceWords.otherLabels.contains(where: { lower.starts(with: $0.utf8) })
            else { continue }
            for found in MailAddressScan.all(in: text, content, limit: mostOnLine) {
                let before = Phrases.normalised(text[content.lowerBound..<found.range.lowerBound])
                // An alias: whom we wrote to, when the server does not name where it leads.
                let isAlias = before.suffix(generated.count).elementsEqual(generated)
                guard isAlias || !isOthers(before.isEmpty ? lastWords : before) else { continue }
                hits.append(
                    Hit(
                        address: found.address, line: index,
                        strength: isAlias ? .weak : strength(before: before, line: lower)))
            }
        }
        return hits
    }

    private static let generated = Array("generated from ".utf8)

    private static func strength(before: [UInt8], line: [UInt8]) -> Strength {
        if before.allSatisfy(isOrnament) { return .leading }
        if before.starts(with: "to:".utf8) { return .weak }
        return BounceWords.recipientLabels.matches(line) ? .labelled : .weak
    }

    /// Marks, bullets and reply codes in front of an address.
    private static func isOrnament(_ byte: UInt8) -> Bool {
        byte <= 0x40 && byte != UInt8(ascii: "$") && byte != UInt8(ascii: "/")
            || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "|")
    }

    private static func isOthers(_ before: [UInt8]) -> Bool {
        var end = before.count
        while end > 0, !isWordByte(before[end &- 1]) { end &-= 1 }
        let text = before[..<end]
        return BounceWords.otherOwners.contains { word in
            guard text.count >= word.utf8.count,
                text.suffix(word.utf8.count).elementsEqual(word.utf8)
            else { return false }
            let start = text.endIndex &- word.utf8.count
            return start == text.startIndex || !isWordByte(text[start &- 1])
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x61 && byte <= 0x7A || byte >= 0x80 || byte == Ascii.dash
    }

    private static func chosen(_ hits: [Hit], own: Set<String>) -> [Hit] {
        let others = hits.filter { !own.contains($0.address) && !isContact($0) }
        let pool = others.isEmpty ? hits.filter { !isContact($0) } : others
        for strength in [Strength.leading, .labelled, .weak] {
            let found = pool.filter { $0.strength == strength }
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func isContact(_ hit: Hit) -> Bool {
        guard hit.strength != .leading else { return false }
        let local = hit.address.prefix { $0 != "@" }
        return ["postmaster", "mailer-daemon", "abuse", "support", "helpdesk", "help"].contains(
            local)
    }

    /// Everything from a recipient's line to the next one's belongs to it.
    private static func recipients(
        _ hits: [Hit], lines: [Range<Int>], in text: [UInt8]
    ) -> [Recipient] {
        var result: [Recipient] = []
        var places: [String: Int] = [:]
        for (place, hit) in hits.enumerated() {
            let next = hits[(place &+ 1)...].first { $0.line > hit.line }?.line ?? lines.count
            guard lines.indices.contains(hit.line), next > hit.line, next <= lines.count else {
                continue
            }
            let words = text[lines[hit.line].lowerBound..<lines[next &- 1].upperBound]
            if let known = places[hit.address] {
                if result[known].words.count < Failure.reach {
                    result[known].words += [Ascii.lineFeed] + words.prefix(Failure.reach)
                }
            } else if result.count < mostRecipients {
                places[hit.address] = result.count
                result.append(
                    Recipient(address: hit.address, words: Array(words.prefix(Failure.reach))))
            }
        }
        return result
    }
}
