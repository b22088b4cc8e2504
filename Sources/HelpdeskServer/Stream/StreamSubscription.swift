internal import CoreMetrics
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore
internal import Hummingbird

/// One live stream: from a place on everything its viewer may see, first out of the store, then as it happens.
struct StreamSubscription: Sendable {
    let feed: StreamFeed
    let source: StreamSource
    let agent: AgentID
    let reader: StreamReader
    let start: Position
    let attention: AttentionBook
    let metrics: ServerMetrics

    /// Writes until the other end is gone or the daemon drains. Waits while the other end does not read.
    func write(to writer: inout any ResponseBodyWriter) async throws {
        try await follow(&writer)
        try await writer.finish(nil)
    }

    private func follow(_ writer: inout any ResponseBodyWriter) async throws {
        let desk = source.desk
        feed.subscribe(agent)
        if reader == .screen { desk.screens.connected(agent) }
        metrics.streams.set(feed.subscriptionCount)
        defer {
            feed.unsubscribe(agent)
            if reader == .screen { desk.screens.disconnected(agent, at: desk.now) }
            metrics.streams.set(feed.subscriptionCount)
        }
        try await send(StreamFrame.retry, to: &writer)
        let (frames, last) = feed.glance(attention.all(), for: agent)
        try await send(frames, to: &writer)
        var place = StreamPlace(position: start, glance: last)
        if start > source.desk.store.writer.position {
            // A place from before a restored backup: what they hold is of another history.
            place.position = source.desk.store.writer.position
            try await send(StreamFrame.resync(at: place.position), to: &writer)
        }
        var progress = Progress.catchingUp
        while !Task.isCancelled {
            switch feed.next(after: place, for: agent) {
            case .frames(let frames, let reached):
                try await send(frames, to: &writer)
                place = reached
                progress = .live
            case .behind(let newest):
                switch progress {
                case .catchingUp:
                    place.position = try await catchUp(from: place.position, newest, &writer)
                case .live:
                    place.position = newest
                    try await send(StreamFrame.resync(at: newest), to: &writer)
                }
            case .nothing:
                progress = .live
                switch await feed.wait(beyond: place) {
                case .news: continue
                case .heartbeat: try await send(StreamFrame.heartbeat, to: &writer)
                case .finished: return
                }
            case .finished: return
            }
        }
    }

    private enum Progress { case catchingUp, live }

    /// A page out of the store.
    private func catchUp(
        from place: Position, _ newest: Position, _ writer: inout any ResponseBodyWriter
    ) async throws -> Position {
        let (items, teams) = try await source.page(after: place)
        guard let last = items.last else { return max(place, newest) }
        let mine = teams[agent] ?? []
        try await send(items.flatMap { $0.frame(for: agent, in: mine) ?? [] }, to: &writer)
        return last.position
    }

    private func send(_ bytes: [UInt8], to writer: inout any ResponseBodyWriter) async throws {
        guard !bytes.isEmpty else { return }
        try await writer.write(ByteBuffer(bytes: bytes))
    }
}
