/// The content lines of an iCalendar file (RFC 5545 section 3.1): unfolded, split into name, parameters and value, on bytes.
struct ICalendarLines {
    struct Line: Equatable {
        /// Upper case.
        var name: String
        /// Names and values upper case, `VALUE` → `DATE`.
        var parameters: [String: String]
        var value: String
        /// Counted from 1, of the line's beginning.
        var number: Int
    }

    /// More than any calendar of holidays has.
    static let limit = 200_000

    let lines: [Line]

    init(_ bytes: [UInt8]) {
        var lines: [Line] = []
        var current: [UInt8] = []
        var number = 0
        var begun = 1
        func flush() {
            if let line = Self.line(current, number: begun) { lines.append(line) }
            current.removeAll(keepingCapacity: true)
        }
        for piece in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            if lines.count >= Self.limit { break }
            var text = piece
            if text.last == 0x0D { text = text.dropLast() }
            if let first = text.first, first == 0x20 || first == 0x09 {
                current.append(contentsOf: text.dropFirst())
            } else {
                flush()
                begun = number
                current.append(contentsOf: text)
            }
        }
        flush()
        self.lines = lines
    }

    /// `NAME;PARAMETER=VALUE;…:VALUE`. A colon inside a quoted parameter is not the end of it.
    private static func line(_ bytes: [UInt8], number: Int) -> Line? {
        var isQuoted = false
        var parts: [[UInt8]] = [[]]
        var rest: ArraySlice<UInt8>?
        for (index, byte) in bytes.enumerated() {
            if byte == 0x22 {
                isQuoted.toggle()
            } else if byte == 0x3A, !isQuoted {
                rest = bytes[(index + 1)...]
                break
            } else if byte == 0x3B, !isQuoted {
                parts.append([])
            } else {
                parts[parts.count - 1].append(byte)
            }
        }
        guard let rest, let name = parts.first, !name.isEmpty else { return nil }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: 0x3D, maxSplits: 1)
            guard pair.count == 2 else { continue }
            parameters[text(pair[0])] = text(pair[1])
        }
        return Line(
            name: text(name[...]), parameters: parameters,
            value: String(decoding: rest, as: UTF8.self), number: number)
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).uppercased()
    }

    /// RFC 5545 section 3.3.11.
    static func unescaped(_ value: String) -> String {
        var text: [UInt8] = []
        var isEscaped = false
        for byte in value.utf8 {
            if isEscaped {
                text.append(byte == 0x6E || byte == 0x4E ? 0x20 : byte)
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `20261225`; a time behind it is not a holiday's.
    static func date(_ value: some StringProtocol) -> CivilDate? {
        let digits = Array(value.utf8)
        guard digits.count >= 8, digits.prefix(8).allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        func number(_ range: Range<Int>) -> Int {
            digits[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        return CivilDate(year: number(0..<4), month: number(4..<6), day: number(6..<8))
    }
}
