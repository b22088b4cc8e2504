internal import Dispatch
internal import GRDB
internal import GRDBSQLite

/// The embedded database: one file, WAL, a pool of readers and one writer. All calls block; `Store` brings them off the
/// cooperative pool.
final class SQLiteDatabase: Sendable {
    /// Reads that run side by side; each is a thread while it runs.
    static let maximumReaders = 4

    private let pool: DatabasePool

    init(path: String) throws(StoreError) {
        var configuration = Configuration()
        configuration.maximumReaderCount = Self.maximumReaders
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = false
        configuration.label = "hamdel.store"
        configuration.allowsUnsafeTransactions = true
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL while it opens: FULL must come after, or a power cut loses acknowledged mail.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                // What is erased is overwritten, not only unlinked from its page.
                try database.execute(sql: "PRAGMA secure_delete = ON")
                try database.execute(sql: "PRAGMA cache_size = -16384")
                try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
            }
        } catch {
            throw .cannotOpen(path: path, reason: "\(error)")
        }
        try assertDurable()
    }

    /// WAL with `synchronous` below FULL loses committed transactions on a power cut: then we do not start.
    private func assertDurable() throws(StoreError) {
        let setting = try write { connection throws(StoreError) in
            try connection.first("PRAGMA synchronous") { row throws(StoreError) in
                try row.integer(0)
            }
        }
        guard setting == 2 else {
            throw .cannotOpen(path: "database", reason: "synchronous is \(setting ?? -1), not FULL")
        }
    }

    /// The writer's connection outside a transaction; serial.
    func write<Value: Sendable>(
        _ body: (SQLiteConnection) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        try pool.writeWithoutTransaction { database in
            Result { () throws(StoreError) in try body(SQLiteConnection(database: database)) }
        }.get()
    }

    /// A transaction around `body`, committed when it returns and rolled back when it throws.
    func transaction<Value: Sendable>(
        _ body: (SQLiteConnection) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        try write { connection throws(StoreError) in
            try connection.execute("BEGIN IMMEDIATE", [])
            do throws(StoreError) {
                let value = try body(connection)
                try connection.execute("COMMIT", [])
                return value
            } catch {
                // A failed COMMIT may have rolled back by itself; a second ROLLBACK then fails and says nothing new.
                _ = try? connection.execute("ROLLBACK", [])
                throw error
            }
        }
    }

    /// A consistent snapshot.
    func read<Value: Sendable>(
        _ body: (SQLiteConnection) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        do {
            return try pool.read { database in
                Result { () throws(StoreError) in try body(SQLiteConnection(database: database)) }
            }.get()
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            throw SQLiteConnection.error(
                code: error.resultCode.rawValue, message: error.message ?? "unknown")
        } catch {
            throw .inputOutput("\(error)")
        }
    }

    /// Copies the whole database to `path` while it is in use (SQLite's online backup).
    func backup(to path: String) throws(StoreError) {
        do {
            let target = try DatabaseQueue(path: path)
            try pool.backup(to: target)
            try target.close()
        } catch {
            throw .cannotOpen(path: path, reason: "\(error)")
        }
    }

    /// Moves the WAL into the file; at shutdown, so that what is left is one file.
    func checkpoint() throws(StoreError) {
        _ = try write { connection throws(StoreError) in
            try connection.first("PRAGMA wal_checkpoint(TRUNCATE)") { _ in 0 }
        }
    }

    func close() {
        try? pool.close()
    }
}
