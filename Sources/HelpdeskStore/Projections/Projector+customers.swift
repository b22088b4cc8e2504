internal import HelpdeskCore

extension Projector {
    func project(_ event: CustomerEvent, _ recorded: RecordedEvent) throws(StoreError) {
        let at = recorded.at
        switch event {
        case .created(let created):
            try connection.execute(
                """
                INSERT INTO customers (id, standing, created_at, segments, blocked, root)
                VALUES ($1, 'regular', $2, '', 0, $1)
                """,
                [created.customer, at])
        case .named(let named):
            try connection.execute(
                "UPDATE customers SET name = $1 WHERE id = $2", [named.name.id, named.customer])
            try index(named.customer)
            try sign(named.customer)
        case .identityLinked(let linked):
            try link(linked)
            if linked.kind == IdentityAddress.emailKind { try sign(linked.customer) }
        case .identitySuggested(let suggested):
            try connection.execute(
                """
                INSERT INTO suggestions (customer, kind, content, other, evidence, state)
                VALUES ($1, $2, $3, $4, $5, 'open')
                """,
                [
                    suggested.customer, suggested.kind, suggested.address.id, suggested.other,
                    suggested.evidence?.rawValue,
                ])
        case .updated(let updated):
            try update(updated)
        case .identityUndeliverable(let failed):
            try connection.execute(
                """
                UPDATE identities SET undeliverable_at = $1, undeliverable_code = $2 WHERE id = $3
                """, [at, failed.code, failed.identity])
        case .identityDeliverable(let restored):
            try connection.execute(
                """
                UPDATE identities SET undeliverable_at = NULL, undeliverable_code = NULL
                WHERE id = $1
                """, [restored.identity])
        case .identityMarked(let marked):
            try connection.execute(
                "UPDATE identities SET sharing = $1 WHERE id = $2",
                [marked.sharing.rawValue, marked.identity])
        case .suggestionSettled(let settled):
            try connection.execute(
                "UPDATE suggestions SET state = $1 WHERE customer = $2 AND content = $3",
                [settled.outcome.rawValue, settled.customer, settled.suggestion])
        case .merged(let merged):
            try merge(merged, recorded)
        case .unmerged(let unmerged):
            try unmerge(unmerged)
        case .erased(let erased):
            try connection.execute(
                "UPDATE customers SET erased_at = $1, name = NULL WHERE id = $2",
                [at, erased.customer])
            try connection.execute(
                "DELETE FROM customer_words WHERE customer = $1", [erased.customer])
            try connection.execute(
                "DELETE FROM name_signs WHERE customer = $1", [erased.customer])
        }
    }

    /// Under which words the customer is found: those of their name, and of their organisation's.
    private func index(_ customer: CustomerID) throws(StoreError) {
        try connection.execute("DELETE FROM customer_words WHERE customer = $1", [customer])
        for name in try reader.soughtNames(of: customer) {
            for word in TextFold.words(in: name, limit: 8) {
                try connection.execute(
                    """
                    INSERT INTO customer_words (word, customer) VALUES ($1, $2)
                    ON CONFLICT DO NOTHING
                    """,
                    [word, customer])
            }
        }
    }

    /// Linking again by stronger evidence raises the verification and widens the scope.
    private func link(_ linked: IdentityLinked) throws(StoreError) {
        guard let value = try reader.content(linked.address.id) else { return }
        try connection.execute(
            """
            INSERT INTO identities (
              id, customer, kind, value, scope, verification, evidence, content, sharing,
              likeness)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'personal', $9)
            ON CONFLICT (kind, value, scope) DO UPDATE SET
              customer = excluded.customer, verification = excluded.verification,
              evidence = excluded.evidence
            """,
            [
                linked.identity, linked.customer, linked.kind, value,
                linked.scope?.rawValue ?? "", linked.verification.rawValue, linked.evidence,
                linked.address.id,
                IndexKey.of(
                    IdentityLikeness.key(IdentityAddress(kind: linked.kind, value: value))),
            ])
    }

    private func update(_ updated: CustomerUpdated) throws(StoreError) {
        if let standing = updated.standing {
            try connection.execute(
                "UPDATE customers SET standing = $1 WHERE id = $2",
                [standing.rawValue, updated.customer])
        }
        if let channel = updated.preferredChannel {
            try connection.execute(
                "UPDATE customers SET preferred_channel = $1 WHERE id = $2",
                [channel.rawValue.isEmpty ? nil : channel.rawValue, updated.customer])
        }
        if let attributes = updated.attributes {
            try connection.execute(
                "UPDATE customers SET attributes = $1 WHERE id = $2",
                [attributes.id, updated.customer])
            try index(updated.customer)
        }
        try updateKeys(updated)
    }

    func project(_ event: DeskEvent, _ recorded: RecordedEvent) throws(StoreError) {
        let at = recorded.at
        switch event {
        case .macroSet(let macro):
            try macroSet(macro, recorded)
        case .macroRemoved(let removed):
            try connection.execute("DELETE FROM macros WHERE name = $1", [removed.macro])
        case .presenceChanged(let change):
            try connection.execute(
                """
                INSERT INTO presence (agent, presence, at) VALUES ($1, $2, $3)
                ON CONFLICT (agent) DO UPDATE SET presence = excluded.presence, at = excluded.at
                """,
                [change.agent, change.presence, at])
        case .screenChanged(let change):
            try connection.execute(
                """
                INSERT INTO screens (agent, screen, at) VALUES ($1, $2, $3)
                ON CONFLICT (agent) DO UPDATE SET screen = excluded.screen, at = excluded.at
                """,
                [change.agent, change.screen.rawValue, at])
        case .messageQuarantined(let quarantined):
            try connection.execute(
                """
                INSERT INTO quarantine (id, inbox, raw, code, detail, state, at)
                VALUES ($1, $2, $3, $4, $5, 'waiting', $6)
                """,
                [
                    quarantined.quarantine, quarantined.inbox, quarantined.raw, quarantined.code,
                    quarantined.detail.id, at,
                ])
        case .quarantineResolved(let resolved):
            try connection.execute(
                "UPDATE quarantine SET state = $1, message = $2 WHERE id = $3",
                [resolved.resolution.rawValue, resolved.message, resolved.quarantine])
        case .noticesStopped(let stopped):
            try connection.execute(
                """
                INSERT INTO notice_stops (agent, delivery, at, code) VALUES ($1, $2, $3, $4)
                ON CONFLICT (agent) DO NOTHING
                """, [stopped.agent, stopped.delivery, at, stopped.code])
        case .noticesResumed(let resumed):
            try connection.execute(
                "DELETE FROM notice_stops WHERE agent = $1", [resumed.agent])
        case .agentNoticed(let noticed):
            try self.noticed(noticed, recorded)
        case .noticesDigested(let digested):
            try self.digested(digested, recorded)
        }
    }
}
