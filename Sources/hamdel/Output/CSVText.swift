internal import HelpdeskAPI
internal import Terminal

/// Comma-separated values (RFC 4180, with LF line ends) that are safe in a terminal and in a spreadsheet.
enum CSVText {
    static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\n"
    }

    /// Times as RFC 3339, nil as an empty field. Free text that a spreadsheet would take for a formula gets an
    /// apostrophe in front: a customer's subject must not run in the lead's spreadsheet.
    static func field(_ cell: Cell) -> String {
        switch cell {
        case .text(let text):
            let safe = Sanitizer.multiLine(text ?? "").string
            guard let first = safe.unicodeScalars.first, "=+-@".unicodeScalars.contains(first)
            else { return safe }
            return "'" + safe
        case .word(let word): return Sanitizer.singleLine(word ?? "").string
        case .number(let number): return number.map { String($0) } ?? ""
        case .moment(let moment): return moment?.text ?? ""
        }
    }

    /// Any JSON: what is no scalar stands as JSON.
    static func field(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): field(.text(text))
        case .bool, .integer, .number, .array, .object:
            String(decoding: JSONText.bytes(of: value), as: UTF8.self)
        }
    }

    private static func quoted(_ field: String) -> String {
        let needs = field.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
        }
        guard needs else { return field }
        var result = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
