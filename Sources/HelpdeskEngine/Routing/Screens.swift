public import HelpdeskCore
internal import HelpdeskStore
internal import Synchronization

/// Who has a live stream open, as the server says. Held by the desk; `ScreenWatch` writes down what changed.
public final class Screens: Sendable {
    private let state = Mutex(State())

    private struct State {
        var book = ScreenBook()
        var isTakenOver = false
    }

    public func connected(_ agent: AgentID) { state.withLock { $0.book.connected(agent) } }

    public func disconnected(_ agent: AgentID, at now: Instant) {
        state.withLock { $0.book.disconnected(agent, at: now) }
    }

    var isTakenOver: Bool { state.withLock { $0.isTakenOver } }

    func takeOver(_ open: Set<AgentID>, at now: Instant) {
        state.withLock { state in
            guard !state.isTakenOver else { return }
            state.isTakenOver = true
            state.book.takeOver(open, at: now)
        }
    }

    func changes(at now: Instant, grace: TimeSpan) -> [ScreenChanged] {
        state.withLock { $0.book.changes(at: now, grace: grace) }
    }

    func wrote(_ changes: [ScreenChanged]) { state.withLock { $0.book.wrote(changes) } }
}

/// Writes down whose screen opened or closed, and drains the queues then: chats go to whoever sits there.
public struct ScreenWatch: Sendable {
    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// One look; how many changes were written. Nothing is read or written while nothing changes.
    public func runOnce() async throws(DeskFailure) -> Int {
        let screens = desk.screens
        if !screens.isTakenOver {
            let open = try await desk.read { reader throws(StoreError) in
                try reader.openScreens()
            }
            screens.takeOver(open, at: desk.now)
        }
        let changes = screens.changes(at: desk.now, grace: desk.policy.screenGrace)
        guard !changes.isEmpty else { return 0 }
        let desk = desk
        try await desk.write { transaction in
            for change in changes {
                try transaction.append(
                    .desk(.screenChanged(change)), ticket: nil, customer: nil, by: .system)
                desk.board.screen(change.screen, of: change.agent)
            }
            try QueueDrain(session: TicketSession(desk, transaction, by: .system)).drainAll()
        }
        screens.wrote(changes)
        return changes.count
    }
}
