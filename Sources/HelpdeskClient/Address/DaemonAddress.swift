/// Where the daemon listens, and as whom to speak.
public enum DaemonAddress: Hashable, Sendable {
    /// Without a token the kernel says who we are: an agent is bound to a Unix user.
    case socket(path: String, token: String?)
    /// `url` is that of the daemon, without `/api/v1`: `https://desk.example.org`.
    case network(url: String, token: String?)

    public static let usualSocket = "/run/hamdel/api.sock"
}

extension DaemonAddress {
    /// HAMDEL_SOCKET, else HAMDEL_URL, else the stored login, else the usual socket. Pure: the caller reads environment and
    /// file.
    ///
    /// HAMDEL_TOKEN goes along with HAMDEL_SOCKET or HAMDEL_URL alone: to anywhere else it was not meant to go.
    public static func find(
        environment: [String: String], stored: Credentials?
    ) throws(ClientFailure) -> DaemonAddress {
        func token() throws(ClientFailure) -> String? {
            guard let token = nonEmpty(environment["HAMDEL_TOKEN"]) else { return nil }
            return try Credentials.checked(token: token)
        }
        if let path = nonEmpty(environment["HAMDEL_SOCKET"]) {
            return .socket(path: try checked(socket: path), token: try token())
        }
        if let url = nonEmpty(environment["HAMDEL_URL"]) {
            return .network(url: try checked(url: url), token: try token())
        }
        if let stored {
            return .network(url: try checked(url: stored.url), token: stored.token)
        }
        return .socket(path: usualSocket, token: nil)
    }

    private static func nonEmpty(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return text
    }

    private static func checked(socket path: String) throws(ClientFailure) -> String {
        // sun_path holds 108 bytes with its NUL: unix(7).
        guard path.utf8.count <= 107 else {
            throw .configuration("HAMDEL_SOCKET: a socket's path has at most 107 bytes")
        }
        return path
    }

    /// The URL without a trailing slash. A token must not travel in the clear: plain http goes to this machine only.
    static func checked(url: String) throws(ClientFailure) -> String {
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        if url.hasSuffix("/api/v1") { url.removeLast("/api/v1".count) }
        let lower = url.lowercased()
        guard lower.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), lower.utf8.count <= 2_000 else {
            throw .configuration("the URL of the daemon holds a blank or a letter outside ASCII")
        }
        if lower.hasPrefix("https://"), lower.utf8.count > 8 { return url }
        guard lower.hasPrefix("http://") else {
            throw .configuration(
                "the URL of the daemon must begin with https://; for a socket set HAMDEL_SOCKET to its path"
            )
        }
        let authority = lower.dropFirst("http://".count).prefix { $0 != "/" && $0 != "?" }
        guard isLoopback(authority) else {
            throw .configuration(
                "http:// would send the token in the clear; use https:// for another machine")
        }
        return url
    }

    private static func isLoopback(_ authority: Substring) -> Bool {
        if authority.hasPrefix("[::1]") { return true }
        let host = authority.prefix { $0 != ":" }
        if host == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
