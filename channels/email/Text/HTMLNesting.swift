/// Whether a document may go through libgumbo: its work grows with the size times the depth of open elements, and a mail
/// of 200,000 open `<div>`s would take minutes. One pass over the tags, before any tree.
enum HTMLNesting {
    /// More elements than this are open at once in no mail that a person wrote.
    static let deepest = 400

    /// Elements that end by themselves, so that leaving out the end tag nests nothing.
    private static let selfClosing: Set<[UInt8]> = Set(
        [
            "br", "img", "hr", "meta", "link", "input", "p", "li", "td", "tr", "th", "dt", "dd",
            "option", "tbody", "thead", "tfoot", "colgroup", "col", "area", "base", "wbr", "html",
            "head", "body", "!doctype", "param", "source", "embed", "o:p",
        ].map { Array($0.utf8) })

    static func isHarmless(_ html: [UInt8]) -> Bool {
        var open: [[UInt8]: Int] = [:]
        var total = 0
        var position = 0
        while let tag = html.firstIndex(of: Ascii.less, from: position) {
            position = tag &+ 1
            guard position < html.count else { break }
            let closes = html[position] == UInt8(ascii: "/")
            if closes { position &+= 1 }
            let start = position
            while position < html.count, position &- start < 32, isName(html[position]) {
                position &+= 1
            }
            guard position > start, isLetter(html[start]) else { continue }
            let name = html[start..<position].map(Ascii.lower)
            if selfClosing.contains(name) { continue }
            let count = open[name, default: 0]
            if closes, count > 0 {
                open[name] = count &- 1
                total &-= 1
            } else if !closes {
                open[name] = count &+ 1
                total &+= 1
            }
            // Many different names are as hostile as many open elements.
            if total > deepest || open.count > deepest { return false }
        }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let lower = Ascii.lower(byte)
        return lower >= 0x61 && lower <= 0x7A
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte > Ascii.space && byte != Ascii.greater && byte != UInt8(ascii: "/")
            && byte != Ascii.less
    }
}
