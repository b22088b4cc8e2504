internal import Dispatch
public import HelpdeskCore

/// The one place that holds data. Reads run on a bounded set of threads, writes on one; neither ever runs on the
/// cooperative pool. Commands are committed in groups: whatever queued while the last transaction was committing is the next one.
public final class Store: Sendable {
    /// Reads that wait or run; more suspend.
    static let maximumReads = SQLiteDatabase.maximumReaders

    let database: SQLiteDatabase
    private let readers: DispatchQueue
    private let readSlots: AsyncSlots
    public let writer: GroupCommit
    public let path: String

    /// Opens, creates and migrates. Blocks: call it before anything serves.
    /// - Parameter now: the time of the start, for what the first migration writes.
    public init(path: String, now: Instant, seed: StoreSeed) throws(StoreError) {
        self.path = path
        let database = try SQLiteDatabase(path: path)
        try Migrator(database: database).migrate(now: now, seed: seed)
        self.database = database
        readers = DispatchQueue(label: "hamdel.store.read", attributes: .concurrent)
        readSlots = AsyncSlots(count: Self.maximumReads)
        writer = GroupCommit(database: database)
    }

    /// A consistent snapshot for `body`, which blocks a reader's thread for as long as it runs.
    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (StoreReader) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        await readSlots.take()
        let database = database
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            readers.async {
                let result = Result { () throws(StoreError) in
                    try database.read { connection throws(StoreError) in
                        try body(StoreReader(connection: connection))
                    }
                }
                continuation.resume(returning: result)
            }
        }
        await readSlots.give()
        return try result.get()
    }

    /// The same, blocking the caller's own thread: for offline commands and the writer's own snapshot.
    public func readNow<Value: Sendable>(
        _ body: (StoreReader) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        try database.read { connection throws(StoreError) in
            try body(StoreReader(connection: connection))
        }
    }

    /// Blocks until everything queued is committed, then moves the WAL into the file and closes it.
    public func close() async {
        await writer.stop()
        try? database.checkpoint()
        database.close()
    }

    /// Copies a database that another process may be using, as it is: nothing is migrated. Blocks.
    public static func copy(_ path: String, to copy: String) throws(StoreError) {
        let database = try SQLiteDatabase(path: path)
        defer { database.close() }
        try database.backup(to: copy)
    }

    /// Copies the database to `path` while it is in use. Blocks.
    public func backup(to path: String) throws(StoreError) {
        try database.backup(to: path)
    }
}

/// Randomness the store needs once, handed in: the first signing key.
public struct StoreSeed: Sendable {
    /// 32 bytes.
    public let signingKey: [UInt8]
    public init(signingKey: [UInt8]) { self.signingKey = signingKey }
}

/// Reads within one consistent snapshot. Synchronous, and valid only within the block it is handed to.
public struct StoreReader {
    public let connection: any SQLConnection
    public init(connection: any SQLConnection) { self.connection = connection }
}
