internal import HelpdeskCore

/// The one place where the engines differ (DESIGN "Store"): the Tidy test counts its members. Only search may.
enum Dialect {
    /// Folded text is stored in `search_docs` and indexed by an external-content table: SQLite 3.40 has no `contentless_delete`.
    static let searchTables = [
        """
        CREATE VIRTUAL TABLE search_index USING fts5 (
          text, content = 'search_docs', content_rowid = 'id', tokenize = 'unicode61')
        """
    ]

    static let indexDocument = """
        INSERT INTO search_index (rowid, text) VALUES ($1, $2)
        """

    static let forgetDocument = """
        INSERT INTO search_index (search_index, rowid, text) VALUES ('delete', $1, $2)
        """

    /// Messages that hold every term, newest first: `$1` the match expression, `$2` below which id, `$3` viewer, `$4` limit.
    static let newestHits = """
        SELECT d.id, d.ticket FROM search_index i
        JOIN search_docs d ON d.id = i.rowid
        JOIN tickets t ON t.number = d.ticket
        WHERE search_index MATCH $1 AND i.rowid < $2
          AND (t.hidden = 0 OR $3 = '' OR EXISTS
            (SELECT 1 FROM agent_teams a WHERE a.agent = $3 AND a.team = t.team))
        ORDER BY i.rowid DESC LIMIT $4
        """

    /// What `verify` reads the terms of two indexes by: term, message, place.
    static func searchVocabularies(fresh: String, kept: String) -> [String] {
        [
            "CREATE VIRTUAL TABLE temp.fresh_words USING fts5vocab(\(fresh), search_index, row)",
            "CREATE VIRTUAL TABLE temp.fresh_terms USING fts5vocab(\(fresh), search_index, instance)",
            "CREATE VIRTUAL TABLE temp.kept_terms USING fts5vocab(\(kept), search_index, instance)",
        ]
    }

    /// What the search index keeps of its own beside the terms, by which hits are ranked: `lengths`, those of texts and its
    /// settings, where they are not the same on both sides (at most `$1` rows); `length`, of each text of the fresh
    /// side; `totals`, of all texts of the kept one.
    static func searchSizes(
        fresh: String, kept: String
    ) -> (lengths: String, length: String, totals: String) {
        func part(_ table: String, _ key: String, _ value: String) -> String {
            """
            SELECT '\(table)', a.\(key), hex(a.\(value)), hex(b.\(value))
            FROM \(fresh).search_index_\(table) a
            LEFT JOIN \(kept).search_index_\(table) b ON b.\(key) = a.\(key)
            WHERE b.\(value) IS NOT a.\(value)
            UNION ALL
            SELECT '\(table)', a.\(key), NULL, hex(a.\(value)) FROM \(kept).search_index_\(table) a
            WHERE NOT EXISTS (
              SELECT 1 FROM \(fresh).search_index_\(table) b WHERE b.\(key) = a.\(key))
            """
        }
        return (
            "\(part("docsize", "id", "sz"))\nUNION ALL\n\(part("config", "k", "v"))\nLIMIT $1",
            "SELECT sz FROM \(fresh).search_index_docsize",
            "SELECT block FROM \(kept).search_index_data WHERE id = 1"
        )
    }

    /// The `$2`th term behind `$1` of the fresh index.
    static let termAhead = """
        SELECT term FROM fresh_words WHERE term > $1 ORDER BY term LIMIT 1 OFFSET $2
        """

    /// The places of terms behind `$1` up to `$2`, in one of the vocabularies.
    static func terms(in vocabulary: String) -> String {
        """
        SELECT term, doc, "offset" FROM \(vocabulary) WHERE term > $1 AND term <= $2 ORDER BY term
        """
    }

    /// Each term a quoted phrase of folded words, the last term as a beginning: nothing of a term can be read as an
    /// operator.
    static func matchExpression(_ query: SearchTerms) -> String {
        var phrases: [String] = []
        for (index, term) in query.terms.enumerated() {
            let words = term.words.joined(separator: " ").replacing("\"", with: "\"\"")
            let isBeginning = term.lastWord == .beginning || index == query.terms.count - 1
            phrases.append("\"\(words)\"" + (isBeginning ? "*" : ""))
        }
        return phrases.joined(separator: " ")
    }
}
