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
            if let remaining = settled.remaining {
                try connection.execute(
                    "UPDATE outbox SET content = $1 WHERE id = $2",
                    [remaining.id, settled.delivery])
            }
        case .receiptArrived(let receipt):
            guard receipt.kind != .read else { return }
            try connection.execute(
                "UPDATE outbox SET state = $1 WHERE id = $2",
                [receipt.kind.rawValue, receipt.delivery])
        case .acknowledgementSkipped:
            break
        }
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
        if queued.message == nil, let ticket = recorded.ticket {
            // Answers to acknowledgements and surveys find their ticket by our Message-ID too.
            try threadKey(content.messageID, ticket, MessageID(rawValue: 0))
        }
    }
}
