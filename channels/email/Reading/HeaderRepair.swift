/// Rewrites what GMime does not read rightly in a header block: encoded words (to one canonical form), raw bytes of an old
/// charset, raw ISO-2022-JP, and U+0000. The body is untouched, so offsets behind the block move by one known distance.
struct HeaderRepair {
    let bytes: [UInt8]
    /// What to take from an offset in `bytes` to have the one in the original.
    let shift: Int

    /// Nil when the block needs nothing, which costs one pass over it.
    init?(_ original: [UInt8], header: HeaderBlock) {
        let needy = header.fields.filter { Self.needs(original[$0.value]) }
        guard !needy.isEmpty else { return nil }
        var repaired: [UInt8] = []
        repaired.reserveCapacity(original.count &+ 256)
        var position = 0
        for field in needy {
            repaired += original[position..<field.value.lowerBound]
            repaired += Self.repaired(
                [UInt8](original[field.value]), in: original, header: header)
            position = field.value.upperBound
        }
        repaired += original[position..<header.bodyStart]
        shift = repaired.count &- header.bodyStart
        repaired += original[header.bodyStart...]
        bytes = repaired
    }

    private static func needs(_ value: ArraySlice<UInt8>) -> Bool {
        var previous: UInt8 = 0
        var eightBit = false
        for byte in value {
            if byte == 0 || byte == Ascii.escape { return true }
            if byte == UInt8(ascii: "?"), previous == Ascii.equals { return true }
            if byte >= 0x80 { eightBit = true }
            previous = byte
        }
        return eightBit && UTF8Profile(value).damaged > 0
    }

    private static func repaired(
        _ value: [UInt8], in original: [UInt8], header: HeaderBlock
    ) -> [UInt8] {
        var text = EncodedWords.appear(in: value[...]) ? EncodedWords.canonical(value) : value
        if text.contains(Ascii.escape), let japanese = Charset.utf8(text, from: "ISO-2022-JP"),
            japanese.damaged == 0
        {
            text = japanese.bytes
        }
        if UTF8Profile(text[...]).damaged > 0 {
            text = TextDecoding.utf8(
                text, declared: declaredCharset(original, header: header),
                context: original[header.bodyStart...].prefix(4_096))
        }
        return TextDecoding.visibleNulls(text)
    }

    private static func declaredCharset(_ bytes: [UInt8], header: HeaderBlock) -> String? {
        guard let type = header.first("content-type", in: bytes),
            let match = type.firstMatch(of: "charset=")
        else { return nil }
        let rest = type[(match &+ 8)...].drop { $0 == Ascii.quote || $0 == Ascii.space }
        let name = rest.prefix(while: {
            $0 > Ascii.space && $0 != Ascii.quote && $0 != Ascii.semicolon
        })
        return name.isEmpty ? nil : [UInt8](name.prefix(40)).asText
    }
}
