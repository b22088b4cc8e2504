import ChannelKit

/// In-Reply-To and References of an answer (RFC 5322 section 3.6.4), bounded: the first id, which begins the thread, and the
/// newest ones, as mail programs and news servers have always cut them.
struct ThreadHeaders: Equatable {
    /// What programs still look at; a chain of hundreds makes headers that servers refuse.
    static let most = 20
    /// Of all ids together.
    static let mostBytes = 4_000

    let inReplyTo: String?
    let references: [String]

    init(_ message: OutboundMessage) {
        inReplyTo = message.inReplyTo.flatMap { MailAddressCheck.isMessageID($0) ? $0 : nil }
        var ids: [String] = []
        for id in message.references where MailAddressCheck.isMessageID(id) && !ids.contains(id) {
            ids.append(id)
        }
        if let inReplyTo {
            ids.removeAll { $0 == inReplyTo }
            ids.append(inReplyTo)
        }
        references = Self.bounded(ids)
    }

    private static func bounded(_ ids: [String]) -> [String] {
        guard let first = ids.first else { return [] }
        var bytes = first.utf8.count
        var newest: [String] = []
        for id in ids.dropFirst().reversed() {
            bytes &+= id.utf8.count &+ 3
            if newest.count >= most &- 1 || bytes > mostBytes { break }
            newest.append(id)
        }
        return [first] + newest.reversed()
    }
}
