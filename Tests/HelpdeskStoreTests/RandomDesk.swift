import HelpdeskCore
import RandomKit
import Testing

@testable import HelpdeskStore

/// Gives random commands to random tickets, folds what follows with the core beside the store, and so knows what every ticket
/// must be.
struct RandomDesk {
    let desk: TestDesk
    private(set) var tickets: [TicketNumber: Ticket] = [:]
    private var generator: SeededRandom
    private let customers: [CustomerID]

    private static let teams = [TeamID.support, .people, TeamID(rawValue: "second")]
    private static let agents = ["sara", "hami", "lea"].map { AgentID(rawValue: $0) }
    private static let tags = ["a", "b", "c"]

    init(seed: UInt64) throws {
        desk = try TestDesk()
        try desk.addStaff()
        generator = SeededRandom(seed: seed)
        customers = try desk.write { transaction in
            try (1...4).map {
                try transaction.makeCustomer("Customer \($0)", .email("c\($0)@x.ir"))
            }
        }
    }

    /// One transaction with a few commands.
    mutating func step() throws {
        let count = Int.random(in: 1...5, using: &generator)
        for _ in 0..<count {
            if tickets.count < 3 || Int.random(in: 0..<8, using: &generator) == 0 {
                try open()
            } else {
                try command()
            }
        }
    }

    private mutating func open() throws {
        let customer = pick(customers)
        let team = pick(Self.teams)
        let ticketClass = pick(TicketClass.allCases)
        let isChat = Bool.random(using: &generator)
        let recorded = try desk.write { transaction in
            _ = try transaction.open(
                customer, team: team, "Subject", inbox: isChat ? .chat : .mail,
                channel: isChat ? .chatWebhook : .email, ticketClass: ticketClass)
            return transaction.appended
        }
        for event in recorded {
            guard case .ticket(.opened(let opened)) = event.event, let number = event.ticket else {
                continue
            }
            tickets[number] = Ticket(opened, number: number, at: event.at)
        }
    }

    private mutating func command() throws {
        guard let ticket = tickets[pick(tickets.keys.sorted())] else { return }
        let kind = Int.random(in: 0..<18, using: &generator)
        let choice = Choice(
            agent: pick(Self.agents), team: pick(Self.teams), tag: pick(Self.tags),
            other: pick(tickets.keys.sorted()), priority: pick(TicketPriority.allCases),
            ticketClass: pick(TicketClass.allCases), reason: pick(ClosingReason.allCases),
            auth: pick([.verified, .unchecked]), isChat: Bool.random(using: &generator))
        let recorded = try desk.write { transaction in
            let command = try Self.command(kind, choice, ticket, transaction)
            guard let command, let events = try? ticket.decide(command, at: transaction.now) else {
                return [RecordedEvent]()
            }
            for event in events {
                try transaction.add(.ticket(event), ticket.number, ticket.customer)
            }
            return transaction.appended
        }
        for event in recorded {
            guard case .ticket(let event, let number) = Self.ticketEvent(event) else { continue }
            tickets[number] = tickets[number]?.applying(event, at: desk.now)
        }
    }

    private enum Found { case ticket(TicketEvent, TicketNumber), other }

    private static func ticketEvent(_ event: RecordedEvent) -> Found {
        guard case .ticket(let found) = event.event, let number = event.ticket else {
            return .other
        }
        return .ticket(found, number)
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }

    private struct Choice: Sendable {
        let agent: AgentID
        let team: TeamID
        let tag: String
        let other: TicketNumber
        let priority: TicketPriority
        let ticketClass: TicketClass
        let reason: ClosingReason
        let auth: SenderAuth
        let isChat: Bool
    }

    private static func command(
        _ kind: Int, _ choice: Choice, _ ticket: Ticket, _ transaction: StoreTransaction
    ) throws -> TicketCommand? {
        let now = transaction.now
        switch kind {
        case 0, 1, 2: return .receive(try received(choice, ticket, transaction))
        case 3: return .reply(try written(choice, ticket, transaction), then: .keep)
        case 4: return .reply(try written(choice, ticket, transaction), then: .pending)
        case 5: return .reply(try written(choice, ticket, transaction), then: .close(.solved))
        case 6: return .note(try note(choice, ticket, transaction))
        case 7: return .assign(choice.agent, by: .agent, decision: nil)
        case 8: return .unassign(.agent)
        case 9: return .queue(until: now + .hours(1), decision: decision(choice, at: now))
        case 10:
            return .transfer(
                to: choice.team, isPrivate: choice.team == .people ? .restricted : .open,
                brief: nil)
        case 11: return .close(choice.reason, cause: .agent)
        case 12: return .reopen(.agent)
        case 13: return .snooze(until: now + .hours(2))
        case 14: return .tag(add: [choice.tag], remove: choice.isChat ? ["a"] : [])
        case 15: return .prioritise(choice.priority)
        case 16: return .classify(choice.ticketClass)
        case 17:
            return .link(TicketLinked(other: choice.other, relation: .hint, message: nil))
        default: return nil
        }
    }

    private static func decision(_ choice: Choice, at now: Instant) -> RoutingDecision {
        RoutingDecision(
            at: now, team: choice.team, work: .mail, priority: choice.priority,
            outcome: .queued(choice.team, because: .everybodyFull), preferred: [],
            candidates: [
                RoutingCandidate(
                    agent: choice.agent, team: choice.team,
                    standing: .passedOver(.full(load: 5, capacity: 5, needed: 1)))
            ], lookAgainAt: nil)
    }

    private static func received(
        _ choice: Choice, _ ticket: Ticket, _ transaction: StoreTransaction
    ) throws -> MessageReceived {
        let message = transaction.nextMessage()
        return MessageReceived(
            message: message, inbox: choice.isChat ? .chat : .mail,
            channel: choice.isChat ? .chatWebhook : .email, kind: .message, author: .customer,
            identity: nil, senderAuth: choice.auth, autoSubmitted: .no, sentAt: nil,
            origin: .live,
            content: try transaction.keep(
                json: MessageContent(
                    externalID: "e\(message.rawValue)", text: "text \(choice.tag)"),
                as: .message, of: ticket.customer, salt: StoreTransaction.salt), raw: nil,
            attachments: [], fingerprint: "f",
            threading: ThreadingDecision(
                rule: .token, outcome: .reopened, ticket: ticket.number, steps: []), call: nil)
    }

    private static func written(
        _ choice: Choice, _ ticket: Ticket, _ transaction: StoreTransaction
    ) throws -> MessageWritten {
        MessageWritten(
            message: transaction.nextMessage(), inbox: .mail, channel: .email,
            agent: choice.agent,
            content: try transaction.keep(
                json: MessageContent(text: "answer"), as: .message, of: ticket.customer,
                salt: StoreTransaction.salt), attachments: [], answers: nil)
    }

    private static func note(
        _ choice: Choice, _ ticket: Ticket, _ transaction: StoreTransaction
    ) throws -> NoteWritten {
        NoteWritten(
            message: transaction.nextMessage(), agent: choice.agent,
            content: try transaction.keep(
                json: MessageContent(text: "note"), as: .message, of: ticket.customer,
                salt: StoreTransaction.salt))
    }
}
