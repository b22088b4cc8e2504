import ArgumentParser
import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Testing

@testable import hamdel

/// Nothing a customer writes reaches a terminal as a control sequence (DESIGN, invariant 6).
struct HostileTextTests {
    private static let hostile =
        "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m\u{8}\u{7F}\u{202E}gpj\u{2066}\r#13  fake\u{85}\u{200B}"

    private static let message = API.Message(
        id: MessageID(rawValue: 5), ticket: TicketNumber(rawValue: 12), direction: .inbound,
        kind: .call, channel: ChannelKind(rawValue: hostile), inbox: InboxID(rawValue: hostile),
        author: .init(kind: .customer, name: hostile), senderAuth: .failed, mark: hostile,
        receivedAt: Samples.at, subject: hostile, text: hostile, fullText: hostile,
        attachments: [
            .init(
                id: AttachmentID(rawValue: 3), name: hostile, contentType: hostile, size: 1,
                sha256: BlobHash(rawValue: hostile))
        ],
        delivery: .init(
            id: DeliveryID(rawValue: 1), state: .failed, attempts: 1, detail: hostile),
        autoSubmitted: .no,
        call: Call(
            direction: .inbound, outcome: .missed, durationSeconds: 5, extension: hostile))

    private static var answers: [String: String] {
        var ticket = Samples.ticket(12, subject: hostile, name: hostile)
        ticket.tags = [hostile]
        ticket.participants = [.init(kind: hostile, id: hostile)]
        let customer = API.Customer(
            id: CustomerID(rawValue: 7), name: hostile, vip: false,
            identities: [.init(kind: hostile, id: hostile, verified: false)],
            attributes: [hostile: hostile], organisation: hostile,
            scores: [.init(kind: .csat, score: 1, comment: hostile, at: Samples.at)],
            blocked: false, createdAt: Samples.at)
        let summary = API.CustomerSummary(id: CustomerID(rawValue: 7), name: hostile, vip: false)
        let detail = API.TicketDetail(ticket: ticket, messages: [message])
        let item = API.TimelineItem(
            at: Samples.at, kind: hostile, summary: hostile, message: message)
        let hit = API.SearchHit(
            ticket: TicketNumber(rawValue: 12), at: Samples.at, channel: .email, status: .open,
            subject: hostile, customer: summary, snippet: hostile)
        let event = API.Event(
            position: Position(rawValue: 1), id: hostile, type: hostile, schema: 1,
            at: Samples.at, actor: .init(kind: hostile), data: .string(hostile))
        let recovery = API.Recovery(
            id: RecoveryID(rawValue: 1), state: .open, customer: summary,
            ticket: TicketNumber(rawValue: 12), score: 1, comment: hostile, due: Samples.at,
            openedAt: Samples.at)
        let explanation = API.Explanation(
            ticket: TicketNumber(rawValue: 12), summary: hostile,
            surveys: [
                .init(
                    position: Position(rawValue: 1), at: Samples.at, decision: hostile,
                    sentence: hostile)
            ])
        return [
            "GET /tickets": Samples.page([ticket]), "GET /tickets/12": Samples.text(detail),
            "GET /tickets/12/events": Samples.text(API.Page([event], nextCursor: hostile)),
            "GET /tickets/12/explain": Samples.text(explanation),
            "GET /customers/7": Samples.text(customer),
            "GET /customers/7/timeline": Samples.text(API.Page([item])),
            "GET /customers?q=x": Samples.text(API.Page([customer])),
            "GET /search?q=x": Samples.text(API.Page([hit])),
            "GET /recoveries": Samples.text(API.Page([recovery])),
        ]
    }

    private static let commands = [
        ["ticket", "list"], ["ticket", "show", "12"], ["ticket", "show", "12", "--full"],
        ["ticket", "history", "12"],
        ["ticket", "explain", "12"], ["customer", "show", "7"], ["customer", "history", "7"],
        ["customer", "find", "x"], ["search", "x"], ["recovery", "list"],
        ["api", "GET", "/tickets/12"],
    ]

    @Test(arguments: commands, OutputFormat.allCases)
    func `no output carries a control sequence`(words: [String], format: OutputFormat) async throws
    {
        for audience in [CommandContext.Audience.program, .person(columns: 60)] {
            let rig = Rig(Self.answers, audience: audience)
            let command = try #require(
                try await Hamdel.asyncParseAsRoot(words + ["-o", format.rawValue])
                    as? any DeskCommand)
            try await command.run(in: rig.context)
            #expect(Self.dangers(rig.printed).isEmpty, "\(words) \(format) \(audience)")
            #expect(Self.dangers(rig.complaints).isEmpty, "\(words) \(format) \(audience)")
            if format != .ids { #expect(!rig.printed.isEmpty) }
        }
    }

    @Test func `raw controls in the daemon's own JSON are escaped, the document stays the same`()
        throws
    {
        let document = "{\"a\":\"\u{7F}\u{9B}\u{202E}سلام\"}"
        let safe = SafeJSON.bytes(Array(document.utf8))
        #expect(
            String(decoding: safe, as: UTF8.self)
                == "{\"a\":\"\\u007f\\u009b\\u202eسلام\"}")
        #expect(try JSONReader.value(of: safe) == JSONReader.value(of: Array(document.utf8)))
    }

    private static func dangers(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x0A: false
            case 0..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
    }
}
