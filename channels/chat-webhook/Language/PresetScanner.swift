/// Walks over one text of a preset: a path, a template, a condition. Linear; faults carry the offset.
struct PresetScanner {
    let bytes: [UInt8]
    private(set) var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var current: UInt8? { index < bytes.count ? bytes[index] : nil }
    var isAtEnd: Bool { index >= bytes.count }

    func fault(_ reason: String, at offset: Int? = nil) -> PresetTextFault {
        PresetTextFault(offset: offset ?? index, reason: reason)
    }

    mutating func skipBlanks() { while current == 0x20 { index += 1 } }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// Takes a word of the language (`in`, `not`) when it stands here whole.
    mutating func take(word: String) -> Bool {
        let end = index + word.utf8.count
        guard end <= bytes.count, bytes[index..<end].elementsEqual(word.utf8),
            end == bytes.count || !Self.isWord(bytes[end])
        else { return false }
        index = end
        return true
    }

    /// Letters, digits, `_` and `-`, not beginning with a digit or dash.
    mutating func word(_ what: String) throws(PresetTextFault) -> String {
        let start = index
        if let first = current, Self.isWord(first), !Self.isDigit(first), first != 0x2D {
            while let byte = current, Self.isWord(byte) { index += 1 }
        }
        guard index > start else { throw fault("expected \(what)") }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    mutating func integer() throws(PresetTextFault) -> Int {
        let start = index
        _ = take("-")
        while let byte = current, Self.isDigit(byte), index - start < 9 { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard let number = Int(text) else { throw fault("expected a number", at: start) }
        return number
    }

    /// What stands up to the closing quote, which is taken too. A quote cannot be written within.
    mutating func quoted(by quote: Unicode.Scalar) throws(PresetTextFault) -> String {
        let start = index
        while let byte = current, byte != UInt8(ascii: quote) { index += 1 }
        guard current != nil else { throw fault("a quote is not closed", at: start) }
        index += 1
        return String(decoding: bytes[start..<(index - 1)], as: UTF8.self)
    }

    /// Everything up to the next `{` or `}`.
    mutating func literal() -> String {
        let start = index
        while let byte = current, byte != UInt8(ascii: "{"), byte != UInt8(ascii: "}") {
            index += 1
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x2D
    }
}
