/// Names and values of a query or of an HTML form (WHATWG URL, application/x-www-form-urlencoded), on bytes: what is
/// not UTF-8 becomes U+FFFD, a broken escape stands for itself.
enum PercentCoding {
    /// Pairs beyond this many are not read.
    static let maximumPairs = 100

    static func pairs(_ text: some Sequence<UInt8>) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        for part in Array(text).split(separator: UInt8(ascii: "&")) {
            guard pairs.count < maximumPairs else { break }
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            let value = equals < part.endIndex ? part[(equals + 1)...] : []
            pairs.append((decoded(part[..<equals], .form), decoded(value, .form)))
        }
        return pairs
    }

    enum Plus { case form, path }

    /// - Parameter plus: in a form a plus sign is a blank.
    static func decoded(_ bytes: some Sequence<UInt8>, _ plus: Plus) -> String {
        var result: [UInt8] = []
        var pending: [UInt8] = []
        for byte in bytes {
            if pending.isEmpty {
                switch byte {
                case UInt8(ascii: "%"): pending = [byte]
                case UInt8(ascii: "+") where plus == .form: result.append(0x20)
                default: result.append(byte)
                }
                continue
            }
            pending.append(byte)
            guard digit(byte) != nil else {
                result += pending
                pending = []
                continue
            }
            if pending.count == 3, let high = digit(pending[1]), let low = digit(pending[2]) {
                result.append(high << 4 | low)
                pending = []
            }
        }
        return String(decoding: result + pending, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
