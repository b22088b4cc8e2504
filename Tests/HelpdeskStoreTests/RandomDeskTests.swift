import Foundation
import HelpdeskCore
import Testing

@testable import HelpdeskStore

/// The seed is printed; `HAMDEL_SEED=N` runs one again.
@Suite struct RandomDeskTests {
    private static let seeds: [UInt64] = {
        if let text = ProcessInfo.processInfo.environment["HAMDEL_SEED"], let seed = UInt64(text) {
            return [seed]
        }
        return [1, 2, UInt64.random(in: 3...(.max))]
    }()

    @Test(arguments: seeds)
    func rowsAreTheFoldOfTheirEventsAndAReplayMakesTheSame(_ seed: UInt64) throws {
        print("seed \(seed)")
        var random = try RandomDesk(seed: seed)
        for _ in 0..<100 { try random.step() }
        let desk = random.desk
        let rows = try desk.read { reader throws(StoreError) in
            var rows: [TicketNumber: TicketRow] = [:]
            for number in random.tickets.keys {
                rows[number] = try reader.ticket(number, viewer: .system)
            }
            return rows
        }
        #expect(rows.mapValues(\.ticket) == random.tickets, "seed \(seed)")
        #expect(rows.values.allSatisfy { $0.isHidden == ($0.ticket.team == .people) })
        let report = try desk.store.verify()
        #expect(report.differences == [], "seed \(seed)")
        try checkLists(rows, desk, seed)
    }

    /// Every list holds exactly the rows that its filter and viewer accept, newest first.
    private func checkLists(
        _ rows: [TicketNumber: TicketRow], _ desk: TestDesk, _ seed: UInt64
    ) throws {
        let sorted = rows.values.sorted { $0.ticket.number > $1.ticket.number }
        for filter in Self.filters {
            for (viewer, teams) in [
                (Viewer.system, nil), (.sara, []), (.lea, [TeamID.people]),
            ] as [(Viewer, [TeamID]?)] {
                let expected = sorted.filter { row in
                    filter.accepts(row)
                        && (!row.isHidden || teams == nil
                            || teams?.contains(row.ticket.team) == true)
                }
                let found = try desk.read { reader throws(StoreError) in
                    try reader.tickets(filter, limit: 500, viewer: viewer).rows.map(\.row)
                }
                #expect(found == expected, "seed \(seed): \(filter) for \(viewer)")
            }
        }
    }

    private static let filters: [TicketFilter] = {
        let every = Set(TicketStatus.allCases)
        var filters = [TicketFilter(), TicketFilter(statuses: every)]
        for status in TicketStatus.allCases { filters.append(TicketFilter(statuses: [status])) }
        for trait in TicketFilter.Trait.allCases { filters.append(TicketFilter(trait: trait)) }
        for ticketClass in TicketClass.allCases {
            filters.append(TicketFilter(statuses: every, ticketClass: ticketClass))
        }
        filters += [
            TicketFilter(holder: .nobody), TicketFilter(holder: .agent(.sara)),
            TicketFilter(statuses: every, holder: .agent(.sara), ticketClass: .regular),
            TicketFilter(team: .people), TicketFilter(statuses: every, team: .support, tag: "a"),
            TicketFilter(tag: "b"), TicketFilter(statuses: every, inbox: .chat),
            TicketFilter(inbox: .chat, ticketClass: .regular),
            TicketFilter(statuses: every, customer: CustomerID(rawValue: 2)),
            TicketFilter(team: .support, customer: CustomerID(rawValue: 1), trait: .unread),
        ]
        return filters
    }()
}
