public import HelpdeskCore

/// Which inbox an address belongs to: an address as configured, or with a tag (`support+TOKEN@example.org`).
/// A value: a session keeps the one it began with, a reload hands the next sessions another.
public struct InboxDirectory: Sendable, Equatable {
    private var inboxes: [[UInt8]: InboxID] = [:]

    public init() {}

    public var isEmpty: Bool { inboxes.isEmpty }

    /// Addresses are compared without regard to case of ASCII letters (RFC 5321 leaves that to us, the owner).
    public mutating func add(_ address: String, inbox: InboxID) {
        inboxes[Array(address.utf8).lowercasedASCII()] = inbox
    }

    public func inbox(for address: String) -> InboxID? {
        let address = Array(address.utf8).lowercasedASCII()
        if let inbox = inboxes[address] { return inbox }
        guard let at = address.lastIndex(of: Ascii.at),
            let plus = address[..<at].firstIndex(of: UInt8(ascii: "+"))
        else { return nil }
        return inboxes[Array(address[..<plus] + address[at...])]
    }
}
