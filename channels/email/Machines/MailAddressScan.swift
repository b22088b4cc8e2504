/// Mail addresses in free text, by one pass over its bytes.
enum MailAddressScan {
    struct Found {
        /// Lower case.
        let address: String
        let range: Range<Int>
    }

    /// RFC 5321 section 4.5.3.1: 64 and 255.
    private static let longestLocal = 64
    private static let longestDomain = 255

    /// Addresses in order, at most `limit`.
    static func all(in text: [UInt8], _ range: Range<Int>, limit: Int) -> [Found] {
        var found: [Found] = []
        var index = range.lowerBound
        var floor = range.lowerBound
        while index < range.upperBound, found.count < limit {
            guard text[index] == Ascii.at,
                let hit = address(at: index, in: text, from: floor, to: range.upperBound)
            else {
                index &+= 1
                continue
            }
            found.append(hit)
            floor = hit.range.upperBound
            index = hit.range.upperBound
        }
        return found
    }

    /// The whole of `bytes` as an address in lower case; nil when it is none.
    static func whole(_ bytes: [UInt8]) -> String? {
        let inner = bytes.trimmed(0..<bytes.count)
        guard bytes[inner].contains(Ascii.at) else { return nil }
        guard inner.count <= longestLocal &+ longestDomain &+ 1,
            !bytes[inner].contains(where: { $0 <= 0x20 })
        else { return all(in: bytes, inner, limit: 1).first?.address }
        let text = String(decoding: bytes[inner], as: UTF8.self).lowercased()
        return text.hasPrefix("@") || text.hasSuffix("@") ? nil : text
    }

    private static func address(at sign: Int, in text: [UInt8], from floor: Int, to end: Int)
        -> Found?
    {
        var low = sign
        while low > floor, sign &- low < longestLocal, isLocal(text[low &- 1]) { low &-= 1 }
        // A sentence's marks are no part of the address.
        while low < sign,
            text[low] == Ascii.dot || text[low] == UInt8(ascii: "'")
                || text[low] == UInt8(ascii: "*")
                || text[low] == Ascii.equals || text[low] == UInt8(ascii: "`")
        { low &+= 1 }
        // “SMTP=user@example.org” of an X.400 address.
        if text.matches("smtp=", at: low) { low &+= 5 }
        var high = sign &+ 1
        while high < end, high &- sign <= longestDomain, isDomain(text[high]) { high &+= 1 }
        while high > sign &+ 1, text[high &- 1] == Ascii.dot || text[high &- 1] == Ascii.dash {
            high &-= 1
        }
        guard low < sign, high > sign &+ 1 else { return nil }
        guard let dot = text[(sign &+ 1)..<high].firstIndex(of: Ascii.dot), dot > sign &+ 1 else {
            return nil
        }
        return Found(
            address: String(decoding: text[low..<high], as: UTF8.self).lowercased(),
            range: low..<high)
    }

    /// RFC 5322 atext and dots. Letters beyond ASCII (RFC 6531) only count in fields: in a sentence without spaces
    /// they are the sentence.
    private static func isLocal(_ byte: UInt8) -> Bool {
        let lower = Ascii.lower(byte)
        if lower >= 0x61 && lower <= 0x7A || Ascii.isDigit(byte) { return true }
        return marks.contains(byte)
    }

    private static let marks = Set("!#$%&'*+-/=?^_`{|}~.".utf8)

    private static func isDomain(_ byte: UInt8) -> Bool {
        let lower = Ascii.lower(byte)
        return lower >= 0x61 && lower <= 0x7A || Ascii.isDigit(byte) || byte == Ascii.dot
            || byte == Ascii.dash || byte == UInt8(ascii: "_")
    }
}
