/// A login stored by `hamdel login`: the daemon's URL and the agent's token.
public struct Credentials: Hashable, Sendable, Codable {
    public var url: String
    public var token: String

    /// Checks both. `token` may have blanks around it, as it comes from a pipe.
    public init(url: String, token: String) throws(ClientFailure) {
        self.url = try DaemonAddress.checked(url: url)
        self.token = try Self.checked(token: token)
    }

    /// A token goes into a header: visible ASCII (RFC 6750 section 2.1), at most 4 KiB.
    static func checked(token: String) throws(ClientFailure) -> String {
        let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
        let bytes = token.utf8.drop { blanks.contains($0) }
        guard let last = bytes.lastIndex(where: { !blanks.contains($0) }) else {
            throw .configuration("the token is empty")
        }
        let trimmed = bytes[...last]
        guard trimmed.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), trimmed.count <= 4_096 else {
            throw .configuration("the token holds a character that no token has")
        }
        return String(decoding: trimmed, as: UTF8.self)
    }
}
