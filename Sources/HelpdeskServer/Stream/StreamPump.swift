internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore
internal import Logging
internal import ServiceLifecycle

/// Carries what is committed into the feed, one reader for all subscribers, and beats while nothing happens. The one
/// listener on commits.
struct StreamPump: Service {
    /// Half of what CONTRACT allows, so that a late beat is still in time.
    static let heartbeat = Duration.seconds(8)

    let feed: StreamFeed
    let source: StreamSource
    let attention: AttentionBook
    let logger: Logger

    func run() async throws {
        let (commits, signal) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let writer = source.desk.store.writer
        let listener = writer.onCommit { _ in signal.yield() }
        defer { writer.removeListener(listener) }
        signal.yield()
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await beat() }
                for await _ in commits { await carry() }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            signal.finish()
            feed.finish()
        }
    }

    /// Reads what is new until nothing is. With nobody listening, or too much to read, goes on at the newest event.
    func carry() async {
        while true {
            let newest = source.desk.store.writer.position
            let behind = newest.rawValue &- feed.position.rawValue
            guard behind > 0 else { return }
            guard feed.audience == .somebody, behind <= Int64(feed.capacity) else {
                feed.skip(to: newest)
                return
            }
            do {
                let (items, teams) = try await source.page(after: feed.position)
                guard !items.isEmpty else { return }
                feed.append(items, teams: teams)
            } catch {
                logger.error(
                    "the event stream cannot be read", metadata: ["error": "\(error.text)"])
                feed.skip(to: newest)
                return
            }
        }
    }

    private func beat() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.heartbeat)
            for change in attention.sweep(at: source.desk.environment.now()) {
                feed.tell(change, teams: nil)
            }
            feed.beat()
        }
    }
}
