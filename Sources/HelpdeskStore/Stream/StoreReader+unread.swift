public import HelpdeskCore

/// A chat answer that nobody read yet, and until when that is waited for.
public struct UnreadAnswer: Hashable, Sendable {
    public let answer: UnreadAnswers.Answer
    public let until: Instant
}

extension StoreReader {
    /// Of one ticket, oldest first, at most 50.
    public func unreadAnswers(of ticket: TicketNumber) throws(StoreError) -> [UnreadAnswer] {
        try connection.all(
            """
            SELECT id, message, settled_at, unread_until FROM outbox
            WHERE ticket = $1 AND unread_until IS NOT NULL AND message IS NOT NULL
            ORDER BY id LIMIT 50
            """, [ticket]
        ) { row throws(StoreError) in
            let until = try row.instant(3)
            return UnreadAnswer(
                answer: UnreadAnswers.Answer(
                    delivery: try row.number(0), message: try row.number(1),
                    sentAt: row.optionalInstant(2) ?? until),
                until: until)
        }
    }

    /// Tickets with a chat answer that was not read in time, each once.
    public func ticketsUnread(
        at now: Instant, limit: Int
    ) throws(StoreError) -> [TicketNumber] {
        let due = try connection.all(
            """
            SELECT ticket FROM outbox WHERE unread_until <= $1 AND ticket IS NOT NULL
            ORDER BY unread_until LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in try row.number(0, as: TicketNumber.self) }
        return Set(due).sorted()
    }
}
