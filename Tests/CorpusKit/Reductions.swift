/// The reductions of the corpora's KINDS page.
public enum Reductions {
    /// `ws`: runs of blanks are one blank.
    public static func ws(_ text: String) -> String {
        var result: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if !isBlank(scalar) {
                result.append(scalar)
            } else if let last = result.last, last != " " {
                result.append(" ")
            }
        }
        while result.last == " " { result.removeLast() }
        return String(String.UnicodeScalarView(result))
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value == 0x200B
    }

    public static func withoutSpace(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !isBlank($0) }))
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

    /// `[words](target)` and `[words](<target>)` as `words <target>`, without the escapes of Markdown.
    public static func linksInBrackets(_ markdown: String) -> String {
        guard markdown.hasPrefix("["), let middle = markdown.ranges(of: "](").first,
            markdown.hasSuffix(")")
        else { return markdown }
        let words = markdown[..<middle.lowerBound].dropFirst().filter { $0 != "\\" }
        let target = markdown[middle.upperBound...].dropLast().filter { $0 != "<" && $0 != ">" }
        return "\(words) <\(target)>"
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

    /// The addresses that stand in a displayed header, in lower case and in order.
    public static func addresses(in text: String) -> [String] {
        text.split { " \t\r\n,;<>()\"'".contains($0) }.filter { $0.contains("@") }
            .map { $0.lowercased() }
    }

    /// Words without punctuation, in lower case: for texts that each program writes its own way.
    public static func words(_ text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }

    /// Share of words that two texts have in common, from 0 to 1, counting repeated ones.
    public static func likeness(_ first: String, _ second: String) -> Double {
        let mine = first.split(separator: " ")
        let theirs = second.split(separator: " ")
        guard !mine.isEmpty || !theirs.isEmpty else { return 1 }
        var counts: [Substring: Int] = [:]
        for word in mine { counts[word, default: 0] += 1 }
        var common = 0
        for word in theirs {
            guard let count = counts[word], count > 0 else { continue }
            counts[word] = count - 1
            common += 1
        }
        return 2 * Double(common) / Double(mine.count + theirs.count)
    }

    public static func bytes(hexadecimal text: String) -> [UInt8] {
        let digits = Array(text)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
    }
}
