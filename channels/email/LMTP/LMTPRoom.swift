import Synchronization

/// What all connections share: how much mail is under way in memory, and whether the disk has room.
final class LMTPRoom: Sendable {
    enum Verdict { case fits, crowded }

    private struct State {
        var held = 0
        var freeBytes = Int64.max
    }

    /// Bytes of mail at once.
    private let limit: Int
    /// Bytes that must be free on the disk.
    private let spaceNeeded: Int64
    private let state = Mutex(State())

    init(limit: Int, spaceNeeded: Int64) {
        self.limit = limit
        self.spaceNeeded = spaceNeeded
    }

    /// What a connection may begin now.
    var space: LMTPSession.Space {
        state.withLock { state in
            if state.freeBytes < spaceNeeded { return .short }
            return state.held >= limit ? .crowded : .enough
        }
    }

    /// Counts a change of what one connection holds; `crowded` when there is now more than allowed.
    @discardableResult func add(_ change: Int) -> Verdict {
        state.withLock { state in
            state.held &+= change
            return change > 0 && state.held > limit ? .crowded : .fits
        }
    }

    func note(freeBytes: Int64) { state.withLock { $0.freeBytes = freeBytes } }

    var held: Int { state.withLock { $0.held } }
}
