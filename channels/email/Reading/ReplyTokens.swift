/// Candidates for our own signed tokens. Whether one is genuine, only the engine can say: anything may be written in a
/// header. Bounded, because each candidate costs a signature check.
enum ReplyTokens {
    static let most = 32
    static let longest = 256

    /// From Message-IDs (ours carry the token in front of the @), latest first, and recipients `inbox+TOKEN@domain`.
    static func candidates(ids: [String], recipients: [String]) -> [String] {
        var found: [String] = []
        for address in recipients {
            if let token = token(inAddress: Array(address.utf8)) { take(token, into: &found) }
        }
        for id in ids.reversed() {
            let left = Array(id.utf8).prefix { $0 != Ascii.at }
            if left.count <= longest { take(Array(left), into: &found) }
        }
        return found
    }

    /// What stands between the first plus sign and the @.
    static func token(inAddress address: [UInt8]) -> [UInt8]? {
        guard let at = address.lastIndex(of: Ascii.at),
            let plus = address[..<at].firstIndex(of: UInt8(ascii: "+"))
        else { return nil }
        let token = address[(plus &+ 1)..<at]
        return token.isEmpty || token.count > longest ? nil : Array(token)
    }

    private static func take(_ token: [UInt8], into found: inout [String]) {
        let text = token.asText
        if found.count < most, !text.isEmpty, !found.contains(text) { found.append(text) }
    }
}
