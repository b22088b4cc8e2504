internal import HelpdeskCore

/// The part of a text around the first place where a search found something, as one line.
enum SearchSnippet {
    /// In scalars.
    static let length = 200
    /// How far a text is looked through; a match behind it shows the beginning.
    static let lookedThrough = 64 << 10

    static func of(_ text: String, _ query: SearchTerms) -> String {
        let line = oneLine(text)
        let starts = query.terms.compactMap(\.words.first)
        guard let place = firstMatch(in: line, of: starts) else { return cut(line, at: 0) }
        return cut(line, at: place)
    }

    /// Blanks and line ends become one blank each, so that what is cut out stands on one line.
    private static func oneLine(_ text: String) -> [Unicode.Scalar] {
        var line: [Unicode.Scalar] = []
        var isBlank = true
        for scalar in text.unicodeScalars {
            guard line.count < lookedThrough else { break }
            if scalar.properties.isWhitespace {
                if !isBlank { line.append(" ") }
                isBlank = true
            } else {
                line.append(scalar)
                isBlank = false
            }
        }
        if line.last == " " { line.removeLast() }
        return line
    }

    /// Where the first chunk between blanks begins that holds a word beginning as one of `starts` does.
    private static func firstMatch(in line: [Unicode.Scalar], of starts: [String]) -> Int? {
        guard !starts.isEmpty else { return nil }
        var place = 0
        for chunk in line.split(separator: " ", omittingEmptySubsequences: false) {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: chunk)
            let words = TextFold.words(in: String(text), limit: 32)
            if words.contains(where: { word in starts.contains { word.hasPrefix($0) } }) {
                return place
            }
            place += chunk.count + 1
        }
        return nil
    }

    /// The match stands after a fourth of the line, so that one reads what led to it.
    private static func cut(_ line: [Unicode.Scalar], at place: Int) -> String {
        var start = max(0, min(place - length / 4, line.count - length))
        if start > 0, let blank = line[start..<place].firstIndex(of: " ") { start = blank + 1 }
        let room = length - 2
        let end = min(line.count, start + room)
        var text = String.UnicodeScalarView()
        if start > 0 { text.append("…") }
        text.append(contentsOf: line[start..<end])
        if end < line.count { text.append("…") }
        return String(text)
    }
}
