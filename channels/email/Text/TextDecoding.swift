/// Bytes of a text part to UTF-8, whatever its label says or does not say.
enum TextDecoding {
    /// `hint`: a charset that the mail names elsewhere, tried before guessing. `context`: further bytes of the same mail that help to guess where the text itself is short.
    static func utf8(
        _ bytes: [UInt8], declared: String?, hint: String? = nil, context: ArraySlice<UInt8> = []
    ) -> [UInt8] {
        let label = Charset.label(declared)
        if case .named(let name) = label, let text = named(name, bytes) { return text }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let profile = UTF8Profile(body[...])
        if profile.damaged == 0 {
            guard label == .unstated, profile.characters == 0, body.contains(Ascii.escape),
                let japanese = JapaneseText.utf8(body)
            else { return body }
            return japanese
        }
        // A character that was cut at the end of what else is UTF-8 or ASCII is no other charset.
        if profile.damaged == 1, let last = body.last, last >= 0xC2, profile.isCut {
            return Array(body.asText.utf8)
        }
        // A few broken characters in what else is UTF-8 do not make it another charset.
        if profile.characters >= profile.damaged &* 2, profile.characters > 0 {
            return Array(body.asText.utf8)
        }
        if let hint, case .named(let name) = Charset.label(hint),
            let text = Charset.utf8(body, from: name), text.damaged == 0
        {
            return text.bytes
        }
        return guessed(body, context: context)
    }

    /// Nil when the label cannot be meant: then it counts as none.
    private static func named(_ name: String, _ bytes: [UInt8]) -> [UInt8]? {
        if isSingleByte(name) {
            // Well-formed UTF-8 of two and more characters under a one-byte label is a wrong label.
            let profile = UTF8Profile(bytes[...])
            if profile.damaged == 0, profile.characters >= 2 { return nil }
            if profile.damaged == 0, profile.characters == 0 { return bytes }
        }
        if name.lowercased().hasPrefix("iso-2022-jp"), let text = JapaneseText.utf8(bytes) {
            return text
        }
        let name = name.lowercased() == "utf-16" ? utf16(bytes) : name
        guard let text = Charset.utf8(bytes, from: name) else { return nil }
        // What the label cannot be and UTF-8 can be, is UTF-8.
        if text.damaged > 0, name != "UTF-7", !bytes.contains(Ascii.escape) {
            let profile = UTF8Profile(bytes[...])
            if profile.damaged == 0, profile.characters > 0 { return nil }
        }
        let converted = text.bytes
        if name == "ISO-2022-JP" || name == "iso-2022-jp", text.damaged > 0 {
            for wider in ["ISO-2022-JP-3", "CP932", "EUC-JP"] {
                if let other = Charset.utf8(bytes, from: wider), other.damaged < text.damaged {
                    return other.bytes
                }
            }
        }
        return converted.starts(with: [0xEF, 0xBB, 0xBF])
            ? Array(converted.dropFirst(3)) : converted
    }

    private static func isSingleByte(_ name: String) -> Bool {
        name.hasPrefix("CP12") || name.hasPrefix("iso-8859") || name.hasPrefix("ISO-8859")
            || name.hasPrefix("koi8") || name.hasPrefix("KOI8")
    }

    /// RFC 2781 section 4.3: without a byte order mark it is big-endian, unless the zeros say otherwise.
    private static func utf16(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return "UTF-16"
        }
        var zeros = (even: 0, odd: 0)
        for (index, byte) in bytes.prefix(4_096).enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { zeros.even &+= 1 } else { zeros.odd &+= 1 }
        }
        return zeros.odd > zeros.even ? "UTF-16LE" : "UTF-16BE"
    }

    private static func guessed(_ bytes: [UInt8], context: ArraySlice<UInt8>) -> [UInt8] {
        let found = Charset.guess(bytes + context)
        for candidate in [found, "CP1252"] {
            guard case .named(let name) = Charset.label(candidate),
                let text = Charset.utf8(bytes, from: name)
            else { continue }
            if text.damaged &* 20 <= bytes.count { return text.bytes }
        }
        return Charset.utf8(bytes, from: "CP1252")?.bytes ?? Array(bytes.asText.utf8)
    }

    /// U+0000 as U+2400: stores cut or refuse it (DESIGN §5). The raw bytes keep it.
    static func visibleNulls(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count &+ 16)
        for byte in bytes {
            if byte == 0 { result += [0xE2, 0x90, 0x80] } else { result.append(byte) }
        }
        return result
    }

    /// LF line ends and no U+0000.
    static func normalised(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(Ascii.carriageReturn) else { return visibleNulls(bytes) }
        let result = [UInt8](unsafeUninitializedCapacity: bytes.count) { target, count in
            bytes.withUnsafeBufferPointer { source in
                var previous: UInt8 = 0
                for byte in source {
                    let isSecond = byte == Ascii.lineFeed && previous == Ascii.carriageReturn
                    target[count] = byte == Ascii.carriageReturn ? Ascii.lineFeed : byte
                    if !isSecond { count &+= 1 }
                    previous = byte
                }
            }
        }
        return visibleNulls(result)
    }
}
