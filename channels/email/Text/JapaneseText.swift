/// ISO-2022-JP as mail programs write it (RFC 1468): with the vendor's characters that the standard does not have, such as
/// ①, and half-width kana. iconv knows only the standard, so the text is rewritten as EUC-JP-MS, which has all of them.
enum JapaneseText {
    private enum Plane { case ascii, kanji, kana, supplement }

    static func isLabel(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix("iso-2022-jp") || name.contains("jis") || name.contains("euc-jp")
            || name == "cp932" || name == "windows-31j"
    }

    /// Nil when the bytes are no ISO-2022-JP. One pass.
    static func utf8(_ bytes: [UInt8]) -> [UInt8]? {
        var euc: [UInt8] = []
        euc.reserveCapacity(bytes.count)
        var plane = Plane.ascii
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == Ascii.escape {
                guard let (next, length) = escape(bytes, at: index) else { return nil }
                plane = next
                index &+= length
                continue
            }
            // A line ends every plane, also where the sender forgot to (RFC 1468).
            if byte == Ascii.lineFeed { plane = .ascii }
            guard plane != .ascii, byte > Ascii.space, byte < 0x7F else {
                if byte >= 0x80 { return nil }
                euc.append(byte)
                index &+= 1
                continue
            }
            switch plane {
            case .kana: euc += [0x8E, byte | 0x80]
            case .kanji, .supplement:
                guard index &+ 1 < bytes.count else { return nil }
                if plane == .supplement { euc.append(0x8F) }
                euc += [byte | 0x80, bytes[index &+ 1] | 0x80]
                index &+= 1
            case .ascii: break
            }
            index &+= 1
        }
        guard let text = Charset.utf8(euc, from: "EUC-JP-MS"), text.damaged == 0 else { return nil }
        return text.bytes
    }

    private static func escape(_ bytes: [UInt8], at index: Int) -> (Plane, Int)? {
        let rest = bytes[(index &+ 1)...].prefix(3)
        for (sequence, plane) in sequences where rest.starts(with: sequence.utf8) {
            return (plane, sequence.utf8.count &+ 1)
        }
        return nil
    }

    private static let sequences: [(String, Plane)] = [
        ("$B", .kanji), ("$@", .kanji), ("(B", .ascii), ("(J", .ascii), ("(H", .ascii),
        ("(I", .kana), ("$(D", .supplement), ("$(B", .kanji), ("$(@", .kanji),
    ]
}
