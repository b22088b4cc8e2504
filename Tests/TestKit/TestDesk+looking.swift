public import HelpdeskCore
public import HelpdeskStore
public import Testing

extension TestDesk {
    public func row(_ ticket: TicketNumber) throws -> TicketRow {
        try #require(
            try store.readNow { reader throws(StoreError) in
                try reader.ticket(ticket, viewer: .system)
            })
    }

    public func read<Value: Sendable>(
        _ body: (StoreReader) throws(StoreError) -> Value
    ) throws -> Value {
        try store.readNow(body)
    }

    public var position: Position { store.writer.position }

    /// Every event after a position, decoded.
    public func events(after position: Position = .start) throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        var last = position
        while true {
            let page = try store.readNow { [last] reader throws(StoreError) in
                try reader.events(after: last, limit: 1000, viewer: .system)
            }
            for stored in page { events.append(try #require(try stored.recorded())) }
            guard let end = page.last else { return events }
            last = end.position
        }
    }

    /// The names of events in the stream, in order: of one ticket, or of all.
    public func types(
        of ticket: TicketNumber? = nil, after position: Position = .start
    ) throws -> [String] {
        try store.readNow { reader throws(StoreError) in
            let events = try reader.events(after: position, limit: 100_000, viewer: .system)
            return events.filter { ticket == nil || $0.ticket == ticket }.map(\.type)
        }
    }

    /// Rows of a table as words, one line per row: for whole values in one comparison.
    public func lines(
        _ sql: String, _ parameters: [any SQLBindable] = []
    ) throws -> [String] {
        try store.readNow { reader throws(StoreError) in
            try reader.connection.all(sql, parameters) { row throws(StoreError) in
                (0..<row.count).map { Self.word(row.value($0)) }.joined(separator: " ")
            }
        }
    }

    public func count(_ sql: String, _ parameters: [any SQLBindable] = []) throws -> Int {
        try store.readNow { reader throws(StoreError) in
            let count = try reader.connection.first(sql, parameters) { row throws(StoreError) in
                try row.integer(0)
            }
            return Int(count ?? 0)
        }
    }

    /// The whole stream replayed against the tables: no difference.
    public func verify(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let report = try store.verify()
        let differences = report.differences.map(\.text)
        #expect(differences == [], sourceLocation: sourceLocation)
    }

    private static func word(_ value: SQLValue) -> String {
        switch value {
        case .null: "-"
        case .integer(let integer): String(integer)
        case .text(let text): text
        case .blob(let bytes): "\(bytes.count)B"
        }
    }
}
