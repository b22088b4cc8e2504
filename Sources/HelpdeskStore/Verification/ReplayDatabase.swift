internal import GRDB
internal import HelpdeskCore

/// A private database with empty projection tables, in a temporary file that SQLite removes by itself, and the store's own
/// file attached beside it. A name without a schema means the fresh table where there is one, else the store's: so the
/// projector runs unchanged, writing fresh rows and reading the store's stream and content. What it reads is one snapshot;
/// the daemon goes on writing meanwhile (the WAL cannot shrink until it is done).
struct ReplayDatabase {
    /// The schema of the fresh tables.
    static let fresh = "main"
    /// The schema of the store's own tables.
    static let kept = "kept"

    let path: String

    /// Blocks for as long as `body` runs. Nothing that it writes stays.
    func run<Value: Sendable>(
        _ body: (SQLiteConnection) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        let queue: DatabaseQueue
        do {
            var configuration = Configuration()
            configuration.label = "hamdel.verify"
            configuration.busyMode = .timeout(5)
            configuration.foreignKeysEnabled = false
            configuration.allowsUnsafeTransactions = true
            // No name: a temporary file, of which only the cache stays in memory.
            queue = try DatabaseQueue(path: "", configuration: configuration)
        } catch {
            throw .cannotOpen(path: "temporary database", reason: "\(error)")
        }
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction { database in
            Result { () throws(StoreError) in
                try within(SQLiteConnection(database: database), body)
            }
        }.get()
    }

    private func within<Value>(
        _ connection: SQLiteConnection, _ body: (SQLiteConnection) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        try connection.execute("PRAGMA cache_size = -16384", [])
        try connection.execute("ATTACH DATABASE $1 AS kept", [path])
        try connection.execute("BEGIN", [])
        let result = Result { () throws(StoreError) in
            // The first read takes the snapshot.
            _ = try connection.exists("SELECT 1 FROM kept.counters")
            for statement in ProjectionTables.statements + Dialect.searchTables {
                try connection.execute(statement, [])
            }
            return try body(connection)
        }
        _ = try? connection.execute("ROLLBACK", [])
        return try result.get()
    }
}
