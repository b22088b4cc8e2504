extension MigrationStep {
    static let drafts = MigrationStep(
        title: "drafts of agents",
        statements: [
            // Texts that agents began and did not send. One that was sent or discarded stays a while without its words, so that another
            // seat's copy of it is known to be over.
            """
            CREATE TABLE drafts (
              agent TEXT NOT NULL, key TEXT NOT NULL, version BIGINT NOT NULL, state TEXT NOT NULL,
              ticket BIGINT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL, seal BIGINT NOT NULL,
              PRIMARY KEY (agent, key))
            """,
            "CREATE INDEX drafts_by_agent ON drafts (agent, at, key) WHERE state = 'open'",
            "CREATE INDEX drafts_by_ticket ON drafts (ticket)",
            "CREATE INDEX drafts_by_age ON drafts (at)",
        ])
}
