extension SMTPTransfer {
    /// How the connection is protected when the URL is `smtp://` (`smtps://` is TLS from the start).
    public enum TLSRule: String, Sendable {
        /// STARTTLS when the server offers it. On a loopback address its certificate is not looked at
        /// (nobody stands in between, and local relays have self-made ones); elsewhere it is. With a
        /// password and a server elsewhere this means `require`.
        case opportunistic
        /// STARTTLS or nothing; the certificate must be trusted.
        case require
        /// Never. A password is allowed on loopback only.
        case none
    }

    /// Printed without the password.
    public struct Credentials: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
        public var user: String
        public var password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }

        public var description: String { "\(user), password hidden" }
        public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
    }

    /// Bounds in time. The defaults follow RFC 5321 §4.5.3.2.
    public struct Timeouts: Sendable, Equatable {
        public var connect: Duration
        /// For each answer of the server, the last one included.
        public var reply: Duration
        /// For one mail as a whole, waiting for a lane included.
        public var total: Duration

        public init(
            connect: Duration = .seconds(30), reply: Duration = .seconds(600),
            total: Duration = .seconds(1200)
        ) {
            self.connect = connect
            self.reply = reply
            self.total = total
        }
    }

    /// Where to hand mails in.
    public struct Server: Sendable, Equatable {
        public let host: String
        public let port: UInt16
        public let isTLSFromStart: Bool
        public let tls: TLSRule
        public let credentials: Credentials?
        /// What we call ourselves in EHLO; nil takes the machine's name.
        public let helloName: String?
        public let trust: TLSTrust
        public let timeouts: Timeouts

        /// `url`: `smtp://host[:25]` or `smtps://host[:465]`, nothing after it; IPv6 in brackets.
        public init(
            url: String, tls: TLSRule = .opportunistic, credentials: Credentials? = nil,
            helloName: String? = nil, trust: TLSTrust = .system, timeouts: Timeouts = Timeouts()
        ) throws(ServerFault) {
            (isTLSFromStart, host, port) = try Self.parse(url)
            if let helloName, !Self.isHelloName(helloName) { throw .helloName }
            if let credentials {
                let text = Array(credentials.user.utf8) + Array(credentials.password.utf8)
                guard !credentials.user.isEmpty, text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
                else {
                    throw .credentials
                }
            }
            self.tls = tls
            self.credentials = credentials
            self.helloName = helloName
            self.trust = trust
            self.timeouts = timeouts
            if credentials != nil, tls == .none, !isTLSFromStart, !isLoopback {
                throw .passwordWithoutTLS
            }
        }

        var isLoopback: Bool {
            host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
        }
    }

    /// What is wrong with a server's description: a fault of the configuration.
    public enum ServerFault: Error, Sendable, Equatable {
        case url
        case helloName
        case credentials
        case passwordWithoutTLS
    }
}

extension SMTPTransfer.Server {
    private static func parse(_ url: String) throws(SMTPTransfer.ServerFault) -> (
        Bool, String, UInt16
    ) {
        var rest = Array(url.utf8)[...]
        let isTLS: Bool
        if rest.starts(with: "smtps://".utf8) {
            isTLS = true
            rest = rest.dropFirst(8)
        } else if rest.starts(with: "smtp://".utf8) {
            isTLS = false
            rest = rest.dropFirst(7)
        } else {
            throw .url
        }
        if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        let hostEnd: Int
        if rest.first == UInt8(ascii: "[") {
            guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { throw .url }
            hostEnd = close + 1
        } else {
            hostEnd = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
        }
        let host = rest[..<hostEnd]
        guard !host.isEmpty, host.count <= 255, isHost(host) else { throw .url }
        var port: UInt16 = isTLS ? 465 : 25
        if hostEnd < rest.endIndex {
            guard rest[hostEnd] == UInt8(ascii: ":"),
                let number = UInt16(String(decoding: rest[(hostEnd + 1)...], as: UTF8.self)),
                number > 0
            else { throw .url }
            port = number
        }
        return (isTLS, String(decoding: host, as: UTF8.self).lowercased(), port)
    }

    private static func isHost(_ host: ArraySlice<UInt8>) -> Bool {
        let inner = host.first == UInt8(ascii: "[") ? host.dropFirst().dropLast() : host
        let allowed = host.first == UInt8(ascii: "[") ? ":.%" : "-._"
        return inner.allSatisfy { $0.isASCIILetterOrDigit || allowed.utf8.contains($0) }
    }

    private static func isHelloName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard !bytes.isEmpty, bytes.count <= 255 else { return false }
        return isHost(bytes[...])
    }

    /// libcurl takes the EHLO name from the URL's path.
    var url: String {
        let scheme = isTLSFromStart ? "smtps" : "smtp"
        var name = ""
        for byte in (helloName ?? "").utf8 {
            switch byte {
            case UInt8(ascii: "["): name += "%5B"
            case UInt8(ascii: "]"): name += "%5D"
            case UInt8(ascii: "%"): name += "%25"
            default: name.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return "\(scheme)://\(host):\(port)/\(name)"
    }
}

extension SMTPTransfer.ServerFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .url: "expected smtp://host[:port] or smtps://host[:port]"
        case .helloName: "the EHLO name must be a host name or an address in brackets"
        case .credentials: "the user is empty, or user or password hold control characters"
        case .passwordWithoutTLS:
            "a password may not be sent without TLS to another machine; use smtps:// or tls = \"require\""
        }
    }
}
