/// One row: its fields' bytes, and the line it began on (from 1). Fields hold what was between the
/// quotes, unescaped.
package struct CSVRow: Equatable {
    package let line: Int
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(line: Int) {
        self.line = line
    }

    /// For tests and for rows that come from elsewhere.
    init(line: Int, fields: [String]) {
        self.line = line
        for field in fields {
            bytes.append(contentsOf: field.utf8)
            endField()
        }
    }

    /// One field that is the whole record.
    init(line: Int, whole bytes: [UInt8]) {
        self.line = line
        self.bytes = bytes
        ends = [bytes.count]
    }

    package var count: Int { ends.count }

    /// Empty when the row has no such field.
    subscript(index: Int) -> ArraySlice<UInt8> {
        guard ends.indices.contains(index) else { return [] }
        return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// The field's text without blanks at its ends, UTF-8 repaired, NUL shown as U+2400.
    package func text(_ index: Int) -> String {
        var field = self[index]
        while let first = field.first, first == 0x20 || first == 0x09 { field = field.dropFirst() }
        while let last = field.last, last == 0x20 || last == 0x09 { field = field.dropLast() }
        guard field.contains(0) else { return String(decoding: field, as: UTF8.self) }
        var text = ""
        for part in field.split(separator: 0, omittingEmptySubsequences: false) {
            if !text.isEmpty || part.startIndex > field.startIndex { text += "\u{2400}" }
            text += String(decoding: part, as: UTF8.self)
        }
        return text
    }

    package var fields: [String] { (0..<count).map(text) }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }
    mutating func endField() { ends.append(bytes.count) }
}
