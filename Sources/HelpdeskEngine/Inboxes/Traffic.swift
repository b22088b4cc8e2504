public import HelpdeskCore
internal import Synchronization

/// What passed through the inboxes lately, for a person who watches (`hamdeld channel tail`). Kept in memory only, at most `most`
/// entries; of bodies only their sizes, of addresses only their ends.
public final class Traffic: Sendable {
    public struct Entry: Sendable, Equatable, Codable {
        public enum Direction: String, Sendable, Codable {
            case incoming = "in", outgoing = "out", word
        }

        public let number: Int
        public let at: Int64
        public let inbox: String
        public let direction: Direction
        /// What became of it: `ticketed`, `duplicate`, `quarantined`, `refused`, `sent`, `retry`, `down`, …
        public let outcome: String
        /// Masked.
        public let text: String
    }

    static let most = 1_000

    private struct State {
        var entries: [Entry] = []
        var last = 0
    }

    private let state = Mutex(State())

    func note(
        _ direction: Entry.Direction, of inbox: InboxID, _ outcome: String, _ text: String,
        at now: Instant
    ) {
        state.withLock { state in
            state.last += 1
            if state.entries.count >= Self.most { state.entries.removeFirst(Self.most / 4) }
            state.entries.append(
                Entry(
                    number: state.last, at: now.milliseconds, inbox: inbox.rawValue,
                    direction: direction, outcome: outcome, text: text))
        }
    }

    /// The last entry's number, to begin behind it.
    public var last: Int { state.withLock { $0.last } }

    /// Oldest first, at most 200; numbers that are missing were forgotten.
    public func entries(after number: Int, of inbox: InboxID?) -> [Entry] {
        state.withLock { state in
            Array(
                state.entries.filter { entry in
                    entry.number > number && (inbox == nil || entry.inbox == inbox?.rawValue)
                }.prefix(200))
        }
    }

    /// An address that a person recognises and nobody else learns: its kind and last two characters.
    static func masked(_ address: IdentityAddress?) -> String {
        guard let address else { return "nobody" }
        return "\(address.kind):…\(String(address.value.unicodeScalars.suffix(2)))"
    }
}
