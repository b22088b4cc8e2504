import HelpdeskCore
import Testing

@testable import HelpdeskStore

/// Since when a ticket waits, and for whom: what happens to it in the queue does not end its wait.
@Suite struct WaitingPastTests {
    private let desk: TestDesk
    private let customer: CustomerID
    private let ticket: TicketNumber
    private let queuedAt: Instant

    /// A ticket that waits for Sara.
    init() throws {
        desk = try TestDesk()
        try desk.addStaff()
        (customer, ticket) = try desk.write {
            let customer = try $0.makeCustomer("First", .email("first@x.ir"))
            return (customer, try $0.open(customer, "Subject"))
        }
        try Self.queue(desk, ticket, customer, for: .sara)
        queuedAt = desk.now
    }

    private static func queue(
        _ desk: TestDesk, _ ticket: TicketNumber, _ customer: CustomerID, for agent: AgentID? = nil
    ) throws {
        try desk.write {
            let outcome: RoutingOutcome =
                agent.map { .waiting(for: $0, until: TestDesk.start + .days(1)) }
                ?? .queued(.support, because: .everybodyFull)
            let decision = RoutingDecision(
                at: TestDesk.start, team: .support, work: .mail, priority: .normal,
                outcome: outcome, preferred: [], candidates: [], lookAgainAt: nil)
            try $0.add(
                .ticket(.queued(TicketQueued(team: .support, until: nil, decision: decision))),
                ticket, customer)
        }
    }

    private func change(_ from: TicketStatus, _ to: TicketStatus) throws {
        let (ticket, customer) = (ticket, customer)
        try desk.write {
            try $0.add(
                .ticket(
                    .statusChanged(
                        StatusChanged(
                            from: from, to: to, reason: to == .closed ? .solved : nil,
                            cause: .agent))), ticket, customer, by: .agent(.sara))
        }
    }

    private func past() throws -> WaitingPast {
        try desk.read { reader throws(StoreError) in try reader.waitingPast(of: ticket) }
    }

    @Test(
        "a change among the open statuses ends nothing",
        arguments: [
            [], [(.new, .open)], [(.new, .pending)],
            [(.new, .open), (.open, .pending), (.pending, .open)],
        ] as [[(TicketStatus, TicketStatus)]])
    func goesOn(_ changes: [(TicketStatus, TicketStatus)]) throws {
        for (from, to) in changes { try change(from, to) }
        #expect(try past() == expected(since: queuedAt, awaited: .sara))
        // Looked at again in the middle of it: still the same wait.
        try Self.queue(desk, ticket, customer)
        #expect(try past() == expected(since: queuedAt, awaited: nil))
    }

    @Test("closing ends it, and reopening begins another")
    func ends() throws {
        try change(.new, .open)
        try change(.open, .closed)
        #expect(try past() == expected(since: nil, awaited: nil))
        try change(.closed, .open)
        #expect(try past() == expected(since: nil, awaited: nil))
        try Self.queue(desk, ticket, customer, for: AgentID(rawValue: "lea"))
        let again = desk.now
        try change(.open, .pending)
        #expect(try past() == expected(since: again, awaited: AgentID(rawValue: "lea")))
    }

    @Test("whoever gave it back before this wait is remembered across changes of status")
    func gaveBack() throws {
        let (ticket, customer) = (ticket, customer)
        try desk.write {
            try $0.assign(ticket, customer, to: .sara)
            try $0.add(
                .ticket(.unassigned(TicketUnassigned(previous: .sara, reason: .agent))), ticket,
                customer, by: .agent(.sara))
        }
        let givenBack = desk.now
        try Self.queue(desk, ticket, customer)
        let queued = desk.now
        try change(.open, .pending)
        var expected = expected(since: queued, awaited: nil)
        expected.exclusions = [PastExclusion(agent: .sara, why: .gaveBack, at: givenBack)]
        #expect(try past() == expected)
    }

    private func expected(since: Instant?, awaited: AgentID?) -> WaitingPast {
        var past = WaitingPast()
        past.since = since
        past.awaited = awaited
        return past
    }
}
