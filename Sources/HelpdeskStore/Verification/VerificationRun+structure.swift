internal import HelpdeskCore

extension VerificationRun {
    /// What came of a part of the verification.
    enum Reading { case read, broken }

    /// Runs a part; where damage ends it, the place is named and the other parts go on. A disk that fails ends everything.
    @discardableResult
    mutating func attempt(
        _ table: String, _ body: (inout VerificationRun) throws(StoreError) -> Void
    ) throws(StoreError) -> Reading {
        do throws(StoreError) {
            try body(&self)
            return .read
        } catch {
            switch error {
            case .damaged, .statement:
                note(.unreadableTable, table, "-", found: error.text)
                return .broken
            case .diskFull, .inputOutput, .locked, .newerSchema, .cannotOpen,
                .rejectedAfterWriting:
                throw error
            }
        }
    }

    /// Asks the engine whether pages, trees and indexes fit together: a bit that flipped in what no column holds is found here,
    /// and so is an index that finds other rows than there are. Reads the whole file.
    mutating func checkStructure() throws(StoreError) {
        progress(VerificationProgress(phase: .structure, done: 0, total: nil))
        try attempt("database") { run throws(StoreError) in
            let lines = try run.connection.all(
                "PRAGMA \(ReplayDatabase.kept).integrity_check(\(Verifier.maximumDifferences))"
            ) { row throws(StoreError) in try row.text(0) }
            for line in lines where line != "ok" {
                run.note(.brokenPage, "database", "structure", found: line)
            }
        }
    }

    /// The bytes that wait to be sent are those that were prepared.
    mutating func checkPrepared() throws(StoreError) {
        var last: Int64 = 0
        while let found = try prepared(after: last) {
            last = found.delivery
            if found.isChanged { note(.changedPrepared, "prepared", "\(found.delivery)") }
        }
    }

    /// The words that agents did not send yet are those that they wrote.
    mutating func checkDrafts() throws(StoreError) {
        let changed = try connection.all(
            """
            SELECT agent, key, version, state, ticket, body, at, seal FROM drafts ORDER BY agent, key
            """
        ) { row throws(StoreError) -> String? in
            let columns = (0..<7).map { row.value($0) }
            guard row.optionalInteger(7) != RowSeal.of(columns) else { return nil }
            return [columns[0], columns[1]].map { Self.text($0) ?? "null" }.joined(separator: "/")
        }
        for key in changed { if let key { note(.changedDraft, "drafts", key) } }
    }

    private func prepared(
        after last: Int64
    ) throws(StoreError) -> (delivery: Int64, isChanged: Bool)? {
        try connection.first(
            """
            SELECT delivery, conversation, envelope_sender, bytes, seal FROM prepared
            WHERE delivery > $1 ORDER BY delivery LIMIT 1
            """, [last]
        ) { row throws(StoreError) in
            let columns = [row.value(0), row.value(1), row.value(2), row.value(3)]
            return (try row.integer(0), row.optionalInteger(4) != RowSeal.of(columns))
        }
    }
}
