/// A customer's address on a kind of channel, as written `kind:value`: `email:sara@example.ir`,
/// `tel:+989121234567`, `telegram:8123`. Compared as bytes after the kind's own folding (`IdentityFolding`).
public struct IdentityAddress: Hashable, Sendable, Codable, Comparable {
    public let kind: String
    public let value: String

    public init(kind: String, value: String) {
        self.kind = kind
        self.value = value
    }

    public static let emailKind = "email"
    public static let phoneKind = "tel"

    public static func email(_ address: String) -> IdentityAddress {
        IdentityAddress(kind: emailKind, value: address)
    }

    public static func phone(_ number: String) -> IdentityAddress {
        IdentityAddress(kind: phoneKind, value: number)
    }

    /// Bytes, not Swift's canonical equivalence: `café` composed and decomposed are two addresses (reliability D9).
    public static func == (left: IdentityAddress, right: IdentityAddress) -> Bool {
        left.kind.utf8.elementsEqual(right.kind.utf8)
            && left.value.utf8.elementsEqual(right.value.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for byte in kind.utf8 { hasher.combine(byte) }
        hasher.combine(UInt8(0))
        for byte in value.utf8 { hasher.combine(byte) }
    }

    public static func < (left: IdentityAddress, right: IdentityAddress) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    public var text: String { "\(kind):\(value)" }
}
