/// The text of a hostile document, without a tree: tags go, blocks end lines, the commonest entities are resolved.
/// Linear, and no state but the position.
enum HTMLStripper {
    static func text(of html: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(html.count / 2)
        var position = 0
        while position < html.count {
            let byte = html[position]
            if byte == Ascii.less {
                position = afterTag(html, at: position, into: &result)
            } else if byte == UInt8(ascii: "&"),
                let (text, next) = entity(html, at: position)
            {
                result += text
                position = next
            } else {
                if Ascii.isBlank(byte) {
                    if let last = result.last, !Ascii.isBlank(last) { result.append(Ascii.space) }
                } else {
                    result.append(byte)
                }
                position &+= 1
            }
        }
        return result
    }

    private static let hidden = ["script", "style", "title", "head"]
    private static let inline = [
        "a", "b", "i", "u", "em", "font", "span", "strong", "small", "big",
    ]

    private static func afterTag(
        _ html: [UInt8], at start: Int, into result: inout [UInt8]
    ) -> Int {
        if html.matches("<!--", at: start) {
            return end(of: "-->", in: html, from: start &+ 4)
        }
        for name in hidden where html.matches("<" + name, at: start) {
            return end(of: "</" + name + ">", in: html, from: start)
        }
        let close = html.firstIndex(of: Ascii.greater, from: start) ?? html.count &- 1
        var nameStart = start &+ 1
        if nameStart < html.count, html[nameStart] == UInt8(ascii: "/") { nameStart &+= 1 }
        let isInline = inline.contains { name in
            html.matches(name, at: nameStart)
                && {
                    let after = nameStart &+ name.utf8.count
                    guard after < html.count else { return true }
                    return html[after] == Ascii.greater || Ascii.isBlank(html[after])
                }()
        }
        if !isInline, let last = result.last, last != Ascii.lineFeed {
            result.append(Ascii.lineFeed)
        }
        return close &+ 1
    }

    /// Behind the next `mark`; the end of the document when there is none.
    private static func end(of mark: String, in html: [UInt8], from position: Int) -> Int {
        guard let found = html.firstMatch(of: mark, from: position) else { return html.count }
        return found &+ mark.utf8.count
    }

    private static let entities: [(String, String)] = [
        ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", " "),
        ("&#39;", "'"), ("&apos;", "'"), ("&zwnj;", "\u{200C}"), ("&rlm;", "\u{200F}"),
    ]

    private static func entity(_ html: [UInt8], at start: Int) -> ([UInt8], Int)? {
        for (name, text) in entities where html.matches(name, at: start) {
            return (Array(text.utf8), start &+ name.utf8.count)
        }
        return nil
    }
}
