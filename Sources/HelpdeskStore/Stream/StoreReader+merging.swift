public import HelpdeskCore

/// A merge or split of tickets that can be undone.
public struct TicketOperation: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable { case merge, split }

    public let position: Position
    public let kind: Kind
    /// The ticket that was merged, or split.
    public let source: TicketNumber
    public let target: TicketNumber
}

extension StoreReader {
    /// Merges are followed so many times at most.
    static let longestChain = 100

    /// Where the messages of a ticket are shown: itself, or the ticket it was merged into at last.
    public func shownTicket(_ number: TicketNumber) throws(StoreError) -> TicketNumber {
        var shown = number
        for _ in 0..<Self.longestChain {
            let next =
                try connection.first(
                    "SELECT merged_into FROM tickets WHERE number = $1", [shown]
                ) { row throws(StoreError) in row.optionalNumber(0, as: TicketNumber.self) } ?? nil
            guard let next else { return shown }
            shown = next
        }
        return shown
    }

    /// A ticket and all that were merged into it, directly or not; at most 1,000.
    public func ticketsUnder(_ number: TicketNumber) throws(StoreError) -> [TicketNumber] {
        var found = [number]
        var next = 0
        while next < found.count, found.count <= 1_000 {
            found += try connection.all(
                "SELECT number FROM tickets WHERE merged_into = $1 ORDER BY number",
                [found[next]]
            ) { row throws(StoreError) in try row.number(0, as: TicketNumber.self) }
            next += 1
        }
        return found
    }

    /// The last merge or split that a ticket took part in and nobody has undone.
    public func lastOperation(
        on ticket: TicketNumber, after position: Position = .start
    ) throws(StoreError) -> TicketOperation? {
        let source = try connection.first(
            """
            SELECT position, kind, source, target FROM ticket_operations
            WHERE source = $1 AND undone_at IS NULL AND position > $2
            ORDER BY position DESC LIMIT 1
            """, [ticket, position], Self.operation)
        let target = try connection.first(
            """
            SELECT position, kind, source, target FROM ticket_operations
            WHERE target = $1 AND undone_at IS NULL AND position > $2
            ORDER BY position DESC LIMIT 1
            """, [ticket, position], Self.operation)
        return [source, target].compactMap { $0 }.max { $0.position < $1.position }
    }

    private static func operation(
        _ row: borrowing SQLRow
    ) throws(StoreError) -> TicketOperation {
        guard let kind = TicketOperation.Kind(rawValue: try row.text(1)) else {
            throw .damaged("ticket_operations.kind")
        }
        return TicketOperation(
            position: try row.number(0), kind: kind, source: try row.number(2),
            target: try row.number(3))
    }

    /// The messages shown in a ticket from one on, with their homes, in the order they were kept.
    public func moves(
        from message: MessageID, in ticket: TicketNumber, limit: Int
    ) throws(StoreError) -> [MessageMove] {
        try connection.all(
            """
            SELECT id, home FROM messages WHERE ticket = $1 AND id >= $2 ORDER BY id LIMIT $3
            """, [ticket, message, limit]
        ) { row throws(StoreError) in
            MessageMove(message: try row.number(0), home: try row.number(1))
        }
    }

    public func home(of message: MessageID) throws(StoreError) -> TicketNumber? {
        try connection.first("SELECT home FROM messages WHERE id = $1", [message]) {
            row throws(StoreError) in try row.number(0)
        }
    }

    /// What a ticket holds now, for its lists: read after messages came or went.
    public func contents(
        of ticket: TicketRow, other: TicketNumber
    ) throws(StoreError) -> MessagesMoved {
        var moved = MessagesMoved(
            other: other, channels: [], spokenAt: ticket.ticket.openedAt, customerSpokeAt: nil,
            lastDirection: nil, reading: .read)
        try connection.rows(
            """
            SELECT direction, channel, author_kind, origin, received_at FROM messages
            WHERE ticket = $1 AND direction <> 'note' ORDER BY id
            """, [ticket.ticket.number]
        ) { row throws(StoreError) in
            if let channel = row.optionalWord(1, as: ChannelKind.self),
                !moved.channels.contains(channel)
            {
                moved.channels.append(channel)
            }
            let at = try row.instant(4)
            let isCustomers = try row.text(2) == AuthorKind.customer.rawValue
            moved.lastDirection = isCustomers ? .inbound : .outbound
            if try row.text(3) != Origin.history.rawValue {
                moved.spokenAt = max(moved.spokenAt, at)
            }
            if isCustomers { moved.customerSpokeAt = at }
            return .next
        }
        let isWaiting = moved.lastDirection == .inbound && ticket.ticket.status.isActive
        moved.reading = isWaiting ? .unread : .read
        return moved
    }

    /// What the first message that a split would move says of the new ticket; nil when no customer wrote any.
    public func firstFromCustomer(
        from message: MessageID, in ticket: TicketNumber
    ) throws(StoreError) -> (inbox: InboxID, channel: ChannelKind, customer: CustomerID)? {
        try connection.first(
            """
            SELECT inbox, channel, customer FROM messages
            WHERE ticket = $1 AND id >= $2 AND direction = 'in' AND author_kind = 'customer'
              AND inbox IS NOT NULL AND channel IS NOT NULL
            ORDER BY id LIMIT 1
            """, [ticket, message]
        ) { row throws(StoreError) in
            (try row.word(0), try row.word(1), try row.number(2))
        }
    }

    /// Whether something that the customer sees was said in a ticket before a message.
    public func hasWords(
        before message: MessageID, in ticket: TicketNumber
    ) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM messages
            WHERE ticket = $1 AND id < $2 AND direction <> 'note' LIMIT 1
            """, [ticket, message])
    }

    /// Whether something that the customer sees was said in a ticket from a message on, and by whom.
    public func words(
        from message: MessageID, in ticket: TicketNumber, direction: MessageDirection
    ) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM messages
            WHERE ticket = $1 AND id >= $2 AND direction = $3 LIMIT 1
            """, [ticket, message, direction])
    }

    public func lastCall(in ticket: TicketNumber) throws(StoreError) -> MessageID? {
        try connection.first(
            """
            SELECT id FROM messages WHERE ticket = $1 AND kind = 'call'
            ORDER BY id DESC LIMIT 1
            """, [ticket]
        ) { row throws(StoreError) in try row.number(0) }
    }

    /// One event of the stream, for those who know its position.
    public func recordedEvent(at position: Position) throws(StoreError) -> RecordedEvent? {
        try event(at: position)?.recorded()
    }
}
