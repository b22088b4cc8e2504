import CGMime

/// Encoded words of headers (RFC 2047), read the way senders write them: padding in the middle, a character split over
/// two words, raw bytes inside, labels that mean a vendor's charset. GMime reads the well-formed ones; with
/// windows-1256 in two base64 words it loses the second (3.2.13).
enum EncodedWords {
    static func appear(in value: ArraySlice<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for byte in value {
            if byte == UInt8(ascii: "?"), previous == Ascii.equals { return true }
            previous = byte
        }
        return false
    }

    private struct Word {
        let charset: String
        let bytes: [UInt8]
        let end: Int
    }

    /// Charset names are short; RFC 2231 adds a language.
    private static let longestCharset = 60

    /// The value with its words decoded: UTF-8.
    static func decoded(_ value: [UInt8]) -> [UInt8] { rewritten(value) { $0 } }

    /// The value with each run of words as one word of UTF-8 in base64: so raw bytes within words are not taken for raw
    /// bytes of the value.
    static func canonical(_ value: [UInt8]) -> [UInt8] {
        rewritten(value) { text in
            Array("=?utf-8?B?".utf8) + Base64.encoded(text) + Array("?=".utf8)
        }
    }

    /// Linear: each round consumes what it looked at.
    private static func rewritten(
        _ value: [UInt8], _ write: ([UInt8]) -> [UInt8]
    ) -> [UInt8] {
        guard appear(in: value[...]) else { return value }
        let last = lastEnd(in: value)
        var result: [UInt8] = []
        result.reserveCapacity(value.count)
        var index = 0
        var run: [Word] = []
        /// Blanks behind the last word: dropped when another word follows (RFC 2047 section 6.2).
        var blanks: [UInt8] = []
        func closeRun() {
            guard !run.isEmpty else { return }
            result += write(text(of: run))
            result += blanks
            run = []
            blanks = []
        }
        while index < value.count {
            if value[index] == Ascii.equals, let word = word(in: value, at: index, last: last)
            {
                if run.isEmpty, let last = result.last, isTagEnd(last) { result.append(Ascii.space) }
                run.append(word)
                blanks = []
                index = word.end
            } else if !run.isEmpty, Ascii.isBlank(value[index]) {
                blanks.append(value[index])
                index &+= 1
            } else {
                closeRun()
                result.append(value[index])
                index &+= 1
            }
        }
        closeRun()
        return result
    }

    /// Gateways put “[SPAM]” and programs “Re:” right in front of a word; a blank belongs between.
    private static func isTagEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "]") || byte == Ascii.colon
    }

    /// Where the last `?=` stands. Behind it no word can end, so nobody searches for an end in vain: that keeps a value
    /// of a thousand open words linear.
    static func lastEnd(in value: [UInt8]) -> Int {
        var index = value.count &- 2
        while index >= 0 {
            if value[index] == UInt8(ascii: "?"), value[index &+ 1] == Ascii.equals { return index }
            index &-= 1
        }
        return 0
    }

    /// Behind the encoded word that begins here; nil when none does. `last`: `lastEnd(in: value)`.
    static func end(in value: [UInt8], at start: Int, last: Int) -> Int? {
        frame(in: value, at: start, last: last)?.end
    }

    /// The charset that the first encoded word names.
    static func firstCharset(in value: ArraySlice<UInt8>) -> String? {
        guard appear(in: value) else { return nil }
        let value = Array(value)
        let last = lastEnd(in: value)
        for index in value.indices where value[index] == Ascii.equals {
            guard let frame = frame(in: value, at: index, last: last) else { continue }
            return [UInt8](value[frame.charset].prefix { $0 != UInt8(ascii: "*") }).asText
        }
        return nil
    }

    /// Neighbours of one charset are joined before they are decoded: characters may be split between them.
    private static func text(of run: [Word]) -> [UInt8] {
        var result: [UInt8] = []
        var pending: [UInt8] = []
        var charset = ""
        for word in run {
            if word.charset != charset, !pending.isEmpty {
                result += decode(pending, charset)
                pending = []
            }
            charset = word.charset
            pending += word.bytes
        }
        result += decode(pending, charset)
        return TextDecoding.visibleNulls(result)
    }

    private static func decode(_ bytes: [UInt8], _ charset: String) -> [UInt8] {
        TextDecoding.utf8(bytes, declared: charset)
    }

    /// Where the pieces of an encoded word lie.
    private struct Frame {
        let charset: Range<Int>
        let method: UInt8
        let content: Range<Int>
        let end: Int
    }

    private static func frame(in value: [UInt8], at start: Int, last: Int) -> Frame? {
        let mark = UInt8(ascii: "?")
        guard start &+ 6 < value.count, value[start &+ 1] == mark else { return nil }
        var index = start &+ 2
        while index < value.count, value[index] != mark, index &- start < longestCharset {
            guard value[index] > Ascii.space else { return nil }
            index &+= 1
        }
        guard index < value.count &- 3, value[index] == mark, value[index &+ 2] == mark else {
            return nil
        }
        let charset = (start &+ 2)..<index
        let method = Ascii.lower(value[index &+ 1])
        guard method == UInt8(ascii: "b") || method == UInt8(ascii: "q") else { return nil }
        let content = index &+ 3
        index = content
        while index <= last {
            if value[index] == mark, value[index &+ 1] == Ascii.equals {
                return Frame(
                    charset: charset, method: method, content: content..<index, end: index &+ 2)
            }
            index &+= 1
        }
        return nil
    }

    private static func word(in value: [UInt8], at start: Int, last: Int) -> Word? {
        guard let frame = frame(in: value, at: start, last: last) else { return nil }
        let encoded = value[frame.content]
        // RFC 2231 section 5: a language behind a star.
        let charset = value[frame.charset].prefix { $0 != UInt8(ascii: "*") }
        return Word(
            charset: [UInt8](charset).asText.lowercased(),
            bytes: frame.method == UInt8(ascii: "b") ? Base64.decoded(encoded) : quoted(encoded),
            end: frame.end)
    }

    /// The Q encoding (RFC 2047 section 4.2); what is no escape stands for itself.
    private static func quoted(_ encoded: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var index = encoded.startIndex
        while index < encoded.endIndex {
            let byte = encoded[index]
            if byte == UInt8(ascii: "_") {
                result.append(Ascii.space)
            } else if byte == Ascii.equals, index &+ 2 < encoded.endIndex,
                let high = digit(encoded[index &+ 1]), let low = digit(encoded[index &+ 2])
            {
                result.append(high << 4 | low)
                index &+= 2
            } else {
                result.append(byte)
            }
            index &+= 1
        }
        return result
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte &- 0x30
        case 0x41...0x46: byte &- 0x37
        case 0x61...0x66: byte &- 0x57
        default: nil
        }
    }
}

/// Base64 of header words and our own small contents (RFC 4648 section 4).
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    /// Padding ends a group, not the text; what is no letter of the alphabet is skipped.
    static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count / 4 &* 3 &+ 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in text {
            if byte == Ascii.equals {
                bits = 0
                count = 0
                continue
            }
            let value = values[Int(byte)]
            guard value != 0xFF else { continue }
            bits = bits << 6 | UInt32(value)
            count &+= 6
            if count >= 8 {
                count &-= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return result
    }

    static func encoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count &+ 2) / 3 &* 4)
        var index = 0
        while index < bytes.count {
            let left = bytes.count &- index
            let first = UInt32(bytes[index]) << 16
            let second = left > 1 ? UInt32(bytes[index &+ 1]) << 8 : 0
            let group = first | second | (left > 2 ? UInt32(bytes[index &+ 2]) : 0)
            for place in 0..<4 {
                let letter = alphabet[Int(group >> UInt32(18 &- 6 &* place) & 63)]
                result.append(place > left ? Ascii.equals : letter)
            }
            index &+= 3
        }
        return result
    }
}
