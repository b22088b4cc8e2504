public import HelpdeskCore

extension StoreReader {
    /// The newest note that an agent wrote on a ticket: what the API answers with when one was just written.
    public func newestNote(
        of ticket: TicketNumber, by agent: AgentID, viewer: Viewer
    ) throws(StoreError) -> MessageRow? {
        let id = try connection.first(
            """
            SELECT id FROM messages
            WHERE ticket = $1 AND direction = 'note' AND author_id = $2
            ORDER BY id DESC LIMIT 1
            """, [ticket, agent]
        ) { row throws(StoreError) in try row.number(0, as: MessageID.self) }
        guard let id else { return nil }
        return try message(id, viewer: viewer)
    }
}
