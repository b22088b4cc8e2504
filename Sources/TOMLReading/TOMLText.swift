/// Writes values as TOML, on one line: for `config show`, for messages and for the documents.
package enum TOMLText {
    package static func of(_ value: TOMLValue) -> String {
        switch value {
        case .string(let text): quoted(text)
        case .integer(let number): String(number)
        case .float(let number): String(number)
        case .boolean(let flag): flag ? "true" : "false"
        case .date(let year, let month, let day):
            "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
        case .timeOfDay: "a time of day"
        case .dateTime: "a date with a time"
        case .array(let nodes): "[" + nodes.map { of($0.value) }.joined(separator: ", ") + "]"
        case .table(let table): of(table)
        }
    }

    package static func of(_ table: TOMLTable) -> String {
        guard !table.entries.isEmpty else { return "{}" }
        let pairs = table.entries.map { "\(key($0.key)) = \(of($0.node.value))" }
        return "{ " + pairs.joined(separator: ", ") + " }"
    }

    /// A bare key where TOML allows one.
    package static func key(_ name: String) -> String {
        let isBare = !name.isEmpty && name.utf8.allSatisfy(isBareKeyByte)
        return isBare ? name : quoted(name)
    }

    /// A basic string. Control characters and those that turn the direction of text are escaped, so that no
    /// configuration can paint on the terminal that shows it.
    package static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    package static func escaped(_ text: String) -> String {
        var written = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": written += "\\\""
            case "\\": written += "\\\\"
            case "\n": written += "\\n"
            case "\t": written += "\\t"
            case "\r": written += "\\r"
            default:
                if isUnprintable(scalar) {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    written +=
                        "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                } else {
                    written.unicodeScalars.append(scalar)
                }
            }
        }
        return written
    }

    private static func isBareKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// C0, DEL, C1, and the marks that reorder what stands beside them (U+202A…202E, U+2066…2069).
package func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
}

/// Text from outside (a path, a parser's message) made safe to print.
package func printable(_ text: String) -> String {
    text.unicodeScalars.contains(where: isUnprintable) ? TOMLText.escaped(text) : text
}
