internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskStore

extension DeskAnswer {
    /// A page of a list under its own name.
    static func page<Row: Sendable, Cursor: Sendable, Item: ListItem>(
        _ page: Page<Row, Cursor>, cursor: (Cursor) -> String, _ item: (Row) -> Item
    ) throws -> DeskAnswer {
        try .document(
            API.Page(page.rows.map(item), nextCursor: page.next.map(cursor)))
    }

    /// A list that is there as a whole.
    static func list<Item: ListItem>(_ items: [Item]) throws -> DeskAnswer {
        try .document(API.Page(items))
    }
}

extension RequestQuery {
    /// A cursor that is a number, as all lists by id have it.
    func cursor<Number: RawRepresentable>(
        as type: Number.Type
    ) throws(DeskProblem) -> Number? where Number.RawValue == Int64 {
        guard let text = self["cursor"] else { return nil }
        guard let number = Int64(text).flatMap({ Number(rawValue: $0) }) else {
            throw .malformed("query cursor", "the next_cursor of the page before was expected")
        }
        return number
    }

    /// A cursor that is a name.
    func cursor<Name: RawRepresentable>(
        named type: Name.Type
    ) -> Name? where Name.RawValue == String {
        self["cursor"].flatMap { Name(rawValue: $0) }
    }
}
