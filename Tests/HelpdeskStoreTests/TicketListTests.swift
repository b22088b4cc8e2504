import HelpdeskCore
import Testing

@testable import HelpdeskStore

@Suite struct TicketListTests {
    private let desk: TestDesk

    /// Twelve tickets of two customers: every third closed, every fourth in the chat, the last two spam and bulk.
    init() throws {
        desk = try TestDesk()
        try desk.addStaff()
        try desk.write {
            let first = try $0.makeCustomer("First", .email("first@x.ir"))
            let second = try $0.makeCustomer("Second", .email("second@x.ir"))
            for number in 1...12 {
                let customer = number % 2 == 1 ? first : second
                let isChat = number % 4 == 0
                let ticket = try $0.open(
                    customer, "Subject \(number)", inbox: isChat ? .chat : .mail,
                    channel: isChat ? .chatWebhook : .email,
                    ticketClass: number == 11 ? .spam : number == 12 ? .bulk : .regular)
                if number <= 6 { try $0.assign(ticket, customer, to: .sara) }
                if number % 3 == 0 { try $0.close(ticket, customer) }
                if number == 7 {
                    try $0.add(
                        .ticket(.tagged(TicketTagged(added: ["vip"], removed: []))), ticket,
                        customer)
                    try $0.receive(ticket, customer, Letter(text: "the blue lamp"))
                }
            }
        }
    }

    private func numbers(_ filter: TicketFilter) throws -> [Int64] {
        try desk.read { reader throws(StoreError) in
            try reader.tickets(filter, viewer: .sara).rows.map(\.row.ticket.number.rawValue)
        }
    }

    private static let every = Set(TicketStatus.allCases)

    @Test(arguments: [
        (TicketFilter(), [11, 10, 8, 7, 5, 4, 2, 1] as [Int64]),
        (TicketFilter(ticketClass: .regular), [10, 8, 7, 5, 4, 2, 1]),
        (TicketFilter(statuses: every), Array((1...12).reversed())),
        (TicketFilter(statuses: [.closed]), [12, 9, 6, 3]),
        (TicketFilter(statuses: [.open]), []), (TicketFilter(statuses: []), []),
        (TicketFilter(holder: .agent(.sara)), [5, 4, 2, 1]),
        (TicketFilter(statuses: every, holder: .agent(.sara)), [6, 5, 4, 3, 2, 1]),
        (TicketFilter(holder: .nobody, ticketClass: .regular), [10, 8, 7]),
        (TicketFilter(holder: .agent(AgentID(rawValue: "lea"))), []),
        (TicketFilter(team: .support, ticketClass: .regular), [10, 8, 7, 5, 4, 2, 1]),
        (TicketFilter(team: .people), []), (TicketFilter(tag: "vip"), [7]),
        (TicketFilter(tag: "none"), []), (TicketFilter(inbox: .chat), [8, 4]),
        (TicketFilter(statuses: every, inbox: .chat), [12, 8, 4]),
        (TicketFilter(customer: CustomerID(rawValue: 1)), [11, 7, 5, 1]),
        (TicketFilter(statuses: every, customer: CustomerID(rawValue: 2)), [12, 10, 8, 6, 4, 2]),
        (TicketFilter(statuses: every, ticketClass: .bulk), [12]),
        (TicketFilter(ticketClass: .spam), [11]), (TicketFilter(trait: .unread), [7]),
        (TicketFilter(trait: .snoozed), []),
        (TicketFilter(tag: "vip", customer: CustomerID(rawValue: 2)), []),
        (TicketFilter(holder: .agent(.sara), inbox: .chat), [4]),
        (TicketFilter(query: SearchTerms("lamp")), [7]),
        (TicketFilter(query: SearchTerms("\"blue lamp\"")), [7]),
        (TicketFilter(query: SearchTerms("\"lamp blue\"")), []),
        (TicketFilter(team: .people, query: SearchTerms("lamp")), []),
        (TicketFilter(query: SearchTerms("10")), [10]),
    ])
    func aListHoldsExactlyWhatItsFilterSays(_ filter: TicketFilter, _ expected: [Int64]) throws {
        #expect(try numbers(filter) == expected)
        let count = try desk.read { reader throws(StoreError) in
            try reader.ticketCount(filter, viewer: .sara)
        }
        #expect(count == expected.count)
    }

    @Test(
        arguments: [
            TicketFilter(statuses: every), TicketFilter(statuses: every, team: .support),
            TicketFilter(statuses: every, inbox: .mail),
            TicketFilter(statuses: every, customer: CustomerID(rawValue: 1)),
        ], [1, 2, 5, 50])
    func pagesHoldEveryTicketOnce(_ filter: TicketFilter, _ limit: Int) throws {
        var collected: [Int64] = []
        var cursor: TicketNumber?
        for _ in 0..<20 {
            let place = cursor
            let page = try desk.read { reader throws(StoreError) in
                try reader.tickets(filter, after: place, limit: limit, viewer: .sara)
            }
            #expect(page.rows.count <= limit)
            collected += page.rows.map(\.row.ticket.number.rawValue)
            cursor = page.next
            if cursor == nil { break }
        }
        #expect(cursor == nil)
        #expect(try collected == numbers(filter))
    }

    @Test func aLimitIsCappedNotRefused() {
        #expect(PageLimit.bounded(0) == 1)
        #expect(PageLimit.bounded(-5) == 1)
        #expect(PageLimit.bounded(500) == 500)
        #expect(PageLimit.bounded(.max) == 500)
    }

    @Test func aSummaryHoldsWhatAListShows() throws {
        let desk = try TestDesk()
        let ticket = try desk.write {
            let sara = try $0.makeCustomer("Sara", .email("sara@x.ir"))
            let friend = try $0.makeCustomer("Friend", .email("friend@x.ir"))
            try $0.add(
                .customer(.updated(CustomerUpdated(customer: sara, standing: .vip))), nil, sara)
            let other = try $0.open(sara, "Older")
            let ticket = try $0.open(sara, "Lamp")
            try $0.receive(ticket, sara)
            try $0.answer(ticket, sara, "Yes", inbox: .chat, channel: .chatWebhook)
            try $0.receive(ticket, sara, Letter(channel: .chatWebhook, inbox: .chat))
            _ = try $0.note(ticket, sara, "hm")
            try $0.add(
                .ticket(
                    .participantAdded(ParticipantChanged(identity: IdentityID(rawValue: 2)))),
                ticket, sara)
            try $0.add(
                .ticket(
                    .linked(TicketLinked(other: other, relation: .followUp, message: nil))),
                ticket, sara)
            try $0.add(
                .ticket(
                    .callbackRequested(
                        CallbackRequested(
                            message: MessageID(rawValue: 1), due: $0.now + .hours(1), calls: 2))),
                ticket, sara)
            _ = friend
            return ticket
        }
        let summary = try #require(
            try desk.read { reader throws(StoreError) in
                try reader.ticketSummary(ticket, viewer: .system)
            })
        #expect(summary.subject == "Lamp")
        #expect(
            summary.customer
                == CustomerName(id: CustomerID(rawValue: 1), name: "Sara", standing: .vip))
        #expect(summary.row.channels == [.email, .chatWebhook])
        #expect(summary.row.lastDirection == .inbound)
        #expect(summary.row.isUnread)
        #expect(summary.row.spokenAt == desk.now)
        #expect(summary.row.ticket.callback == .due(desk.now + .hours(1), calls: 2))
        #expect(
            summary.participants == [
                TicketSummary.Participant(
                    identity: IdentityID(rawValue: 2), address: .email("friend@x.ir"),
                    name: "Friend")
            ])
        #expect(
            summary.related == [
                TicketSummary.RelatedTicket(
                    number: TicketNumber(rawValue: 1), relation: .followUp, message: nil)
            ])
    }
}
