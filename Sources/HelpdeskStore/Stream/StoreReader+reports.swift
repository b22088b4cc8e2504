public import HelpdeskCore

/// A delivery as a report on it sees it.
public struct ReportableDelivery: Hashable, Sendable {
    public let id: DeliveryID
    public let purpose: DeliveryPurpose
    public let ticket: TicketNumber?
    public let customer: CustomerID?
    public let message: MessageID?
    /// Of a notification.
    public let agent: AgentID?
    public let state: DeliveryState
    /// The last thing that was reported of it.
    public let report: String?
    /// Nil once erased: then nothing can be proved of it.
    public let content: DeliveryContent?
}

extension StoreReader {
    public func reportable(_ id: DeliveryID) throws(StoreError) -> ReportableDelivery? {
        try connection.first(
            """
            SELECT o.id, o.purpose, o.ticket, o.customer, o.message, n.agent, o.state, c.body,
              o.report
            FROM outbox o LEFT JOIN notices n ON n.delivery = o.id
            LEFT JOIN contents c ON c.id = o.content
            WHERE o.id = $1
            """, [id]
        ) { row throws(StoreError) in
            var content: DeliveryContent?
            if let body = row.optionalText(7) {
                content = try ContentSeal.decode(DeliveryContent.self, from: body)
            }
            return ReportableDelivery(
                id: try row.number(0), purpose: try row.word(1), ticket: row.optionalNumber(2),
                customer: row.optionalNumber(3), message: row.optionalNumber(4),
                agent: row.optionalWord(5), state: try row.word(6), report: row.optionalText(8),
                content: content)
        }
    }

    /// Automatic mails of one ticket to one address since a moment, counted up to `limit`.
    public func automaticMails(
        of ticket: TicketNumber, to address: String, since: Instant, limit: Int
    ) throws(StoreError) -> Int {
        let count = try connection.first(
            """
            SELECT COUNT(*) FROM (
              SELECT 1 FROM outbox o JOIN delivery_recipients r ON r.delivery = o.id
              WHERE o.ticket = $1 AND r.address = $2 AND o.created_at >= $3
                AND o.purpose <> 'reply' LIMIT $4) recent
            """, [ticket, address, since, limit]
        ) { row throws(StoreError) in try row.integer(0) }
        return Int(clamping: count ?? 0)
    }
}
