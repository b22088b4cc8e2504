/// Turns bytes of a mail back into what was attached (RFC 2045 section 6). Linear, never fails: what is damaged is
/// decoded as far as it goes, the same way in which the mail's reader measured its size and hash.
public enum TransferDecoding {
    /// - Parameter encoding: `base64`, `quoted-printable`, `uuencode`; anything else is taken as it is.
    public static func decoded(_ bytes: [UInt8], encoding: String) -> [UInt8] {
        switch encoding {
        case "base64": base64(bytes)
        case "quoted-printable": quotedPrintable(bytes)
        case "uuencode", "x-uuencode": uuencode(bytes)
        default: bytes
        }
    }

    /// Signs outside the alphabet are skipped, padding ends it, an unfinished group of four is dropped.
    static func base64(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count / 4 * 3)
        var group: UInt32 = 0
        var count = 0
        for byte in bytes {
            guard byte != UInt8(ascii: "=") else { break }
            guard let value = sextet(byte) else { continue }
            group = group << 6 | UInt32(value)
            count += 1
            if count == 4 {
                decoded.append(UInt8(truncatingIfNeeded: group >> 16))
                decoded.append(UInt8(truncatingIfNeeded: group >> 8))
                decoded.append(UInt8(truncatingIfNeeded: group))
                group = 0
                count = 0
            }
        }
        // Two or three sextets before the padding are one or two bytes.
        if count >= 2 && bytes.contains(UInt8(ascii: "=")) {
            decoded.append(UInt8(truncatingIfNeeded: group >> (count == 2 ? 4 : 10)))
            if count == 3 { decoded.append(UInt8(truncatingIfNeeded: group >> 2)) }
        }
        return decoded
    }

    private static func sextet(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    /// `=` with anything but two digits or a line end stands for itself; an escape cut off by the end is dropped.
    static func quotedPrintable(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            guard byte == UInt8(ascii: "=") else {
                decoded.append(byte)
                continue
            }
            guard place < bytes.count else { break }
            let first = bytes[place]
            place += 1
            if first == 0x0A { continue }
            guard place < bytes.count else { break }
            let second = bytes[place]
            place += 1
            if let high = hexadecimal(first), let low = hexadecimal(second) {
                decoded.append(high << 4 | low)
            } else if first != 0x0D || second != 0x0A {
                decoded.append(contentsOf: [byte, first, second])
            }
        }
        return decoded
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// Lines from behind `begin` (from the start where there is none) to the first that says zero bytes, or `end`.
    static func uuencode(_ bytes: [UInt8]) -> [UInt8] {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
        let begin = lines.firstIndex { $0.starts(with: Array("begin ".utf8)) }
        var decoded: [UInt8] = []
        for line in lines[(begin.map { $0 + 1 } ?? 0)...] {
            guard let first = line.first, first != 0x0D else { continue }
            let count = Int((first &- 0x20) & 0x3F)
            if count == 0 || line.starts(with: Array("end".utf8)) { break }
            decoded.append(contentsOf: uuLine(line.dropFirst(), count: count))
        }
        return decoded
    }

    /// A line without its length; missing signs at its end are blanks that somebody cut off.
    private static func uuLine(_ line: ArraySlice<UInt8>, count: Int) -> [UInt8] {
        var decoded: [UInt8] = []
        var signs = line.prefix { $0 != 0x0D }[...]
        while decoded.count < count {
            var group: UInt32 = 0
            for _ in 0..<4 {
                let sign = signs.popFirst() ?? 0x20
                group = group << 6 | UInt32((sign &- 0x20) & 0x3F)
            }
            decoded.append(UInt8(truncatingIfNeeded: group >> 16))
            decoded.append(UInt8(truncatingIfNeeded: group >> 8))
            decoded.append(UInt8(truncatingIfNeeded: group))
        }
        return Array(decoded.prefix(count))
    }
}
