import HelpdeskCore
import Testing

@testable import HelpdeskStore

@Suite struct SearchTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.addStaff()
        try desk.write {
            let sara = try $0.makeCustomer("Sara")
            let ticket = try $0.open(sara, "Lamp")
            try $0.receive(ticket, sara, Letter(text: "The blue lamp is broken"))
            try $0.receive(
                ticket, sara,
                Letter(
                    text: "سفارش كتاب من نرسيده است", subject: "Order 77",
                    files: [
                        .init(name: "invoice-9.pdf", contentType: "application/pdf", contentID: nil)
                    ]
                ))
            try $0.answer(ticket, sara, "The lamp comes tomorrow; write to help@desk.ir")
            _ = try $0.open(sara, "Quiet")
        }
    }

    private func hits(_ query: String) throws -> [Int64?] {
        try desk.read { reader throws(StoreError) in
            try reader.search(query, viewer: .sara).rows.map { $0.message?.rawValue }
        }
    }

    @Test(arguments: [
        ("lamp", [3, 1] as [Int64?]), ("LAMP", [3, 1]), ("lam", [3, 1]), ("blue lamp", [1]),
        ("lamp blue", [1]), ("\"blue lamp\"", [1]), ("\"lamp blue\"", []), ("tomorrow lamp", [3]),
        ("کتاب", [2]), ("كتاب", [2]), ("نرسیده", [2]), ("order", [2]), ("invoice-9.pdf", [2]),
        ("help@desk.ir", [3]), ("\"writer 1\"", [2, 1]), ("nothing", []), ("", []), ("\"", []),
        ("*", []), ("lamp AND blue", []), ("NEAR(lamp", []), ("text:lamp", []), ("-lamp", [3, 1]),
    ])
    func messagesAreFoundByTheirWordsNewestFirst(_ query: String, _ expected: [Int64?]) throws {
        #expect(try hits(query) == expected)
    }

    @Test(arguments: ["#2", "2", "۲", "Re: [#2] hello"])
    func aNumberFindsItsTicketFirst(_ query: String) throws {
        #expect(try hits(query).first == .some(nil))
    }

    @Test func aHitShowsWhereItIs() throws {
        let hit = try #require(
            try desk.read { reader throws(StoreError) in
                try reader.search("broken", viewer: .sara).rows.first
            })
        #expect(
            hit
                == SearchHit(
                    ticket: TicketNumber(rawValue: 1), message: MessageID(rawValue: 1),
                    at: desk.now, channel: .email, status: .new, subject: "Lamp",
                    customer: CustomerName(
                        id: CustomerID(rawValue: 1), name: "Sara", standing: .regular),
                    snippet: "The blue lamp is broken"))
    }

    @Test func pagesOfHitsGoOnBehindTheirCursor() throws {
        let first = try desk.read { reader throws(StoreError) in
            try reader.search("lamp", limit: 1, viewer: .sara)
        }
        let second = try desk.read { reader throws(StoreError) in
            try reader.search("lamp", after: first.next, limit: 1, viewer: .sara)
        }
        #expect(first.rows.map { $0.message?.rawValue } == [3])
        #expect(second.rows.map { $0.message?.rawValue } == [1])
        #expect(second.next == nil)
    }

    @Test(arguments: [
        ("short text", "text", "short text"), ("two\r\n  lines\there", "lines", "two lines here"),
        ("", "x", ""), ("nothing of it", "x", "nothing of it"),
    ])
    func aSnippetIsOneLine(_ text: String, _ query: String, _ expected: String) {
        #expect(SearchSnippet.of(text, SearchTerms(query)) == expected)
    }

    @Test func aSnippetOfALongTextShowsTheMatchWithinTwoHundred() {
        let text =
            String(repeating: "before ", count: 300) + "lamp "
            + String(repeating: "after ", count: 300)
        let snippet = SearchSnippet.of(text, SearchTerms("LAMP"))
        #expect(snippet.contains("lamp"))
        #expect(snippet.hasPrefix("…before"))
        #expect(snippet.hasSuffix("…"))
        #expect(snippet.unicodeScalars.count <= 200)
        let unbroken = String(repeating: "ی", count: 100_000)
        #expect(SearchSnippet.of(unbroken, SearchTerms("x")).unicodeScalars.count <= 200)
    }
}
