/// Reads one JSON document (RFC 8259), strictly: UTF-8 only, no text after it, no name twice in an
/// object, no lone surrogate, at most 32 levels and `maximumNodes` values. Linear in the input, never deeper than the bound.
package struct JSONDocumentReader {
    package static let maximumDepth = 32
    /// A value takes some hundred bytes of memory and may take two of the document: 256 messages have far fewer.
    package static let maximumNodes = 65_536

    private let bytes: [UInt8]
    private var index = 0
    private var nodes = 0
    /// Where we are, for faults: `["messages", "[0]", "text"]`.
    private var path: [String] = []

    package static func read(_ bytes: [UInt8]) throws(JSONFault) -> JSONNode {
        var reader = JSONDocumentReader(bytes)
        reader.skipBlanks()
        let node = try reader.node(depth: 1)
        reader.skipBlanks()
        guard reader.index == bytes.count else {
            throw reader.fault("text after the end of the document")
        }
        return node
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func fault(_ reason: String, at offset: Int? = nil) -> JSONFault {
        var place = ""
        for part in path {
            place += part.utf8.first == UInt8(ascii: "[") || place.isEmpty ? part : "." + part
        }
        let byte = "byte \(offset ?? index)"
        return JSONFault(place: place.isEmpty ? byte : "\(place) (\(byte))", reason: reason)
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            index += 1
        }
    }

    private mutating func node(depth: Int) throws(JSONFault) -> JSONNode {
        guard depth <= Self.maximumDepth else {
            throw fault("nested deeper than \(Self.maximumDepth) levels")
        }
        nodes += 1
        guard nodes <= Self.maximumNodes else {
            throw fault("more than \(Self.maximumNodes) values")
        }
        let start = index
        let value: JSONNode.Value =
            switch current {
            case UInt8(ascii: "{"): .object(try object(depth: depth))
            case UInt8(ascii: "["): .list(try list(depth: depth))
            case UInt8(ascii: "\""): .text(try text())
            case UInt8(ascii: "t"): try word("true", .boolean(true))
            case UInt8(ascii: "f"): try word("false", .boolean(false))
            case UInt8(ascii: "n"): try word("null", .null)
            case .some(let byte) where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte):
                .number(try number())
            case nil: throw fault("the document ends too early")
            case .some: throw fault("expected a value")
            }
        return JSONNode(value: value, range: start..<index)
    }

    private mutating func word(
        _ word: String, _ value: JSONNode.Value
    ) throws(JSONFault) -> JSONNode.Value {
        guard bytes[index...].starts(with: word.utf8) else { throw fault("expected \(word)") }
        index += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONFault) -> [String: JSONNode] {
        index += 1
        var members: [String: JSONNode] = [:]
        skipBlanks()
        if take("}") { return members }
        while true {
            skipBlanks()
            guard current == UInt8(ascii: "\"") else { throw fault("expected a name in quotes") }
            let start = index
            let name = try text()
            skipBlanks()
            guard take(":") else { throw fault("expected a colon") }
            skipBlanks()
            path.append(name)
            let member = try node(depth: depth + 1)
            path.removeLast()
            guard members.updateValue(member, forKey: name) == nil else {
                throw fault("the same name twice in one object", at: start)
            }
            skipBlanks()
            if take("}") { return members }
            guard take(",") else { throw fault("expected a comma or }") }
        }
    }

    private mutating func list(depth: Int) throws(JSONFault) -> [JSONNode] {
        index += 1
        var nodes: [JSONNode] = []
        skipBlanks()
        if take("]") { return nodes }
        while true {
            skipBlanks()
            path.append("[\(nodes.count)]")
            nodes.append(try node(depth: depth + 1))
            path.removeLast()
            skipBlanks()
            if take("]") { return nodes }
            guard take(",") else { throw fault("expected a comma or ]") }
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// RFC 8259 §6.
    private mutating func number() throws(JSONFault) -> String {
        let start = index
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits() throws(JSONFault) {
        let start = index
        while let byte = current, byte >= 0x30, byte <= 0x39 { index += 1 }
        guard index > start else { throw fault("expected a digit") }
    }

    /// RFC 8259 §7. U+0000 becomes U+2400 (no database takes it in text).
    private mutating func text() throws(JSONFault) -> String {
        index += 1
        var result: [UInt8] = []
        var runStart = index
        let start = index
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                result += bytes[runStart..<index]
                index += 1
                guard let text = String(validating: result, as: UTF8.self) else {
                    throw fault("the text is not UTF-8", at: start)
                }
                return text
            case UInt8(ascii: "\\"):
                result += bytes[runStart..<index]
                index += 1
                result += String(try escaped()).utf8
                runStart = index
            case 0..<0x20: throw fault("a control character within a text")
            default: index += 1
            }
        }
        throw fault("a text is not closed", at: start)
    }

    private mutating func escaped() throws(JSONFault) -> Unicode.Scalar {
        guard let byte = current else { throw fault("the document ends too early") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode()
        default: throw fault("an unknown escape", at: index - 1)
        }
    }

    private mutating func unicode() throws(JSONFault) -> Unicode.Scalar {
        let start = index - 2
        var code = try fourDigits()
        if (0xD800..<0xDC00).contains(code) {
            guard take("\\"), take("u") else { throw fault("a lone surrogate", at: start) }
            let low = try fourDigits()
            guard (0xDC00..<0xE000).contains(low) else {
                throw fault("a lone surrogate", at: start)
            }
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw fault("a lone surrogate", at: start) }
        return scalar == "\0" ? "\u{2400}" : scalar
    }

    private mutating func fourDigits() throws(JSONFault) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Self.hexadecimal(byte) else {
                throw fault("expected four hexadecimal digits")
            }
            code = code << 4 | digit
            index += 1
        }
        return code
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x41 + 10)
        case 0x61...0x66: UInt32(byte - 0x61 + 10)
        default: nil
        }
    }
}
