/// What an archive that was brought in leaves beside the stream (Docs/Archive.md).
extension MigrationStep {
    static let archives = MigrationStep(
        title: "events of the past, records of archives, seals of content",
        statements: [
            // When it happened, of what an archive brought in: `at` is when it came into this stream and never goes back.
            "ALTER TABLE events ADD COLUMN past BIGINT",
            // Over what no HMAC vouches for (`RowSeal.ofContent`); rows from before have none.
            "ALTER TABLE contents ADD COLUMN seal BIGINT",
            // Which record became what here. `made` is 1 where the record made it, 0 where it was here before (a customer known
            // by an address). `kind` is the letter of what `local` numbers.
            """
            CREATE TABLE archive_records (
              id TEXT PRIMARY KEY, kind TEXT NOT NULL, local BIGINT NOT NULL,
              made INTEGER NOT NULL)
            """,
            "CREATE INDEX archive_records_by_local ON archive_records (kind, local) WHERE made = 1",
            // Bytes that come in pieces, until the last of them is here.
            """
            CREATE TABLE archive_pieces (
              hash TEXT NOT NULL, start BIGINT NOT NULL, bytes BLOB NOT NULL,
              PRIMARY KEY (hash, start))
            """,
        ])
}
