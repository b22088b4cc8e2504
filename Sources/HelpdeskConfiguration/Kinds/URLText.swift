import TOMLReading

/// Takes a URL apart (RFC 3986 §3) as far as the configuration needs it. Byte by byte; percent signs stay.
struct URLText {
    let scheme: String
    /// What stands between `//` and `@`; nil without an `@`.
    let userInfo: String?
    /// Empty when there is none. An IPv6 address keeps its brackets.
    let host: String
    /// Nil when not given.
    let port: Int?
    /// From the first `/` behind the host on; with query and fragment.
    let path: String

    /// Nil when it is not `scheme://…`, holds a space or a control character, or its host or port is malformed.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let start = Self.authorityStart(bytes),
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && !isUnprintable($0) })
        else { return nil }
        scheme = Self.text(bytes[..<(start - Self.separator.count)]).lowercased()
        let end = Self.authorityEnd(bytes, from: start)
        path = Self.text(bytes[end...])
        var authority = bytes[start..<end]
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            userInfo = Self.text(authority[..<at])
            authority = authority[(at + 1)...]
        } else {
            userInfo = nil
        }
        guard let endpoint = Endpoint(authority: Self.text(authority)) else { return nil }
        host = endpoint.host
        port = endpoint.port
    }

    /// The same text with a password between `://` and `@` replaced: for everything that is shown.
    static func masked(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let start = authorityStart(bytes),
            let at = bytes[start...].lastIndex(of: UInt8(ascii: "@")),
            let colon = bytes[start..<at].firstIndex(of: UInt8(ascii: ":"))
        else { return text }
        return Self.text(bytes[...colon]) + "********" + Self.text(bytes[at...])
    }

    private static let separator = Array("://".utf8)

    private static func authorityStart(_ bytes: [UInt8]) -> Int? {
        bytes.firstIndex(of: separator).map { $0 + separator.count }
    }

    private static func authorityEnd(_ bytes: [UInt8], from start: Int) -> Int {
        let ends = Array("/?#".utf8)
        return bytes[start...].firstIndex { ends.contains($0) } ?? bytes.count
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}

/// A host and maybe a port: `desk.example.org`, `127.0.0.1:8080`, `[::1]:8080`.
struct Endpoint {
    let host: String
    let port: Int?

    init?(authority: String) {
        let bytes = Array(authority.utf8)
        var hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            hostEnd = close + 1
        }
        host = String(decoding: bytes[..<hostEnd], as: UTF8.self)
        let rest = bytes[hostEnd...]
        if rest.isEmpty {
            port = nil
        } else {
            var digits = ASCIIText(String(decoding: rest.dropFirst(), as: UTF8.self))
            guard rest.first == UInt8(ascii: ":"), let number = digits.number(digits: 1...5),
                digits.isAtEnd, number <= 65_535
            else { return nil }
            port = number
        }
        guard Self.isHost(Array(bytes[..<hostEnd])) else { return nil }
    }

    /// 127.0.0.0/8, ::1 and localhost: what never leaves this machine.
    var isLoopback: Bool {
        host == "localhost" || host == "[::1]"
            || (host.hasPrefix("127.") && host.utf8.allSatisfy { isASCIIDigit($0) || $0 == 0x2E })
    }

    /// A name (labels of letters, digits and `-`; UTF-8 above ASCII for international names), an IPv4 address,
    /// or an IPv6 address in brackets. Whether it exists is for DNS to say.
    static func isHost(_ bytes: [UInt8]) -> Bool {
        if bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") {
            let inside = bytes.dropFirst().dropLast()
            return inside.count >= 2 && inside.contains(UInt8(ascii: ":"))
                && inside.allSatisfy {
                    isASCIIDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
                        || (0x61...0x66).contains($0 | 0x20)
                }
        }
        guard !bytes.isEmpty, bytes.count <= 253 else { return false }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            !label.isEmpty && label.count <= 63 && label.first != UInt8(ascii: "-")
                && label.last != UInt8(ascii: "-")
                && label.allSatisfy {
                    isASCIILetter($0) || isASCIIDigit($0) || $0 == UInt8(ascii: "-")
                        || $0 == UInt8(ascii: "_") || $0 >= 0x80
                }
        }
    }
}

extension [UInt8] {
    /// Where `sequence` first stands.
    func firstIndex(of sequence: [UInt8]) -> Int? {
        guard !sequence.isEmpty, count >= sequence.count else { return nil }
        return (0...(count - sequence.count)).first { self[$0...].starts(with: sequence) }
    }
}
