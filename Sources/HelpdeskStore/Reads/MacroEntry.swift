public import HelpdeskCore

/// A macro as it stands, and who wrote it so.
public struct MacroEntry: Hashable, Sendable {
    public let macro: Macro
    /// The position of the event that wrote it.
    public let version: Int64
    public let updatedAt: Instant
    public let updatedBy: AgentID?
}

extension StoreReader {
    /// Of a desk; more are refused when they are written, so that lists can be read whole.
    public static let maximumMacros = 1_000

    public func macro(_ name: MacroID) throws(StoreError) -> MacroEntry? {
        try connection.first(
            """
            SELECT c.body, m.version, m.updated_at, m.updated_by
            FROM macros m JOIN contents c ON c.id = m.content WHERE m.name = $1
            """, [name], Self.macroEntry)
    }

    /// All of them, by name.
    public func macros() throws(StoreError) -> [MacroEntry] {
        try connection.all(
            """
            SELECT c.body, m.version, m.updated_at, m.updated_by
            FROM macros m JOIN contents c ON c.id = m.content ORDER BY m.name LIMIT $1
            """, [Self.maximumMacros], Self.macroEntry)
    }

    private static func macroEntry(_ row: borrowing SQLRow) throws(StoreError) -> MacroEntry {
        MacroEntry(
            macro: try ContentSeal.decode(Macro.self, from: try row.text(0)),
            version: try row.integer(1), updatedAt: try row.instant(2),
            updatedBy: row.optionalWord(3))
    }
}
