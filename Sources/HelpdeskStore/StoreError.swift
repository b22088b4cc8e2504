/// What can go wrong below the store's surface, by who can act on it.
public enum StoreError: Error, Hashable, Sendable {
    /// The disk is full: everybody is told to come back later (LMTP 452, HTTP 503).
    case diskFull
    /// A write or fsync failed. What is on disk is unknown: the daemon stops and recovers on the next start, it
    /// never tries the same fsync again (DESIGN "Store").
    case inputOutput(String)
    /// Another process holds the database.
    case locked(String)
    /// A row that our own code could not have written; `hamdeld verify` names the place.
    case damaged(String)
    /// The database was made by a newer version.
    case newerSchema(found: Int, known: Int)
    /// The file is missing, not a database, or not ours to open.
    case cannotOpen(path: String, reason: String)
    /// A statement of ours is wrong: a bug, said with its code and text.
    case statement(code: Int, message: String)
    /// A command refused after it had written: its writes were taken back. Never leaves the writer.
    case rejectedAfterWriting

    public var text: String {
        switch self {
        case .diskFull: "the disk is full; free space and try again"
        case .inputOutput(let detail): "writing the database failed: \(detail)"
        case .locked(let detail): "the database is in use: \(detail)"
        case .damaged(let place): "the database is damaged at \(place); run hamdeld verify"
        case .newerSchema(let found, let known):
            "the database has schema \(found), this version knows \(known); install the newer hamdel"
        case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
        case .rejectedAfterWriting: "the command was taken back"
        case .statement(let code, let message): "database error \(code): \(message)"
        }
    }
}
