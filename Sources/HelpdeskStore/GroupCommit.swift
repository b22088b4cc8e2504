internal import Dispatch
public import HelpdeskCore
internal import Synchronization

/// The writer: takes whatever has queued while the last transaction was committing and commits it as one, so that durability
/// costs one fsync for many commands under load, and one command alone waits for nobody (DESIGN §4).
///
/// A command that throws before it wrote anything fails alone. When one throws after writing, the group is rolled back and
/// its commands are committed one by one. No savepoint per command.
public final class GroupCommit: Sendable {
    /// Commands in one transaction, at most.
    public static let maximumGroup = 256
    /// Commands waiting; beyond it `submit` answers "busy" at once, so that nothing is accepted into memory only.
    public static let maximumQueue = 4096

    private let database: SQLiteDatabase
    private let queue = DispatchQueue(label: "hamdel.store.write")
    private let state = Mutex(State())

    private struct State {
        var waiting: [any QueuedCommand] = []
        var isRunning = false
        var isStopped = false
        var stopping: [CheckedContinuation<Void, Never>] = []
        var position = Position.start
        var listeners: [Int: @Sendable (Position) -> Void] = [:]
        var nextListener = 0
        var rollbacks: [@Sendable () -> Void] = []
        var observers: [@Sendable (CommittedGroup) -> Void] = []
        /// The first failure after which what is on disk is unknown.
        var fatal: StoreError?
    }

    init(database: SQLiteDatabase) {
        self.database = database
        let last = try? database.read { connection throws(StoreError) in
            try connection.first("SELECT position FROM counters WHERE id = 1") {
                row throws(StoreError) in
                try row.number(0, as: Position.self)
            }
        }
        state.withLock { $0.position = (last ?? nil) ?? .start }
    }

    /// The last committed position.
    public var position: Position { state.withLock { $0.position } }

    /// Commands that wait at this moment.
    public var waiting: Int { state.withLock { $0.waiting.count } }

    /// Called on the writer's thread after each transaction; must be quick.
    public func onGroup(_ observer: @escaping @Sendable (CommittedGroup) -> Void) {
        state.withLock { $0.observers.append(observer) }
    }

    /// Set once when a write or fsync failed: the daemon must stop and never retry (DESIGN "Store").
    public var fatalError: StoreError? { state.withLock { $0.fatal } }

    /// Called on the writer's thread after each commit that wrote events, with the new last position; must be quick. Returns
    /// what `removeListener` takes.
    public func onCommit(_ listener: @escaping @Sendable (Position) -> Void) -> Int {
        state.withLock { state in
            state.nextListener &+= 1
            state.listeners[state.nextListener] = listener
            return state.nextListener
        }
    }

    public func removeListener(_ id: Int) {
        state.withLock { _ = $0.listeners.removeValue(forKey: id) }
    }

    /// Called on the writer's thread after a rollback: whoever keeps state in step with the stream drops it.
    public func onRollback(_ listener: @escaping @Sendable () -> Void) {
        state.withLock { $0.rollbacks.append(listener) }
    }

    /// Runs `body` in a transaction and returns when it is durable. `body` may run twice (after a rolled back group), so it
    /// changes nothing but the transaction.
    @discardableResult
    public func submit<Value: Sendable, Failure: Error>(
        at now: Instant, failing: Failure.Type = Failure.self,
        _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) async throws(CommandFailure<Failure>) -> Value {
        let result: Result<Value, CommandFailure<Failure>> = await withCheckedContinuation {
            continuation in
            enqueue(
                Command(now: now, body: body) { continuation.resume(returning: $0) })
        }
        return try result.get()
    }

    /// The same, blocking the caller's thread: for offline commands, where no daemon runs.
    public func submitNow<Value: Sendable, Failure: Error>(
        at now: Instant, failing: Failure.Type = Failure.self,
        _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) throws(CommandFailure<Failure>) -> Value {
        let done = DispatchSemaphore(value: 0)
        let box = Mutex<Result<Value, CommandFailure<Failure>>>(.failure(.busy))
        enqueue(
            Command(now: now, body: body) { result in
                box.withLock { $0 = result }
                done.signal()
            })
        done.wait()
        return try box.withLock { $0 }.get()
    }

    /// Lets the queue drain and refuses whatever comes later.
    func stop() async {
        await withCheckedContinuation { continuation in
            let idle = state.withLock { state in
                state.isStopped = true
                if state.isRunning { state.stopping.append(continuation) }
                return !state.isRunning
            }
            if idle { continuation.resume() }
        }
    }

    private func enqueue(_ command: any QueuedCommand) {
        enum Admission { case start, wait, busy, stopped }
        let admission: Admission = state.withLock { state in
            if state.isStopped || state.fatal != nil { return .stopped }
            if state.waiting.count >= Self.maximumQueue { return .busy }
            state.waiting.append(command)
            if state.isRunning { return .wait }
            state.isRunning = true
            return .start
        }
        switch admission {
        case .start: queue.async { self.run() }
        case .wait: break
        case .busy: command.refuse(.busy)
        case .stopped: command.refuse(.stopped)
        }
    }

    private func run() {
        while true {
            let group = state.withLock { state in
                let group = Array(state.waiting.prefix(Self.maximumGroup))
                state.waiting.removeFirst(group.count)
                return group
            }
            if group.isEmpty {
                let stopping: [CheckedContinuation<Void, Never>]? = state.withLock { state in
                    guard state.waiting.isEmpty else { return nil }
                    state.isRunning = false
                    defer { state.stopping = [] }
                    return state.stopping
                }
                guard let stopping else { continue }
                for continuation in stopping { continuation.resume() }
                return
            }
            commit(group)
        }
    }

    private func commit(_ group: [any QueuedCommand]) {
        do throws(StoreError) {
            try commitTogether(group)
        } catch {
            rolledBack()
            if group.count == 1 || note(error) {
                for command in group { command.refuse(.store(error)) }
                return
            }
            for command in group {
                do throws(StoreError) {
                    try commitTogether([command])
                } catch {
                    rolledBack()
                    _ = note(error)
                    command.refuse(.store(error))
                }
            }
        }
    }

    private func commitTogether(_ group: [any QueuedCommand]) throws(StoreError) {
        let began = ContinuousClock.now
        let committed = try database.transaction { connection throws(StoreError) in
            let transaction = try StoreTransaction(connection: connection)
            for command in group {
                transaction.begin(at: command.now)
                command.run(in: transaction)
                if let error = command.storeError { throw error }
                if command.failed { transaction.giveBackNumbers() }
                if command.failed && transaction.hasWritten {
                    guard group.count == 1 else { throw StoreError.damaged("rolled back group") }
                    throw StoreError.rejectedAfterWriting
                }
            }
            try transaction.finish()
            return transaction.lastPosition
        }
        let took = ContinuousClock.now - began
        let (listeners, observers) = state.withLock { state in
            defer { state.position = committed }
            let listeners = committed > state.position ? Array(state.listeners.values) : []
            return (listeners, state.observers)
        }
        for command in group { command.succeed() }
        for listener in listeners { listener(committed) }
        for observer in observers { observer(CommittedGroup(commands: group.count, took: took)) }
    }

    /// Whether the failure ends the store's work for good.
    private func note(_ error: StoreError) -> Bool {
        guard case .inputOutput = error else { return false }
        state.withLock { $0.fatal = $0.fatal ?? error }
        return true
    }

    private func rolledBack() {
        let rollbacks = state.withLock { $0.rollbacks }
        for rollback in rollbacks { rollback() }
    }
}

/// One transaction, as those who measure see it.
public struct CommittedGroup: Hashable, Sendable {
    public let commands: Int
    /// From its begin to its commit, fsync included.
    public let took: Duration
}
