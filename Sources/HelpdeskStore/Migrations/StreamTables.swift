/// The truth: the stream, the personal content it refers to, and bytes by hash.
enum StreamTables {
    static let statements = [
        """
        CREATE TABLE meta (
          name TEXT PRIMARY KEY, value TEXT NOT NULL)
        """,
        // One row: the last number given out of each kind. Read and written once per transaction, which also takes the
        // position in order (DESIGN "Group commit").
        """
        CREATE TABLE counters (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          position BIGINT NOT NULL, ticket BIGINT NOT NULL, message BIGINT NOT NULL,
          attachment BIGINT NOT NULL, customer BIGINT NOT NULL, identity BIGINT NOT NULL,
          delivery BIGINT NOT NULL, invitation BIGINT NOT NULL, recovery BIGINT NOT NULL,
          quarantine BIGINT NOT NULL, content BIGINT NOT NULL)
        """,
        "INSERT INTO counters VALUES (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)",
        // `seal`: what a flipped bit would change (`RowSeal`).
        """
        CREATE TABLE events (
          position INTEGER PRIMARY KEY, at BIGINT NOT NULL,
          actor_kind TEXT NOT NULL, actor_id TEXT,
          type TEXT NOT NULL, schema INTEGER NOT NULL,
          ticket BIGINT, customer BIGINT, command TEXT, cause BIGINT,
          data TEXT NOT NULL, seal BIGINT NOT NULL)
        """,
        "CREATE INDEX events_by_ticket ON events (ticket, position) WHERE ticket IS NOT NULL",
        "CREATE INDEX events_by_customer ON events (customer, position) WHERE customer IS NOT NULL AND ticket IS NULL",
        """
        CREATE TABLE contents (
          id INTEGER PRIMARY KEY, kind TEXT NOT NULL, customer BIGINT,
          salt BLOB, body TEXT)
        """,
        "CREATE INDEX contents_by_customer ON contents (customer) WHERE customer IS NOT NULL",
        """
        CREATE TABLE blobs (
          hash TEXT PRIMARY KEY, size BIGINT NOT NULL, bytes BLOB NOT NULL)
        """,
        """
        CREATE TABLE signing_keys (
          id INTEGER PRIMARY KEY, secret BLOB NOT NULL, created_at BIGINT NOT NULL)
        """,
    ]
}
