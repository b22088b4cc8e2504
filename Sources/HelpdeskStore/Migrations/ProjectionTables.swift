/// What answers queries: made from the stream alone, in the same transaction, and made again by `hamdeld verify` to compare. Times are milliseconds; `hidden` is 1 for tickets of private teams.
enum ProjectionTables {
    static let statements =
        tickets + figures + messages + customers + deliveries + surveys + promises + work

    /// Every table that a replay must reproduce, with its order for comparing.
    static let names = [
        "tickets", "ticket_tags", "participants", "ticket_links", "messages", "attachments",
        "thread_keys", "conversations", "intake_keys", "customers", "identities", "suggestions",
        "outbox", "invitations", "recoveries", "presence", "screens", "agent_activity",
        "quarantine", "agent_notices",
        "search_docs", "acknowledgements", "customer_words", "moments", "notices", "notice_stops",
        "sla_clocks", "promises", "name_signs", "ticket_operations", "watchers", "reminders",
        "macros", "ticket_figures", "epochs", "alarms",
    ]

    private static let tickets = [
        """
        CREATE TABLE tickets (
          number INTEGER PRIMARY KEY, customer BIGINT NOT NULL, inbox TEXT NOT NULL,
          channel TEXT NOT NULL, team TEXT NOT NULL, hidden INTEGER NOT NULL,
          status TEXT NOT NULL, priority INTEGER NOT NULL, class TEXT NOT NULL,
          origin TEXT NOT NULL, assignee TEXT, tags TEXT NOT NULL, subject BIGINT, language TEXT,
          snoozed_until BIGINT, waits_until BIGINT, queued INTEGER NOT NULL,
          opened_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, closed_at BIGINT,
          closing_reason TEXT, answered_first BIGINT, answered_last BIGINT, answered_by TEXT,
          callback TEXT NOT NULL, callback_due BIGINT, callback_calls INTEGER NOT NULL,
          spoken_at BIGINT NOT NULL, customer_spoke_at BIGINT,
          unread INTEGER NOT NULL, score INTEGER, version BIGINT NOT NULL,
          channels TEXT NOT NULL, last_direction TEXT, merged_into BIGINT,
          act_by BIGINT, needs_skills TEXT NOT NULL, needs_language TEXT, snooze_note BIGINT)
        """,
        // Lists run once per class and status, so that each of these gives its rows newest first (Reads/TicketSelection).
        "CREATE INDEX tickets_by_class ON tickets (class, status, number)",
        "CREATE INDEX tickets_by_assignee ON tickets (assignee, class, status, number) WHERE assignee IS NOT NULL",
        "CREATE INDEX tickets_by_team ON tickets (team, class, status, number)",
        "CREATE INDEX tickets_by_customer ON tickets (customer, number)",
        // Continuity asks for a customer's active tickets with every message; most of a customer's tickets are closed.
        "CREATE INDEX tickets_active ON tickets (customer, number) WHERE status <> 'closed'",
        "CREATE INDEX tickets_answered ON tickets (customer) WHERE answered_last IS NOT NULL",
        // What weighs on whom (StoreReader.holdings), in its own words.
        """
        CREATE INDEX tickets_held ON tickets (assignee, inbox, callback)
        WHERE assignee IS NOT NULL AND status IN ('new', 'open') AND snoozed_until IS NULL
          AND class = 'regular' AND origin <> 'history'
        """,
        "CREATE INDEX tickets_by_inbox ON tickets (inbox, number)",
        "CREATE INDEX tickets_queued ON tickets (team, priority DESC, number) WHERE queued = 1",
        "CREATE INDEX tickets_waiting ON tickets (waits_until) WHERE waits_until IS NOT NULL",
        "CREATE INDEX tickets_untouched ON tickets (act_by) WHERE act_by IS NOT NULL",
        "CREATE INDEX tickets_snoozed ON tickets (snoozed_until) WHERE snoozed_until IS NOT NULL",
        "CREATE INDEX tickets_callback ON tickets (callback_due) WHERE callback = 'due'",
        "CREATE INDEX tickets_by_merge ON tickets (merged_into) WHERE merged_into IS NOT NULL",
        // Merges and splits, by the position of their event: what `undo` takes back.
        """
        CREATE TABLE ticket_operations (
          position INTEGER PRIMARY KEY, kind TEXT NOT NULL, source BIGINT NOT NULL,
          target BIGINT NOT NULL, undone_at BIGINT)
        """,
        "CREATE INDEX ticket_operations_by_source ON ticket_operations (source, position)",
        "CREATE INDEX ticket_operations_by_target ON ticket_operations (target, position)",
        "CREATE TABLE ticket_tags (ticket BIGINT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (ticket, tag))",
        "CREATE INDEX ticket_tags_by_tag ON ticket_tags (tag, ticket)",
        "CREATE TABLE participants (ticket BIGINT NOT NULL, identity BIGINT NOT NULL, PRIMARY KEY (ticket, identity))",
        """
        CREATE TABLE ticket_links (
          ticket BIGINT NOT NULL, other BIGINT NOT NULL, relation TEXT NOT NULL, message BIGINT,
          PRIMARY KEY (ticket, other, relation))
        """,
    ]

    /// What reports count, a narrow row for each ticket (Docs/Reports.md). `counted`: regular, no history, not merged into
    /// another. The indexes hold all that a report looks at, so that a year is read without touching a row.
    private static let figures = [
        """
        CREATE TABLE ticket_figures (
          ticket INTEGER PRIMARY KEY, counted INTEGER NOT NULL, origin TEXT NOT NULL,
          opened_at BIGINT NOT NULL, channel TEXT NOT NULL, team TEXT NOT NULL,
          hidden INTEGER NOT NULL, agent TEXT, written INTEGER NOT NULL,
          delivered INTEGER NOT NULL, replied_at BIGINT, reply_wait BIGINT, replied_by TEXT,
          first_closed_at BIGINT, closed_at BIGINT, resolution BIGINT, reopenings INTEGER NOT NULL,
          handovers INTEGER NOT NULL)
        """,
        "CREATE INDEX figures_opened ON ticket_figures (opened_at, hidden, team, agent, channel, counted) WHERE counted = 1",
        "CREATE INDEX figures_replied ON ticket_figures (replied_at, hidden, team, replied_by, reply_wait, counted) WHERE counted = 1 AND replied_at IS NOT NULL",
        "CREATE INDEX figures_closed ON ticket_figures (first_closed_at, hidden, team, agent, reopenings, handovers, written, resolution, counted) WHERE counted = 1 AND first_closed_at IS NOT NULL",
    ]

    private static let messages = [
        """
        CREATE TABLE messages (
          id INTEGER PRIMARY KEY, ticket BIGINT NOT NULL, home BIGINT NOT NULL,
          customer BIGINT NOT NULL, direction TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT, inbox TEXT,
          author_kind TEXT NOT NULL, author_id TEXT, identity BIGINT,
          sender_auth TEXT, auto_submitted TEXT NOT NULL, origin TEXT NOT NULL,
          sent_at BIGINT, received_at BIGINT NOT NULL, content BIGINT NOT NULL, raw TEXT,
          answers BIGINT, mark TEXT, call_outcome TEXT, position BIGINT NOT NULL,
          happened_at BIGINT NOT NULL)
        """,
        "CREATE INDEX messages_by_ticket ON messages (ticket, id)",
        // How long an inbox has been quiet, and how quiet it usually is (HelpdeskCore/Watching).
        "CREATE INDEX messages_by_arrival ON messages (inbox, received_at) WHERE direction = 'in' AND origin = 'live'",
        // Erasing goes from words to what was made of them.
        "CREATE INDEX messages_by_content ON messages (content)",
        "CREATE INDEX messages_by_customer ON messages (customer, happened_at, position)",
        // What a customer's timeline shows beside messages.
        "CREATE TABLE moments (position INTEGER PRIMARY KEY, customer BIGINT NOT NULL, at BIGINT NOT NULL, ticket BIGINT)",
        "CREATE INDEX moments_by_customer ON moments (customer, at, position)",
        """
        CREATE TABLE attachments (
          id INTEGER PRIMARY KEY, message BIGINT NOT NULL, place INTEGER NOT NULL,
          sha256 TEXT NOT NULL, size BIGINT NOT NULL,
          raw_offset BIGINT, raw_length BIGINT, encoding TEXT)
        """,
        "CREATE INDEX attachments_by_blob ON attachments (sha256) WHERE raw_offset IS NULL",
        "CREATE INDEX attachments_by_message ON attachments (message, place)",
        // 16 bytes of SHA-256 of a Message-ID: who refers to one finds its ticket. `own`: the message's own; `seen`: one that
        // it refers to, which may come later or never.
        """
        CREATE TABLE thread_keys (
          key BLOB NOT NULL, ticket BIGINT NOT NULL, message BIGINT NOT NULL, role TEXT NOT NULL,
          PRIMARY KEY (key, ticket, message))
        """,
        "CREATE INDEX thread_keys_by_message ON thread_keys (message)",
        // Several tickets where strangers spoke in one conversation; `message` is the last word in each.
        """
        CREATE TABLE conversations (
          inbox TEXT NOT NULL, key BLOB NOT NULL, ticket BIGINT NOT NULL, message BIGINT NOT NULL,
          PRIMARY KEY (inbox, key, ticket))
        """,
        "CREATE INDEX conversations_by_ticket ON conversations (ticket)",
        "CREATE INDEX conversations_by_message ON conversations (inbox, key, message)",
        // What was kept before: (inbox, external id) and content.
        """
        CREATE TABLE intake_keys (
          inbox TEXT NOT NULL, key BLOB NOT NULL, fingerprint BLOB NOT NULL,
          message BIGINT NOT NULL, PRIMARY KEY (inbox, key, fingerprint))
        """,
        "CREATE INDEX intake_keys_by_key ON intake_keys (key, fingerprint)",
        // Folded text of messages, what search looks through.
        "CREATE TABLE search_docs (id INTEGER PRIMARY KEY, ticket BIGINT NOT NULL, text TEXT NOT NULL)",
    ]

    private static let customers = [
        """
        CREATE TABLE customers (
          id INTEGER PRIMARY KEY, name BIGINT, standing TEXT NOT NULL, preferred_channel TEXT,
          attributes BIGINT, created_at BIGINT NOT NULL, last_agent TEXT, last_served_at BIGINT,
          last_asked_at BIGINT, erased_at BIGINT, segments TEXT NOT NULL, external_id BIGINT,
          external_key BLOB, blocked INTEGER NOT NULL, parent BIGINT, root BIGINT NOT NULL,
          merged_at BIGINT, merged_by TEXT, merge_evidence TEXT, surveys_refused_at BIGINT,
          first_answered_at BIGINT, relationship_at BIGINT)
        """,
        // Whose relationship is to be asked about: whom nobody asked yet, and whom to ask again.
        "CREATE INDEX customers_never_asked ON customers (created_at, id) WHERE relationship_at IS NULL AND first_answered_at IS NOT NULL AND erased_at IS NULL",
        "CREATE INDEX customers_asked ON customers (relationship_at, id) WHERE relationship_at IS NOT NULL AND erased_at IS NULL",
        // Merged customers stand under a root (HelpdeskCore/Identity/CustomerMerge).
        "CREATE INDEX customers_by_root ON customers (root, id)",
        "CREATE INDEX customers_by_parent ON customers (parent) WHERE parent IS NOT NULL",
        "CREATE INDEX customers_erased ON customers (id) WHERE erased_at IS NOT NULL",
        "CREATE INDEX customers_by_external ON customers (external_key) WHERE external_key IS NOT NULL",
        """
        CREATE TABLE identities (
          id INTEGER PRIMARY KEY, customer BIGINT NOT NULL, kind TEXT NOT NULL,
          value TEXT NOT NULL, scope TEXT NOT NULL, verification TEXT NOT NULL,
          evidence TEXT NOT NULL, content BIGINT NOT NULL, undeliverable_at BIGINT,
          undeliverable_code TEXT, sharing TEXT NOT NULL, likeness BLOB NOT NULL)
        """,
        "CREATE UNIQUE INDEX identities_by_address ON identities (kind, value, scope)",
        "CREATE INDEX identities_by_customer ON identities (customer)",
        // What is one number, or looks alike, has one key (HelpdeskCore/Identity/IdentityLikeness).
        "CREATE INDEX identities_by_likeness ON identities (likeness)",
        "CREATE INDEX identities_by_value ON identities (value, customer)",
        // The folded words of names, to find customers by the beginning of any of them.
        "CREATE TABLE customer_words (word TEXT NOT NULL, customer BIGINT NOT NULL, PRIMARY KEY (word, customer))",
        "CREATE INDEX customer_words_by_customer ON customer_words (customer)",
        // Under which name and domain somebody is known (HelpdeskCore/Identity/NameSign), 16 bytes of SHA-256.
        "CREATE TABLE name_signs (sign BLOB NOT NULL, customer BIGINT NOT NULL, PRIMARY KEY (sign, customer))",
        "CREATE INDEX name_signs_by_customer ON name_signs (customer)",
        """
        CREATE TABLE suggestions (
          customer BIGINT NOT NULL, kind TEXT NOT NULL, content BIGINT NOT NULL, other BIGINT,
          evidence TEXT, state TEXT NOT NULL, PRIMARY KEY (customer, content))
        """,
        "CREATE TABLE acknowledgements (address BLOB NOT NULL, at BIGINT NOT NULL, ticket BIGINT NOT NULL, PRIMARY KEY (address, at, ticket))",
        "CREATE INDEX acknowledgements_by_time ON acknowledgements (at)",
    ]

    private static let deliveries = [
        """
        CREATE TABLE outbox (
          id INTEGER PRIMARY KEY, ticket BIGINT, customer BIGINT, message BIGINT,
          invitation BIGINT, purpose TEXT NOT NULL, inbox TEXT NOT NULL, state TEXT NOT NULL,
          attempts INTEGER NOT NULL, next_at BIGINT, created_at BIGINT NOT NULL,
          settled_at BIGINT, code TEXT, detail BIGINT, content BIGINT NOT NULL, report TEXT,
          unread_until BIGINT)
        """,
        // Notifications to agents: which of them an answer by mail can be an answer to.
        """
        CREATE TABLE notices (
          delivery INTEGER PRIMARY KEY, agent TEXT NOT NULL, ticket BIGINT NOT NULL,
          at BIGINT NOT NULL)
        """,
        "CREATE INDEX notices_by_agent ON notices (agent, at)",
        // Everything that agents were told, by the position of its event; `held_until`: it waits for their next digest.
        """
        CREATE TABLE agent_notices (
          position INTEGER PRIMARY KEY, agent TEXT NOT NULL, ticket BIGINT, kind TEXT NOT NULL,
          at BIGINT NOT NULL, went TEXT NOT NULL, held_until BIGINT)
        """,
        "CREATE INDEX agent_notices_by_agent ON agent_notices (agent, at)",
        "CREATE INDEX agent_notices_in_order ON agent_notices (agent, position)",
        "CREATE INDEX agent_notices_held ON agent_notices (agent, held_until) WHERE held_until IS NOT NULL",
        // Agents whose own mail came back.
        "CREATE TABLE notice_stops (agent TEXT PRIMARY KEY, delivery BIGINT NOT NULL, at BIGINT NOT NULL, code TEXT)",
        "CREATE INDEX outbox_due ON outbox (next_at, id) WHERE state IN ('queued', 'retrying', 'uncertain')",
        "CREATE INDEX outbox_by_content ON outbox (content)",
        "CREATE INDEX outbox_held ON outbox (id) WHERE state IN ('uncertain', 'held') AND next_at IS NULL",
        "CREATE INDEX outbox_by_ticket ON outbox (ticket, id)",
        "CREATE INDEX outbox_unfinished ON outbox (ticket, id) WHERE state IN ('queued', 'sending', 'retrying', 'uncertain')",
        "CREATE INDEX outbox_by_message ON outbox (message) WHERE message IS NOT NULL",
        // Chat answers that nobody read yet: by when they go by mail (HelpdeskEngine/Replies/MailingUnread).
        "CREATE INDEX outbox_unread ON outbox (unread_until) WHERE unread_until IS NOT NULL",
        "CREATE INDEX outbox_unread_by_ticket ON outbox (ticket, id) WHERE unread_until IS NOT NULL",
        "CREATE INDEX outbox_by_state ON outbox (state, id)",
    ]

    private static let surveys = [
        """
        CREATE TABLE invitations (
          id INTEGER PRIMARY KEY, ticket BIGINT, customer BIGINT NOT NULL, kind TEXT NOT NULL,
          policy TEXT NOT NULL, occasion TEXT NOT NULL, state TEXT NOT NULL,
          decided_at BIGINT NOT NULL, due BIGINT, expires BIGINT, token_hash TEXT, delivery BIGINT,
          agent TEXT, team TEXT, hidden INTEGER NOT NULL, inbox TEXT, language TEXT,
          asked_at BIGINT, remind_at BIGINT, reminded_at BIGINT, answered_at BIGINT, score INTEGER,
          way TEXT, comment BIGINT, skip_reason TEXT, words BIGINT, recovery BIGINT)
        """,
        "CREATE UNIQUE INDEX invitations_by_token ON invitations (token_hash) WHERE token_hash IS NOT NULL",
        "CREATE INDEX invitations_by_ticket ON invitations (ticket, id) WHERE ticket IS NOT NULL",
        "CREATE INDEX invitations_by_customer ON invitations (customer, id)",
        "CREATE INDEX invitations_due ON invitations (due) WHERE state = 'scheduled'",
        "CREATE INDEX invitations_to_remind ON invitations (remind_at) WHERE state = 'sent' AND remind_at IS NOT NULL",
        // Reports look at nothing but these (Reads/StoreReader+scores); who may see a hidden one is asked of its ticket.
        "CREATE INDEX invitations_answered ON invitations (kind, answered_at, hidden, team, agent, score, ticket) WHERE answered_at IS NOT NULL",
        "CREATE INDEX invitations_asked ON invitations (kind, asked_at, hidden, team, agent, answered_at, ticket) WHERE asked_at IS NOT NULL",
        "CREATE INDEX invitations_decided ON invitations (decided_at, kind, state, skip_reason, hidden, team, ticket)",
        """
        CREATE TABLE recoveries (
          id INTEGER PRIMARY KEY, ticket BIGINT, customer BIGINT NOT NULL,
          invitation BIGINT NOT NULL, score INTEGER NOT NULL, owner TEXT, state TEXT NOT NULL,
          opened_at BIGINT NOT NULL, due BIGINT NOT NULL, done_at BIGINT, ending TEXT,
          outcome BIGINT, second_score INTEGER)
        """,
        "CREATE INDEX recoveries_open ON recoveries (due, id) WHERE state <> 'done'",
        "CREATE INDEX recoveries_by_due ON recoveries (due, id)",
        "CREATE INDEX recoveries_by_customer ON recoveries (customer, id)",
        // One row for each backup that was put back; none in the first epoch.
        "CREATE TABLE epochs (epoch INTEGER PRIMARY KEY, position BIGINT NOT NULL, began BIGINT NOT NULL)",
        // Alarms that began and are not over.
        "CREATE TABLE alarms (kind TEXT NOT NULL, subject TEXT NOT NULL, began BIGINT NOT NULL, PRIMARY KEY (kind, subject))",
        "CREATE INDEX recoveries_by_opening ON recoveries (opened_at)",
        "CREATE TABLE presence (agent TEXT PRIMARY KEY, presence TEXT, at BIGINT NOT NULL)",
        // Who has, or had, the screen open; who never had is not here.
        "CREATE TABLE screens (agent TEXT PRIMARY KEY, screen TEXT NOT NULL, at BIGINT NOT NULL)",
        "CREATE TABLE agent_activity (agent TEXT PRIMARY KEY, last_assigned_at BIGINT NOT NULL)",
        """
        CREATE TABLE quarantine (
          id INTEGER PRIMARY KEY, inbox TEXT NOT NULL, raw TEXT NOT NULL, code TEXT NOT NULL,
          detail BIGINT NOT NULL, state TEXT NOT NULL, at BIGINT NOT NULL, message BIGINT)
        """,
        "CREATE INDEX quarantine_waiting ON quarantine (id) WHERE state = 'waiting'",
        "CREATE INDEX quarantine_by_raw ON quarantine (raw)",
        "CREATE INDEX quarantine_by_age ON quarantine (at)",
    ]

    private static let promises = [
        // `next_at`: when the clock has a warning or a breach to write.
        """
        CREATE TABLE sla_clocks (
          ticket BIGINT NOT NULL, target TEXT NOT NULL, policy TEXT NOT NULL,
          allowance BIGINT NOT NULL, started_at BIGINT NOT NULL, used BIGINT NOT NULL,
          phase TEXT NOT NULL, phase_at BIGINT NOT NULL, due BIGINT, warning BIGINT,
          warned_at BIGINT, breached_at BIGINT, next_at BIGINT,
          PRIMARY KEY (ticket, target))
        """,
        "CREATE INDEX sla_clocks_ended ON sla_clocks (phase_at, ticket) WHERE phase IN ('met', 'missed')",
        "CREATE INDEX sla_clocks_next ON sla_clocks (next_at) WHERE next_at IS NOT NULL",
        // The time that a customer was told last, and when a later one is told by itself.
        """
        CREATE TABLE promises (
          ticket BIGINT PRIMARY KEY, until BIGINT NOT NULL, state TEXT NOT NULL,
          revisions INTEGER NOT NULL, revise_at BIGINT)
        """,
        "CREATE INDEX promises_revise ON promises (revise_at) WHERE state = 'open' AND revise_at IS NOT NULL",
        "CREATE INDEX promises_by_time ON promises (until)",
        "CREATE INDEX promises_open ON promises (until) WHERE state = 'open'",
    ]

    private static let work = [
        "CREATE TABLE watchers (ticket BIGINT NOT NULL, agent TEXT NOT NULL, PRIMARY KEY (ticket, agent))",
        "CREATE INDEX watchers_by_agent ON watchers (agent, ticket)",
        // One of each agent for a ticket; `due` until it is put away.
        """
        CREATE TABLE reminders (
          agent TEXT NOT NULL, ticket BIGINT NOT NULL, at BIGINT NOT NULL, note BIGINT,
          state TEXT NOT NULL, PRIMARY KEY (agent, ticket))
        """,
        "CREATE INDEX reminders_by_agent ON reminders (agent, at, ticket)",
        "CREATE INDEX reminders_due ON reminders (at) WHERE state = 'waiting'",
        """
        CREATE TABLE macros (
          name TEXT PRIMARY KEY, content BIGINT NOT NULL, version BIGINT NOT NULL,
          updated_at BIGINT NOT NULL, updated_by TEXT)
        """,
    ]
}
