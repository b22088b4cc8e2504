internal import HelpdeskAPI

/// Makes JSON from the daemon, or whoever answered in its place, safe to print: same document, but no control
/// character reaches the terminal.
enum SafeJSON {
    /// Verbatim but for what `JSONText` would have escaped; JSON allows the blanks below space between its parts
    /// only.
    static func bytes(_ document: [UInt8]) -> [UInt8] {
        guard document.contains(where: { $0 >= 0x7F || ($0 < 0x20 && !isBlank($0)) }) else {
            return document
        }
        var result: [UInt8] = []
        result.reserveCapacity(document.count)
        for scalar in String(decoding: document, as: UTF8.self).unicodeScalars {
            let value = scalar.value
            if value < 0x80 && isBlank(UInt8(truncatingIfNeeded: value)) {
                result.append(UInt8(truncatingIfNeeded: value))
            } else if JSONText.isEscaped(value) {
                let digits = String(value, radix: 16)
                let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
                result += Array("\\u\(zeros)\(digits)".utf8)
            } else {
                result += Array(String(scalar).utf8)
            }
        }
        return result
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
