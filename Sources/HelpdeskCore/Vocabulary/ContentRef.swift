/// How an event refers to personal content: the row, and an HMAC-SHA256 of it under a salt that stands in the row
/// and dies with it. Erasure empties the row; the stream stays whole and can still be verified (invariant 5).
public struct ContentRef: Hashable, Sendable, Codable {
    public let id: ContentID
    /// 32 lower-case hexadecimal digits: the first 128 bits of the HMAC.
    public let mac: String

    public init(id: ContentID, mac: String) {
        self.id = id
        self.mac = mac
    }
}
