/// `Content-Disposition` of a download (RFC 6266, RFC 8187). A sender's file name is never a path, and nothing in it
/// leaves its quotation marks.
enum Disposition {
    static func attachment(_ name: String) -> String {
        let bytes = Array(name.utf8.prefix(255))
        let plain = bytes.map { byte -> UInt8 in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: byte
            default: 0x5F
            }
        }
        let safe = String(decoding: plain.drop { $0 == 0x2E }, as: UTF8.self)
        let encoded = bytes.reduce(into: "") { text, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F:
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%" + hexadecimal(byte >> 4) + hexadecimal(byte & 15)
            }
        }
        return
            "attachment; filename=\"\(safe.isEmpty ? "file" : safe)\"; filename*=UTF-8''\(encoded)"
    }

    private static func hexadecimal(_ digit: UInt8) -> String {
        String(UnicodeScalar(digit < 10 ? 0x30 + digit : 0x37 + digit))
    }
}
