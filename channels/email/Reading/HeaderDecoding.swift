/// Bytes of header values as UTF-8: raw bytes of an old charset and raw ISO-2022-JP included.
struct HeaderDecoding {
    /// The charset that the mail declares for its body or for an encoded word: raw bytes are most likely of it.
    let charset: String?
    /// The first bytes of the body, which help to guess where a header is short.
    let context: ArraySlice<UInt8>

    init(_ header: HeaderBlock, contentType: HeaderParameters, in bytes: [UInt8]) {
        guard header.isEightBit else {
            charset = nil
            context = []
            return
        }
        charset = contentType.text("charset") ?? Self.charsetOfWords(header, in: bytes)
        context = bytes[Swift.min(header.bodyStart, bytes.count)...].prefix(4_096)
    }

    /// UTF-8, but for encoded words, which stay: decoded here, a comma of a name would be taken for a separator.
    func readable(_ value: [UInt8]) -> [UInt8] {
        var text = value
        if text.contains(Ascii.escape), let japanese = JapaneseText.utf8(text) { text = japanese }
        if UTF8Profile(text[...]).damaged > 0 { text = guessed(EncodedWords.canonical(text)) }
        return TextDecoding.visibleNulls(text)
    }

    /// Everything decoded: a subject.
    func text(_ value: [UInt8]) -> String {
        TextCleaning.oneLine(EncodedWords.decoded(readable(value)).asText)
    }

    /// A value of a part's header, where no more is known.
    static func word(_ value: [UInt8]) -> String {
        var text = EncodedWords.appear(in: value[...]) ? EncodedWords.decoded(value) : value
        if text.contains(Ascii.escape), let japanese = JapaneseText.utf8(text) { text = japanese }
        if UTF8Profile(text[...]).damaged > 0 { text = TextDecoding.utf8(text, declared: nil) }
        return TextDecoding.visibleNulls(text).asText
    }

    private func guessed(_ text: [UInt8]) -> [UInt8] {
        if let charset, JapaneseText.isLabel(charset) {
            // Senders that say ISO-2022-JP and write raw bytes write Shift_JIS.
            for name in ["CP932", "EUC-JP"] {
                if let read = Charset.utf8(text, from: name), read.damaged == 0 { return read.bytes }
            }
        }
        return TextDecoding.utf8(text, declared: charset, context: context)
    }

    /// Other than UTF-8, which needs no hint.
    static func charsetOfWords(_ header: HeaderBlock, in bytes: [UInt8]) -> String? {
        for field in header.fields {
            guard let name = EncodedWords.firstCharset(in: bytes[field.value]) else { continue }
            if Charset.label(name) != .utf8 { return name }
        }
        return nil
    }
}
