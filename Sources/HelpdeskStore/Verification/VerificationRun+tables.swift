internal import HelpdeskCore

extension VerificationRun {
    private static var fresh: String { ReplayDatabase.fresh }
    private static var kept: String { ReplayDatabase.kept }

    /// Compares every projection with what the replay made. The engine does it by key, so that nothing is held in memory
    /// but the differences.
    mutating func compareTables() throws(StoreError) {
        for table in TableShape.projections {
            let count = try connection.first(table.count(in: Self.fresh)) {
                row throws(StoreError) in Int(clamping: try row.integer(0))
            }
            report.rows[table.name] = count
            progress(
                VerificationProgress(
                    phase: .comparing(table: table.name), done: 0, total: count))
            try attempt(table.name) { run throws(StoreError) in try run.compare(table) }
        }
    }

    private mutating func compare(_ table: TableShape) throws(StoreError) {
        let limit = Verifier.maximumDifferences + 1
        for row in try values(
            table.only(in: Self.fresh, notIn: Self.kept), limit, columns: table.columns.count)
        {
            note(.missingRow, table.name, table.keyText(row))
        }
        for row in try values(
            table.only(in: Self.kept, notIn: Self.fresh), limit, columns: table.columns.count)
        {
            note(.extraRow, table.name, table.keyText(row))
        }
        guard let changed = table.changed(fresh: Self.fresh, kept: Self.kept) else { return }
        let width = table.columns.count
        for row in try values(changed, limit, columns: width * 2) {
            for (index, column) in table.columns.enumerated()
            where row[index] != row[width + index] {
                note(
                    .changedColumn, table.name, table.keyText(row), column: column,
                    expected: Self.text(row[index]), found: Self.text(row[width + index]))
            }
        }
    }

    private func values(
        _ sql: String, _ limit: Int, columns: Int
    ) throws(StoreError) -> [[SQLValue]] {
        try connection.all(sql, [limit]) { row throws(StoreError) in
            var values: [SQLValue] = []
            for column in 0..<columns { values.append(row.value(column)) }
            return values
        }
    }

    /// No counter may stand behind a number that was given out: the next one would be given twice.
    mutating func checkCounters() throws(StoreError) {
        for (counter, sql) in Self.counted {
            let given = try connection.first(sql) { row throws(StoreError) in
                row.optionalInteger(0) ?? 0
            }
            let counted = try connection.first("SELECT \(counter) FROM counters WHERE id = 1") {
                row throws(StoreError) in try row.integer(0)
            }
            if let given, let counted, counted < given {
                note(
                    .counterBehind, "counters", "1", column: counter, expected: "\(given)",
                    found: "\(counted)")
            }
            if counter == "position", let counted, counted > report.lastPosition.rawValue {
                let next = report.lastPosition.rawValue &+ 1
                note(
                    .positionGap, "events", "\(next)", expected: "positions \(next) to \(counted)")
            }
        }
    }

    private static let counted: [(counter: String, sql: String)] = [
        ("position", "SELECT MAX(position) FROM events"),
        ("ticket", "SELECT MAX(number) FROM tickets"),
        ("message", "SELECT MAX(id) FROM messages"),
        ("attachment", "SELECT MAX(id) FROM attachments"),
        ("customer", "SELECT MAX(id) FROM customers"),
        ("identity", "SELECT MAX(id) FROM identities"),
        ("delivery", "SELECT MAX(id) FROM outbox"),
        ("invitation", "SELECT MAX(id) FROM invitations"),
        ("recovery", "SELECT MAX(id) FROM recoveries"),
        ("quarantine", "SELECT MAX(id) FROM quarantine"),
        ("content", "SELECT MAX(id) FROM contents"),
    ]
}

extension TableShape {
    /// The key columns' values of a row that begins with all columns.
    func keyText(_ row: [SQLValue]) -> String {
        columns.enumerated().filter { key.contains($0.element) }
            .map { VerificationRun.text(row[$0.offset]) ?? "null" }.joined(separator: "/")
    }
}
