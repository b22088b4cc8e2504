/// HTTP requests out: to the daemon's API (unix socket or TCP), chat reply addresses and webhooks.
///
/// http and https only; TLS peers are verified; HTTP/1.1; no proxy from the environment; no redirect
/// unless asked for. Any status is an answer; failures are for when there is none.
public struct HTTPTransfer: Sendable {
    private let loop: CurlLoop

    public init(loop: CurlLoop) {
        self.loop = loop
    }

    /// Sends one request and collects the whole answer, at most `request.maximumResponseBytes`.
    ///
    /// Suspends, never blocks. Cancelling the task ends the transfer with `.cancelled`.
    public func send(_ request: Request) async throws(TransportFailure) -> Response {
        try request.check()
        let id = loop.makeID()
        let collector = HTTPCollector(request)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                collector.start { continuation.resume(returning: $0) }
                loop.submit(collector, as: id)
                // Cancelled before it was submitted: the handler below came too early.
                if Task.isCancelled { loop.cancel(id) }
            }
        } onCancel: {
            loop.cancel(id)
        }
        return try result.get()
    }

    /// Sends one request and returns as soon as the answer's head is there; the body follows in
    /// chunks. Made for server-sent events: set `timeouts.total` to nil and `timeouts.idle` to more
    /// than the heartbeat.
    ///
    /// At most `bufferedBytes` (plus one read of libcurl, 16 KiB) are held: a slow reader pauses the
    /// transfer. Letting go of the body ends the transfer. `maximumResponseBytes` is not looked at.
    public func stream(
        _ request: Request, bufferedBytes: Int = 256 * 1024
    ) async throws(TransportFailure) -> StreamingResponse {
        try request.check()
        let id = loop.makeID()
        let loop = loop
        let chunks = ChunkBuffer(limit: max(1, bufferedBytes)) { loop.resume(id) }
        let streamer = HTTPStreamer(request, chunks)
        let lease = StreamLease { loop.cancel(id) }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                streamer.start { continuation.resume(returning: $0) }
                loop.submit(streamer, as: id)
                if Task.isCancelled { loop.cancel(id) }
            }
        } onCancel: {
            loop.cancel(id)
        }
        let head = try result.get()
        let body = AsyncThrowingStream<[UInt8], any Error> {
            // The lease lives as long as the stream does.
            try await withExtendedLifetime(lease) { chunks }.next()
        }
        return StreamingResponse(status: head.status, headers: head.headers, body: body)
    }
}

/// Ends a streaming transfer when its reader is gone.
final class StreamLease: Sendable {
    private let end: @Sendable () -> Void

    init(end: @escaping @Sendable () -> Void) {
        self.end = end
    }

    deinit { end() }
}
