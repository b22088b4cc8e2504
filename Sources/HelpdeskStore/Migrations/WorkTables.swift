/// What is configured or worked with beside the stream: people, tokens, prepared bytes, cursors, keys of requests.
enum WorkTables {
    static let statements = [
        """
        CREATE TABLE teams (name TEXT PRIMARY KEY, private INTEGER NOT NULL)
        """,
        """
        CREATE TABLE agents (
          login TEXT PRIMARY KEY, name TEXT, email TEXT, role TEXT NOT NULL,
          capacity INTEGER NOT NULL, timezone TEXT, extension TEXT, unix_user TEXT,
          state TEXT NOT NULL, created_at BIGINT NOT NULL)
        """,
        "CREATE UNIQUE INDEX agents_by_unix_user ON agents (unix_user) WHERE unix_user IS NOT NULL",
        "CREATE INDEX agents_by_extension ON agents (extension) WHERE extension IS NOT NULL",
        "CREATE TABLE agent_teams (agent TEXT NOT NULL, team TEXT NOT NULL, PRIMARY KEY (agent, team))",
        "CREATE TABLE agent_skills (agent TEXT NOT NULL, skill TEXT NOT NULL, level INTEGER NOT NULL, PRIMARY KEY (agent, skill))",
        "CREATE TABLE agent_languages (agent TEXT NOT NULL, language TEXT NOT NULL, PRIMARY KEY (agent, language))",
        // The empty language stands for any.
        "CREATE TABLE agent_signatures (agent TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (agent, language))",
        // What an agent wants to be told, and how: kinds with their ways, and quiet hours (nil: the desk's).
        "CREATE TABLE agent_notice_settings (agent TEXT PRIMARY KEY, ways TEXT NOT NULL, quiet TEXT)",
        """
        CREATE TABLE tokens (
          hash BLOB PRIMARY KEY, agent TEXT NOT NULL, created_at BIGINT NOT NULL,
          revoked_at BIGINT, last_used_at BIGINT, name TEXT, scope TEXT NOT NULL)
        """,
        "CREATE INDEX tokens_by_agent ON tokens (agent)",
        // The exact bytes of a delivery and who gets them: content, not truth; erasure empties it.
        """
        CREATE TABLE prepared (
          delivery INTEGER PRIMARY KEY, conversation TEXT, envelope_sender TEXT,
          bytes BLOB NOT NULL, seal BIGINT NOT NULL)
        """,
        "CREATE TABLE delivery_recipients (delivery BIGINT NOT NULL, address TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (delivery, address))",
        "CREATE TABLE inbox_cursors (inbox TEXT PRIMARY KEY, cursor TEXT NOT NULL)",
        "CREATE TABLE request_keys (inbox TEXT NOT NULL, id TEXT NOT NULL, body_hash BLOB NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (inbox, id))",
        "CREATE INDEX request_keys_by_age ON request_keys (at)",
        // What providers call the messages that we sent: their receipts name them so.
        "CREATE TABLE provider_ids (inbox TEXT NOT NULL, id TEXT NOT NULL, delivery BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (inbox, id))",
        "CREATE INDEX provider_ids_by_age ON provider_ids (at)",
        // Webhooks out: where each endpoint is in the stream, and the events that it did not take. Of a lane (a ticket) only the
        // first has a time at which it is due.
        "CREATE TABLE forwarding_cursors (endpoint TEXT PRIMARY KEY, position BIGINT NOT NULL, state TEXT NOT NULL, detail TEXT)",
        """
        CREATE TABLE forwarding_letters (
          endpoint TEXT NOT NULL, position BIGINT NOT NULL, lane TEXT NOT NULL,
          state TEXT NOT NULL, attempts INTEGER NOT NULL, since BIGINT NOT NULL, due BIGINT,
          detail TEXT, PRIMARY KEY (endpoint, position))
        """,
        "CREATE INDEX forwarding_letters_by_lane ON forwarding_letters (endpoint, lane, position) WHERE state = 'waiting'",
        "CREATE INDEX forwarding_letters_due ON forwarding_letters (endpoint, due) WHERE state = 'waiting' AND due IS NOT NULL",
        "CREATE INDEX forwarding_letters_by_state ON forwarding_letters (endpoint, state, position)",
        "CREATE INDEX forwarding_letters_dead ON forwarding_letters (since) WHERE state = 'dead'",
        """
        CREATE TABLE api_keys (
          agent TEXT NOT NULL, key TEXT NOT NULL, fingerprint BLOB NOT NULL, status INTEGER,
          body TEXT, at BIGINT NOT NULL, PRIMARY KEY (agent, key))
        """,
        "CREATE INDEX api_keys_by_age ON api_keys (at)",
        """
        CREATE TABLE uploads (
          id INTEGER PRIMARY KEY, agent TEXT NOT NULL, name TEXT NOT NULL,
          content_type TEXT NOT NULL, hash TEXT NOT NULL, size BIGINT NOT NULL, at BIGINT NOT NULL)
        """,
    ]
}
