/// Who stands at the other end of a connection, coarse enough that one household or one attacker's network is one: an IPv4
/// address, the /64 of an IPv6 address. Behind a proxy on this machine it is what the proxy says.
enum ClientAddress {
    /// - Parameters:
    ///   - peer: the address of the connection's other end; nil for a unix socket.
    ///   - forwardedFor: `X-Forwarded-For`; believed only where the proxy stands on this machine, and only its last
    ///     entry, which the proxy itself wrote.
    /// - Returns: nil when only the proxy is known.
    static func key(peer: String?, forwardedFor: String?) -> String? {
        guard let peer, !isLoopback(peer) else {
            return forwardedFor.flatMap { lastEntry($0) }.map { network(of: $0) }
        }
        return network(of: peer)
    }

    static func isLoopback(_ address: String) -> Bool {
        address == "::1" || address.utf8.starts(with: "127.".utf8)
            || address.utf8.starts(with: "::ffff:127.".utf8)
    }

    private static func lastEntry(_ header: String) -> String? {
        let entry =
            header.utf8.split(separator: UInt8(ascii: ",")).last?
            .filter { $0 != 0x20 && $0 != 0x09 } ?? []
        guard !entry.isEmpty, entry.count <= 64 else { return nil }
        return String(decoding: entry, as: UTF8.self)
    }

    /// The first four groups of an IPv6 address; zeros that `::` stands for are written out.
    private static func network(of address: String) -> String {
        guard address.utf8.contains(UInt8(ascii: ":")), !address.utf8.contains(UInt8(ascii: "."))
        else { return address }
        let bare = address.utf8.prefix { $0 != UInt8(ascii: "%") }
        let groups = Array(bare).split(
            separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let written = groups.prefix { !$0.isEmpty }.prefix(4).map {
            String(decoding: $0, as: UTF8.self)
        }
        let zeros = Array(repeating: "0", count: 4 - written.count)
        return (written + zeros).joined(separator: ":") + "::/64"
    }
}
