import HelpdeskCore
import Testing

@testable import HelpdeskStore

@Suite struct CustomerReadTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.addStaff()
        try desk.write {
            let sara = try $0.makeCustomer("Sara Ahmadi", .email("sara@example.ir"))
            _ = try $0.makeCustomer("سارا احمدی", .phone("+989121234567"))
            _ = try $0.makeCustomer(
                "Ahmad Sarafi", IdentityAddress(kind: "telegram", value: "8123"),
                verification: .unverified, scope: .chat)
            _ = try $0.makeCustomer(nil, .email("ahmadi@example.ir"))
            try $0.add(
                .customer(
                    .updated(
                        CustomerUpdated(
                            customer: sara, standing: .vip, preferredChannel: .chatWebhook,
                            attributes: try $0.keep(
                                json: ["plan": "gold", "organisation": "Nan"], as: .attributes,
                                of: sara, salt: StoreTransaction.salt)))), nil, sara)
            try $0.add(
                .customer(
                    .identitySuggested(
                        IdentitySuggested(
                            customer: sara, kind: "tel",
                            address: try $0.keep(
                                "+989121234567", as: .address, of: sara,
                                salt: StoreTransaction.salt),
                            other: CustomerID(rawValue: 2)))), nil, sara)
        }
    }

    @Test(arguments: [
        ("sara", [1, 3] as [Int64]), ("SARA", [1, 3]), ("ahmadi", [1, 4]), ("ahm sara", [1, 3]),
        ("sara ahmadi", [1]), ("سارا", [2]), ("سارا احمدي", [2]), ("nobody", []), ("", []),
        ("sara@", [1, 3]), ("sara@example.ir", [1]), ("Sara@Example.IR", [1]),
        ("+98912", [2]), ("tel:+98912", [2]), ("telegram:8123", [3]), ("8123", [3]), ("2", [2]),
        ("#2", [2]), ("9999", []), ("%", []), ("'; DROP TABLE customers", []),
    ])
    func customersAreFoundByNumberNameOrAddress(_ query: String, _ expected: [Int64]) throws {
        let found = try desk.read { reader throws(StoreError) in
            try reader.customers(matching: query, viewer: .sara).rows.map(\.customer.id.rawValue)
        }
        #expect(found == expected)
    }

    @Test func aRenamedCustomerIsFoundByTheNewNameOnly() throws {
        let customer = CustomerID(rawValue: 3)
        try desk.write {
            let name = try $0.keep(
                "Reza", as: .name, of: customer, salt: StoreTransaction.salt)
            try $0.add(
                .customer(.named(CustomerNamed(customer: customer, name: name))), nil, customer)
        }
        let (old, new) = try desk.read { reader throws(StoreError) in
            (
                try reader.customers(matching: "sarafi", viewer: .sara).rows.count,
                try reader.customers(matching: "reza", viewer: .sara).rows.map(\.customer.name)
            )
        }
        #expect(old == 0)
        #expect(new == ["Reza"])
        #expect(try desk.store.verify().isIntact)
    }

    @Test func customersAreFoundByTheirOrganisationAsItIsNow() throws {
        let customer = CustomerID(rawValue: 3)
        func organisation(_ name: String) throws {
            try desk.write {
                let attributes = try $0.keep(
                    #"{"organisation":"\#(name)","plan":"gold"}"#, as: .attributes, of: customer,
                    salt: StoreTransaction.salt)
                try $0.add(
                    .customer(
                        .updated(CustomerUpdated(customer: customer, attributes: attributes))),
                    nil, customer)
            }
        }
        func found(_ query: String) throws -> [Int64] {
            try desk.read { reader throws(StoreError) in
                try reader.customers(matching: query, viewer: .sara).rows.map {
                    $0.customer.id.rawValue
                }
            }
        }
        try organisation("پارچه احمدی")
        #expect(try found("پارچه") == [3])
        #expect(try found("sara پارچه") == [3])
        #expect(try found("gold") == [])
        try organisation("Karaj Textiles")
        #expect(try found("پارچه") == [])
        #expect(try found("karaj tex") == [3])
        #expect(try desk.store.verify().isIntact)
    }

    @Test func pagesOfFindsGoOnBehindTheirCursor() throws {
        let first = try desk.read { reader throws(StoreError) in
            try reader.customers(matching: "sara", limit: 1, viewer: .sara)
        }
        let second = try desk.read { reader throws(StoreError) in
            try reader.customers(matching: "sara", after: first.next, limit: 1, viewer: .sara)
        }
        #expect(first.rows.map(\.customer.id.rawValue) == [1])
        #expect(second.rows.map(\.customer.id.rawValue) == [3])
        #expect(second.next == nil)
    }

    @Test func theCardHoldsWhatIsKnown() throws {
        let sara = CustomerID(rawValue: 1)
        try desk.write {
            let closed = try $0.open(sara, "Old")
            let open = try $0.open(sara, "New")
            try $0.receive(open, sara, Letter(channel: .chatWebhook, inbox: .chat))
            try $0.receive(
                open, sara,
                Letter(
                    channel: .phoneLog, inbox: .phones, kind: .call, sentAt: $0.now - .days(1),
                    call: Call(direction: .inbound, outcome: .missed, durationSeconds: 0)))
            try $0.answer(open, sara, "Hi", by: AgentID(rawValue: "lea"))
            try $0.answer(open, sara, "Hi again")
            try $0.close(closed, sara)
            try $0.score(4, closed, sara, "fine")
        }
        let card = try #require(
            try desk.read { reader throws(StoreError) in
                try reader.customer(sara, viewer: .sara)
            })
        #expect(card.customer == CustomerName(id: sara, name: "Sara Ahmadi", standing: .vip))
        #expect(card.preferredChannel == .chatWebhook)
        #expect(card.lastChannel == .chatWebhook)
        #expect(card.attributes == ["plan": "gold", "organisation": "Nan"])
        #expect(
            card.identities == [
                CustomerCard.Identity(
                    id: IdentityID(rawValue: 1), address: .email("sara@example.ir"),
                    verification: .verified, evidence: .firstContact, scope: nil,
                    undeliverable: nil,
                    sharing: .personal, twin: nil)
            ])
        #expect(
            card.suggestions == [
                CustomerCard.Suggestion(
                    id: card.suggestions.first?.id ?? ContentID(rawValue: 0),
                    customer: CustomerID(rawValue: 1), address: .phone("+989121234567"),
                    other: CustomerID(rawValue: 2), evidence: nil)
            ])
        #expect(card.openTickets == [TicketNumber(rawValue: 2)])
        #expect(
            card.scores == [
                CustomerCard.Score(
                    kind: .csat, score: 4, comment: "fine", at: desk.now,
                    ticket: TicketNumber(rawValue: 1), agent: .sara)
            ])
        #expect(card.lastAgents.map(\.agent) == [.sara, AgentID(rawValue: "lea")])
        #expect(card.createdAt == TestDesk.start + .minutes(1))
        #expect(card.erasedAt == nil)
    }

    @Test func aSuggestedOwnerKnownOnlyInPrivateIsNotNamed() throws {
        try desk.write {
            _ = try $0.open(CustomerID(rawValue: 2), team: .people, "Salary")
        }
        let others = try desk.read { reader throws(StoreError) in
            (
                try reader.customer(CustomerID(rawValue: 1), viewer: .sara)?.suggestions,
                try reader.customer(CustomerID(rawValue: 1), viewer: .hami)?.suggestions
            )
        }
        #expect(others.0?.map(\.other) == [nil])
        #expect(others.1?.map(\.other) == [CustomerID(rawValue: 2)])
    }
}
