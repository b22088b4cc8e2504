internal import HelpdeskAPI
internal import HelpdeskCore

extension API.Ticket: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("number") { .number($0.number.rawValue) },
            Column("status") { .word($0.snoozedUntil == nil ? $0.status.rawValue : "snoozed") },
            Column("priority") { .word($0.priority.rawValue) },
            Column("team") { .word($0.team.rawValue) },
            Column("assignee") { .word($0.assignee?.rawValue) },
            Column("channels") { .word($0.channels.map(\.rawValue).joined(separator: " ")) },
            Column("customer") { .text($0.customer.name ?? "customer \($0.customer.id.rawValue)") },
            Column("subject") { .text($0.subject) },
            Column("updated_at") { .moment($0.updatedAt) },
        ]
    }

    var idText: String { String(number.rawValue) }
}

extension API.Message: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("id") { .number($0.id.rawValue) },
            Column("ticket") { .number($0.ticket.rawValue) },
            Column("direction") { .word($0.direction.rawValue) },
            Column("channel") { .word($0.channel.rawValue) },
            Column("author") { .text($0.author.name ?? $0.author.kind.rawValue) },
            Column("delivery") { .word($0.delivery?.state.rawValue) },
            Column("received_at") { .moment($0.receivedAt) },
            Column("text") { .text($0.text) },
        ]
    }

    var idText: String { String(id.rawValue) }
}

extension API.Event: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("position") { .number($0.position.rawValue) },
            Column("at") { .moment($0.at) },
            Column("type") { .word($0.type) },
            Column("ticket") { .number($0.ticket?.rawValue) },
            Column("actor") { .word($0.actor.text) },
            Column("data") { .text(String(decoding: JSONText.bytes(of: $0.data), as: UTF8.self)) },
        ]
    }

    var idText: String { String(position.rawValue) }
}

extension API.Event.Actor {
    var text: String {
        switch id {
        case .customer(let customer): "\(kind) \(customer.rawValue)"
        case .agent(let agent): agent.rawValue
        case nil: kind
        }
    }
}

extension API.SearchHit: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("ticket") { .number($0.ticket.rawValue) },
            Column("status") { .word($0.status.rawValue) },
            Column("at") { .moment($0.at) },
            Column("channel") { .word($0.channel.rawValue) },
            Column("customer") { .text($0.customer.name) },
            Column("subject") { .text($0.subject) },
            Column("snippet") { .text($0.snippet) },
        ]
    }

    var idText: String { String(ticket.rawValue) }
}
