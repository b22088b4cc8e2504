/// One connection to the database, below which the engines differ: everything above it is written once, in the
/// common subset, with parameters `$1…` first used in ascending order (DESIGN "Store"). Synchronous: it runs on the store's own
/// threads, never on the cooperative pool.
public protocol SQLConnection {
    /// Runs a statement that returns no rows; the number of rows it changed.
    @discardableResult
    func execute(_ sql: String, _ parameters: [any SQLBindable]) throws(StoreError) -> Int

    /// Runs a query and hands each row to `body` while it is current; `body` says whether to go on.
    func rows(
        _ sql: String, _ parameters: [any SQLBindable],
        _ body: (borrowing SQLRow) throws(StoreError) -> Continuation
    ) throws(StoreError)
}

public enum Continuation: Sendable { case next, stop }

extension SQLConnection {
    /// All rows, read by `decode`. The statement's own LIMIT is the bound.
    public func all<Value>(
        _ sql: String, _ parameters: [any SQLBindable] = [],
        _ decode: (borrowing SQLRow) throws(StoreError) -> Value
    ) throws(StoreError) -> [Value] {
        var values: [Value] = []
        try rows(sql, parameters) { row throws(StoreError) in
            values.append(try decode(row))
            return .next
        }
        return values
    }

    /// The first row, or nil.
    public func first<Value>(
        _ sql: String, _ parameters: [any SQLBindable] = [],
        _ decode: (borrowing SQLRow) throws(StoreError) -> Value
    ) throws(StoreError) -> Value? {
        var value: Value?
        try rows(sql, parameters) { row throws(StoreError) in
            value = try decode(row)
            return .stop
        }
        return value
    }

    /// Whether the query has a row.
    public func exists(
        _ sql: String, _ parameters: [any SQLBindable] = []
    ) throws(StoreError) -> Bool {
        try first(sql, parameters) { _ in true } ?? false
    }
}
