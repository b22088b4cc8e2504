public import HelpdeskCore
internal import HelpdeskStore

/// How a desk stands, for `hamdeld doctor`: figures and alarms, nobody's words.
public struct DeskState: Codable, Sendable {
    public struct Alarm: Codable, Sendable {
        public let kind: String
        public let subject: String
        public let text: String
        public let advice: String
    }

    public let epoch: Int
    public let position: Int64
    /// When the last event happened; nil in an empty store.
    public let lastEvent: Instant?
    public let alarms: [Alarm]
    /// Entries by state, those not settled.
    public let outbox: [String: Int]
    public let oldestUnsent: Instant?
    public let quarantine: Int
    /// When each inbox last heard something; nil: never.
    public let arrivals: [String: Instant?]
}

extension Administration {
    func showState() async throws(DeskFailure) -> AdministrationReply {
        let alarms = try await desk.alarms().map {
            DeskState.Alarm(
                kind: $0.kind.rawValue, subject: $0.subject, text: $0.text, advice: $0.advice)
        }
        let inboxes = desk.policy.inboxes.keys.sorted()
        let state = try await desk.read { reader throws(StoreError) in
            let health = try reader.health(viewer: .system)
            var arrivals: [String: Instant?] = [:]
            for inbox in inboxes {
                arrivals.updateValue(try reader.lastArrival(in: inbox), forKey: inbox.rawValue)
            }
            return DeskState(
                epoch: try reader.epoch().number, position: health.position.rawValue,
                lastEvent: try reader.streamSpan()?.last, alarms: alarms,
                outbox: Dictionary(
                    health.outbox.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { $1 }),
                oldestUnsent: health.oldestUnsent, quarantine: health.quarantineWaiting,
                arrivals: arrivals)
        }
        return AdministrationReply(
            .done, "\(state.alarms.count) alarms at position \(state.position)",
            document: Self.json(state))
    }
}
