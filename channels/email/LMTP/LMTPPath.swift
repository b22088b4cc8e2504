/// `<address>` with its parameters, as in `MAIL FROM:<a@b> SIZE=1000` (RFC 5321 section 4.1.2).
struct LMTPPath: Equatable {
    /// RFC 5321 section 4.5.3.1 says 256; some senders need more.
    static let longest = 320

    let address: String
    /// Keyword in upper case, value as given; nil without “=”.
    let parameters: [Parameter]

    struct Parameter: Equatable {
        let keyword: String
        let value: String?
    }

    /// Nil when it is none. `text` stands behind “FROM:” or “TO:”.
    init?(_ text: ArraySlice<UInt8>) {
        let text = text.drop { $0 == Ascii.space }
        guard text.first == Ascii.less, let close = Self.closing(text) else { return nil }
        var inner = text[(text.startIndex &+ 1)..<close]
        // A source route (“@relay:a@b”) is accepted and ignored (RFC 5321 appendix C).
        if inner.first == Ascii.at {
            guard let colon = inner.firstIndex(of: Ascii.colon) else { return nil }
            inner = inner[(colon &+ 1)...]
        }
        guard inner.count <= Self.longest,
            inner.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != Ascii.less && $0 != Ascii.greater }
            ),
            inner.isEmpty || inner.contains(Ascii.at),
            String(validating: inner, as: UTF8.self) != nil
        else { return nil }
        address = String(decoding: inner, as: UTF8.self)
        parameters = text[(close &+ 1)...].split(separator: Ascii.space).prefix(16).map { word in
            let parts = word.split(separator: Ascii.equals, maxSplits: 1)
            return Parameter(
                keyword: parts.first.map { String(decoding: $0, as: UTF8.self).uppercased() } ?? "",
                value: parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : nil)
        }
    }

    /// The “>” that is not inside of a quoted local part.
    private static func closing(_ text: ArraySlice<UInt8>) -> Int? {
        var quoted = false
        var escaped = false
        for index in text.indices {
            let byte = text[index]
            if escaped {
                escaped = false
            } else if byte == UInt8(ascii: "\\") {
                escaped = quoted
            } else if byte == Ascii.quote {
                quoted.toggle()
            } else if byte == Ascii.greater, !quoted {
                return index
            }
        }
        return nil
    }
}
