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
        try place { Int64($0).flatMap { Number(rawValue: $0) } }
    }

    /// A cursor that is a place of a kind of its own.
    /// - Parameter read: nil for what is none.
    func place<Place>(_ read: (String) -> Place?) throws(DeskProblem) -> Place? {
        guard let text = self["cursor"] else { return nil }
        guard let place = read(text) else {
            throw .malformed("query cursor", "the next_cursor of the page before was expected")
        }
        return place
    }

    /// A cursor that is a name.
    func cursor<Name: RawRepresentable>(
        named type: Name.Type
    ) -> Name? where Name.RawValue == String {
        self["cursor"].flatMap { Name(rawValue: $0) }
    }
}
