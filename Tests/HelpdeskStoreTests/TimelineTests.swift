import HelpdeskCore
import Testing

@testable import HelpdeskStore

@Suite struct TimelineTests {
    private static let sara = CustomerID(rawValue: 1)

    /// A mail, an old call, an imported mail, an answer, a close, a score; and another customer in between.
    private func desk() throws -> TestDesk {
        let desk = try TestDesk()
        try desk.write { _ = try $0.makeCustomer("Sara", .email("sara@x.ir")) }
        try desk.write {
            let ticket = try $0.open(Self.sara, "Lamp")
            try $0.receive(ticket, Self.sara, Letter(text: "mail", sentAt: .distantPast))
        }
        try desk.write {
            let other = try $0.makeCustomer("Other")
            try $0.receive(try $0.open(other), other, Letter(text: "not hers"))
        }
        try desk.write {
            try $0.receive(
                TicketNumber(rawValue: 1), Self.sara,
                Letter(
                    text: "call", channel: .phoneLog, inbox: .phones, kind: .call,
                    sentAt: TestDesk.start,
                    call: Call(direction: .inbound, outcome: .answered, durationSeconds: 5)))
            let old = try $0.open(Self.sara, "Old", origin: .history, status: .closed)
            try $0.receive(
                old, Self.sara,
                Letter(text: "archive", origin: .history, sentAt: TestDesk.start - .days(900)))
        }
        try desk.write {
            try $0.answer(TicketNumber(rawValue: 1), Self.sara, "answer")
            _ = try $0.note(TicketNumber(rawValue: 1), Self.sara, "note")
            try $0.close(TicketNumber(rawValue: 1), Self.sara)
        }
        try desk.write {
            try $0.score(2, TicketNumber(rawValue: 1), Self.sara, "slow")
            let second = try $0.open(Self.sara, "By hand", origin: .agent)
            try $0.add(
                .ticket(
                    .transferred(
                        TicketTransferred(
                            from: .support, to: TeamID(rawValue: "second"), isPrivate: false,
                            brief: try $0.keep(
                                "please", as: .brief, of: Self.sara, salt: StoreTransaction.salt)))),
                second, Self.sara)
        }
        return desk
    }

    private static func word(_ entry: TimelineEntry) -> String {
        switch entry.item {
        case .message(let message): message.content?.text ?? ""
        case .event(let event, let words):
            EventCodec.name(of: event.event) + (words.map { " \($0)" } ?? "")
        }
    }

    @Test func itHoldsEverythingInTheOrderItHappened() throws {
        let desk = try desk()
        let page = try #require(
            try desk.read { reader throws(StoreError) in
                try reader.timeline(of: Self.sara, viewer: .system)
            })
        #expect(
            page.rows.map(Self.word) == [
                "archive", "call", "mail", "answer", "note", "ticket_status_changed",
                "survey_sent", "survey_answered slow", "ticket_opened By hand",
                "ticket_transferred please",
            ])
        #expect(page.rows.map { $0.ticket?.rawValue } == [3, 1, 1, 1, 1, 1, 1, 1, 4, 4])
        #expect(page.rows.map(\.place) == page.rows.map(\.place).sorted())
        #expect(page.next == nil)
        #expect(try desk.store.verify().isIntact)
    }

    @Test(arguments: [TimelineOrder.oldestFirst, .newestFirst], [1, 2, 3, 7])
    func pagesHoldEveryEntryOnce(_ order: TimelineOrder, _ limit: Int) throws {
        let desk = try desk()
        let whole = try #require(
            try desk.read { reader throws(StoreError) in
                try reader.timeline(of: Self.sara, order, viewer: .system)
            }
        ).rows
        var collected: [TimelineEntry] = []
        var cursor: TimelinePlace?
        for _ in 0..<20 {
            let place = cursor.flatMap { TimelinePlace(text: $0.text) }
            let page = try #require(
                try desk.read { reader throws(StoreError) in
                    try reader.timeline(
                        of: Self.sara, order, after: place, limit: limit, viewer: .system)
                })
            collected += page.rows
            cursor = page.next
            if cursor == nil { break }
        }
        #expect(collected == whole)
        #expect(whole.count == 10)
    }

    @Test func newestFirstIsTheReverse() throws {
        let desk = try desk()
        let both = try desk.read { reader throws(StoreError) in
            (
                try reader.timeline(of: Self.sara, viewer: .system)?.rows,
                try reader.timeline(of: Self.sara, .newestFirst, viewer: .system)?.rows
            )
        }
        #expect(both.0 == both.1.map { $0.reversed() })
    }

    @Test func nobodyHasNoTimeline() throws {
        let desk = try TestDesk()
        let page = try desk.read { reader throws(StoreError) in
            try reader.timeline(of: CustomerID(rawValue: 9), viewer: .system)
        }
        #expect(page == nil)
    }

    @Test(arguments: ["", ".", "1", "a.b", "1.2.3", "99999999999999999999.1"])
    func aForeignCursorIsRefused(_ text: String) {
        #expect(TimelinePlace(text: text) == nil)
    }
}
