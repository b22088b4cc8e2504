import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

extension Checkers {
    /// A ticket as far as it weighs on somebody, folded from the stream by this file alone.
    private struct Weight {
        var agent: AgentID?
        var status: TicketStatus
        var isSnoozed = false
        var ticketClass: TicketClass
        var origin: Origin
        var isChat: Bool
        var hasCallback = false

        var units: Int {
            guard status == .new || status == .open, !isSnoozed, ticketClass == .regular,
                origin != .history
            else { return 0 }
            return isChat && !hasCallback ? 2 : 1
        }
    }

    /// The router never fills anybody beyond their capacity, and gives every decision its reason.
    func loads(_ events: [RecordedEvent]) throws {
        let capacity = Dictionary(
            desk.plan.agents.map { ($0.login, $0.capacity) }, uniquingKeysWith: { $1 })
        var tickets: [TicketNumber: Weight] = [:]
        for event in events {
            guard let number = event.ticket, case .ticket(let change) = event.event else {
                continue
            }
            if case .opened(let opened) = change {
                tickets[number] = Weight(
                    agent: nil, status: opened.status, ticketClass: opened.ticketClass,
                    origin: opened.origin,
                    isChat: opened.inbox == .siteChat || opened.inbox == .messenger)
                continue
            }
            var ticket = try #require(tickets[number])
            Self.fold(change, into: &ticket)
            tickets[number] = ticket
            guard case .assigned(let assigned) = change else { continue }
            #expect((assigned.by == .router) == (assigned.decision != nil))
            guard assigned.by == .router, ticket.units > 0 else { continue }
            let held = tickets.values.reduce(0) {
                $0 + ($1.agent == assigned.agent ? $1.units : 0)
            }
            #expect(
                held <= capacity[assigned.agent] ?? 0,
                "\(assigned.agent.rawValue) has \(held) at \(event.position.rawValue), seed \(world.seed)"
            )
        }
    }

    private static func fold(_ change: TicketEvent, into ticket: inout Weight) {
        switch change {
        case .assigned(let assigned): ticket.agent = assigned.agent
        case .unassigned: ticket.agent = nil
        case .statusChanged(let change):
            ticket.status = change.to
            if change.to == .closed { ticket.isSnoozed = false }
        case .snoozed: ticket.isSnoozed = true
        case .woken: ticket.isSnoozed = false
        case .classified(let change): ticket.ticketClass = change.to
        case .callbackRequested: ticket.hasCallback = true
        case .callbackCompleted: ticket.hasCallback = false
        default: break
        }
    }
}
