/// The reductions of the corpora's KINDS page.
public enum Reductions {
    /// `ws`: runs of blanks are one blank.
    public static func ws(_ text: String) -> String {
        var result: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            let blank = scalar.properties.isWhitespace || scalar.value == 0x200B
            if !blank {
                result.append(scalar)
            } else if let last = result.last, last != " " {
                result.append(" ")
            }
        }
        while result.last == " " { result.removeLast() }
        return String(String.UnicodeScalarView(result))
    }

    public static func withoutSpace(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { !$0.properties.isWhitespace && $0.value != 0x200B }))
    }

    /// Links may be rendered in another style: “<https://…>” goes on both sides.
    public static func withoutLinks(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "<") {
            let inner = rest[rest.index(after: open)...]
            let isLink = ["http", "mailto:", "ftp:", "tel:"].contains { inner.hasPrefix($0) }
            if isLink, let close = inner.firstIndex(of: ">") {
                result += rest[..<open]
                rest = inner[inner.index(after: close)...]
            } else {
                result += rest[...open]
                rest = inner
            }
        }
        return result + rest
    }

    /// Blank lines collapsed, ends stripped, LF.
    public static func lines(_ text: String) -> String {
        let unix = text.replacing("\r\n", with: "\n")
        var result: [Substring] = []
        for line in unix.split(separator: "\n", omittingEmptySubsequences: false) {
            let isBlank = line.allSatisfy(\.isWhitespace)
            if isBlank, result.last?.isEmpty ?? true { continue }
            result.append(isBlank ? "" : line)
        }
        let joined = result.joined(separator: "\n")
        return String(joined.reversed().drop(while: \.isWhitespace).reversed())
            .drop(while: \.isWhitespace).description
    }

    public static func htmlText(_ html: String) -> String { ws(html) }
}
