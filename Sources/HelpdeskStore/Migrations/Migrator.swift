internal import HelpdeskCore

/// Brings a database forward to this version's schema, one step and one transaction at a time; refuses a newer
/// one.
struct Migrator {
    let database: SQLiteDatabase

    func migrate(now: Instant, seed: StoreSeed) throws(StoreError) {
        let current = try version()
        guard current <= Schema.version else {
            throw .newerSchema(found: current, known: Schema.version)
        }
        for index in current..<Schema.version {
            try apply(Schema.steps[index], version: index + 1)
        }
        if current == 0 { try plant(seed, now: now) }
    }

    /// 0 for an empty database.
    func version() throws(StoreError) -> Int {
        try database.read { connection throws(StoreError) in
            let exists = try connection.exists(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'")
            guard exists else { return 0 }
            let text = try connection.first("SELECT value FROM meta WHERE name = 'schema'") {
                row throws(StoreError) in try row.text(0)
            }
            guard let text, let version = Int(text) else { throw .damaged("meta.schema") }
            return version
        }
    }

    private func apply(_ step: MigrationStep, version: Int) throws(StoreError) {
        _ = try database.transaction { connection throws(StoreError) in
            for statement in step.statements { try connection.execute(statement, []) }
            try connection.execute(
                """
                INSERT INTO meta (name, value) VALUES ('schema', $1)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """,
                [String(version)])
        }
    }

    private func plant(_ seed: StoreSeed, now: Instant) throws(StoreError) {
        _ = try database.transaction { connection throws(StoreError) in
            try connection.execute(
                "INSERT INTO signing_keys (id, secret, created_at) VALUES (1, $1, $2)",
                [seed.signingKey, now])
        }
    }
}
