public import HelpdeskCore
internal import HelpdeskStore
internal import Synchronization

/// Writes down when an alarm began and when it is over: for webhooks, and so that ops are told once, whatever restarts. What
/// comes and goes within a minute is none, and what is gone for less than five minutes is not over.
public final class AlarmWatch: Sendable {
    static let settling = TimeSpan.minutes(1)
    static let fading = TimeSpan.minutes(5)

    /// What was written down.
    public struct Change: Hashable, Sendable {
        public let event: AlarmChanged
        /// As it began; nil: it is over.
        public let alarm: DeskAlarm?

        public init(event: AlarmChanged, alarm: DeskAlarm?) {
            self.event = event
            self.alarm = alarm
        }
    }

    /// Since when each is there, or gone, while that is not written down.
    private struct Sightings {
        var seen: [AlarmChanged: Instant] = [:]
        var gone: [AlarmChanged: Instant] = [:]

        mutating func judge(
            _ alarms: [AlarmChanged: DeskAlarm], open: Set<AlarmChanged>, at now: Instant
        ) -> [Change] {
            seen = seen.filter { alarms[$0.key] != nil && !open.contains($0.key) }
            gone = gone.filter { alarms[$0.key] == nil && open.contains($0.key) }
            for key in alarms.keys where !open.contains(key) { seen[key] = seen[key] ?? now }
            for key in open where alarms[key] == nil { gone[key] = gone[key] ?? now }
            let began = seen.filter { now.since($0.value) >= AlarmWatch.settling }.keys
                .map { Change(event: $0, alarm: alarms[$0]) }
            let over = gone.filter { now.since($0.value) >= AlarmWatch.fading }.keys
                .map { Change(event: $0, alarm: nil) }
            return (began + over).sorted {
                ($0.event.kind, $0.event.subject) < ($1.event.kind, $1.event.subject)
            }
        }
    }

    private let desk: Desk
    private let sightings = Mutex(Sightings())

    public init(_ desk: Desk) { self.desk = desk }

    /// One look; what began or ended by it.
    public func runOnce() async throws(DeskFailure) -> [Change] {
        let alarms = Dictionary(
            try await desk.alarms().map { (AlarmChanged($0), $0) },
            uniquingKeysWith: { first, _ in first })
        let open = Set(
            try await desk.read { reader throws(StoreError) in try reader.openAlarms() })
        let now = desk.now
        let changes = sightings.withLock { $0.judge(alarms, open: open, at: now) }
        guard !changes.isEmpty else { return [] }
        try await desk.write { transaction in
            for change in changes {
                try transaction.append(
                    .desk(
                        change.alarm == nil
                            ? .alarmEnded(change.event) : .alarmBegan(change.event)),
                    ticket: nil, customer: nil, by: .system)
            }
        }
        return changes
    }
}

extension AlarmChanged {
    init(_ alarm: DeskAlarm) { self.init(kind: alarm.kind.rawValue, subject: alarm.subject) }
}
