/// The documented folding of addresses before they are compared as bytes: mail without case, phone numbers without
/// the marks people write between digits (`PhoneFolding`), everything else as it is. Only what the kind's own rules make
/// equal becomes equal: nothing is guessed, look-alikes stay apart (`IdentityLikeness` marks them).
public enum IdentityFolding {
    /// The longest address kept; RFC 5321 allows 254 bytes for a mail address.
    public static let maximumBytes = 320

    /// Nil when the address is empty, too long, or holds control characters: then it is nobody's address.
    public static func fold(_ address: IdentityAddress) -> IdentityAddress? {
        let bytes = Array(address.value.utf8)
        guard !bytes.isEmpty, bytes.count <= maximumBytes else { return nil }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        let kindBytes = lowercased(Array(address.kind.utf8))
        guard !kindBytes.isEmpty, kindBytes.count <= 32 else { return nil }
        let kind = String(decoding: kindBytes, as: UTF8.self)
        switch kind {
        case IdentityAddress.emailKind: return foldEmail(bytes)
        case IdentityAddress.phoneKind: return PhoneFolding.fold(address.value)
        default: return IdentityAddress(kind: kind, value: address.value)
        }
    }

    /// ASCII letters to lower case in both parts: no provider in use tells `Sara@` from `sara@`, though RFC 5321
    /// section 2.4 would let it. Everything else stays byte for byte.
    private static func foldEmail(_ bytes: [UInt8]) -> IdentityAddress? {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0, at < bytes.count - 1 else {
            return nil
        }
        guard !bytes.contains(UInt8(ascii: " ")) else { return nil }
        return .email(String(decoding: lowercased(bytes), as: UTF8.self))
    }

    private static func lowercased(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }
}
