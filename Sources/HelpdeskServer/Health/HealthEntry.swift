internal import ChannelKit
internal import CoreMetrics
internal import HTTPTypes
internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore
internal import Synchronization

/// `/healthz`, `/readyz` and `/metrics`: for ops and what watches for them. Nobody is named.
struct HealthEntry: Sendable {
    let desk: Desk
    let settings: ServerSettings
    let registry: MetricsRegistry
    let drain: DrainMark
    let counts: EventCounts

    init(desk: Desk, settings: ServerSettings, registry: MetricsRegistry, drain: DrainMark) {
        self.desk = desk
        self.settings = settings
        self.registry = registry
        self.drain = drain
        counts = EventCounts(desk.store, registry)
    }

    /// The process is there and answers.
    func alive() -> DeskAnswer {
        DeskAnswer(contentType: "text/plain; charset=utf-8", bytes: Array("ok\n".utf8))
    }

    /// Whether work can be taken: the store writes, and nobody asked us to stop. Names each check.
    func ready() async -> DeskAnswer {
        let checks = [await store(), drainCheck()] + (await settings.readiness())
        let isReady = checks.allSatisfy { $0.state == .ok }
        let document: JSONValue = .object([
            JSONMember("status", .string(isReady ? "ready" : "not_ready")),
            JSONMember(
                "checks",
                .object(
                    checks.map { check in
                        JSONMember(
                            check.name,
                            .object([
                                JSONMember("status", .string(check.state.rawValue)),
                                JSONMember("detail", check.detail.map { .string($0) } ?? .null),
                            ]))
                    })),
        ])
        var answer = DeskAnswer(
            status: isReady ? 200 : 503, contentType: "application/json",
            bytes: JSONText.bytes(of: document))
        if !isReady { answer.headers.append((.retryAfter, "5")) }
        return answer
    }

    /// A round trip through the writer, the way every message goes; it writes nothing.
    private func store() async -> ReadinessCheck {
        if let error = desk.store.writer.fatalError {
            return ReadinessCheck(name: "store", state: .failed, detail: error.text)
        }
        do throws(CommandFailure<Never>) {
            try await desk.store.writer.submit(
                at: desk.environment.now(), failing: Never.self
            ) { transaction in _ = transaction.lastPosition }
            return ReadinessCheck(name: "store", state: .ok)
        } catch {
            let detail =
                switch error {
                case .busy: "the queue of the writer is full"
                case .stopped: "the store is closed"
                case .store(let error): error.text
                }
            return ReadinessCheck(name: "store", state: .failed, detail: detail)
        }
    }

    private func drainCheck() -> ReadinessCheck {
        drain.isSet
            ? ReadinessCheck(name: "drain", state: .failed, detail: "the daemon is stopping")
            : ReadinessCheck(name: "drain", state: .ok)
    }

    /// Figures of the desk are read when they are asked for.
    func metrics() async -> DeskAnswer {
        let health = try? await desk.store.read { reader throws(StoreError) in
            try reader.health(viewer: .system)
        }
        if let health {
            gauge("hamdel_stream_position", Int64(health.position.rawValue))
            gauge("hamdel_quarantine_waiting", Int64(health.quarantineWaiting))
            gauge("hamdel_tickets_queued", Int64(health.queuedTickets))
            let age = health.oldestUnsent.map { desk.environment.now().since($0).milliseconds }
            gauge("hamdel_outbox_oldest_seconds", max(0, age ?? 0) / 1_000)
            for state in StoreReader.unsettled {
                let count = Int64(health.outbox[state] ?? 0)
                registry.makeMeter(
                    label: "hamdel_outbox_entries", dimensions: [("state", state.rawValue)]
                ).set(count)
            }
        }
        if let alarms = try? await desk.alarms() {
            for kind in DeskAlarm.Kind.allCases {
                registry.makeMeter(
                    label: "hamdel_alarms", dimensions: [("kind", kind.rawValue)]
                ).set(Int64(alarms.filter { $0.kind == kind }.count))
            }
        }
        inboxes()
        await counts.update()
        registry.makeMeter(
            label: "hamdel_build_info", dimensions: [("version", settings.version)]
        ).set(Int64(1))
        gauge("hamdel_store_commands_waiting", Int64(desk.store.writer.waiting))
        settings.measure()
        return DeskAnswer(
            contentType: "text/plain; version=0.0.4; charset=utf-8",
            bytes: Array(registry.text().utf8))
    }

    /// Whether each inbox receives, when it last did, and how much waits at the provider.
    private func inboxes() {
        let now = desk.environment.now()
        for inbox in desk.policy.inboxes.keys {
            guard let health = settings.health(inbox) else { continue }
            let label = [("inbox", inbox.rawValue)]
            func set(_ name: String, _ value: Int64) {
                registry.makeMeter(label: name, dimensions: label).set(value)
            }
            set("hamdel_inbox_up", health.state == .down ? 0 : 1)
            if let last = health.lastSuccess {
                set(
                    "hamdel_inbox_success_age_seconds", max(0, now.since(last).milliseconds) / 1_000
                )
            }
            if let waiting = health.waiting { set("hamdel_inbox_waiting", Int64(waiting)) }
        }
    }

    private func gauge(_ label: String, _ value: Int64) {
        registry.makeMeter(label: label, dimensions: []).set(value)
    }
}

/// Whether the daemon was asked to stop.
final class DrainMark: Sendable {
    private let mark = Atomic<Bool>(false)

    var isSet: Bool { mark.load(ordering: .acquiring) }
    func set() { mark.store(true, ordering: .releasing) }
}
