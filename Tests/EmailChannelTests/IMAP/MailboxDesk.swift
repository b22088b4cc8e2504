import ChannelKit
import CurlTransport
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import NIOPosix
import StubServers
import Synchronization
import TestKit
import Testing

@testable import EmailChannel

/// A real desk that reads a stub's mailbox: one call of `live` is the life of one process.
struct MailboxDesk {
    static let pool: MailReadingPool = {
        let pool = NIOThreadPool(numberOfThreads: 2)
        pool.start()
        return MailReadingPool(pool)
    }()

    let desk: TestDesk
    let mailbox = StubMailbox()
    var settings: IMAPSettings

    init(_ change: (inout IMAPSettings) -> Void = { _ in }) async throws {
        var plan = DeskPlan.oneAgent
        plan.ticketsPerSenderHour = 0
        desk = try await TestDesk(plan)
        var settings = IMAPSettings(
            server: try ConnectionServer(url: "imaps://mail.example.org", user: "sara"),
            credential: .signIn(.password("secret")), importSince: .distantPast)
        change(&settings)
        self.settings = settings
    }

    /// What one life ended with; nil: it was stopped as asked.
    @discardableResult
    func live(
        fate: Fate = Fate(), reception given: MailboxReception? = nil,
        whileWaiting: @escaping @Sendable (Int) -> MemoryChannel.Turn = { _ in .stop }
    ) async throws -> ChannelHealth? {
        let mailbox = mailbox
        let reception =
            given
            ?? MailboxReception(settings, pool: Self.pool) { _, _ throws(TransportFailure) in
                MemoryChannel(mailbox, fate: fate, whileWaiting: whileWaiting)
            }
        let adapter = try EmailAdapter(
            configuration: ChannelConfiguration(
                inbox: .supportMail, values: ["address": .text("support@desk.example")], zone: .utc),
            transport: nil, mailbox: reception)
        let host = MortalHost(IntakeHost(desk.desk, inbox: .supportMail) { .max }, fate)
        let cursor = try desk.read { reader throws(StoreError) in
            try reader.cursor(of: .supportMail)
        }
        do {
            try await adapter.run(from: cursor.map { Cursor(text: $0) }, host: host)
            return nil
        } catch let interruption as ChannelInterruption {
            return interruption.health
        }
    }

    var messages: Int { get throws { try desk.count("SELECT COUNT(*) FROM messages") } }
    var tickets: Int { get throws { try desk.count("SELECT COUNT(*) FROM tickets") } }
    var quarantined: Int { get throws { try desk.count("SELECT COUNT(*) FROM quarantine") } }
    var outbox: Int { get throws { try desk.count("SELECT COUNT(*) FROM outbox") } }
    var keptCursor: IMAPCursor? {
        get throws {
            try desk.read { reader throws(StoreError) in
                try reader.cursor(of: .supportMail)
            }.flatMap { IMAPCursor(Cursor(text: $0)) }
        }
    }

    static func mail(
        _ number: Int, _ text: String = "Can you help me?", date: String = "Sun, 22 Nov 2026 09:58:00 +0000"
    ) -> [UInt8] {
        Array(
            """
            From: Customer \(number) <c\(number)@outside.example>\r
            To: support@desk.example\r
            Subject: Question \(number)\r
            Date: \(date)\r
            Message-ID: <q\(number)@outside.example>\r
            \r
            \(text) \(number)\r

            """.utf8)
    }
}

/// The desk as a process sees it that may die before or after its transaction.
final class MortalHost: ChannelHost {
    private let host: IntakeHost
    private let fate: Fate

    init(_ host: IntakeHost, _ fate: Fate) {
        self.host = host
        self.fate = fate
    }

    func now() -> Instant { host.now() }

    func deliver(_ batch: InboundBatch) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        guard fate.step() else { throw .storeFailed("died before the commit") }
        let outcomes = try await host.deliver(batch)
        guard fate.step() else { throw .storeFailed("died after the commit") }
        return outcomes
    }

    func quarantine(
        _ raw: [UInt8], reason: QuarantineReason
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        guard fate.step() else { throw .storeFailed("died before the commit") }
        let outcome = try await host.quarantine(raw, reason: reason)
        guard fate.step() else { throw .storeFailed("died after the commit") }
        return outcome
    }

    func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {}
    func health(_ health: ChannelHealth) async { await host.health(health) }
    func freeSpace() async -> Int64 { .max }
}
