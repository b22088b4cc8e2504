/// The columns and the key of a table, read from our own CREATE statement, so that comparing needs neither a second list nor an
/// engine's catalogue.
struct TableShape: Hashable {
    let name: String
    let columns: [String]
    let key: [String]

    /// Nil when the statement makes no table.
    init?(statement: String) {
        let words = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard words.hasPrefix("CREATE TABLE "), let open = words.firstIndex(of: "("),
            let close = words.lastIndex(of: ")")
        else { return nil }
        name = String(words[..<open].dropFirst("CREATE TABLE ".count).filter { $0 != " " })
        var columns: [String] = []
        var key: [String] = []
        for part in Self.parts(words[words.index(after: open)..<close]) {
            if part.hasPrefix("PRIMARY KEY (") {
                key = part.dropFirst("PRIMARY KEY (".count).dropLast().split(separator: ",")
                    .map { $0.filter { $0 != " " } }
            } else if let column = part.split(separator: " ").first.map(String.init) {
                columns.append(column)
                if part.contains("PRIMARY KEY") { key = [column] }
            }
        }
        self.columns = columns
        self.key = key
    }

    /// Cut at commas outside parentheses.
    private static func parts(_ body: Substring) -> [String] {
        var parts: [String] = []
        var part = ""
        var depth = 0
        for character in body {
            if character == "," && depth == 0 {
                parts.append(String(part.drop { $0 == " " }))
                part = ""
                continue
            }
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            part.append(character)
        }
        parts.append(String(part.drop { $0 == " " }))
        return parts
    }

    /// Every projection, in the order of `ProjectionTables.names`.
    static let projections: [TableShape] = {
        let shapes = ProjectionTables.statements.compactMap(TableShape.init(statement:))
        return ProjectionTables.names.compactMap { name in shapes.first { $0.name == name } }
    }()
}

extension TableShape {
    var values: [String] { columns.filter { !key.contains($0) } }

    private var sameKey: String { key.map { "b.\($0) = a.\($0)" }.joined(separator: " AND ") }

    /// Rows of both sides whose key is the same and anything else is not: the columns of the fresh one, then those of
    /// the kept one. `$1`: limit. Nil for a table that is all key.
    func changed(fresh: String, kept: String) -> String? {
        guard !values.isEmpty else { return nil }
        let columns = columns.map { "a.\($0)" } + columns.map { "b.\($0)" }
        let tests = values.map { "a.\($0) IS DISTINCT FROM b.\($0)" }
        return """
            SELECT \(columns.joined(separator: ", "))
            FROM \(fresh).\(name) a JOIN \(kept).\(name) b ON \(sameKey)
            WHERE \(tests.joined(separator: " OR ")) LIMIT $1
            """
    }

    /// Rows of one side that the other has not. `$1`: limit.
    func only(in one: String, notIn other: String) -> String {
        """
        SELECT \(columns.map { "a.\($0)" }.joined(separator: ", ")) FROM \(one).\(name) a
        WHERE NOT EXISTS (SELECT 1 FROM \(other).\(name) b WHERE \(sameKey)) LIMIT $1
        """
    }

    func count(in schema: String) -> String { "SELECT COUNT(*) FROM \(schema).\(name)" }
}
