import HelpdeskCore

extension IMAPResponse {
    /// One response from its pieces. Throws where it is of a kind we know and yet not well formed.
    init(_ pieces: [IMAPResponseReader.Piece], nesting: Int) throws(IMAPFault) {
        var tokens = IMAPTokens(pieces, nesting: nesting)
        let first = tokens.atom()
        if first.first == UInt8(ascii: "+") {
            self = .continuation
            return
        }
        tokens.skipSpaces()
        guard first == [UInt8(ascii: "*")] else {
            let word = tokens.atom()
            guard let status = Status(rawValue: IMAPTokens.capitals(word).asText) else {
                throw .malformed("a line that is no response")
            }
            let (code, text) = Self.statusText(&tokens)
            self = .tagged(tag: first.asText, status: status, code: code, text: text)
            return
        }
        self = try Self.untagged(&tokens)
    }

    private static func untagged(_ tokens: inout IMAPTokens) throws(IMAPFault) -> IMAPResponse {
        let word = IMAPTokens.capitals(tokens.atom())
        if let status = Status(rawValue: word.asText) {
            let (code, text) = statusText(&tokens)
            return .status(status, code: code, text: text)
        }
        if let number = IMAPTokens.number(word) {
            tokens.skipSpaces()
            switch IMAPTokens.capitals(tokens.atom()).asText {
            case "EXISTS": return .exists(number)
            case "EXPUNGE": return .expunge(number)
            case "FETCH": return .fetch(sequence: number, try fetched(tokens.value()))
            default: return .other
            }
        }
        switch word.asText {
        case "CAPABILITY":
            return .capability(words(tokens.restOfText()))
        case "VANISHED": return .vanished
        default: return .other
        }
    }

    /// Words in capitals, at most 200.
    static func words(_ text: [UInt8]) -> [String] {
        text.split(separator: Ascii.space).prefix(200).map {
            IMAPTokens.capitals(Array($0)).asText
        }
    }

    private static func statusText(_ tokens: inout IMAPTokens) -> (Code?, String) {
        tokens.skipSpaces()
        var rest = tokens.restOfText()[...]
        var code: Code?
        if rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")) {
            let inside = rest[(rest.startIndex + 1)..<close]
            let name = inside.prefix { $0 != Ascii.space }
            code = Code(
                name: IMAPTokens.capitals(Array(name)).asText,
                argument: Array(inside.dropFirst(name.count + 1)).asText)
            rest = rest[(close + 1)...].drop { $0 == Ascii.space }
        }
        // For logs and people: bounded, without what could steer a terminal.
        let shown = rest.prefix(500).map { $0 < Ascii.space || $0 == 0x7F ? Ascii.space : $0 }
        return (code, shown.asText)
    }

    private static func fetched(_ value: IMAPTokens.Value) throws(IMAPFault) -> IMAPFetched {
        guard case .list(let items) = value, items.count.isMultiple(of: 2) else {
            throw .malformed("a FETCH response without items")
        }
        var fetched = IMAPFetched()
        for index in stride(from: 0, to: items.count, by: 2) {
            guard case .atom(let key) = items[index] else {
                throw .malformed("a FETCH item without a name")
            }
            try fetched.take(IMAPTokens.capitals(key), items[index + 1])
        }
        return fetched
    }
}

extension IMAPFetched {
    fileprivate mutating func take(
        _ key: [UInt8], _ value: IMAPTokens.Value
    ) throws(IMAPFault) {
        if key.starts(with: "BODY[".utf8) {
            guard case .string(let content) = value else {
                throw .malformed("a body that is no string")
            }
            sections[key.dropFirst(5).prefix { $0 != UInt8(ascii: "]") }.asText] = content
            return
        }
        switch (key.asText, value) {
        case ("UID", .atom(let digits)):
            guard let number = IMAPTokens.number(digits), let uid = UInt32(exactly: number), uid > 0
            else { throw .malformed("a UID that is no number") }
            self.uid = uid
        case ("RFC822.SIZE", .atom(let digits)):
            guard let size = IMAPTokens.number(digits) else {
                throw .malformed("a size that is no number")
            }
            self.size = size
        case ("INTERNALDATE", .string(.bytes(let text))):
            internalDate = IMAPDate.parse(text)
        default: break
        }
    }
}
