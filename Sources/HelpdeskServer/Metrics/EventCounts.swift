internal import CoreMetrics
internal import HelpdeskCore
internal import HelpdeskStore
internal import Synchronization

/// Counts the events of the stream by type since the start of the process: read when somebody asks, so that committing pays
/// nothing for it, and what is counted is what is kept.
final class EventCounts: Sendable {
    /// Positions looked at in one asking; what is beyond is counted by the next.
    static let most: Int64 = 200_000

    private let store: Store
    private let registry: MetricsRegistry
    private let counted: Mutex<Position>

    init(_ store: Store, _ registry: MetricsRegistry) {
        self.store = store
        self.registry = registry
        counted = Mutex(store.writer.position)
    }

    func update() async {
        let after = counted.withLock { $0 }
        let through = Position(
            rawValue: min(store.writer.position.rawValue, after.rawValue &+ Self.most))
        guard through > after,
            let counts = try? await store.read({ reader throws(StoreError) in
                try reader.eventCounts(after: after, through: through)
            })
        else { return }
        // Two who ask at once must not count the same events twice.
        let isOurs = counted.withLock { place in
            guard place == after else { return false }
            place = through
            return true
        }
        guard isOurs else { return }
        for (type, count) in counts {
            Counter(
                label: "hamdel_events_total", dimensions: [("type", type)], factory: registry
            ).increment(by: Int64(count))
        }
    }
}
