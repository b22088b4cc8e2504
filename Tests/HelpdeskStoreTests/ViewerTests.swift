import HelpdeskCore
import Testing

@testable import HelpdeskStore

/// Invariant 11: tickets of private teams exist only for the members of those teams, in every read. `sara` is in support only,
/// `hami` and `lea` in the private team too; the machine sees everything.
@Suite struct ViewerTests {
    private let desk: TestDesk

    init() throws { desk = try FullDesk().desk }

    private static let hiddenWords = ["salary", "contract"]
    private static let all: [Int64] = [4, 3, 2, 1]
    private static let open: [Int64] = [3, 1]

    private func seen<Value: Sendable>(
        _ read: (StoreReader, Viewer) throws(StoreError) -> Value
    ) throws -> (outside: Value, inside: Value, machine: Value) {
        try desk.read { reader throws(StoreError) in
            (
                try read(reader, .sara), try read(reader, .lea), try read(reader, .system)
            )
        }
    }

    @Test(arguments: [
        TicketFilter(), TicketFilter(statuses: Set(TicketStatus.allCases)),
        TicketFilter(tag: "all"), TicketFilter(inbox: .mail),
        TicketFilter(statuses: Set(TicketStatus.allCases), inbox: .mail),
        TicketFilter(ticketClass: .regular), TicketFilter(query: SearchTerms("wrong")),
    ])
    func listsAndCounts(_ filter: TicketFilter) throws {
        let lists = try seen { reader, viewer throws(StoreError) in
            try reader.tickets(filter, viewer: viewer).rows.map(\.row.ticket.number.rawValue)
        }
        #expect(lists.outside == Self.open)
        #expect(lists.inside == Self.all)
        #expect(lists.machine == Self.all)
        let counts = try seen { reader, viewer throws(StoreError) in
            try reader.ticketCount(filter, viewer: viewer)
        }
        #expect(counts == (2, 4, 4))
    }

    @Test(arguments: [
        (TicketFilter(team: .people), [4, 2] as [Int64]),
        (TicketFilter(holder: .agent(AgentID(rawValue: "hami"))), [4, 2]),
        (TicketFilter(tag: "salary"), [2]), (TicketFilter(customer: FullDesk.hidden), [2]),
        (TicketFilter(query: SearchTerms("salary")), [2]),
        (TicketFilter(query: SearchTerms("#2")), [2]),
        (TicketFilter(holder: .agent(AgentID(rawValue: "hami")), trait: nil), [4, 2]),
    ])
    func listsOfWhatIsPrivate(_ filter: TicketFilter, _ numbers: [Int64]) throws {
        let lists = try seen { reader, viewer throws(StoreError) in
            try reader.tickets(filter, viewer: viewer).rows.map(\.row.ticket.number.rawValue)
        }
        #expect(lists.outside == [])
        #expect(lists.inside == numbers)
        #expect(lists.machine == numbers)
    }

    @Test func singleThings() throws {
        try hides("ticket") { try $0.ticket(FullDesk.hiddenTicket, viewer: $1) != nil }
        try hides("summary") { try $0.ticketSummary(FullDesk.hiddenTicket, viewer: $1) != nil }
        try hides("messages") {
            try !$0.messages(of: FullDesk.hiddenTicket, viewer: $1).rows.isEmpty
        }
        let message = MessageID(rawValue: 4)
        try hides("message") { try $0.message(message, viewer: $1) != nil }
        try hides("raw") { try $0.rawMessage(message, viewer: $1) != nil }
        try hides("attachment") {
            try $0.attachment(AttachmentID(rawValue: 2), viewer: $1) != nil
        }
        try hides("external id") {
            try !$0.messages(externalID: "mail-salary", inbox: .mail, viewer: $1).isEmpty
        }
        try hides("our message id") {
            try !$0.messages(externalID: "out5@desk", inbox: nil, viewer: $1).isEmpty
        }
        try hides("explain") {
            try $0.explainMaterial(FullDesk.hiddenTicket, viewer: $1) != nil
        }
        try hides("delivery") { try $0.delivery(DeliveryID(rawValue: 4), viewer: $1) != nil }
        try hides("recovery") { try $0.recovery(RecoveryID(rawValue: 1), viewer: $1) != nil }
    }

    @Test func customers() throws {
        try hides("card") { try $0.customer(FullDesk.hidden, viewer: $1) != nil }
        try hides("timeline") { try $0.timeline(of: FullDesk.hidden, viewer: $1) != nil }
        for query in ["nima", "Rad nim", "nima@", "2"] {
            try hides("find \(query)") {
                try $0.customers(matching: query, viewer: $1).rows.contains {
                    $0.customer.id == FullDesk.hidden
                }
            }
        }
        let found = try seen { reader, viewer throws(StoreError) in
            try reader.customers(matching: "rad", viewer: viewer).rows.map(\.customer.id.rawValue)
        }
        #expect(found == ([3], [2, 3], [2, 3]))
    }

    @Test func theCardOfACustomerOfBothTeams() throws {
        let cards = try seen { reader, viewer throws(StoreError) in
            try reader.customer(FullDesk.both, viewer: viewer)
        }
        let outside = try #require(cards.outside)
        let inside = try #require(cards.inside)
        #expect(outside.openTickets == [FullDesk.bothOpen])
        #expect(inside.openTickets == [FullDesk.bothHidden, FullDesk.bothOpen])
        #expect(outside.scores.map(\.score) == [4])
        #expect(inside.scores.map(\.score) == [2, 4])
        #expect(outside.lastAgents.map(\.agent.rawValue) == ["sara"])
        #expect(inside.lastAgents.map(\.agent.rawValue) == ["hami", "sara"])
    }

    @Test func theTimelineOfACustomerOfBothTeams() throws {
        let lengths = try seen { reader, viewer throws(StoreError) in
            try reader.timeline(of: FullDesk.both, viewer: viewer)?.rows
        }
        let outside = try #require(lengths.outside)
        let inside = try #require(lengths.inside)
        #expect(Set(outside.map(\.ticket)) == [FullDesk.bothOpen])
        #expect(Set(inside.map(\.ticket)) == [FullDesk.bothOpen, FullDesk.bothHidden])
        #expect(inside.count > outside.count)
        #expect(lengths.machine == lengths.inside)
    }

    @Test(arguments: hiddenWords)
    func search(_ word: String) throws {
        try hides(word) { try !$0.search(word, viewer: $1).rows.isEmpty }
    }

    /// Already the index's own hits: else a page and its cursor would tell how many are hidden.
    @Test func hitsOfTheIndex() throws {
        let hits = try seen { reader, viewer throws(StoreError) in
            try reader.newestHits(
                SearchTerms("wrong"), below: MessageID(rawValue: .max), limit: 50, viewer: viewer
            ).map(\.ticket.rawValue)
        }
        #expect(hits == ([3, 1], [4, 3, 2, 1], [4, 3, 2, 1]))
    }

    @Test func searchByNumber() throws {
        try hides("#2") { try !$0.search("#2", viewer: $1).rows.isEmpty }
    }

    @Test func linksAndReasonsOfATicketInSight() throws {
        let related = try seen { reader, viewer throws(StoreError) in
            try reader.ticketSummary(FullDesk.bothOpen, viewer: viewer)?.related.map(\.number)
        }
        #expect(related.outside == [])
        #expect(related.inside == [FullDesk.bothHidden])
        let reasons = try seen { reader, viewer throws(StoreError) in
            try reader.explainMaterial(FullDesk.bothOpen, viewer: viewer)
        }
        let outside = try #require(reasons.outside)
        #expect(outside.threading.first?.decision.ticket == nil)
        #expect(outside.threading.first?.decision.steps.first?.ticket == nil)
        #expect(outside.links == [])
        let inside = try #require(reasons.inside)
        #expect(inside.threading.first?.decision.ticket == FullDesk.hiddenTicket)
        #expect(inside.links.count == 1)
    }

    @Test func listsOfTheDesk() throws {
        let outbox = try seen { reader, viewer throws(StoreError) in
            try reader.outbox(viewer: viewer).rows.map(\.ticket?.rawValue)
        }
        #expect(Set(outbox.outside) == [1, 3])
        #expect(Set(outbox.inside) == [1, 2, 3, 4])
        let recoveries = try seen { reader, viewer throws(StoreError) in
            try reader.recoveries(viewer: viewer).rows.map(\.ticket?.rawValue)
        }
        #expect(recoveries == ([], [2, 4], [2, 4]))
        let teams = try seen { reader, viewer throws(StoreError) in
            try reader.teams(viewer: viewer).rows.map(\.name.rawValue)
        }
        #expect(teams == (["support"], ["people", "support"], ["people", "support"]))
        let agents = try seen { reader, viewer throws(StoreError) in
            try reader.agents(team: .people, viewer: viewer).rows.map(\.login.rawValue)
        }
        #expect(agents == ([], ["hami", "lea"], ["hami", "lea"]))
        let lea = try seen { reader, viewer throws(StoreError) in
            try reader.agent(AgentID(rawValue: "lea"), viewer: viewer)?.teams.map(\.rawValue)
        }
        #expect(lea.outside == ["support"])
        #expect(lea.inside == ["people", "support"])
        let health = try seen { reader, viewer throws(StoreError) in
            try reader.health(viewer: viewer).outboxDepth
        }
        #expect(health == (4, 8, 8))
        let hidden = InboxID(rawValue: "people-mail")
        let quarantine = try seen { reader, viewer throws(StoreError) in
            try reader.quarantine(
                sight: StoreReader.QuarantineSight(
                    viewer: viewer, hidden: viewer == .sara ? [hidden] : [])
            ).rows.map(\.inbox)
        }
        #expect(quarantine == ([.mail], [hidden, .mail], [hidden, .mail]))
    }

    @Test func reports() throws {
        let totals = try seen { reader, viewer throws(StoreError) in
            try reader.scoreReport(ScoreFilter(), viewer: viewer)
        }
        #expect(totals.outside.summary.total == 2)
        #expect(totals.outside.sent == 2)
        #expect(totals.inside.summary.total == 4)
        #expect(totals.machine.sent == 4)
    }

    @Test func theStream() throws {
        let events = try seen { reader, viewer throws(StoreError) in
            try reader.events(after: .start, limit: 1000, viewer: viewer)
        }
        #expect(Set(events.outside.map(\.ticket)) == [nil, FullDesk.openTicket, FullDesk.bothOpen])
        #expect(
            Set(events.inside.map(\.ticket)) == [
                nil, FullDesk.openTicket, FullDesk.hiddenTicket, FullDesk.bothOpen,
                FullDesk.bothHidden,
            ])
        // Somebody known only from a private ticket does not exist outside.
        #expect(Set(events.outside.compactMap(\.customer)) == [FullDesk.open, FullDesk.both])
        #expect(!events.outside.contains { $0.type == "message_quarantined" })
        #expect(events.machine.count == Int(desk.store.writer.position.rawValue))
        try hides("events of a ticket") {
            try $0.events(of: FullDesk.hiddenTicket, viewer: $1) != nil
        }
    }

    /// The outsider gets nothing; members and the machine get something.
    private func hides(
        _ name: String, _ read: (StoreReader, Viewer) throws -> Bool
    ) throws {
        let seen = try desk.read { reader throws(StoreError) in
            Result {
                (try read(reader, .sara), try read(reader, .lea), try read(reader, .system))
            }
        }.get()
        #expect(seen == (false, true, true), "\(name)")
    }
}
