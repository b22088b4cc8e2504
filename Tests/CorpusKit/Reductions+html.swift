/// `html_text` of the KINDS page: a reduction, not a rendering.
extension Reductions {
    /// Script, style, head and title go, block elements become blanks, entities are resolved, then `ws`.
    public static func htmlText(_ html: String) -> String {
        var result = ""
        var rest = Substring(html)
        while let open = rest.firstIndex(of: "<") {
            result += rest[..<open]
            rest = rest[open...]
            if rest.hasPrefix("<!--") {
                rest = after("-->", in: rest)
                continue
            }
            guard let close = rest.firstIndex(of: ">") else { break }
            let inner = rest[rest.index(after: open)..<close]
            let ends = inner.hasPrefix("/")
            let name = inner.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
            rest = rest[rest.index(after: close)...]
            if !ends, hidden.contains(name) {
                rest = after("</\(name)", in: rest)
                rest = after(">", in: rest)
            } else if blocks.contains(name) {
                result += " "
            }
        }
        return ws(resolved(result + rest))
    }

    private static let hidden: Set<String> = ["script", "style", "head", "title"]

    private static let blocks: Set<String> = [
        "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table",
        "blockquote", "pre", "hr", "td", "th",
    ]

    private static func after(_ mark: String, in text: Substring) -> Substring {
        let lower = text.lowercased()
        guard lower.count == text.count, let found = lower.ranges(of: mark).first else { return "" }
        return text.dropFirst(lower.distance(from: lower.startIndex, to: found.upperBound))
    }

    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "auml": "ä",
        "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß",
        "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "hellip": "…", "ndash": "–",
        "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "bull": "•",
        "middot": "·", "copy": "©", "reg": "®", "trade": "™", "euro": "€", "laquo": "«",
        "raquo": "»", "zwnj": "\u{200C}", "rlm": "\u{200F}", "lrm": "\u{200E}", "shy": "\u{AD}",
    ]

    private static func resolved(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let sign = rest.firstIndex(of: "&") {
            result += rest[..<sign]
            rest = rest[rest.index(after: sign)...]
            let name = rest.prefix(12).prefix { $0 != ";" }
            let behind = rest.dropFirst(name.count)
            if behind.first == ";", let value = named[String(name)] ?? numbered(name) {
                result += value
                rest = behind.dropFirst()
            } else {
                result += "&"
            }
        }
        return result + rest
    }

    private static func numbered(_ name: Substring) -> String? {
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let value =
            digits.first?.lowercased() == "x"
            ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init).map(String.init)
    }
}
