internal import HelpdeskAPI
internal import HelpdeskClient
internal import Terminal

/// Writes answers of the daemon in the format asked for.
struct Printer {
    let context: CommandContext
    let format: OutputFormat

    init(_ context: CommandContext, _ options: OutputOptions) {
        self.init(context, options.format)
    }

    init(_ context: CommandContext, _ format: OutputFormat) {
        self.context = context
        self.format = format
    }

    /// A list: `{"tickets":[…],"next_cursor":…}`.
    func list<Item: Tabular>(_ type: Item.Type, _ answer: [UInt8]) throws {
        switch format {
        case .json: try json(answer)
        case .jsonl:
            let document = try read(answer)
            for element in document[Item.listName]?.elements ?? [] { try line(element) }
        case .table, .csv, .ids:
            let page = try decode(API.Page<Item>.self, answer)
            try rows(page.items)
            if let cursor = page.nextCursor, format == .table {
                context.say("there is more: --cursor \(cursor)")
            }
        }
    }

    /// One object, for people as `card` writes it.
    func item<Item: Tabular>(
        _ type: Item.Type, _ answer: [UInt8], card: ((Item) -> [String])? = nil
    ) throws {
        switch format {
        case .json: try json(answer)
        case .jsonl: try line(try read(answer))
        case .csv, .ids: try rows([try decode(type, answer)])
        case .table:
            let item = try decode(type, answer)
            guard let card else { return try rows([item]) }
            try text(card(item))
        }
    }

    /// One object that is no row of anything.
    func document<Document: Decodable>(
        _ type: Document.Type, _ answer: [UInt8], id: (Document) -> String,
        card: (Document) -> [String]
    ) throws {
        switch format {
        case .json: try json(answer)
        case .jsonl: try line(try read(answer))
        case .ids: try text([id(try decode(type, answer))])
        case .csv: try csv(try read(answer))
        case .table: try text(card(try decode(type, answer)))
        }
    }

    /// An object, or the elements of a page, as rows of whatever members the first one has.
    func csv(_ value: JSONValue) throws {
        let elements = value.pageElements ?? [value]
        guard case .object(let first)? = elements.first else { return }
        var text = CSVText.line(first.map { CSVText.field(.word($0.name)) })
        for element in elements {
            text += CSVText.line(first.map { CSVText.field(element[$0.name] ?? .null) })
        }
        try context.sink.print(Array(text.utf8))
    }

    func rows<Item: Tabular>(_ items: [Item]) throws {
        let columns = Item.columns
        switch format {
        case .csv:
            var text = CSVText.line(columns.map(\.name))
            for item in items {
                text += CSVText.line(columns.map { CSVText.field($0.cell(item)) })
            }
            try context.sink.print(Array(text.utf8))
        case .ids: try text(items.map { Sanitizer.singleLine($0.idText).string })
        case .table, .json, .jsonl: try table(items, columns)
        }
    }

    private func table<Item: Tabular>(_ items: [Item], _ columns: [Column<Item>]) throws {
        guard !items.isEmpty else { return context.say("nothing found") }
        let moments = context.moments
        let cells = items.map { item in columns.map { $0.cell(item) } }
        let flexible = columns.indices.filter { index in
            cells.contains { if case .text = $0[index] { true } else { false } }
        }
        let lines = TableText(page: context.page).lines(
            titles: columns.map(\.title),
            rows: cells.map { row in row.map { Self.shown($0, moments) } },
            flexible: Set(flexible))
        try text(lines)
    }

    private static func shown(_ cell: Cell, _ moments: MomentText) -> SafeText {
        switch cell {
        case .text(let text), .word(let text): Sanitizer.singleLine(text ?? "")
        case .number(let number): Sanitizer.singleLine(number.map { String($0) } ?? "")
        case .moment(let moment): Sanitizer.singleLine(moment.map(moments.text) ?? "")
        }
    }

    /// Lines that have been through the `Sanitizer` already.
    func text(_ lines: [String]) throws {
        try context.sink.print(Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    func json(_ document: [UInt8]) throws {
        try context.sink.print(SafeJSON.bytes(document) + [UInt8(ascii: "\n")])
    }

    func line(_ value: JSONValue) throws {
        try context.sink.print(JSONText.bytes(of: value) + [UInt8(ascii: "\n")])
    }

    private func read(_ answer: [UInt8]) throws -> JSONValue {
        do {
            return try JSONReader.value(of: answer)
        } catch {
            throw ClientFailure.notUnderstood("\(error)")
        }
    }

    private func decode<Document: Decodable>(
        _ type: Document.Type, _ answer: [UInt8]
    ) throws -> Document {
        do {
            return try WireJSON.decode(type, from: answer)
        } catch {
            throw ClientFailure.notUnderstood(WireJSON.describe(error))
        }
    }
}
