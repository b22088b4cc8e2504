internal import HelpdeskAPI
internal import HelpdeskCore

extension API.OutboxEntry: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("id") { .number($0.id.rawValue) },
            Column("ticket") { .number($0.ticket?.rawValue) },
            Column("purpose") { .word($0.purpose.rawValue) },
            Column("state") { .word($0.state.rawValue) },
            Column("attempts") { .number(Int64($0.attempts)) },
            Column("code") { .text($0.code) },
            Column("to") { .text($0.to.joined(separator: " ")) },
            Column("detail") { .text($0.detail) },
        ]
    }

    var idText: String { String(id.rawValue) }
}
