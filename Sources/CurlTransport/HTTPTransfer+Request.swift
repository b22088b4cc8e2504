internal import CCurl

extension HTTPTransfer {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// A header field. Names are tokens, values hold no line break; `check()` refuses the rest.
    public struct Header: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Where the connection goes.
    public enum Route: Sendable, Equatable {
        /// To the host of the URL.
        case network
        /// To this socket; the URL's host is only named in the request (`http://localhost/…`).
        case unixSocket(path: String)
    }

    /// Which addresses the name in the URL may lead to.
    public enum Reach: Sendable, Equatable {
        case anywhere
        /// Public ones alone, checked as resolved when connecting: for addresses that strangers wrote.
        case publicAddresses
    }

    public enum Redirects: Sendable, Equatable {
        /// A 3xx is the answer.
        case refused
        case followed(atMost: Int)
    }

    /// What to send, and within which bounds.
    public struct Request: Sendable, Equatable {
        public var method: Method
        /// `http://` or `https://`, printable ASCII, without user or password; at most 8 KiB.
        public var url: String
        public var headers: [Header]
        /// nil sends none; sent with GET too when it is not nil.
        public var body: [UInt8]?
        public var route: Route
        public var timeouts: TransferTimeouts
        public var maximumResponseBytes: Int
        public var redirects: Redirects
        public var trust: TLSTrust
        public var reach: Reach

        public init(
            _ method: Method, _ url: String, headers: [Header] = [], body: [UInt8]? = nil,
            route: Route = .network, timeouts: TransferTimeouts = TransferTimeouts(),
            maximumResponseBytes: Int = 8 * 1024 * 1024, redirects: Redirects = .refused,
            trust: TLSTrust = .system, reach: Reach = .anywhere
        ) {
            self.method = method
            self.url = url
            self.headers = headers
            self.body = body
            self.route = route
            self.timeouts = timeouts
            self.maximumResponseBytes = maximumResponseBytes
            self.redirects = redirects
            self.trust = trust
            self.reach = reach
        }
    }
}

extension HTTPTransfer.Request {
    /// Refuses what could put a second header or request on the wire, before libcurl sees it.
    /// Header rules: RFC 9110 §5.5 and §5.6.2.
    func check() throws(TransportFailure) {
        let address = Array(url.utf8)
        guard address.count <= 8192, address.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .invalidRequest("the URL must be printable ASCII of at most 8192 bytes")
        }
        let scheme = String(url.prefix(8)).lowercased()
        guard scheme.hasPrefix("http://") || scheme == "https://" else {
            throw .invalidRequest("the URL must begin with http:// or https://")
        }
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(isTokenByte) else {
                throw .invalidRequest("a header name is empty or holds a byte that is no token")
            }
            guard header.value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
                throw .invalidRequest("the value of header \(header.name) holds a control byte")
            }
        }
        if case .unixSocket(let path) = route {
            // sun_path holds 108 bytes with its NUL: unix(7).
            guard !path.isEmpty, path.utf8.count <= 107, !path.utf8.contains(0) else {
                throw .invalidRequest("a unix socket's path has 1 to 107 bytes")
            }
        }
    }

    /// Sets everything on the handle. The request has passed `check()`.
    func apply(to handle: EasyHandle) throws(TransportFailure) {
        try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try handle.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try handle.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try handle.set(CURLOPT_URL, url)
        if case .unixSocket(let path) = route {
            try handle.set(CURLOPT_UNIX_SOCKET_PATH, path)
        }
        if case .followed(let most) = redirects {
            try handle.set(CURLOPT_FOLLOWLOCATION, 1)
            try handle.set(CURLOPT_MAXREDIRS, max(0, min(most, 10)))
        }
        if let body { try handle.copyBody(body) }
        try handle.set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        // No "Expect: 100-continue" pause before larger bodies, and no type we did not choose.
        var lines = ["Expect:"]
        if body != nil, !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            lines.append("Content-Type:")
        }
        // libcurl sends an empty value only for "Name;".
        lines += headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        try handle.set(CURLOPT_HTTPHEADER, list: lines)
        try handle.trust(trust)
        if reach == .publicAddresses { try handle.reachOnlyPublicAddresses() }
    }
}

/// RFC 9110 §5.6.2, tchar.
private func isTokenByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetterOrDigit || "!#$%&'*+-.^_`|~".utf8.contains(byte)
}
