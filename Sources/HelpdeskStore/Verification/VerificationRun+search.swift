internal import HelpdeskCore

extension VerificationRun {
    /// Compares what the search index holds, term by term, with an index made from the replayed texts.
    mutating func compareSearch() throws(StoreError) {
        for statement in Dialect.searchVocabularies(
            fresh: ReplayDatabase.fresh, kept: ReplayDatabase.kept)
        {
            try connection.execute(statement, [])
        }
        var lower = ""
        var terms = 0
        while true {
            let upper = try connection.first(
                Dialect.termAhead, [lower, Verifier.page]
            ) { row throws(StoreError) in try row.text(0) }
            let expected = try places(Dialect.freshTerms, lower, upper)
            let found = try places(Dialect.keptTerms, lower, upper)
            for term in Set(expected.keys).union(found.keys).sorted()
            where expected[term] != found[term] {
                note(
                    .searchIndex, "search_index", Self.text(.text(term)) ?? "",
                    expected: expected[term]?.text, found: found[term]?.text)
            }
            terms += expected.count
            progress(VerificationProgress(phase: .searching, done: terms, total: nil))
            guard let upper else { return }
            lower = upper
        }
    }

    /// Where each term stands, for terms behind `lower` up to `upper`.
    private func places(
        _ sql: String, _ lower: String, _ upper: String?
    ) throws(StoreError) -> [String: TermPlaces] {
        var places: [String: TermPlaces] = [:]
        try connection.rows(sql, [lower, upper ?? "\u{10FFFF}"]) { row throws(StoreError) in
            let message = try row.integer(1)
            let offset = try row.integer(2)
            places[try row.text(0), default: TermPlaces()].add(message, offset)
            return .next
        }
        return places
    }
}

/// All places of a term, as a count, the first message and a sum that any other place would change.
private struct TermPlaces: Hashable {
    var count = 0
    var first: Int64 = 0
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ message: Int64, _ offset: Int64) {
        if count == 0 { first = message }
        count += 1
        sum = (sum ^ UInt64(bitPattern: message)) &* 0x100_0000_01B3
        sum = (sum ^ UInt64(bitPattern: offset)) &* 0x100_0000_01B3
    }

    var text: String {
        "\(count) places from message \(first), checksum \(sum)"
    }
}
