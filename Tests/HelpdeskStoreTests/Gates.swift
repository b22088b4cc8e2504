import Dispatch
import HelpdeskCore
import Synchronization

/// Holds a thread until it is opened.
final class Gate: Sendable {
    private let entered = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    func enterAndWait() {
        entered.signal()
        opened.wait()
    }

    func waitUntilEntered() { entered.wait() }
    func open() { opened.signal() }
}

final class Counter: Sendable {
    private let count = Mutex(0)
    func add() { count.withLock { $0 += 1 } }
    var value: Int { count.withLock { $0 } }
}

final class Heard: Sendable {
    private let heard = Mutex<[Position]>([])
    func add(_ position: Position) { heard.withLock { $0.append(position) } }
    var positions: [Position] { heard.withLock { $0 } }
}
