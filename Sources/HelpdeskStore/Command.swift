internal import HelpdeskCore
internal import Synchronization

/// Why a submitted command was not carried out.
public enum CommandFailure<Rejection: Error>: Error {
    /// The command itself said no; nothing was written.
    case rejected(Rejection)
    /// The queue is full: come back later.
    case busy
    /// The store is closing, or a write failed before.
    case stopped
    case store(StoreError)
}

/// A command in the writer's queue, its type forgotten.
protocol QueuedCommand: AnyObject, Sendable {
    var now: Instant { get }
    /// Whether the last run threw, and the store's own failure if that was it.
    var failed: Bool { get }
    var storeError: StoreError? { get }
    func run(in transaction: StoreTransaction)
    /// The transaction is durable: hands over what the last run returned or threw.
    func succeed()
    func refuse(_ refusal: Refusal)
}

enum Refusal { case busy, stopped, store(StoreError) }

final class Command<Value: Sendable, Failure: Error>: QueuedCommand {
    typealias Outcome = Result<Value, CommandFailure<Failure>>

    let now: Instant
    private let body: @Sendable (StoreTransaction) throws -> Value
    private let finish: @Sendable (Outcome) -> Void
    private let outcome = Mutex<Outcome>(.failure(.busy))

    init(
        now: Instant, body: @escaping @Sendable (StoreTransaction) throws -> Value,
        finish: @escaping @Sendable (Outcome) -> Void
    ) {
        self.now = now
        self.body = body
        self.finish = finish
    }

    var failed: Bool {
        outcome.withLock { if case .failure = $0 { true } else { false } }
    }

    var storeError: StoreError? {
        outcome.withLock { if case .failure(.store(let error)) = $0 { error } else { nil } }
    }

    func run(in transaction: StoreTransaction) {
        let result: Outcome
        do {
            result = .success(try body(transaction))
        } catch let error as StoreError {
            result = .failure(.store(error))
        } catch let error as Failure {
            result = .failure(.rejected(error))
        } catch {
            result = .failure(.store(.statement(code: 0, message: "\(error)")))
        }
        outcome.withLock { $0 = result }
    }

    func succeed() { finish(outcome.withLock { $0 }) }

    func refuse(_ refusal: Refusal) {
        switch refusal {
        case .busy: finish(.failure(.busy))
        case .stopped: finish(.failure(.stopped))
        case .store(.rejectedAfterWriting): finish(outcome.withLock { $0 })
        case .store(let error): finish(.failure(.store(error)))
        }
    }
}
