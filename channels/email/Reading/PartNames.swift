/// File names of parts whose header is not what RFC 2231 asks for: encoded words inside of quotes, raw bytes of an old
/// charset, raw ISO-2022-JP. The well-formed ones come from GMime.
enum PartNames {
    /// Nil when there is nothing to correct: then GMime's reading stands.
    static func corrected(disposition: [UInt8], type: [UInt8]) -> String? {
        for (value, parameter) in [(disposition, "filename"), (type, "name")] {
            guard let name = parameterValue(parameter, in: value), !name.isEmpty else { continue }
            guard let text = readable(name) else { return nil }
            return text.asText
        }
        return nil
    }

    private static func readable(_ name: [UInt8]) -> [UInt8]? {
        if EncodedWords.appear(in: name[...]) { return EncodedWords.decoded(name) }
        if name.contains(Ascii.escape), let text = Charset.utf8(name, from: "ISO-2022-JP"),
            text.damaged == 0
        {
            return text.bytes
        }
        if UTF8Profile(name[...]).damaged > 0 { return TextDecoding.utf8(name, declared: nil) }
        return nil
    }

    /// The plain form `name="…"` or `name=…`; nil for `name*=…` (RFC 2231), which GMime reads.
    private static func parameterValue(_ parameter: String, in value: [UInt8]) -> [UInt8]? {
        var position = 0
        // Bounded by the length of one header value; each round moves on.
        while let match = value.firstMatch(of: parameter, from: position) {
            position = match &+ parameter.utf8.count
            let before = match > 0 ? value[match &- 1] : Ascii.semicolon
            guard before == Ascii.semicolon || Ascii.isBlank(before) else { continue }
            var index = position
            while index < value.count, Ascii.isBlank(value[index]) { index &+= 1 }
            guard index < value.count, value[index] == Ascii.equals else { continue }
            index &+= 1
            while index < value.count, Ascii.isBlank(value[index]) { index &+= 1 }
            guard index < value.count else { return nil }
            return value[index] == Ascii.quote
                ? quoted(value, from: index &+ 1)
                : [UInt8](value[index...].prefix { $0 != Ascii.semicolon && !Ascii.isBlank($0) })
        }
        return nil
    }

    private static func quoted(_ value: [UInt8], from start: Int) -> [UInt8] {
        var result: [UInt8] = []
        var index = start
        while index < value.count, value[index] != Ascii.quote {
            if value[index] == UInt8(ascii: "\\"), index &+ 1 < value.count { index &+= 1 }
            if value[index] != Ascii.lineFeed, value[index] != Ascii.carriageReturn {
                result.append(value[index])
            }
            index &+= 1
        }
        return result
    }
}
