internal import HelpdeskCore
internal import Synchronization

/// The newest events, encoded once, for every live stream. A subscriber has nothing but its place: memory does not grow
/// with the number of slow ones. Who falls behind by more than the feed holds is told to read again (`resync`), never
/// left with a silent gap.
final class StreamFeed: Sendable {
    /// What a subscriber at some place gets next.
    enum Delivery: Sendable, Equatable {
        /// Frames in order, and the place behind them (some positions in between may not be for this viewer).
        case frames([UInt8], StreamPlace)
        /// The place is too old: the feed begins behind it.
        case behind(Position)
        /// Nothing new.
        case nothing
        /// The daemon is draining.
        case finished
    }

    /// Why somebody who waited was woken.
    enum Wake: Sendable { case news, heartbeat, finished }

    private struct State {
        var items: [StreamItem] = []
        var bytes = 0
        /// Events up to here are known to the feed, or were skipped by it.
        var position: Position
        /// The feed holds everything after this place.
        var floor: Position
        var teams: [AgentID: Set<TeamID>] = [:]
        var waiting: [Int: CheckedContinuation<Wake, Never>] = [:]
        var cancelled: Set<Int> = []
        var nextWaiter = 0
        var subscribers: [AgentID: Int] = [:]
        var isFinished = false
        /// The newest words of attention, each under a number of its own: they stand beside the stream, and whoever is slow
        /// misses some.
        var glances: [Glance] = []
        var lastGlance = 0
    }

    private struct Glance {
        let number: Int
        let frame: [UInt8]
        let team: TeamID?
    }

    /// Words of attention held, at most.
    static let glances = 256

    /// Events held, at most.
    let capacity: Int
    /// Bytes held, at most.
    let maximumBytes: Int
    /// Bytes handed to a subscriber at once, about.
    static let portion = 65_536

    private let state: Mutex<State>

    init(from position: Position, capacity: Int = 4_096, maximumBytes: Int = 8 * 1_048_576) {
        self.capacity = capacity
        self.maximumBytes = maximumBytes
        state = Mutex(State(position: position, floor: position))
    }

    /// The place of the newest event.
    var position: Position { state.withLock { $0.position } }

    /// Adds what was read after `position`, and wakes whoever waits.
    func append(_ items: [StreamItem], teams: [AgentID: Set<TeamID>]) {
        guard let last = items.last else { return }
        let waiting = state.withLock { state in
            state.items += items
            state.bytes = items.reduce(into: state.bytes) { $0 &+= $1.frame.count }
            state.position = max(state.position, last.position)
            if !teams.isEmpty { state.teams = teams }
            trim(&state)
            return take(&state)
        }
        for waiter in waiting { waiter.resume(returning: .news) }
    }

    /// Forgets what it holds and goes on from a place: nobody listened, or there was too much to read.
    func skip(to place: Position) {
        let waiting = state.withLock { state in
            state.items = []
            state.bytes = 0
            state.position = max(state.position, place)
            state.floor = state.position
            return take(&state)
        }
        for waiter in waiting { waiter.resume(returning: .news) }
    }

    enum Audience { case nobody, somebody }

    var audience: Audience {
        state.withLock { $0.subscribers.isEmpty ? .nobody : .somebody }
    }

    func subscriptions(of agent: AgentID) -> Int { state.withLock { $0.subscribers[agent] ?? 0 } }

    var subscriptionCount: Int { state.withLock { $0.subscribers.values.reduce(0, &+) } }

    func subscribe(_ agent: AgentID) { state.withLock { $0.subscribers[agent, default: 0] &+= 1 } }

    func unsubscribe(_ agent: AgentID) {
        state.withLock { state in
            let left = (state.subscribers[agent] ?? 1) &- 1
            state.subscribers[agent] = left > 0 ? left : nil
        }
    }

    /// What comes after a place, for a viewer.
    func next(after place: StreamPlace, for agent: AgentID) -> Delivery {
        state.withLock { state in
            if state.isFinished { return .finished }
            guard place.position >= state.floor else { return .behind(state.position) }
            let teams = state.teams[agent] ?? []
            var frames: [UInt8] = []
            var reached = StreamPlace(position: place.position, glance: state.lastGlance)
            for item in state.items[Self.index(after: place.position, in: state.items)...] {
                reached.position = item.position
                if let frame = item.frame(for: agent, in: teams) { frames += frame }
                if frames.count >= Self.portion { break }
            }
            for glance in state.glances where glance.number > place.glance {
                if glance.team.map(teams.contains) ?? true { frames += glance.frame }
            }
            return reached == place ? .nothing : .frames(frames, reached)
        }
    }

    /// Tells everybody who may see the ticket who looks at it.
    /// - Parameter teams: of every agent, where the ticket is hidden and they were asked for; nil: as known.
    func tell(_ change: AttentionBook.Change, teams: [AgentID: Set<TeamID>]?) {
        let frame = StreamFrame.attention(change.attention)
        let waiting = state.withLock { state in
            if let teams { state.teams = teams }
            guard !state.subscribers.isEmpty else { return [CheckedContinuation<Wake, Never>]() }
            state.lastGlance &+= 1
            state.glances.append(Glance(number: state.lastGlance, frame: frame, team: change.team))
            if state.glances.count > Self.glances { state.glances.removeFirst(Self.glances / 4) }
            return take(&state)
        }
        for waiter in waiting { waiter.resume(returning: .news) }
    }

    /// What holds of attention for somebody who begins to listen, and where to go on.
    func glance(_ changes: [AttentionBook.Change], for agent: AgentID) -> (
        frames: [UInt8], last: Int
    ) {
        state.withLock { state in
            let teams = state.teams[agent] ?? []
            let seen = changes.filter { $0.team.map(teams.contains) ?? true }
            return (seen.flatMap { StreamFrame.attention($0.attention) }, state.lastGlance)
        }
    }

    /// Returns when there is something after `place`, at the next heartbeat, or at the end.
    func wait(beyond place: StreamPlace) async -> Wake {
        let id = state.withLock { state in
            state.nextWaiter &+= 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let wake: Wake? = state.withLock { state in
                    if state.isFinished { return .finished }
                    if state.cancelled.remove(id) != nil || state.position > place.position
                        || state.lastGlance > place.glance
                    {
                        return .news
                    }
                    state.waiting[id] = continuation
                    return nil
                }
                if let wake { continuation.resume(returning: wake) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.waiting.removeValue(forKey: id)
                if waiter == nil { state.cancelled.insert(id) }
                return waiter
            }
            waiter?.resume(returning: .heartbeat)
        }
    }

    /// Wakes everybody so that they show that they are still there.
    func beat() { wake(.heartbeat) }

    /// Ends every stream; clients come back to the next daemon.
    func finish() {
        state.withLock { $0.isFinished = true }
        wake(.finished)
    }

    private func wake(_ wake: Wake) {
        let waiting = state.withLock { state in
            state.cancelled = []
            return take(&state)
        }
        for waiter in waiting { waiter.resume(returning: wake) }
    }

    private func take(_ state: inout State) -> [CheckedContinuation<Wake, Never>] {
        defer { state.waiting = [:] }
        return Array(state.waiting.values)
    }

    /// Trims in steps, because the rest moves up each time.
    private func trim(_ state: inout State) {
        guard state.items.count > capacity + capacity / 8 || state.bytes > maximumBytes else {
            return
        }
        var dropped = 0
        while state.items.count - dropped > capacity
            || (state.bytes > maximumBytes && dropped < state.items.count)
        {
            state.bytes &-= state.items[dropped].frame.count
            state.floor = state.items[dropped].position
            dropped += 1
        }
        if dropped > 0 { state.items.removeFirst(dropped) }
    }

    /// Items are in order of position: the first one behind a place, by halving.
    private static func index(after place: Position, in items: [StreamItem]) -> Int {
        var low = 0
        var high = items.count
        while low < high {
            let middle = low + (high - low) / 2
            if items[middle].position <= place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
