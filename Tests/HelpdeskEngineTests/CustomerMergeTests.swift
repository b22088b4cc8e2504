import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Two customers who are one person")
struct CustomerMergeTests {
    private static let lead = TestDesk.caller(.lead, .lead)

    private func merge(_ one: CustomerID, into other: CustomerID, _ desk: TestDesk) async throws {
        try await CustomerDesk(desk.desk).merge(
            one, into: other, reason: "she said so on the phone", by: Self.lead, command: nil)
    }

    private func unmerge(_ one: CustomerID, _ desk: TestDesk) async throws {
        try await CustomerDesk(desk.desk).unmerge(one, reason: nil, by: Self.lead, command: nil)
    }

    private func card(_ id: CustomerID, _ desk: TestDesk) throws -> CustomerCard {
        try #require(
            try desk.read { reader throws(StoreError) in
                try reader.customer(id, viewer: .system)
            })
    }

    private func said(_ id: CustomerID, _ desk: TestDesk) throws -> [MessageID] {
        let page = try desk.read { reader throws(StoreError) in
            try reader.timeline(of: id, viewer: .system)
        }
        return page?.rows.compactMap { entry in
            if case .message(let message) = entry.item { message.id } else { nil }
        } ?? []
    }

    /// Sara by mail and somebody on the phone.
    private func both(_ desk: TestDesk) async throws -> (
        mail: (ticket: TicketNumber, customer: CustomerID),
        phone: (ticket: TicketNumber, customer: CustomerID)
    ) {
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let mail = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@e", name: "Sara Ahmadi"))
        let call = try await desk.ticket(
            .call(from: "+989121234567", id: "c1", outcome: .missed), to: .phones)
        return (
            (mail.ticket, try desk.row(mail.ticket).ticket.customer),
            (call.ticket, try desk.row(call.ticket).ticket.customer)
        )
    }

    @Test("are merged by a lead, and their next messages go on in one ticket, on their own side")
    func continuity() async throws {
        let desk = try await TestDesk()
        let (mail, phone) = try await both(desk)
        try await desk.perform(.close(.solved), on: phone.ticket)
        try await merge(phone.customer, into: mail.customer, desk)
        #expect(try card(phone.customer, desk).customer.id == mail.customer)
        // The call joins the mail's ticket: it is the same person's active one.
        desk.clock.advance(by: .minutes(20))
        let again = try await desk.ticket(
            .call(from: "+989121234567", id: "c2", outcome: .missed), to: .phones)
        #expect(again.ticket == mail.ticket)
        let joined = try desk.lines("SELECT customer FROM messages WHERE id = $1", [again.message])
        #expect(joined == ["\(phone.customer.rawValue)"])
        try desk.verify()
        // Apart again, the call is the caller's.
        try await unmerge(phone.customer, desk)
        #expect(try said(phone.customer, desk).contains(again.message))
        #expect(try !said(mail.customer, desk).contains(again.message))
        // And the next call is a stranger's again: no continuity with the mail.
        desk.clock.advance(by: .minutes(20))
        let third = try await desk.ticket(
            .call(from: "+989121234567", id: "c3", outcome: .missed), to: .phones)
        #expect(third.ticket != mail.ticket)
        try desk.verify()
    }

    @Test("have one history for stickiness, surveys and the reply channel")
    func decisions() async throws {
        let desk = try await TestDesk()
        let (mail, phone) = try await both(desk)
        if try desk.row(mail.ticket).ticket.assignee != .leila {
            try await desk.perform(.assign(.leila), on: mail.ticket)
        }
        try await desk.reply(to: mail.ticket, by: .leila)
        try await merge(phone.customer, into: mail.customer, desk)
        let service = try desk.read { reader throws(StoreError) in
            try reader.service(of: phone.customer)
        }
        #expect(service.lastServed?.agent == .leila)
        let addresses = try desk.read { reader throws(StoreError) in
            try reader.addresses(of: phone.customer, kind: "email")
        }
        #expect(addresses.map(\.address.value) == ["sara@example.ir"])
        // A caller who can be written to since they are known by mail too.
        let route = try await desk.replies.preview(
            phone.ticket, inbox: nil, by: TestDesk.caller(.nima))
        #expect(route.route.way.address == .email("sara@example.ir"))
        try await unmerge(phone.customer, desk)
        await #expect(throws: DeskFailure.self) {
            _ = try await desk.replies.preview(
                phone.ticket, inbox: nil, by: TestDesk.caller(.nima))
        }
    }

    @Test("are not merged by an agent, twice, in a circle, or across a private team's door")
    func refusals() async throws {
        let desk = try await TestDesk()
        let (mail, phone) = try await both(desk)
        let people = try await desk.ticket(
            .mail(from: "hire@example.ir", id: "p1@e"), to: .peopleMail)
        let hidden = try desk.row(people.ticket).ticket.customer
        await #expect(throws: DeskFailure.self) {
            try await CustomerDesk(desk.desk).merge(
                phone.customer, into: mail.customer, reason: nil, by: TestDesk.caller(.nima),
                command: nil)
        }
        let before = desk.position
        let hami = TestDesk.caller(.hami, .lead)
        await #expect(throws: DeskFailure.self) {
            try await CustomerDesk(desk.desk).merge(
                hidden, into: mail.customer, reason: nil, by: hami, command: nil)
        }
        // To whoever may not know of them, they do not exist.
        await #expect(throws: DeskFailure.self) {
            try await merge(hidden, into: mail.customer, desk)
        }
        await #expect(throws: DeskFailure.self) { try await unmerge(mail.customer, desk) }
        #expect(desk.position == before, "a refusal leaves nothing behind")
        try await merge(phone.customer, into: mail.customer, desk)
        await #expect(throws: DeskFailure.self) {
            try await merge(mail.customer, into: phone.customer, desk)
        }
        try desk.verify()
    }

    @Test("have the acknowledgements of one")
    func acknowledgements() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        let second = try await desk.ticket(.mail(from: "sara@work.example", id: "w1@e"))
        let customers = try [first, second].map { try desk.row($0.ticket).ticket.customer }
        try await merge(customers[1], into: customers[0], desk)
        for index in 0..<6 {
            let address = index % 2 == 0 ? "sara@example.ir" : "sara@work.example"
            try await desk.ticket(.mail(from: address, id: "more\(index)@e"))
        }
        let sent = try desk.count("SELECT COUNT(*) FROM acknowledgements")
        #expect(sent == 5, "five a day, whichever address they write from")
        try desk.verify()
    }

    @Test("keep the reason and who said so in the stream")
    func audit() async throws {
        let desk = try await TestDesk()
        let (mail, phone) = try await both(desk)
        try await merge(phone.customer, into: mail.customer, desk)
        let event = try #require(try desk.events().last)
        #expect(event.actor == .agent(.lead))
        guard case .customer(.merged(let merged)) = event.event else {
            Issue.record("not merged: \(event)")
            return
        }
        #expect(merged.customer == phone.customer && merged.into == mail.customer)
        let reason = try #require(merged.reason)
        let words = try desk.read { reader throws(StoreError) in try reader.content(reason.id) }
        #expect(words == "she said so on the phone")
    }
}

@Suite("Weak evidence")
struct SuggestionTests {
    private static let lead = TestDesk.caller(.lead, .lead)

    private func card(_ ticket: TicketNumber, _ desk: TestDesk) throws -> CustomerCard {
        let customer = try desk.row(ticket).ticket.customer
        return try #require(
            try desk.read { reader throws(StoreError) in
                try reader.customer(customer, viewer: .system)
            })
    }

    @Test(
        "of one number in two places, a typed address, and a name at one organisation is suggested once"
    )
    func suggested() async throws {
        let desk = try await TestDesk()
        let call = try await desk.ticket(
            .call(from: "+989121234567", id: "c1", outcome: .missed), to: .phones)
        let caller = try desk.row(call.ticket).ticket.customer
        let chat = try await desk.ticket(
            .chat(
                from: "v1", conversation: "s1", id: "w1",
                vouched: [IdentityAddress(kind: "whatsapp", value: "989121234567")]),
            to: .siteChat)
        #expect(try card(chat.ticket, desk).suggestions.map(\.other) == [caller])
        #expect(try card(chat.ticket, desk).suggestions.map(\.evidence) == [.samePhone])
        let typed = try await desk.ticket(
            .chat(
                from: "v2", conversation: "s2", id: "w2", typed: [.email("sara@corp.example")]),
            to: .siteChat)
        #expect(try card(typed.ticket, desk).suggestions.map(\.evidence) == [.typedAddress])
        let first = try await desk.ticket(
            .mail(from: "sara@corp.example", id: "m1@e", name: "Sara Ahmadi"))
        let second = try await desk.ticket(
            .mail(from: "s.ahmadi@corp.example", id: "m2@e", name: "sara AHMADI"))
        let suggestions = try card(second.ticket, desk).suggestions
        #expect(suggestions.map(\.evidence) == [.sameName])
        #expect(suggestions.map(\.other) == [try desk.row(first.ticket).ticket.customer])
        try await desk.ticket(.mail(from: "s.ahmadi@corp.example", id: "m3@e", name: "Sara Ahmadi"))
        #expect(try card(second.ticket, desk).suggestions.count == 1, "once")
        try desk.verify()
    }

    @Test("is accepted by merging with that evidence, the first known on top")
    func accepted() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(
            .mail(from: "sara@corp.example", id: "m1@e", name: "Sara Ahmadi"))
        let second = try await desk.ticket(
            .mail(from: "s.ahmadi@corp.example", id: "m2@e", name: "Sara Ahmadi"))
        let (one, other) = try (
            desk.row(first.ticket).ticket.customer, desk.row(second.ticket).ticket.customer
        )
        let suggestion = try #require(try card(second.ticket, desk).suggestions.first)
        await #expect(throws: DeskFailure.self) {
            try await CustomerDesk(desk.desk).accept(
                suggestion.id, of: other, by: TestDesk.caller(.nima), command: nil)
        }
        try await CustomerDesk(desk.desk).accept(
            suggestion.id, of: other, by: Self.lead, command: nil)
        let card = try card(second.ticket, desk)
        #expect(card.customer.id == one)
        #expect(card.merged.map(\.evidence) == [.sameName])
        #expect(card.suggestions == [])
        try desk.verify()
    }

    @Test("of an address that nobody has links it, as not verified")
    func linked() async throws {
        let desk = try await TestDesk()
        let chat = try await desk.ticket(
            .chat(from: "v2", conversation: "s2", id: "w2", typed: [.email("sara@corp.example")]),
            to: .siteChat)
        let customer = try desk.row(chat.ticket).ticket.customer
        let suggestion = try #require(try card(chat.ticket, desk).suggestions.first)
        try await CustomerDesk(desk.desk).accept(
            suggestion.id, of: customer, by: TestDesk.caller(.nima), command: nil)
        let identity = try card(chat.ticket, desk).identities.last
        #expect(identity?.address == .email("sara@corp.example"))
        #expect(identity?.verification == .unverified)
        let mail = try await desk.ticket(.mail(from: "sara@corp.example", id: "m1@e"))
        #expect(try desk.row(mail.ticket).ticket.customer == customer)
    }

    @Test("that was refused never comes again, from neither side")
    func refused() async throws {
        let desk = try await TestDesk()
        try await desk.ticket(.mail(from: "sara@corp.example", id: "m1@e", name: "Sara Ahmadi"))
        let second = try await desk.ticket(
            .mail(from: "s.ahmadi@corp.example", id: "m2@e", name: "Sara Ahmadi"))
        let customer = try desk.row(second.ticket).ticket.customer
        let suggestion = try #require(try card(second.ticket, desk).suggestions.first)
        try await CustomerDesk(desk.desk).refuse(
            suggestion.id, of: customer, by: TestDesk.caller(.nima), command: nil)
        #expect(try card(second.ticket, desk).suggestions == [])
        // Whatever links either of them anew.
        for (address, id) in [("sara@corp.example", "w1"), ("s.ahmadi@corp.example", "w2")] {
            try await desk.ticket(
                .chat(from: id, conversation: id, id: id, vouched: [.email(address)]),
                to: .siteChat)
        }
        #expect(try desk.count("SELECT COUNT(*) FROM suggestions") == 1)
        await #expect(throws: DeskFailure.self) {
            try await CustomerDesk(desk.desk).refuse(
                suggestion.id, of: customer, by: TestDesk.caller(.nima), command: nil)
        }
        try desk.verify()
    }

    @Test("that half a town shares is none")
    func shared() async throws {
        let desk = try await TestDesk()
        for index in 0..<9 {
            try await desk.ticket(
                .mail(from: "info\(index)@corp.example", id: "m\(index)@e", name: "Front Desk"))
        }
        let count = try desk.count("SELECT COUNT(*) FROM suggestions")
        #expect(count <= 15, "\(count)")
        let last = try await desk.ticket(
            .mail(from: "info@corp.example", id: "last@e", name: "Front Desk"))
        #expect(try card(last.ticket, desk).suggestions == [])
    }

    @Test("a switchboard's number that is marked shared joins nothing and suggests nobody")
    func switchboard() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(
            .call(from: "+982188001122", id: "c1", outcome: .missed), to: .phones)
        let customer = try desk.row(first.ticket).ticket.customer
        try await CustomerDesk(desk.desk).update(
            customer, CustomerChange(sharing: [.phone("+98 21 8800 1122"): .shared]),
            by: TestDesk.caller(.nima))
        let again = try await desk.ticket(
            .call(from: "+982188001122", id: "c2", outcome: .missed), to: .phones)
        #expect(again.ticket != first.ticket)
        try await CustomerDesk(desk.desk).update(
            customer, CustomerChange(sharing: [.phone("+982188001122"): .personal]),
            by: TestDesk.caller(.nima))
        let third = try await desk.ticket(
            .call(from: "+982188001122", id: "c3", outcome: .missed), to: .phones)
        #expect(third.ticket == again.ticket)
        try desk.verify()
    }

    @Test("twins that only look alike stay apart and are marked on both cards")
    func lookAlikes() async throws {
        let desk = try await TestDesk()
        let sara = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        let twin = try await desk.ticket(.mail(from: "s\u{430}ra@example.ir", id: "m2@e"))
        let cards = try (card(sara.ticket, desk), card(twin.ticket, desk))
        #expect(cards.0.customer.id != cards.1.customer.id)
        #expect(cards.0.identities.first?.twin?.customer == cards.1.customer.id)
        #expect(cards.1.identities.first?.twin?.kind == .lookAlike)
        #expect(cards.1.suggestions == [], "a warning, not a suggestion")
    }

    @Test("what a blocked customer writes is spam, until they are let in again")
    func blocked() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(.mail(from: "noise@example.ir", id: "m1@e"))
        let customer = try desk.row(first.ticket).ticket.customer
        let desk2 = CustomerDesk(desk.desk)
        try await desk2.update(
            customer, CustomerChange(blocking: .blocked), by: TestDesk.caller(.nima))
        let second = try await desk.ticket(.mail(from: "noise@example.ir", id: "m2@e"))
        #expect(try desk.row(second.ticket).ticket.ticketClass == .spam)
        try await desk2.update(
            customer, CustomerChange(blocking: .allowed), by: TestDesk.caller(.nima))
        let third = try await desk.ticket(.mail(from: "noise@example.ir", id: "m3@e"))
        #expect(try desk.row(third.ticket).ticket.ticketClass == .regular)
        try desk.verify()
    }
}
