import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import RandomKit
import TestKit

/// A desk, the people around it, and what they know of it without asking it: the model the checkers compare with.
final class World {
    let desk: TestDesk
    var random: SeededRandom
    let seed: UInt64
    /// Every message that was acknowledged, by inbox and id.
    var kept: [String: String] = [:]
    var messages: [(message: InboundMessage, inbox: InboxID)] = []
    /// Written, but not delivered yet: mail comes late and out of order.
    var underWay: [(message: InboundMessage, inbox: InboxID)] = []
    var serial = 0
    /// Where dead daemons wait for ever.
    var graves: [Gate] = []
    /// What the last steps were, for whoever has to look at a failure.
    var diary: [String] = []

    static let people = (0..<12).map { "person\($0)@example.ir" }
    static let agents: [AgentID] = [.nima, .leila, .hami]

    init(seed: UInt64) async throws {
        self.seed = seed
        random = SeededRandom(seed: seed)
        var plan = DeskPlan.standard
        plan.change(.nima) { $0.capacity = 3 }
        plan.change(.leila) { $0.capacity = 5 }
        plan.change(.hami) { $0.capacity = 2 }
        plan.change(.support) { $0.team.overflow = .secondLine }
        plan.agents.append(
            AgentProfile(login: AgentID(rawValue: "zari"), capacity: 2, teams: [.secondLine]))
        plan.survey.cooldown = .hours(20)
        plan.ticketsPerSenderHour = 6
        plan.sla = [
            SLAPolicy(
                name: "urgent", conditions: SLAConditions(priorities: [.high, .urgent]),
                allowances: [.firstResponse: .hours(1), .resolution: .hours(20)], hours: .always),
            SLAPolicy(
                name: "usual",
                allowances: [
                    .firstResponse: .hours(4), .response: .hours(8), .resolution: .days(3),
                ],
                hours: .always),
        ]
        desk = try await TestDesk(plan, seed: seed)
        for adapter in desk.adapters.values {
            adapter.otherwise { message, attempt in
                World.answer(seed: seed, message, attempt)
            }
        }
    }

    /// By delivery and attempt alone, so that it does not matter in which order channels are asked.
    private static func answer(
        seed: UInt64, _ message: PreparedMessage, _ attempt: Int
    ) -> SendResult {
        var random = SeededRandom(
            seed: seed &+ UInt64(message.delivery.rawValue) &* 1_000 &+ UInt64(attempt))
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .retry(after: nil, detail: "451 later")
        case 1: return .retry(after: .minutes(30), detail: "451 much later")
        case 2: return .uncertain(detail: "no answer")
        case 3: return .rejected(.badAddress, detail: "550 nobody")
        case 4 where message.recipients.count > 1:
            return .perRecipient(
                message.recipients.enumerated().map { index, recipient in
                    RecipientResult(
                        recipient: recipient,
                        outcome: index == 0 ? .sent : .retry(detail: "451 later"))
                })
        default: return .sent(externalID: nil)
        }
    }

    func note(_ line: String) {
        diary.append(line)
        if diary.count > 60 { diary.removeFirst() }
    }

    static func key(_ message: InboundMessage, _ inbox: InboxID) -> String {
        "\(inbox.rawValue) \(message.externalID)"
    }

    func pick<Element>(_ elements: [Element]) -> Element? { random.pick(elements) }

    func ticketNumbers() throws -> [TicketNumber] {
        try desk.read { reader throws(StoreError) in
            try reader.connection.all("SELECT number FROM tickets ORDER BY number") {
                row throws(StoreError) in try row.number(0)
            }
        }
    }
}
