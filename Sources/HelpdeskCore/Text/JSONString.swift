/// Texts as strings of JSON (RFC 8259 section 7), in quotes, straight into bytes.
public enum JSONString {
    /// Escapes quotes, backslashes and every control character (C0, DEL and C1: none of them may reach a terminal or a log
    /// raw); all else stands as it is, in UTF-8.
    public static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        bytes.append(0x22)
        text.withUTF8 { buffer in
            var start = 0
            var index = 0
            while index < buffer.count {
                let byte = buffer[index]
                let next = index + 1
                let control: UInt8?
                // C1 is two bytes, C2 80 to C2 9F.
                if byte == 0xC2, next < buffer.count, buffer[next] < 0xA0 {
                    control = buffer[next]
                } else if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F {
                    control = byte
                } else {
                    control = nil
                }
                if let control {
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<index]))
                    escape(control, to: &bytes)
                    index = byte == 0xC2 ? next : index
                    start = index + 1
                }
                index += 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start...]))
        }
        bytes.append(0x22)
    }

    private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(0x5C)
        switch byte {
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x22, 0x5C: bytes.append(byte)
        default:
            bytes.append(contentsOf: [0x75, 0x30, 0x30, digit(byte >> 4), digit(byte & 15)])
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }
}
