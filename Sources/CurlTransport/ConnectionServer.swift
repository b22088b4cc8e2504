/// Where a `SecuredConnection` goes and how it signs in: an IMAP server (RFC 9051), spoken to by libcurl until it has
/// let us in. Checked when it is made, so that nothing a person configured can add a command to the dialogue.
public struct ConnectionServer: Sendable, Equatable {
    /// How the connection is protected when the URL is `imap://` (`imaps://` is TLS from the start).
    public enum TLSRule: String, Sendable {
        /// STARTTLS or nothing; the certificate must be trusted.
        case require
        /// On a loopback address: STARTTLS when offered, whatever its certificate (nobody stands in between).
        /// Elsewhere the same as `require`, because a password goes over it.
        case opportunistic
        /// Never; allowed on loopback only.
        case none
    }

    /// How libcurl proves who we are (RFC 4616, RFC 9051 section 6.2.3, and Google's XOAUTH2).
    public enum SignIn: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
        /// The best of what the server offers.
        case password(String)
        case plain(String)
        /// The LOGIN command.
        case login(String)
        case bearer(token: String)

        public var description: String { "SignIn" }
        public var customMirror: Mirror { Mirror(self, children: []) }

        var secret: String {
            switch self {
            case .password(let text), .plain(let text), .login(let text), .bearer(let text): text
            }
        }
    }

    public let host: String
    public let port: UInt16
    public let isTLSFromStart: Bool
    public let tls: TLSRule
    public let user: String
    public let trust: TLSTrust
    /// For name lookup, connection, TLS and signing in together.
    public let patience: Duration

    /// `url`: `imap://host[:143]` or `imaps://host[:993]`, nothing after it; IPv6 in brackets.
    public init(
        url: String, tls: TLSRule = .require, user: String, trust: TLSTrust = .system,
        patience: Duration = .seconds(60)
    ) throws(Fault) {
        (isTLSFromStart, host, port) = try Self.parse(url)
        guard !user.isEmpty, Self.isPrintable(user) else { throw .user }
        self.tls = tls
        self.user = user
        self.trust = trust
        self.patience = patience
        if tls == .none, !isTLSFromStart, !isLoopback { throw .passwordWithoutTLS }
    }

    /// What is wrong with a server's description: a fault of the configuration.
    public enum Fault: Error, Sendable, Equatable {
        case url
        case user
        case passwordWithoutTLS
    }

    var isLoopback: Bool {
        host == "localhost" || host == "[::1]"
            || (host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) })
    }

    var url: String { "\(isTLSFromStart ? "imaps" : "imap")://\(host):\(port)/" }

    /// No control characters, so no line ends: neither user nor secret can hold a second command.
    static func isPrintable(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func parse(_ url: String) throws(Fault) -> (Bool, String, UInt16) {
        var rest = Array(url.utf8)[...]
        let isTLS: Bool
        if rest.starts(with: "imaps://".utf8) {
            isTLS = true
            rest = rest.dropFirst(8)
        } else if rest.starts(with: "imap://".utf8) {
            isTLS = false
            rest = rest.dropFirst(7)
        } else {
            throw .url
        }
        if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        let isBracketed = rest.first == UInt8(ascii: "[")
        let hostEnd: Int
        if isBracketed {
            guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { throw .url }
            hostEnd = close + 1
        } else {
            hostEnd = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
        }
        let host = rest[..<hostEnd]
        let inner = isBracketed ? host.dropFirst().dropLast() : host
        let others = Array((isBracketed ? ":.%" : "-._").utf8)
        guard !inner.isEmpty, host.count <= 255,
            inner.allSatisfy({ $0.isASCIILetterOrDigit || others.contains($0) })
        else { throw .url }
        var port: UInt16 = isTLS ? 993 : 143
        if hostEnd < rest.endIndex {
            let digits = rest[(hostEnd + 1)...]
            guard rest[hostEnd] == UInt8(ascii: ":"), (1...5).contains(digits.count),
                digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = UInt16(String(decoding: digits, as: UTF8.self)), number > 0
            else { throw .url }
            port = number
        }
        return (isTLS, String(decoding: host, as: UTF8.self).lowercased(), port)
    }
}

extension ConnectionServer.Fault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .url: "expected imap://host[:port] or imaps://host[:port]"
        case .user: "the user is empty or holds control characters"
        case .passwordWithoutTLS:
            "a password may not be sent without TLS to another machine; use imaps:// or tls = \"require\""
        }
    }
}
