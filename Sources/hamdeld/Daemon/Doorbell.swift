internal import Synchronization

/// Wakes a worker: rung from any thread, any number of rings before a wait count as one.
final class Doorbell: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func ring() { continuation.yield() }

    /// Rings in order; one reader only.
    var rings: AsyncStream<Void> { stream }
}
