/// Writes JSON text (RFC 8259) that can go to a terminal as it is: UTF-8, but every control character, DEL, the
/// C1 controls, line and paragraph separators and the invisible characters that turn the direction of text
/// (CVE-2021-42574) are written as `\uXXXX`. A reader of JSON gets back exactly what was put in.
public struct JSONText: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// The text of a whole value, on one line.
    public static func bytes(of value: JSONValue) -> [UInt8] {
        var text = JSONText()
        text.append(value)
        return text.bytes
    }

    public mutating func append(_ value: JSONValue) {
        switch value {
        case .null: append(word: "null")
        case .bool(let flag): append(word: flag ? "true" : "false")
        case .integer(let number): append(word: String(number))
        case .number(let number): append(word: number.isFinite ? "\(number)" : "null")
        case .string(let text): append(quoted: text)
        case .array(let elements):
            append(word: "[")
            for (index, element) in elements.enumerated() {
                if index > 0 { append(word: ",") }
                append(element)
            }
            append(word: "]")
        case .object(let members):
            append(word: "{")
            for (index, member) in members.enumerated() {
                if index > 0 { append(word: ",") }
                append(quoted: member.name)
                append(word: ":")
                append(member.value)
            }
            append(word: "}")
        }
    }

    mutating func append(word: String) { bytes.append(contentsOf: word.utf8) }

    mutating func append(quoted text: String) {
        bytes.append(UInt8(ascii: "\""))
        let isPlain = text.utf8.withContiguousStorageIfAvailable { utf8 in
            guard Self.isPlain(utf8) else { return false }
            bytes.append(contentsOf: utf8)
            return true
        }
        if isPlain == true {
            bytes.append(UInt8(ascii: "\""))
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": append(word: "\\\"")
            case "\\": append(word: "\\\\")
            case "\n": append(word: "\\n")
            case "\r": append(word: "\\r")
            case "\t": append(word: "\\t")
            default:
                if Self.isEscaped(scalar.value) {
                    append(escaped: scalar.value)
                } else if let encoded = UTF8.encode(scalar) {
                    bytes.append(contentsOf: encoded)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Whether nothing in a text has to be escaped: the same as `isEscaped` says of its scalars, told from the bytes.
    static func isPlain(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < utf8.count {
            let byte = utf8[index]
            index += 1
            switch byte {
            case 0x20, 0x21, 0x23...0x5B, 0x5D...0x7E: continue
            case 0xC2 where index < utf8.count && utf8[index] < 0xA0: return false
            case 0xD8 where index < utf8.count && utf8[index] == 0x9C: return false
            case 0xE2 where index + 1 < utf8.count:
                switch (utf8[index], utf8[index + 1]) {
                case (0x80, 0x8E...0x8F), (0x80, 0xA8...0xAE), (0x81, 0xA6...0xA9): return false
                default: continue
                }
            default:
                guard byte >= 0x80 else { return false }
            }
        }
        return true
    }

    private mutating func append(escaped value: UInt32) {
        let digits = String(value, radix: 16)
        append(word: "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits)
    }

    /// What never stands raw in the text; all of it lies in the basic plane.
    public static func isEscaped(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
