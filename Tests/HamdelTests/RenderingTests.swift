import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Terminal
import Testing

@testable import hamdel

struct RenderingTests {
    private static func rows(_ rows: [[String]]) -> [[SafeText]] {
        rows.map { row in row.map { Sanitizer.singleLine($0) } }
    }

    @Test func `columns are set by display width, Persian and wide ones too`() {
        let lines = TableText(page: TextPage(columns: nil, bidi: .off)).lines(
            titles: ["N", "NAME", "SUBJECT"],
            rows: Self.rows([
                ["1", "سارا", "سفارش"], ["200", "田中", "x"], ["3", "e\u{301}", "family 👨"],
            ]), flexible: [2])
        #expect(
            lines == [
                "N    NAME  SUBJECT",
                "1    سارا  سفارش",
                "200  田中  x",
                "3    e\u{301}     family 👨",
            ])
    }

    @Test func `free text gives way when the page is narrow, the widest first`() {
        let lines = TableText(page: TextPage(columns: 40, bidi: .off)).lines(
            titles: ["N", "NAME", "SUBJECT"],
            rows: Self.rows([
                ["1", "a rather long name", "a subject that is much longer than the page is wide"]
            ]), flexible: [1, 2])
        #expect(
            lines == [
                "N  NAME                SUBJECT", "1  a rather long name  a subject that i…",
            ])
        #expect(lines.allSatisfy { WidthPolicy.sum.width(of: $0) <= 40 })
    }

    @Test func `a page too narrow for its columns keeps them readable rather than fitting`() {
        let lines = TableText(page: TextPage(columns: 10, bidi: .off)).lines(
            titles: ["NUMBER", "SUBJECT"], rows: Self.rows([["123456", "abcdefghijkl"]]),
            flexible: [1])
        #expect(lines == ["NUMBER  SUBJECT", "123456  abcdefg…"])
    }

    @Test func `on a terminal that leaves order to us, Persian is put in visual order`() {
        let page = TextPage(columns: 40, bidi: .app)
        let cell = page.cell("abc", columns: 5)
        #expect(cell == "abc  ")
        let persian = page.cell(Sanitizer.singleLine("سلام"), columns: 6)
        #expect(WidthPolicy.sum.width(of: persian) == 6)
        #expect(!persian.contains("سلام"))
    }

    @Test func `where the terminal reorders, a mark fences the columns`() {
        let lines = TableText(page: TextPage(columns: 40, bidi: .terminal)).lines(
            titles: ["A", "B"], rows: Self.rows([["س", "ش"]]), flexible: [])
        #expect(lines == ["A\u{200E}  B", "س\u{200E}  ش"])
    }

    @Test func `times are local, Jalali in a Persian locale`() async throws {
        let page = Samples.page([Samples.ticket(12)])
        let plain = Rig(["GET /tickets": page])
        try await plain.run("ticket", "list")
        #expect(
            plain.printed == """
                NUMBER  STATUS  PRIORITY  TEAM     ASSIGNEE  CHANNELS  CUSTOMER  SUBJECT  UPDATED AT
                12      open    normal    support  ali       email     Sara      Order    2026-11-22 10:00

                """)
        let persian = Rig(["GET /tickets": page], environment: ["LANG": "fa_IR.UTF-8"])
        try await persian.run("ticket", "list")
        #expect(persian.printed.contains("1405/09/01 10:00"))
        let said = Rig(
            ["GET /tickets": page],
            environment: ["LANG": "fa_IR.UTF-8", "HAMDEL_CALENDAR": "gregorian"])
        try await said.run("ticket", "list")
        #expect(said.printed.contains("2026-11-22 10:00"))
    }

    @Test func `an empty list says so, beside the output`() async throws {
        let rig = Rig(["GET /tickets": Samples.page([])])
        try await rig.run("ticket", "list")
        #expect(rig.printed == "")
        #expect(rig.complaints == "nothing found\n")
    }

    @Test func `a ticket is shown with what an agent must know`() async throws {
        var ticket = Samples.ticket(12)
        ticket.related = [
            .init(
                number: TicketNumber(rawValue: 20), relation: "claimed",
                message: MessageID(rawValue: 55))
        ]
        ticket.callback = .init(due: Samples.at, calls: 2)
        let message = API.Message(
            id: MessageID(rawValue: 5), ticket: ticket.number, direction: .inbound,
            kind: .message, channel: .email, inbox: InboxID(rawValue: "mail"),
            author: .init(kind: .customer, id: .customer(CustomerID(rawValue: 7)), name: "Sara"),
            senderAuth: .failed, receivedAt: Samples.at, text: "Hello\n\nworld", fullText: "",
            attachments: [
                .init(
                    id: AttachmentID(rawValue: 3), name: "a.pdf", contentType: "application/pdf",
                    size: 10, sha256: BlobHash(rawValue: "0"))
            ], autoSubmitted: .no)
        let rig = Rig([
            "GET /tickets/12": Samples.text(API.TicketDetail(ticket: ticket, messages: [message]))
        ])
        try await rig.run("ticket", "show", "12")
        #expect(
            rig.printed == """
                #12  Order
                open · normal · support · ali
                customer    Sara (7)
                channels    email
                created     2026-11-22 10:00
                updated     2026-11-22 10:00
                call back   by 2026-11-22 10:00, 2 missed
                related     #20 (claimed): somebody who may not write here answered; hamdel ticket join 12 55 lets them in

                ◀ 5  2026-11-22 10:00 · Sara · email · failed
                  ! the sender's address failed its check: perhaps somebody else wrote this
                  Hello

                  world
                  + a.pdf, application/pdf, 10 bytes, attachment 3

                """)
    }

    @Test func `an explanation is sentences, with their steps below`() async throws {
        let explanation = API.Explanation(
            ticket: TicketNumber(rawValue: 12), summary: "New; to ali.",
            threading: [
                .init(
                    message: MessageID(rawValue: 5), at: Samples.at, rule: "none",
                    outcome: "opened", sentence: "Message 5 opened this ticket.",
                    steps: [
                        .init(rule: "token", verdict: "absent", sentence: "Our signed token: none.")
                    ])
            ],
            routing: [
                .init(
                    position: Position(rawValue: 2), at: Samples.at, outcome: "assigned",
                    by: "router", sentence: "Waits for ali until \(Samples.at.text).",
                    candidates: [
                        .init(
                            agent: AgentID(rawValue: "ali"), verdict: "chosen",
                            sentence: "ali could take it: 10 % loaded.")
                    ])
            ])
        let rig = Rig(["GET /tickets/12/explain": Samples.text(explanation)])
        try await rig.run("ticket", "explain", "12")
        #expect(
            rig.printed == """
                #12  New; to ali.

                threading  2026-11-22 10:00  Message 5 opened this ticket.
                    Our signed token: none.

                routing  2026-11-22 10:00  Waits for ali until 2026-11-22 10:00.
                    ali could take it: 10 % loaded.

                """)
    }

    @Test func `shares are shown as percent, nonsense not at all`() {
        #expect(Card.percent(0.6667) == "66.7 %")
        #expect(Card.percent(1) == "100.0 %")
        #expect(Card.percent(nil) == nil)
        #expect(Card.percent(.nan) == nil)
        #expect(Card.percent(7) == nil)
    }
}
