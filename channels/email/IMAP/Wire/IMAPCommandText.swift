/// How arguments of commands are written.
enum IMAPCommandText {
    /// A mailbox name as a quoted string in modified UTF-7 (RFC 3501 section 5.1.3). The name holds no control characters:
    /// the configuration refuses them, and what would end the line is left out here all the same.
    static func mailbox(_ name: String) -> [UInt8] {
        var bytes = [Ascii.quote]
        var wide: [UInt16] = []
        func flush(_ wide: inout [UInt16], into bytes: inout [UInt8]) {
            guard !wide.isEmpty else { return }
            bytes += [UInt8(ascii: "&")] + base64(wide) + [Ascii.dash]
            wide = []
        }
        for scalar in name.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
            guard scalar.isASCII else {
                wide += Array(String(scalar).utf16)
                continue
            }
            flush(&wide, into: &bytes)
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            switch byte {
            case UInt8(ascii: "&"): bytes += Array("&-".utf8)
            case Ascii.quote, UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            default: bytes.append(byte)
            }
        }
        flush(&wide, into: &bytes)
        return bytes + [Ascii.quote]
    }

    /// Base64 of UTF-16BE with a comma for the slash, and no padding.
    private static func base64(_ units: [UInt16]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)
        var encoded: [UInt8] = []
        var bits = 0
        var buffer = 0
        for unit in units {
            for byte in [unit >> 8, unit & 0xFF] {
                buffer = (buffer << 8 | Int(byte)) & 0xFFFF
                bits += 8
                while bits >= 6 {
                    bits -= 6
                    encoded.append(alphabet[(buffer >> bits) & 0x3F])
                }
            }
        }
        if bits > 0 { encoded.append(alphabet[(buffer << (6 - bits)) & 0x3F]) }
        return encoded
    }

    /// `1,4:6`: ascending numbers, runs joined.
    static func set(_ numbers: [UInt32]) -> String {
        var parts: [String] = []
        var index = 0
        while index < numbers.count {
            var end = index
            while end + 1 < numbers.count, numbers[end + 1] == numbers[end] &+ 1 { end += 1 }
            parts.append(
                end == index ? "\(numbers[index])" : "\(numbers[index]):\(numbers[end])")
            index = end + 1
        }
        return parts.joined(separator: ",")
    }
}
