internal import Crypto

/// Ids, names and numbers from strangers, made fit to keep: no control characters, bounded.
enum PlainWord {
    /// On one line, cut at `limit` bytes between two characters.
    static func bounded(_ text: String, _ limit: Int) -> String {
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            let kept = isControl ? " " : scalar
            count += UTF8.width(kept)
            if count > limit { break }
            result.append(kept)
        }
        return trimmed(String(result))
    }

    /// The same id for the same text, at most 255 bytes: what is longer ends in its hash.
    static func id(_ text: String) -> String {
        let word = bounded(text, 200)
        guard word.utf8.count < trimmed(text).utf8.count || word != trimmed(text) else {
            return word
        }
        guard !text.isEmpty else { return "" }
        return word + "#" + Hexadecimal.encoded(SHA256.hash(data: Array(text.utf8)).prefix(12))
    }

    static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, first == " " || first == "\n" || first == "\t" {
            scalars = scalars.dropFirst()
        }
        while let last = scalars.last, last == " " || last == "\n" || last == "\t" {
            scalars = scalars.dropLast()
        }
        return String(scalars)
    }

    /// The last part of a path, without what a file system or a terminal would take for something else.
    static func fileName(_ text: String) -> String {
        let last =
            text.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last.map { String($0) } ?? ""
        let word = bounded(last, 255)
        return word.allSatisfy { $0 == "." } ? "" : word
    }
}
