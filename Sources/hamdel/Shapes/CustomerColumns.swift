internal import HelpdeskAPI
internal import HelpdeskCore

extension API.Customer: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("id") { .number($0.id.rawValue) },
            Column("name") { .text($0.name) },
            Column("vip") { .word($0.vip ? "vip" : nil) },
            Column("identities") { customer in
                .word(customer.identities.map { "\($0.kind):\($0.id)" }.joined(separator: " "))
            },
            Column("open_tickets") { customer in
                .word(customer.openTickets.map { String($0.rawValue) }.joined(separator: " "))
            },
            Column("organisation") { .text($0.organisation) },
        ]
    }

    var idText: String { String(id.rawValue) }
}

extension API.TimelineItem: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("at") { .moment($0.at) },
            Column("kind") { .word($0.kind) },
            Column("ticket") { .number($0.ticket?.rawValue) },
            Column("channel") { .word($0.channel?.rawValue) },
            Column("who") { .text($0.actor?.name ?? $0.actor?.kind.rawValue) },
            Column("summary") { .text($0.summary) },
        ]
    }

    var idText: String { ticket.map { String($0.rawValue) } ?? "" }
}

extension API.Recovery: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("id") { .number($0.id.rawValue) },
            Column("state") { .word($0.state.rawValue) },
            Column("owner") { .word($0.owner?.rawValue) },
            Column("due") { .moment($0.due) },
            Column("score") { .number(Int64($0.score)) },
            Column("ticket") { .number($0.ticket?.rawValue) },
            Column("customer") { .text($0.customer.name) },
            Column("comment") { .text($0.comment) },
        ]
    }

    var idText: String { String(id.rawValue) }
}

extension API.Agent: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("login") { .word($0.login.rawValue) },
            Column("name") { .text($0.name) },
            Column("presence") { .word($0.presence?.rawValue ?? "by shift") },
            Column("load") { .word("\($0.load)/\($0.capacity)") },
            Column("teams") { .word($0.teams.map(\.rawValue).joined(separator: " ")) },
        ]
    }

    var idText: String { login.rawValue }
}
