import HelpdeskCore

/// A plain text as what it looks like: paragraphs, lists and quotations. Lines are read once; quotations nest at most
/// `deepest` levels, what is deeper stays text.
enum TextBlock: Equatable {
    /// Lines of one direction.
    struct Run: Equatable {
        var direction: TextDirection
        var lines: [String]
    }

    case paragraph([Run])
    /// Bullets; each item with its lines.
    case list(TextDirection, [[String]])
    indirect case quotation([TextBlock])

    static let deepest = 8

    /// `text` has LF line ends.
    static func blocks(of text: String, fallback: TextDirection) -> [TextBlock] {
        var reading = Reading(fallback: fallback, depth: 0)
        reading.read(lines(of: text))
        return reading.blocks
    }

    static func lines(of text: String) -> [String] {
        Array(text.utf8).split(separator: Ascii.lineFeed, omittingEmptySubsequences: false)
            .map { [UInt8]($0).asText }
    }

    private struct Reading {
        let fallback: TextDirection
        let depth: Int
        var blocks: [TextBlock] = []
        private var paragraph: [String] = []
        private var items: [[String]] = []
        private var quoted: [String] = []

        init(fallback: TextDirection, depth: Int) {
            self.fallback = fallback
            self.depth = depth
        }

        mutating func read(_ lines: [String]) {
            for line in lines { read(line) }
            close()
        }

        private mutating func read(_ line: String) {
            let bytes = Array(line.utf8)
            if depth < TextBlock.deepest, bytes.first == Ascii.greater {
                closeText()
                quoted.append(Self.unquoted(bytes))
                return
            }
            closeQuotation()
            if bytes.allSatisfy(Ascii.isBlank) {
                closeText()
            } else if let item = Self.item(bytes) {
                closeParagraph()
                items.append([item])
            } else if !items.isEmpty, bytes.prefix(2).allSatisfy(Ascii.isBlank) {
                items[items.count - 1].append(bytes.trimmedBlanks.asText)
            } else {
                closeList()
                paragraph.append(line)
            }
        }

        private static func unquoted(_ bytes: [UInt8]) -> String {
            let rest = bytes.dropFirst()
            return [UInt8](rest.first == Ascii.space ? rest.dropFirst() : rest).asText
        }

        /// The words behind “- ”, “* ”, “– ” or “• ” with at most three blanks in front.
        private static func item(_ bytes: [UInt8]) -> String? {
            let indent = bytes.prefix { $0 == Ascii.space }.count
            let rest = bytes[indent...]
            guard indent <= 3 else { return nil }
            for mark in ["-", "*", "–", "•"] where rest.starts(with: mark.utf8) {
                let words = rest.dropFirst(mark.utf8.count)
                guard let blank = words.first, Ascii.isBlank(blank) else { continue }
                let text = [UInt8](words).trimmedBlanks
                return text.isEmpty ? nil : text.asText
            }
            return nil
        }

        private mutating func close() {
            closeText()
            closeQuotation()
        }

        private mutating func closeText() {
            closeParagraph()
            closeList()
        }

        private mutating func closeParagraph() {
            guard !paragraph.isEmpty else { return }
            var runs: [Run] = []
            for line in paragraph {
                let direction =
                    TextDirection.estimated(in: line) ?? runs.last?.direction ?? fallback
                if runs.last?.direction == direction {
                    runs[runs.count - 1].lines.append(line)
                } else {
                    runs.append(Run(direction: direction, lines: [line]))
                }
            }
            // A line without letters at the head belongs to what follows it: “-- ” to the signature.
            if runs.count > 1,
                TextDirection.estimated(in: runs[0].lines.joined(separator: " ")) == nil
            {
                runs[1].lines = runs[0].lines + runs[1].lines
                runs.removeFirst()
            }
            blocks.append(.paragraph(runs))
            paragraph = []
        }

        private mutating func closeList() {
            guard !items.isEmpty else { return }
            let text = items.map { $0.joined(separator: " ") }.joined(separator: " ")
            blocks.append(.list(TextDirection.estimated(in: text) ?? fallback, items))
            items = []
        }

        private mutating func closeQuotation() {
            guard !quoted.isEmpty else { return }
            var inner = Reading(fallback: fallback, depth: depth + 1)
            inner.read(quoted)
            blocks.append(.quotation(inner.blocks))
            quoted = []
        }
    }
}

extension TextDirection {
    /// How a line reads to people: by its words, because many Persian sentences begin with a name in Latin letters, which
    /// decides alone under the first-strong rule. Right to left when more than two in five words are; nil without
    /// letters. Links and addresses do not count.
    static func estimated(in line: String) -> TextDirection? {
        var leftToRight = 0
        var rightToLeft = 0
        for word in line.utf8.split(whereSeparator: Ascii.isBlank) {
            let bytes = [UInt8](word)
            if bytes.contains(Ascii.at) || bytes.firstMatch(of: "://") != nil { continue }
            switch firstStrong(in: bytes.asText) {
            case .leftToRight: leftToRight &+= 1
            case .rightToLeft: rightToLeft &+= 1
            case nil: continue
            }
        }
        guard leftToRight &+ rightToLeft > 0 else { return firstStrong(in: line) }
        return rightToLeft &* 5 > (leftToRight &+ rightToLeft) &* 2 ? .rightToLeft : .leftToRight
    }
}
