internal import HelpdeskCore

/// Customers that are one person: links between them, and the signs by which they are found.
extension Projector {
    /// Only a root is merged, so that everybody under it gets the new root at once.
    func merge(_ merged: CustomerMerged, _ recorded: RecordedEvent) throws(StoreError) {
        let root = try reader.root(of: merged.into)
        try connection.execute(
            "UPDATE customers SET root = $1 WHERE root = $2", [root, merged.customer])
        try connection.execute(
            """
            UPDATE customers SET parent = $1, merged_at = $2, merged_by = $3, merge_evidence = $4
            WHERE id = $5
            """,
            [
                merged.into, recorded.at, recorded.actor.id ?? recorded.actor.kind,
                merged.evidence?.rawValue, merged.customer,
            ])
    }

    func unmerge(_ unmerged: CustomerUnmerged) throws(StoreError) {
        try connection.execute(
            """
            UPDATE customers SET parent = NULL, merged_at = NULL, merged_by = NULL,
              merge_evidence = NULL
            WHERE id = $1
            """, [unmerged.customer])
        for member in try reader.customersUnder(unmerged.customer) {
            try connection.execute(
                "UPDATE customers SET root = $1 WHERE id = $2", [unmerged.customer, member])
        }
    }

    func updateKeys(_ updated: CustomerUpdated) throws(StoreError) {
        if let segments = updated.segments {
            try connection.execute(
                "UPDATE customers SET segments = $1 WHERE id = $2",
                [segments.joined(separator: "\n"), updated.customer])
        }
        if let blocking = updated.blocking {
            try connection.execute(
                "UPDATE customers SET blocked = $1 WHERE id = $2",
                [blocking == .blocked ? 1 : 0, updated.customer])
        }
        if let external = updated.externalID {
            let key = try reader.content(external.id).flatMap { text in
                text.isEmpty ? nil : IndexKey.of(text)
            }
            try connection.execute(
                "UPDATE customers SET external_id = $1, external_key = $2 WHERE id = $3",
                [key == nil ? nil : external.id, key, updated.customer])
        }
    }

    /// Under which names and domains the customer is known now.
    func sign(_ customer: CustomerID) throws(StoreError) {
        try connection.execute("DELETE FROM name_signs WHERE customer = $1", [customer])
        for sign in try reader.nameSigns(of: customer) {
            try connection.execute(
                "INSERT INTO name_signs (sign, customer) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [IndexKey.of(sign), customer])
        }
    }

    /// Whose a message is: the writer's own where they and the ticket's customer are one person, so that it stays on the
    /// right side when they are told apart again; else the ticket's.
    func customer(
        of message: MessageReceived, in ticket: Ticket
    ) throws(StoreError) -> CustomerID {
        guard let identity = message.identity,
            let writer = try reader.customer(ofIdentity: identity), writer != ticket.customer,
            try reader.root(of: writer) == reader.root(of: ticket.customer)
        else { return ticket.customer }
        return writer
    }

    /// An answer goes with what it answers.
    func customer(
        answeredBy message: MessageWritten, in ticket: Ticket
    ) throws(StoreError) -> CustomerID {
        guard let answers = message.answers,
            let asked = try reader.customer(ofMessage: answers), asked != ticket.customer,
            try reader.root(of: asked) == reader.root(of: ticket.customer)
        else { return ticket.customer }
        return asked
    }
}
