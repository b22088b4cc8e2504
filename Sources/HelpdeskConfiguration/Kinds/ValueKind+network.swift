import TOMLReading

/// Where the store is kept.
public enum StoreLocation: Equatable, Sendable {
    /// The path of the database file.
    case sqlite(path: String)
    /// The URL as libpq takes it; it may hold a password.
    case postgres(url: String)
}

/// An address to listen on.
public struct ListenAddress: Equatable, Sendable {
    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    public let host: String
    /// 0 lets the system choose.
    public let port: Int

    /// As it is written in a URL.
    public var written: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension ValueKind where Value == StoreLocation {
    static var store: Self {
        let expectation = "\"sqlite:/path/of/the.db\" or \"postgres://user@host/database\""
        return Self("URL of a database", expectation: expectation) { node, key, reader in
            guard case .string(let text) = node.value, let location = location(text) else {
                reader.refuse(node, key: key, expected: expectation)
                return nil
            }
            if case .sqlite(let path) = location, !path.hasPrefix("/") {
                reader.warn(
                    node.place, key: key,
                    "\(TOMLText.quoted(path)) is relative to wherever the daemon is started; begin with \"/\""
                )
            }
            return location
        }
    }

    /// `sqlite:PATH`; `sqlite:///PATH` is the same. For PostgreSQL also a host left out (a local socket).
    private static func location(_ text: String) -> StoreLocation? {
        guard !text.unicodeScalars.contains(where: isUnprintable), text.utf8.count <= 4_096 else {
            return nil
        }
        if text.hasPrefix("sqlite:") {
            var path = text.dropFirst("sqlite:".count)
            if path.hasPrefix("//") { path = path.dropFirst(2) }
            guard !path.isEmpty, !path.hasSuffix("/"), path != ":memory:" else { return nil }
            return .sqlite(path: String(path))
        }
        for scheme in ["postgres://", "postgresql://"] where text.hasPrefix(scheme) {
            return text.utf8.count > scheme.utf8.count ? .postgres(url: text) : nil
        }
        return nil
    }
}

extension ValueKind where Value == ListenAddress {
    static var listen: Self {
        let expectation = "an address and a port such as \"127.0.0.1:8080\" or \"[::1]:8080\""
        return Self("address and port", expectation: expectation) { value throws(Mismatch) in
            guard let address = address(try value.text())?.address else { throw Mismatch() }
            return address
        }
    }

    /// LMTP has no password: on TCP it is for this machine only.
    static var loopback: Self {
        let expectation = "an address of this machine and a port such as \"127.0.0.1:2424\""
        return Self("loopback address and port", expectation: expectation) {
            value throws(Mismatch) in
            guard let (address, endpoint) = address(try value.text()) else { throw Mismatch() }
            guard endpoint.isLoopback else {
                throw Mismatch(hint: "LMTP asks for no password, so it listens on loopback only")
            }
            return address
        }
    }

    private static func address(_ text: String) -> (address: ListenAddress, endpoint: Endpoint)? {
        guard let endpoint = Endpoint(authority: text), let port = endpoint.port else { return nil }
        let bare =
            endpoint.host.hasPrefix("[")
            ? String(endpoint.host.dropFirst().dropLast()) : endpoint.host
        return (ListenAddress(host: bare, port: port), endpoint)
    }
}

extension ListenAddress {
    var isLoopback: Bool { Endpoint(authority: written)?.isLoopback ?? false }
}

extension ValueKind where Value == String {
    /// A URL of the web, without user, query and fragment. A slash at the end is taken off.
    static func webURL(example: String) -> Self {
        let expectation = "an http or https URL such as \"\(example)\""
        return Self("URL", expectation: expectation) { value throws(Mismatch) in
            var text = try value.text()
            guard let url = URLText(text), ["http", "https"].contains(url.scheme),
                !url.host.isEmpty,
                url.userInfo == nil, !url.path.contains("#"), !url.path.contains("?")
            else { throw Mismatch() }
            while text.hasSuffix("/") { text.removeLast() }
            return text
        }
    }

    static var smtpURL: Self {
        let expectation = "\"smtp://host:port\" or \"smtps://host:port\""
        return Self("URL of a mail server", expectation: expectation) { value throws(Mismatch) in
            let text = try value.text()
            guard let url = URLText(text), ["smtp", "smtps"].contains(url.scheme),
                !url.host.isEmpty,
                url.path.isEmpty || url.path == "/"
            else { throw Mismatch() }
            guard url.userInfo == nil else {
                throw Mismatch(hint: "user and password are keys of their own")
            }
            return url.path == "/" ? String(text.dropLast()) : text
        }
    }

    /// `local@domain` (RFC 5321 §4.1.2, dot-string only; UTF-8 by RFC 6531).
    static var mailAddress: Self {
        Self("mail address", expectation: "a mail address such as \"support@example.org\"") {
            value throws(Mismatch) in
            let text = try value.text()
            let bytes = Array(text.utf8)
            guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), isLocalPart(bytes[..<at]),
                Endpoint.isHost(Array(bytes[(at + 1)...])),
                !text.unicodeScalars.contains(where: isUnprintable)
            else { throw Mismatch() }
            return text
        }
    }

    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard !bytes.isEmpty, bytes.count <= 64 else { return false }
        let atoms = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let others = Set("!#$%&'*+-/=?^_`{|}~".utf8)
        return atoms.allSatisfy { atom in
            !atom.isEmpty
                && atom.allSatisfy {
                    isASCIILetter($0) || isASCIIDigit($0) || others.contains($0) || $0 >= 0x80
                }
        }
    }

    /// What a mail server calls itself in Authentication-Results (RFC 8601 §2.2).
    static var hostName: Self {
        Self("host name", expectation: "a host name such as \"mx.example.org\"") {
            value throws(Mismatch) in
            let text = try value.text()
            guard Endpoint.isHost(Array(text.utf8)) else { throw Mismatch() }
            return text
        }
    }
}

/// The permission bits of a socket.
public struct FileMode: Equatable, Sendable {
    public let bits: UInt16
    public init(bits: UInt16) { self.bits = bits }
}

extension ValueKind where Value == FileMode {
    static var fileMode: Self {
        Self("permissions", expectation: "permissions in octal such as \"0660\"") {
            value throws(Mismatch) in
            if case .integer = value { throw Mismatch(hint: "put it in quotes: \"0660\"") }
            let text = try value.text()
            guard (3...4).contains(text.utf8.count), let bits = UInt16(text, radix: 8),
                text.utf8.allSatisfy(isASCIIDigit), bits <= 0o777
            else { throw Mismatch() }
            return FileMode(bits: bits)
        }
    }
}
