internal import HelpdeskCore

extension Projector {
    func project(_ event: DeliveryEvent, _ recorded: RecordedEvent) throws(StoreError) {
        switch event {
        case .queued(let queued):
            try self.queued(queued, recorded)
        case .attempted(let attempted):
            try connection.execute(
                "UPDATE outbox SET state = 'sending', attempts = $1 WHERE id = $2",
                [attempted.attempt, attempted.delivery])
        case .settled(let settled):
            try connection.execute(
                """
                UPDATE outbox SET state = $1, attempts = $2, next_at = $3, code = $4,
                  detail = $5, settled_at = $6
                WHERE id = $7
                """,
                [
                    settled.state, settled.attempt, settled.next, settled.code,
                    settled.detail?.id, settled.state.isFinal ? recorded.at : nil,
                    settled.delivery,
                ])
            if settled.state == .sent { try arrived(settled.delivery, recorded) }
            if let remaining = settled.remaining {
                try connection.execute(
                    "UPDATE outbox SET content = $1 WHERE id = $2",
                    [remaining.id, settled.delivery])
            }
        case .receiptArrived(let receipt):
            let isFailed = receipt.kind == .failed
            try connection.execute(
                """
                UPDATE outbox SET state = $1, report = COALESCE($2, report),
                  detail = COALESCE($3, detail), code = COALESCE($4, code)
                WHERE id = $5
                """,
                [
                    isFailed ? DeliveryState.failed : .delivered,
                    receipt.kind == .read ? "read" : nil, receipt.detail?.id,
                    isFailed ? "failed" : nil, receipt.delivery,
                ])
            if receipt.kind == .read { try read(receipt.delivery) }
        case .acknowledgementSkipped:
            break
        case .reported(let reported):
            try self.reported(reported, at: recorded.at)
            if reported.verdict == .read { try read(reported.delivery) }
        case .readingAwaited(let awaited):
            try connection.execute(
                "UPDATE outbox SET unread_until = $1 WHERE id = $2",
                [awaited.until, awaited.delivery])
        case .readingEnded(let ended):
            try connection.execute(
                "UPDATE outbox SET unread_until = NULL WHERE id = $1", [ended.delivery])
        }
    }

    /// A reply that the peer took is an answer to reports.
    private func arrived(
        _ delivery: DeliveryID, _ recorded: RecordedEvent
    ) throws(StoreError) {
        guard let ticket = recorded.ticket else { return }
        let author = try connection.first(
            """
            SELECT m.author_id FROM outbox o LEFT JOIN messages m ON m.id = o.message
            WHERE o.id = $1 AND o.purpose = 'reply'
            """, [delivery]
        ) { row throws(StoreError) in row.optionalWord(0, as: AgentID.self) }
        guard let author else { return }
        try replied(ticket, by: author, at: recorded.at)
    }

    /// Who read one answer has read those before it.
    private func read(_ delivery: DeliveryID) throws(StoreError) {
        try connection.execute(
            """
            UPDATE outbox SET unread_until = NULL
            WHERE id <= $1 AND unread_until IS NOT NULL
              AND ticket = (SELECT o.ticket FROM outbox o WHERE o.id = $1)
            """, [delivery])
    }

    /// What still waits for others of its recipients goes on; the report is shown with it.
    private func reported(
        _ reported: DeliveryReported, at: Instant
    ) throws(StoreError) {
        try connection.execute(
            """
            UPDATE outbox SET report = $1, detail = COALESCE($2, detail) WHERE id = $3
            """, [reported.verdict.rawValue, reported.detail?.id, reported.delivery])
        let settled: DeliveryState
        switch reported.verdict {
        case .bouncedForEver, .bouncedForNow: settled = .failed
        case .delivered: settled = .delivered
        case .delayed, .read, .complained: return
        }
        let isFailed = settled == .failed
        try connection.execute(
            """
            UPDATE outbox SET state = $1, code = $2, settled_at = $3
            WHERE id = $4 AND (state = 'sent' OR ($5 = 1 AND state IN ('delivered', 'failed')))
            """,
            [settled, reported.code, at, reported.delivery, isFailed ? 1 : 0])
    }

    private func queued(
        _ queued: DeliveryQueued, _ recorded: RecordedEvent
    ) throws(StoreError) {
        try connection.execute(
            """
            INSERT INTO outbox (
              id, ticket, customer, message, invitation, purpose, inbox, state, attempts,
              next_at, created_at, content)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', 0, $8, $9, $10)
            """,
            [
                queued.delivery, recorded.ticket, recorded.customer, queued.message,
                queued.invitation, queued.purpose, queued.inbox, queued.due, recorded.at,
                queued.content.id,
            ])
        if let agent = queued.agent, let ticket = recorded.ticket {
            try connection.execute(
                "INSERT INTO notices (delivery, agent, ticket, at) VALUES ($1, $2, $3, $4)",
                [queued.delivery, agent, ticket, recorded.at])
        }
        guard let content = try reader.deliveryContent(queued.content.id) else { return }
        if queued.purpose == .acknowledgement, let ticket = recorded.ticket {
            for recipient in content.recipients {
                try connection.execute(
                    """
                    INSERT INTO acknowledgements (address, at, ticket) VALUES ($1, $2, $3)
                    ON CONFLICT DO NOTHING
                    """,
                    [IndexKey.of(recipient), recorded.at, ticket])
            }
        }
        if queued.message == nil, queued.agent == nil, let ticket = recorded.ticket {
            // Answers to acknowledgements and surveys find their ticket by our Message-ID too.
            try threadKey(content.messageID, ticket, MessageID(rawValue: 0))
        }
    }
}
