/// Where files may be fetched from: the provider's hosts, on public addresses only, and those that ops trust by name.
struct MediaHosts: Sendable {
    enum Verdict: Sendable, Equatable {
        /// Ops named this host and port: it may be anywhere, their own network included.
        case trusted
        /// The preset named this host: public addresses only.
        case publicOnly
        case refused(String)
    }

    private let patterns: [String]
    private let trusted: Set<String>

    /// `trusted` holds `host` (https), or `host:port`.
    init(preset: [String], trusted: [String]) {
        patterns = preset
        self.trusted = Set(
            trusted.map { name in
                let name = name.lowercased()
                let isBare = !name.contains(":") || name.hasSuffix("]")
                return isBare ? "\(name):443" : name
            })
    }

    func judge(_ url: String) -> Verdict {
        guard let address = Self.address(ofURL: url) else {
            return .refused("no plain web address")
        }
        if trusted.contains("\(address.host):\(address.port)") { return .trusted }
        guard address.isEncrypted, address.port == 443 else {
            return .refused("\(address.host) is not asked without https on its usual port")
        }
        guard patterns.contains(where: { Self.matches(address.host, $0) }) else {
            return .refused("\(address.host) is not among the hosts that files may come from")
        }
        return .publicOnly
    }

    /// `host:port`, the port always said.
    static func hostAndPort(ofURL url: String) -> String? {
        address(ofURL: url).map { "\($0.host):\($0.port)" }
    }

    private static func matches(_ host: String, _ pattern: String) -> Bool {
        // A number is no name: every spelling of an address ends in a digit or a bracket.
        guard let last = host.utf8.last, !PresetScanner.isDigit(last), last != UInt8(ascii: "]")
        else { return false }
        guard pattern.hasPrefix("*.") else { return host == pattern }
        return host.utf8.count > pattern.utf8.count - 1 && host.hasSuffix(pattern.dropFirst())
    }

    private struct Address {
        let isEncrypted: Bool
        let host: String
        let port: Int
    }

    /// Stricter than any browser: where two readers of an address could differ, it is none.
    private static func address(ofURL url: String) -> Address? {
        let bytes = Array(url.utf8)
        guard bytes.count <= 4096, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }) else {
            return nil
        }
        let scheme = url.prefix(8).lowercased()
        let isEncrypted = scheme == "https://"
        guard isEncrypted || scheme.hasPrefix("http://") else { return nil }
        let rest = bytes[(isEncrypted ? 8 : 7)...]
        let authority = rest.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
        var host = authority
        var port = isEncrypted ? 443 : 80
        if authority.first == UInt8(ascii: "[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            host = authority[...end]
            let inner = host.dropFirst().dropLast()
            guard inner.allSatisfy({ isHexadecimalOrColon($0) }) else { return nil }
        } else if let colon = authority.firstIndex(of: UInt8(ascii: ":")) {
            host = authority[..<colon]
        }
        let behind = authority[host.endIndex...]
        if !behind.isEmpty {
            guard behind.first == UInt8(ascii: ":"), behind.count <= 6,
                behind.dropFirst().allSatisfy(PresetScanner.isDigit),
                let number = Int(String(decoding: behind.dropFirst(), as: UTF8.self)),
                (1...65_535).contains(number)
            else { return nil }
            port = number
        }
        guard !host.isEmpty, host.count <= 255,
            authority.first == UInt8(ascii: "[")
                || host.allSatisfy({ PresetScanner.isWord($0) || $0 == 0x2E }),
            host.last != UInt8(ascii: "."), host.first != UInt8(ascii: ".")
        else { return nil }
        return Address(
            isEncrypted: isEncrypted, host: String(decoding: host, as: UTF8.self).lowercased(),
            port: port)
    }

    private static func isHexadecimalOrColon(_ byte: UInt8) -> Bool {
        PresetScanner.isDigit(byte) || (0x61...0x66).contains(byte | 0x20) || byte == 0x3A
            || byte == 0x2E
    }
}
