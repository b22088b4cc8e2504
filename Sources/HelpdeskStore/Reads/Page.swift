/// One page of a list and where the next one begins.
public struct Page<Row: Sendable, Cursor: Sendable>: Sendable {
    public let rows: [Row]
    /// What the next page is asked for with; nil: this is the last one.
    public let next: Cursor?

    init(rows: [Row], next: Cursor?) {
        self.rows = rows
        self.next = next
    }

    /// From one row more than was asked for: that there is one says that there is a next page.
    init(oneMore rows: [Row], limit: Int, cursor: (Row) -> Cursor) {
        self.rows = Array(rows.prefix(limit))
        next = rows.count > limit ? self.rows.last.map(cursor) : nil
    }
}

extension Page: Equatable where Row: Equatable, Cursor: Equatable {}

/// How much a read hands out at once.
public enum PageLimit {
    public static let usual = 50
    public static let maximum = 500

    /// From 1 to `maximum`: more is capped, not refused (CONTRACT "HTTP").
    public static func bounded(_ limit: Int) -> Int { min(max(limit, 1), maximum) }
}
