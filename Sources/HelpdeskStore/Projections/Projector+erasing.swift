internal import HelpdeskCore

/// An erased customer. Runs before the words are emptied, so that it can take away what was made from them; in a replay they are
/// gone already, so that nothing was made. Both ways end with the same rows.
extension Projector {
    func erase(_ customer: CustomerID, at: Instant) throws(StoreError) {
        try connection.execute(
            """
            UPDATE customers SET erased_at = $1, name = NULL, external_id = NULL,
              external_key = NULL
            WHERE id = $2
            """, [at, customer])
        try connection.execute("DELETE FROM customer_words WHERE customer = $1", [customer])
        try connection.execute("DELETE FROM name_signs WHERE customer = $1", [customer])
        for content in try reader.contents(of: customer) {
            switch content.kind {
            case .message: try forgetMessages(with: content.id)
            case .delivery: try forgetDelivery(content.id, of: customer)
            case .subject, .name, .address, .attributes, .brief, .comment, .outcome,
                .deliveryDetail, .quarantineDetail, .externalID, .mergeReason, .ruleMatches, .macro,
                .reminder:
                continue
            }
        }
        for identity in try reader.identityContents(of: customer) {
            try erase(identity.id, content: identity.content)
        }
    }

    /// The row stays, because others refer to it; its address does not.
    func erase(_ identity: IdentityID, content: ContentID) throws(StoreError) {
        let value = Self.erasedAddress(content)
        try connection.execute(
            "UPDATE identities SET value = $1, likeness = $2 WHERE id = $3",
            [value, IndexKey.of(value), identity])
    }

    /// What stands for an address that was erased: nobody's, and no two are the same.
    private static func erasedAddress(_ content: ContentID) -> String {
        "erased:\(content.rawValue)"
    }

    /// An address whose words are gone, as a replay meets it: linked all the same.
    func linkErased(_ linked: IdentityLinked) throws(StoreError) {
        let known = try connection.execute(
            """
            UPDATE identities SET customer = $1, verification = $2, evidence = $3 WHERE id = $4
            """,
            [linked.customer, linked.verification.rawValue, linked.evidence, linked.identity])
        guard known == 0 else { return }
        let value = Self.erasedAddress(linked.address.id)
        try connection.execute(
            """
            INSERT INTO identities (
              id, customer, kind, value, scope, verification, evidence, content, sharing,
              likeness)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'personal', $9)
            """,
            [
                linked.identity, linked.customer, linked.kind, value,
                linked.scope?.rawValue ?? "", linked.verification.rawValue, linked.evidence,
                linked.address.id, IndexKey.of(value),
            ])
    }

    private func forgetMessages(with content: ContentID) throws(StoreError) {
        let places = try connection.all(
            "SELECT id, inbox, home FROM messages WHERE content = $1", [content]
        ) { row throws(StoreError) in
            (
                id: try row.number(0, as: MessageID.self), inbox: row.optionalText(1),
                home: try row.number(2, as: TicketNumber.self)
            )
        }
        let words = try reader.messageContent(content)
        for place in places {
            try connection.execute("DELETE FROM thread_keys WHERE message = $1", [place.id])
            // Which conversation it was cannot be known once the words are gone: all of the ticket are forgotten.
            try connection.execute("DELETE FROM conversations WHERE ticket = $1", [place.home])
            try forgetText(of: place.id)
            if let key = words?.externalID {
                try connection.execute(
                    "DELETE FROM intake_keys WHERE key = $1 AND message = $2",
                    [IndexKey.of(key), place.id])
            }
        }
    }

    func forgetText(of message: MessageID) throws(StoreError) {
        let text = try connection.first(
            "SELECT text FROM search_docs WHERE id = $1", [message]
        ) { row throws(StoreError) in try row.text(0) }
        guard let text else { return }
        try connection.execute(Dialect.forgetDocument, [message, text])
        try connection.execute("DELETE FROM search_docs WHERE id = $1", [message])
    }

    private func forgetDelivery(
        _ content: ContentID, of customer: CustomerID
    ) throws(StoreError) {
        guard let words = try reader.deliveryContent(content) else { return }
        try connection.execute(
            "DELETE FROM thread_keys WHERE key = $1 AND message = 0",
            [IndexKey.of(words.messageID)])
        for recipient in words.recipients {
            try connection.execute(
                """
                DELETE FROM acknowledgements WHERE address = $1 AND ticket IN (
                  SELECT t.number FROM tickets t WHERE t.customer = $2)
                """, [IndexKey.of(recipient), customer])
        }
    }
}
