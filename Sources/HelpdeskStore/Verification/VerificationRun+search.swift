internal import HelpdeskCore

extension VerificationRun {
    /// Compares what the search index holds, term by term, with an index made from the replayed texts.
    mutating func compareSearch() throws(StoreError) {
        try compareSearchSizes()
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
            let expected = try places(Dialect.terms(in: "fresh_terms"), lower, upper)
            let found = try places(Dialect.terms(in: "kept_terms"), lower, upper)
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

    private mutating func compareSearchSizes() throws(StoreError) {
        let sizes = Dialect.searchSizes(fresh: ReplayDatabase.fresh, kept: ReplayDatabase.kept)
        let rows = try connection.all(sizes.lengths, [Verifier.maximumDifferences + 1]) {
            row throws(StoreError) in [row.value(0), row.value(1), row.value(2), row.value(3)]
        }
        for row in rows {
            let place = row.prefix(2).map { Self.text($0) ?? "null" }.joined(separator: " ")
            note(
                .searchIndex, "search_index", place, expected: Self.text(row[2]),
                found: Self.text(row[3]))
        }
        var expected: [UInt64] = [0, 0]
        try connection.rows(sizes.length, []) { row throws(StoreError) in
            expected[0] &+= 1
            expected[1] &+= Self.numbers(in: try row.blob(0)).first ?? 0
            return .next
        }
        let found = try connection.first(sizes.totals) { row throws(StoreError) in
            Self.numbers(in: try row.blob(0))
        }
        // Without a text there may be none yet.
        guard found ?? [] != expected, found?.isEmpty == false || expected[0] > 0 else { return }
        note(
            .searchIndex, "search_index", "totals", expected: "\(expected)",
            found: found.map { "\($0)" })
    }

    /// Numbers as SQLite writes them into records: seven bits of each byte, the highest first, and all eight of a ninth.
    private static func numbers(in bytes: [UInt8]) -> [UInt64] {
        var numbers: [UInt64] = []
        var number: UInt64 = 0
        var length = 0
        for byte in bytes {
            length += 1
            number = length == 9 ? number << 8 | UInt64(byte) : number << 7 | UInt64(byte & 0x7F)
            guard byte < 0x80 || length == 9 else { continue }
            numbers.append(number)
            (number, length) = (0, 0)
        }
        return numbers
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
