import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import Synchronization
import TestKit
import Testing

/// Rows B1, B2 and B5 of the reliability anchors, in simulated time.
@Suite("Outbound reliability")
struct OutboundReliabilityTests {
    /// A relay as the network sees it: what it took, by Message-ID, and what it does with the next.
    private final class Relay: Sendable {
        enum Manner { case down, takes, takesAndCuts }

        private struct State {
            var manner = Manner.takes
            /// Copies taken, in order.
            var taken: [PreparedMessage] = []
            var attempts = 0
            /// Deliveries whose first answer was cut off already.
            var cut: Set<DeliveryID> = []
        }

        private let state = Mutex(State())

        func be(_ manner: Manner) { state.withLock { $0.manner = manner } }
        var taken: [PreparedMessage] { state.withLock { $0.taken } }
        var attempts: Int { state.withLock { $0.attempts } }

        func answer(_ message: PreparedMessage) -> SendResult {
            state.withLock { state in
                state.attempts += 1
                switch state.manner {
                case .down: return .unavailable(detail: "not reachable")
                case .takes:
                    state.taken.append(message)
                    return .sent(externalID: nil)
                case .takesAndCuts:
                    state.taken.append(message)
                    guard state.cut.insert(message.delivery).inserted else {
                        return .sent(externalID: nil)
                    }
                    return .uncertain(detail: "the connection broke after the final dot")
                }
            }
        }
    }

    /// A desk with tickets, each with some answers of an agent waiting to be sent.
    private func desk(
        tickets: Int, answers: Int, uncertain: InboxPolicy.Uncertain = .resend
    ) async throws -> (TestDesk, Relay) {
        var plan = DeskPlan.oneAgent
        plan.acknowledgement.acknowledgements = .off
        plan.ticketsPerSenderHour = 0
        plan.change(.nima) { $0.capacity = 10_000 }
        plan.change(.supportMail) { $0.uncertain = uncertain }
        let desk = try await TestDesk(plan)
        let relay = Relay()
        try desk.adapter(.supportMail).otherwise { message, _ in relay.answer(message) }
        for index in 0..<tickets {
            let number = try await desk.ticket(
                .mail(from: "c\(index)@example.ir", id: "m\(index)@e")
            ).ticket
            for answer in 0..<answers { try await desk.reply("answer \(answer)", to: number) }
        }
        return (desk, relay)
    }

    /// Runs the worker as the daemon does: at once, then whenever something is due, until nothing is or time is over.
    private func run(_ desk: TestDesk, until end: Instant) async throws {
        while desk.now <= end {
            await desk.outbox.lookAtOutages()
            while try await desk.outbox.runOnce() > 0 {}
            let next = try desk.read { reader throws(StoreError) in try reader.nextDelivery() }
            guard let next, next <= end else { return }
            desk.clock.set(max(next, desk.now + .seconds(1)))
        }
    }

    private func states(_ desk: TestDesk) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for line in try desk.lines("SELECT state FROM outbox") { counts[line, default: 0] += 1 }
        return counts
    }

    @Test(
        "What waits for a relay that stays down fails when it is too old, and the agent hears of it"
    )
    func relayNeverBack() async throws {
        let (desk, relay) = try await desk(tickets: 2, answers: 1)
        relay.be(.down)
        try desk.adapter(.supportMail).health(ChannelHealth(state: .down))
        try await run(desk, until: desk.now + .minutes(1))
        desk.clock.set(desk.now + .days(6))
        while try await desk.outbox.runOnce() > 0 {}
        #expect(try states(desk) == ["failed": 2])
        #expect(relay.taken.isEmpty)
        #expect(try desk.lines("SELECT unread FROM tickets") == ["1", "1"])
    }

    @Test(
        "B1 relay down for ten minutes: 1,000 entries drain within five minutes, in order, none twice"
    )
    func relayDown() async throws {
        let tickets = 250
        let answers = 4
        let (desk, relay) = try await desk(tickets: tickets, answers: answers)
        let began = desk.now
        relay.be(.down)
        let mail = try desk.adapter(.supportMail)
        mail.health(ChannelHealth(state: .down))
        try await run(desk, until: began + .minutes(10))
        desk.clock.set(began + .minutes(10))
        #expect(relay.taken.isEmpty)
        #expect(relay.attempts <= 64, "a dead relay is left alone")
        relay.be(.takes)
        mail.health(ChannelHealth(state: .ok))
        let back = desk.now
        try await run(desk, until: back + .minutes(60))
        let seconds = desk.now.since(back).milliseconds / 1_000
        #expect(try states(desk) == ["sent": tickets * answers])
        #expect(seconds <= 300, "drained after \(seconds) s")
        let ids = relay.taken.map(\.delivery)
        #expect(Set(ids).count == ids.count, "none twice")
        let order = try desk.lines("SELECT ticket, id FROM outbox ORDER BY id")
        #expect(ids.count == order.count)
        var last: [String: Int64] = [:]
        let ticketOf = Dictionary(
            uniqueKeysWithValues: order.map { line in
                let words = line.split(separator: " ").map(String.init)
                return (Int64(words[1]) ?? 0, words[0])
            })
        for id in ids {
            let ticket = ticketOf[id.rawValue] ?? ""
            #expect(id.rawValue > last[ticket] ?? 0, "ticket \(ticket) out of order")
            last[ticket] = id.rawValue
        }
        try desk.verify()
        print(
            "B1: \(ids.count) entries of \(tickets) tickets, relay down 600 s: drained \(seconds) s after its return, \(relay.attempts) attempts, 0 twice, 0 out of order"
        )
    }

    @Test("B2 cut after the final dot, 200 times: one extra copy each, the same bytes; hold: none")
    func cutAfterTheDot() async throws {
        let (desk, relay) = try await desk(tickets: 200, answers: 1)
        relay.be(.takesAndCuts)
        _ = try await desk.outbox.runOnce()
        #expect(try states(desk) == ["uncertain": 200], "it is shown")
        try await run(desk, until: desk.now + .hours(2))
        #expect(try states(desk) == ["sent": 200])
        let copies = Dictionary(grouping: relay.taken, by: \.delivery)
        #expect(copies.values.allSatisfy { $0.count == 2 && Set($0.map(\.bytes)).count == 1 })
        try desk.verify()

        let (held, other) = try await self.desk(tickets: 200, answers: 1, uncertain: .hold)
        other.be(.takesAndCuts)
        try await run(held, until: held.now + .days(6))
        #expect(try states(held) == ["uncertain": 200])
        #expect(other.taken.count == 200)
        try held.verify()
        print(
            "B2: 200 cuts: \(relay.taken.count - 200) extra copies (at most one each, same bytes), 200 shown as uncertain; hold: \(other.taken.count - 200) extra copies, 200 wait for a person"
        )
    }

    @Test("B5 mixed recipients: the good one once, the 4xx again, the 5xx said once")
    func mixed() async throws {
        let (desk, _) = try await desk(tickets: 0, answers: 0)
        let number = try await desk.ticket(.mail(from: "good@example.ir", id: "m@e")).ticket
        _ = try await desk.replies.reply(
            ReplyDraft(text: "To three.", cc: ["later@example.ir", "never@example.ir"]),
            to: number, by: TestDesk.caller(.nima), ifVersion: nil, command: nil)
        let mail = try desk.adapter(.supportMail)
        mail.otherwise { message, attempt in
            .perRecipient(
                message.recipients.map { recipient in
                    switch recipient {
                    case "never@example.ir":
                        RecipientResult(
                            recipient: recipient,
                            outcome: .rejected(.badAddress, detail: "550 5.1.1 nobody"))
                    case "later@example.ir" where attempt < 4:
                        RecipientResult(recipient: recipient, outcome: .retry(detail: "451 later"))
                    default: RecipientResult(recipient: recipient, outcome: .sent)
                    }
                })
        }
        try await run(desk, until: desk.now + .hours(2))
        var tries: [String: Int] = [:]
        for sending in mail.sent {
            for recipient in sending.message.recipients { tries[recipient, default: 0] += 1 }
        }
        #expect(tries == ["good@example.ir": 1, "never@example.ir": 1, "later@example.ir": 4])
        let failed = try desk.lines(
            "SELECT COUNT(*) FROM events WHERE type = 'delivery_settled' AND data LIKE '%\"failed\"%'"
        )
        #expect(failed == ["1"], "one event says that one was never reached")
        try desk.verify()
        print(
            "B5: tries by recipient \(tries.sorted { $0.key < $1.key }), \(failed[0]) event of failure"
        )
    }
}
