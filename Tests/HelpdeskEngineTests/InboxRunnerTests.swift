import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import Synchronization
import TestKit
import Testing

@Suite("Inboxes that receive by themselves")
struct InboxRunnerTests {
    static let away = ChannelHealth(state: .down, detail: "away", action: .wait)
    static let refused = ChannelHealth(state: .down, detail: "refused", action: .relogin)

    @Test("waits double from a second to five minutes; from a minute where a person must act")
    func delays() {
        var delays = RetryDelays()
        let waits = (0..<11).map { _ in delays.next(after: Self.away) }
        #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map { .seconds($0) })
        var person = RetryDelays()
        #expect(
            (0..<9).map { _ in person.next(after: Self.refused) }
                == [60, 60, 60, 60, 60, 60, 64, 128, 256].map { .seconds($0) })
        var forEver = RetryDelays()
        for _ in 0..<1_000 { #expect(forEver.next(after: Self.away) <= RetryDelays.last) }
    }

    @Test("one alarm for an outage, one word when it is over, and the cursor committed last")
    func reports() async throws {
        let desk = try await TestDesk()
        let host = IntakeHost(desk.desk, inbox: .supportMail) { .max }
        let adapter = FailingAdapter([
            .fail(Self.away), .fail(Self.away), .work("c-1", then: Self.away), .fail(Self.away),
            .fail(Self.away), .fail(Self.away), .fail(Self.away), .work("c-2", then: Self.refused),
            .fail(Self.refused), .end,
        ])
        let reports = Mutex<[InboxRunner.Report]>([])
        let waits = Mutex<[Duration]>([])
        let runner = InboxRunner(
            desk.desk, inbox: .supportMail, adapter: adapter, host: host,
            pause: { wait in
                waits.withLock { $0.append(wait) }
                return true
            }, report: { report in reports.withLock { $0.append(report) } })
        await runner.run()
        #expect(
            adapter.cursors == [nil, nil, nil, "c-1", "c-1", "c-1", "c-1", "c-1", "c-2", "c-2"])
        #expect(waits.withLock { $0 } == [1, 2, 1, 2, 4, 8, 16, 60, 60].map { .seconds($0) })
        let words = reports.withLock { $0 }.map { report in
            switch report {
            case .interrupted: "interrupted"
            case .alarm(let health): "alarm \(health.detail ?? "")"
            case .recovered(let failures): "recovered \(failures)"
            }
        }
        #expect(
            words == [
                "interrupted", "interrupted", "interrupted", "interrupted", "alarm away",
                "interrupted", "interrupted",
                "recovered 5", "alarm refused", "interrupted",
            ])
        #expect(
            host.currentHealth
                == ChannelHealth(
                    state: .down, detail: "refused", action: .relogin, lastSuccess: desk.now))
    }

    @Test("a cancelled runner stops and reports nothing")
    func cancelled() async throws {
        let desk = try await TestDesk()
        let reports = Mutex(0)
        let runner = InboxRunner(
            desk.desk, inbox: .supportMail, adapter: FailingAdapter([.fail(Self.away)]),
            host: IntakeHost(desk.desk, inbox: .supportMail) { .max },
            pause: { _ in false }, report: { _ in reports.withLock { $0 += 1 } })
        await runner.run()
        #expect(reports.withLock { $0 } == 1)
        let task = Task { await runner.run() }
        task.cancel()
        await task.value
        #expect(reports.withLock { $0 } <= 2)
    }
}

/// An adapter whose runs go as they are written down.
private final class FailingAdapter: ChannelAdapter {
    static let kind = ChannelKind(rawValue: "failing")
    static let sampleConfiguration = ""

    enum Step {
        case fail(ChannelHealth)
        /// Commits a cursor and says that it works, then fails.
        case work(String, then: ChannelHealth)
        case end
    }

    private let state: Mutex<(steps: [Step], cursors: [String?])>
    let capabilities = ChannelCapabilities.mail

    init(_ steps: [Step]) { state = Mutex((steps, [])) }

    init(
        configuration: ChannelConfiguration, secrets: ChannelSecrets
    ) throws(ChannelConfigurationError) { state = Mutex(([], [])) }

    var cursors: [String?] { state.withLock { $0.cursors } }

    func run(from cursor: Cursor?, host: any ChannelHost) async throws {
        let step = state.withLock { state in
            state.cursors.append(cursor?.text)
            return state.steps.isEmpty ? .end : state.steps.removeFirst()
        }
        switch step {
        case .end: return
        case .fail(let health): throw ChannelInterruption(health)
        case .work(let place, let health):
            _ = try await host.deliver(InboundBatch(messages: [], cursor: Cursor(text: place)))
            await host.health(ChannelHealth(state: .ok, lastSuccess: host.now()))
            throw ChannelInterruption(health)
        }
    }

    func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        throw OutboundRefusal(.unsupported, "receives only")
    }

    func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
        .rejected(.other, detail: "receives only")
    }
}
