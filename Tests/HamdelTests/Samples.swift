import HelpdeskAPI
import HelpdeskCore

enum Samples {
    static let at = Timestamp(Instant(milliseconds: 1_795_329_000_000))

    static func ticket(
        _ number: Int64, subject: String? = "Order", name: String? = "Sara",
        status: TicketStatus = .open
    ) -> API.Ticket {
        API.Ticket(
            number: TicketNumber(rawValue: number), subject: subject, status: status,
            priority: .normal, team: TeamID(rawValue: "support"),
            assignee: AgentID(rawValue: "ali"),
            customer: .init(id: CustomerID(rawValue: 7), name: name, vip: false), spam: false,
            ticketClass: .regular, inbox: InboxID(rawValue: "mail"), channels: [.email],
            origin: .live, createdAt: at, updatedAt: at, version: 3)
    }

    static func text(_ document: some Encodable) -> String {
        String(decoding: (try? WireJSON.encode(document)) ?? [], as: UTF8.self)
    }

    static func page(_ tickets: [API.Ticket], cursor: String? = nil) -> String {
        text(API.Page(tickets, nextCursor: cursor))
    }
}
