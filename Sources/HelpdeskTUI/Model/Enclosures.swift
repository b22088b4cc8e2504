internal import HelpdeskAPI

/// What a thread brings along besides words.
enum Enclosure: Hashable, Sendable {
    case attachment(API.Attachment)
    /// `http://` or `https://`; nothing else is ever opened.
    case link(String)
}

enum Enclosures {
    static let limit = 200
    private static let longestLink = 2_000

    /// Files and links of messages, the newest message first, each once.
    static func of(_ messages: some BidirectionalCollection<API.Message>) -> [Enclosure] {
        var found: [Enclosure] = []
        var seen: Set<Enclosure> = []
        for message in messages.reversed() {
            let all =
                message.attachments.map(Enclosure.attachment)
                + links(in: TextCut.shown(message.fullText)).map(Enclosure.link)
            for enclosure in all where seen.insert(enclosure).inserted {
                found.append(enclosure)
                if found.count == limit { return found }
            }
        }
        return found
    }

    /// The links in a text: visible ASCII from the scheme on, without what closes a sentence.
    static func links(in text: String) -> [String] {
        var links: [String] = []
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count, links.count < limit {
            guard let scheme = schemes.first(where: { bytes[start...].starts(with: $0) }) else {
                start += 1
                continue
            }
            var end = start
            while end < bytes.count, end - start < longestLink, isPart(bytes[end]) { end += 1 }
            let next = max(end, start + 1)
            while end > start, closing.contains(bytes[end - 1]) { end -= 1 }
            if end - start > scheme.count {
                links.append(String(decoding: bytes[start..<end], as: UTF8.self))
            }
            start = next
        }
        return links
    }

    private static let schemes = [Array("https://".utf8), Array("http://".utf8)]
    private static let closing = Set(".,;:!?)]}'".utf8)
    private static let excluded = Set("<>\"`|\\^".utf8)

    private static func isPart(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !excluded.contains(byte)
    }
}
