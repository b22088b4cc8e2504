import ChannelKit
import HelpdeskCore

/// How far anybody vouches for the sender: the DMARC result in the Authentication-Results of our own mail server
/// (RFC 8601). A stranger can write such a header too, with our server's name in it: so all that bear the configured name
/// must agree. Who adds one that says “pass” beside ours gains nothing, who adds one that says “fail” only loses.
enum SenderEvidence {
    static func auth(
        _ header: HeaderBlock, in bytes: [UInt8], authservID: String?, from: [MailHeaders.Address]
    ) -> SenderAuth {
        guard let authservID, !authservID.isEmpty else { return .unchecked }
        let wanted = Array(authservID.utf8).lowercasedASCII()
        // Several From addresses: DMARC says nothing about which of them wrote (RFC 7489 section 6.6.1).
        guard from.count == 1, let sender = from.first else { return .unchecked }
        var found: SenderAuth?
        for value in header.values("authentication-results", in: bytes) {
            let tokens = Tokens(value)
            guard tokens.first?.lowercasedASCII() == wanted else { continue }
            for stated in dmarc(tokens, sender: sender) { found = worse(found, stated) }
        }
        return found ?? .unchecked
    }

    private static func worse(_ left: SenderAuth?, _ right: SenderAuth) -> SenderAuth {
        if left == .failed || right == .failed { return .failed }
        return left == .unchecked || right == .unchecked ? .unchecked : .verified
    }

    /// What one header says of DMARC, as often as it says it.
    private static func dmarc(_ tokens: Tokens, sender: MailHeaders.Address) -> [SenderAuth] {
        var found: [SenderAuth] = []
        for result in tokens.results {
            guard let method = result.first?.lowercasedASCII(),
                method.starts(with: "dmarc=".utf8)
            else { continue }
            let verdict = method.dropFirst(6)
            if verdict.elementsEqual("pass".utf8) {
                found.append(aligned(result, sender: sender) ? .verified : .unchecked)
            } else {
                found.append(verdict.elementsEqual("fail".utf8) ? .failed : .unchecked)
            }
        }
        return found
    }

    /// `header.from=`, where the server states it, must be the domain of the From we read: two parsers may differ.
    private static func aligned(_ result: [[UInt8]], sender: MailHeaders.Address) -> Bool {
        let domain =
            Array(sender.address.utf8).lowercasedASCII()
            .split(separator: Ascii.at).last.map(Array.init) ?? []
        guard !domain.isEmpty else { return false }
        for property in result.dropFirst() {
            let property = property.lowercasedASCII()
            guard property.starts(with: "header.from=".utf8) else { continue }
            var stated = Array(property.dropFirst(12))
            if let at = stated.lastIndex(of: Ascii.at) { stated = Array(stated[(at &+ 1)...]) }
            return stated == domain
        }
        return true
    }

    /// The value without comments, cut into the server's name and its results, each a list of words.
    private struct Tokens {
        let first: [UInt8]?
        let results: [[[UInt8]]]

        init(_ value: [UInt8]) {
            var statements: [[[UInt8]]] = [[]]
            var word: [UInt8] = []
            var depth = 0
            var quoted = false
            var escaped = false
            func close(_ statements: inout [[[UInt8]]]) {
                if !word.isEmpty, statements.last?.last?.last == Ascii.equals,
                    var list = statements.popLast(), let head = list.popLast()
                {
                    list.append(head + word)
                    statements.append(list)
                } else if !word.isEmpty, var list = statements.popLast() {
                    if word.first == Ascii.equals, let head = list.popLast() {
                        list.append(head + word)
                    } else {
                        list.append(word)
                    }
                    statements.append(list)
                }
                word = []
            }
            for byte in value {
                if escaped {
                    escaped = false
                    if depth == 0 { word.append(byte) }
                } else if byte == UInt8(ascii: "\\") {
                    escaped = true
                } else if depth > 0 {
                    if byte == UInt8(ascii: "(") { depth &+= 1 }
                    if byte == UInt8(ascii: ")") { depth &-= 1 }
                } else if quoted {
                    if byte == Ascii.quote { quoted = false } else { word.append(byte) }
                } else if byte == Ascii.quote {
                    quoted = true
                } else if byte == UInt8(ascii: "(") {
                    close(&statements)
                    depth = 1
                } else if byte == Ascii.semicolon {
                    close(&statements)
                    if statements.count < 64 { statements.append([]) }
                } else if Ascii.isBlank(byte) {
                    close(&statements)
                } else {
                    word.append(byte)
                }
            }
            close(&statements)
            first = statements.first?.first
            results = Array(statements.dropFirst())
        }
    }
}
