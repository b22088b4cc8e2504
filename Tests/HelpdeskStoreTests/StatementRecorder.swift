import HelpdeskCore
import Testing

@testable import HelpdeskStore

/// A connection that remembers every statement that runs through it, whole and with its parameters.
final class StatementRecorder: SQLConnection {
    private let connection: any SQLConnection
    private(set) var statements: [String: [any SQLBindable]] = [:]

    init(_ connection: any SQLConnection) { self.connection = connection }

    @discardableResult
    func execute(_ sql: String, _ parameters: [any SQLBindable]) throws(StoreError) -> Int {
        statements[sql] = parameters
        return try connection.execute(sql, parameters)
    }

    func rows(
        _ sql: String, _ parameters: [any SQLBindable],
        _ body: (borrowing SQLRow) throws(StoreError) -> Continuation
    ) throws(StoreError) {
        statements[sql] = parameters
        try connection.rows(sql, parameters, body)
    }

    /// How the engine runs a statement: one line per step.
    func plan(_ sql: String) throws(StoreError) -> [String] {
        try connection.all("EXPLAIN QUERY PLAN " + sql, statements[sql] ?? []) {
            row throws(StoreError) in try row.text(3)
        }
    }
}

/// Tables that grow for ever: reading one from end to end is never right.
enum GrowingTables {
    static let names: Set<String> = [
        "events", "contents", "blobs", "tickets", "ticket_tags", "participants", "ticket_links",
        "messages", "attachments", "thread_keys", "conversations", "intake_keys", "customers",
        "customer_words", "identities", "suggestions", "moments", "outbox", "invitations",
        "recoveries", "quarantine", "search_docs", "acknowledgements", "prepared",
        "delivery_recipients", "request_keys", "api_keys", "uploads", "ticket_figures",
        "sla_clocks", "promises",
    ]

    /// Whether a step reads a growing table from end to end, or sorts what it could have read in order.
    static func isBad(_ step: String, in sql: String) -> Bool {
        let words = step.split(separator: " ")
        if words.first == "SCAN", words.count > 1 {
            let name = table(of: String(words[1]), in: sql)
            // A partial index holds only the few rows it is for.
            let isPartial = step.contains("USING") && partial.contains { step.contains($0) }
            return names.contains(name) && !isPartial
        }
        return step.contains("USE TEMP B-TREE FOR ORDER BY") && !sortsFew(sql)
    }

    private static let partial = [
        "tickets_queued", "tickets_waiting", "tickets_snoozed", "tickets_callback",
        "quarantine_waiting", "outbox_due", "outbox_unfinished", "recoveries_open",
        "invitations_due", "invitations_to_remind", "customers_never_asked",
    ]

    /// Few rows, found by index and put in another order.
    private static func sortsFew(_ sql: String) -> Bool {
        ["FROM intake_keys k", "FROM thread_keys k", "GROUP BY i.score", "LIMIT 200) m"].contains {
            sql.contains($0)
        }
    }

    /// The table that an alias stands for.
    private static func table(of alias: String, in sql: String) -> String {
        let words = sql.split { " \n(),".contains($0) }.map(String.init)
        for (index, word) in words.enumerated() where index > 0 && word == alias {
            let before = words[index - 1]
            if names.contains(before) { return before }
        }
        return alias
    }
}
