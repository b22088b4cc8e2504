/// Which addresses belong to the public internet. Everything else (loopback, private networks, link-local and its
/// metadata services, multicast, reserved blocks, and IPv6 forms that wrap such an IPv4 address) is not to be reached
/// with an address that a stranger wrote.
///
/// Source: IANA's special-purpose registries (RFC 6890 and updates), "Globally Reachable" false.
public enum PublicAddress {
    /// Four bytes, in network order.
    public static func isPublic(v4 bytes: [UInt8]) -> Bool {
        guard bytes.count == 4 else { return false }
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _): return false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _): return false
        case (192, 0, 0), (192, 0, 2), (192, 31, 196), (192, 52, 193), (192, 88, 99),
            (192, 175, 48):
            return false
        case (198, 18...19, _), (198, 51, 100), (203, 0, 113): return false
        case (224..., _, _): return false
        default: return true
        }
    }

    /// Sixteen bytes, in network order.
    public static func isPublic(v6 bytes: [UInt8]) -> Bool {
        guard bytes.count == 16 else { return false }
        // IPv4-mapped, IPv4-compatible, translated (64:ff9b::/96): what they wrap decides.
        if bytes[0..<12].elementsEqual([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) {
            return isPublic(v4: Array(bytes[12...]))
        }
        if bytes[0..<10].allSatisfy({ $0 == 0 }) {
            guard bytes[10] == 0xFF, bytes[11] == 0xFF else { return false }
            return isPublic(v4: Array(bytes[12...]))
        }
        // 6to4 carries an IPv4 address; Teredo, documentation, benchmarking and ORCHID stand in 2001::/23 and 2001:db8::/32.
        if bytes[0] == 0x20, bytes[1] == 0x02 { return isPublic(v4: Array(bytes[2..<6])) }
        if bytes[0] == 0x20, bytes[1] == 0x01 {
            if bytes[2] < 0x02 || (bytes[2] == 0x0D && bytes[3] == 0xB8) { return false }
        }
        if bytes[0] == 0x3F, bytes[1] == 0xFF, bytes[2] < 0x10 { return false }
        // Only 2000::/3 is given out; unique local, link-local, site-local and multicast lie outside.
        return bytes[0] & 0xE0 == 0x20
    }
}
