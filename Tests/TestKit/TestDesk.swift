public import ChannelKit
public import HelpdeskCore
public import HelpdeskEngine
public import HelpdeskStore
internal import Synchronization
internal import Testing

/// A whole desk over a real SQLite file in a temporary folder, with a manual clock, repeatable randomness and scripted
/// channels. `restart` is a crash: the store is dropped without being closed, and the file opened again.
public final class TestDesk: Sendable {
    public let plan: DeskPlan
    public let clock: ManualClock
    public let random: RepeatableBytes
    public let folder: TemporaryFolder
    public let adapters: [InboxID: ScriptedAdapter]
    /// Stand in for the scripted ones of the same inbox.
    private let others: [InboxID: any ChannelAdapter]
    private let current: Mutex<Desk>

    /// - Parameters:
    ///   - others: real channels, for inboxes that shall not be scripted.
    ///   - remains: files of a desk that died (`TestDesk.leaveFiles`); nil: a new one.
    public init(
        _ plan: DeskPlan = .standard, clock: ManualClock = ManualClock(), seed: UInt64 = 7,
        others: [InboxID: any ChannelAdapter] = [:], remains: TemporaryFolder? = nil
    ) async throws {
        self.plan = plan
        self.clock = clock
        random = RepeatableBytes(seed: seed)
        folder = try remains ?? TemporaryFolder()
        adapters = Dictionary(
            plan.inboxes.map { ($0.id, ScriptedAdapter($0.capabilities)) },
            uniquingKeysWith: { $1 })
        self.others = others
        current = Mutex(
            try Self.open(
                plan, path: folder.file("desk.db"), clock: clock, random: random,
                adapters: Self.all(adapters, others)))
        guard remains == nil else { return }
        let directory = AgentDirectory(desk)
        for agent in plan.agents { _ = try await directory.add(agent) }
    }

    private static func open(
        _ plan: DeskPlan, path: String, clock: ManualClock, random: RepeatableBytes,
        adapters: [InboxID: any ChannelAdapter]
    ) throws -> Desk {
        let store = try Store(
            path: path, now: clock.now, seed: StoreSeed(signingKey: random.next(32)))
        return try Desk(
            store: store, policy: plan.policy, adapters: adapters,
            environment: DeskEnvironment(
                now: { clock.now }, random: { random.next($0) },
                zone: {
                    $0 == "Asia/Tehran" ? ZoneRules(name: $0, offsetSeconds: 12_600) : nil
                }))
    }

    private static func all(
        _ scripted: [InboxID: ScriptedAdapter], _ others: [InboxID: any ChannelAdapter]
    ) -> [InboxID: any ChannelAdapter] {
        others.merging(scripted.mapValues { $0 as any ChannelAdapter }) { real, _ in real }
    }

    public var desk: Desk { current.withLock { $0 } }
    public var store: Store { desk.store }
    public var now: Instant { clock.now }
    public var intake: Intake { Intake(desk) }
    public var tickets: TicketDesk { TicketDesk(desk) }
    public var replies: ReplyDesk { ReplyDesk(desk) }
    public var surveys: SurveyDesk { SurveyDesk(desk) }
    public var outbox: OutboxWorker { OutboxWorker(desk) }
    public var timer: ClockWorker { ClockWorker(desk) }
    public var directory: AgentDirectory { AgentDirectory(desk) }

    /// Another configuration in force, with the same channels.
    public func reload(_ plan: DeskPlan) {
        desk.reload(policy: plan.policy, adapters: Self.all(adapters, others))
    }

    public var screens: ScreenWatch { ScreenWatch(desk) }

    /// As after a crash: nothing is drained, nothing is closed.
    public func restart() throws {
        let desk = try Self.open(
            plan, path: folder.file("desk.db"), clock: clock, random: random,
            adapters: Self.all(adapters, others))
        current.withLock { $0 = desk }
    }

    /// What a death at this moment would leave on the disk. Nothing may be written meanwhile: to be called where the desk waits
    /// for a channel, or on the writer's own thread.
    public func leaveFiles() throws -> TemporaryFolder {
        let remains = try TemporaryFolder()
        for file in ["desk.db", "desk.db-wal"] {
            try folder.copy(file, to: remains)
        }
        return remains
    }

    public func adapter(_ inbox: InboxID) throws -> ScriptedAdapter {
        try #require(adapters[inbox])
    }

    public static func caller(_ agent: AgentID, _ role: AgentRole = .agent) -> Caller {
        Caller(agent: agent, role: role)
    }

    /// One message in a batch of its own.
    @discardableResult
    public func deliver(
        _ message: InboundMessage, to inbox: InboxID = .supportMail
    ) async throws -> DeliveryOutcome {
        let outcomes = try await intake.deliver(InboundBatch(messages: [message]), to: inbox)
        return try #require(outcomes.first)
    }

    /// The same, for a message that must become part of a ticket.
    @discardableResult
    public func ticket(
        _ message: InboundMessage, to inbox: InboxID = .supportMail
    ) async throws -> (message: MessageID, ticket: TicketNumber) {
        let outcome = try await deliver(message, to: inbox)
        guard case .ticketed(let id, let number) = outcome else {
            throw TestDeskError(text: "expected a ticketed message, got \(outcome)")
        }
        return (id, number)
    }

    @discardableResult
    public func perform(
        _ action: TicketAction, on ticket: TicketNumber, by agent: AgentID = .nima
    ) async throws -> TicketRow {
        try await tickets.perform(
            action, on: ticket, by: Self.caller(agent), ifVersion: nil, command: nil)
    }

    @discardableResult
    public func reply(
        _ text: String = "Thank you for writing; please try again.", to ticket: TicketNumber,
        by agent: AgentID = .nima, then: TicketCommand.AfterReply = .keep
    ) async throws -> MessageID {
        try await replies.reply(
            ReplyDraft(text: text, then: then), to: ticket, by: Self.caller(agent),
            ifVersion: nil, command: nil)
    }

    /// Runs the clock's worker until nothing is due.
    public func runTimers() async throws {
        for _ in 0..<100 where try await timer.runOnce() > 0 {}
        #expect(try await timer.runOnce() == 0, "the clock always finds something due")
    }

    /// Runs the outbox until nothing is due.
    public func runOutbox() async throws {
        for _ in 0..<100 where try await outbox.runOnce() > 0 {}
        #expect(try await outbox.runOnce() == 0, "the outbox always finds something due")
    }
}

public struct TestDeskError: Error, CustomStringConvertible {
    public let text: String
    public init(text: String) { self.text = text }
    public var description: String { text }
}
