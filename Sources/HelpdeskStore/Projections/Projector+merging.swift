internal import HelpdeskCore

/// Merged and split tickets. Each message has a home, the ticket it belongs to, and is shown in the ticket that its home
/// was merged into. A merge moves what is shown and no home; a split gives messages a new home.
extension Projector {
    func merged(
        _ merged: TicketMerged, _ source: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) {
        try connection.execute(
            """
            UPDATE search_docs SET ticket = $1 WHERE id IN (
              SELECT m.id FROM messages m WHERE m.ticket = $2)
            """, [merged.into, source])
        try connection.execute(
            """
            UPDATE outbox SET ticket = $1 WHERE message IN (
              SELECT m.id FROM messages m WHERE m.ticket = $2)
            """, [merged.into, source])
        try connection.execute(
            "UPDATE messages SET ticket = $1 WHERE ticket = $2", [merged.into, source])
        try link(source, merged.into, .mergedInto)
        try link(merged.into, source, .merged)
        try operation(.merge, from: source, to: merged.into, recorded)
    }

    func mergeUndone(
        _ undone: TicketMergeUndone, _ source: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let shown = try reader.shownTicket(undone.from)
        for home in try reader.ticketsUnder(source) {
            let messages = try connection.all(
                "SELECT id FROM messages WHERE ticket = $1 AND home = $2", [shown, home]
            ) { row throws(StoreError) in try row.number(0, as: MessageID.self) }
            for message in messages { try show(message, in: source) }
        }
        try unlink(source, undone.from, .mergedInto)
        try unlink(undone.from, source, .merged)
        try finish(.merge, from: source, to: undone.from, recorded)
    }

    func split(
        _ split: TicketSplit, _ source: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) {
        for move in split.moves {
            try settle(move.message, at: split.into)
            try show(move.message, in: split.into)
            try moveConversation(of: move.message, from: move.home, to: split.into)
        }
        try link(source, split.into, .split)
        try link(split.into, source, .splitFrom)
        try operation(.split, from: source, to: split.into, recorded)
    }

    func splitUndone(
        _ undone: TicketSplitUndone, _ target: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) {
        for move in undone.moves {
            try settle(move.message, at: move.home)
            try show(move.message, in: try reader.shownTicket(move.home))
            try moveConversation(of: move.message, from: target, to: move.home)
        }
        try unlink(undone.into, target, .split)
        try unlink(target, undone.into, .splitFrom)
        try finish(.split, from: undone.into, to: target, recorded)
    }

    /// Where a received message belongs: the ticket it was sent to, though that may be merged into this one.
    func home(of message: MessageReceived, in ticket: Ticket) -> TicketNumber {
        guard message.threading.joins, let sentTo = message.threading.sentTo else {
            return ticket.number
        }
        return sentTo
    }

    private func settle(_ message: MessageID, at home: TicketNumber) throws(StoreError) {
        try connection.execute(
            "UPDATE messages SET home = $1 WHERE id = $2", [home, message])
        try connection.execute(
            "UPDATE thread_keys SET ticket = $1 WHERE message = $2", [home, message])
    }

    private func show(_ message: MessageID, in ticket: TicketNumber) throws(StoreError) {
        try connection.execute(
            "UPDATE messages SET ticket = $1 WHERE id = $2", [ticket, message])
        try connection.execute(
            "UPDATE search_docs SET ticket = $1 WHERE id = $2", [ticket, message])
        try connection.execute(
            "UPDATE outbox SET ticket = $1 WHERE message = $2", [ticket, message])
    }

    /// What is said next in the message's conversation belongs where it is now; in the ticket it left, the conversation was
    /// last heard of before.
    private func moveConversation(
        of message: MessageID, from: TicketNumber, to: TicketNumber
    ) throws(StoreError) {
        let place = try connection.first(
            "SELECT content, inbox FROM messages WHERE id = $1 AND inbox IS NOT NULL", [message]
        ) { row throws(StoreError) in
            (
                content: try row.number(0, as: ContentID.self),
                inbox: try row.word(1, as: InboxID.self)
            )
        }
        guard let place,
            let conversation = try words(of: place.content)?.conversation
        else { return }
        let key = IndexKey.of(conversation)
        try connection.execute(
            """
            UPDATE conversations SET message = $1 - 1
            WHERE inbox = $2 AND key = $3 AND ticket = $4 AND message >= $1
            """, [message, place.inbox, key, from])
        try connection.execute(
            """
            INSERT INTO conversations (inbox, key, ticket, message) VALUES ($1, $2, $3, $4)
            ON CONFLICT (inbox, key, ticket) DO UPDATE SET
              message = CASE WHEN conversations.message > excluded.message
                THEN conversations.message ELSE excluded.message END
            """, [place.inbox, key, to, message])
    }
}

/// What `undo` looks for, and the links that both tickets show.
extension Projector {
    private func operation(
        _ kind: TicketOperation.Kind, from source: TicketNumber, to target: TicketNumber,
        _ recorded: RecordedEvent
    ) throws(StoreError) {
        try connection.execute(
            """
            INSERT INTO ticket_operations (position, kind, source, target)
            VALUES ($1, $2, $3, $4)
            """, [recorded.position, kind.rawValue, source, target])
    }

    private func finish(
        _ kind: TicketOperation.Kind, from source: TicketNumber, to target: TicketNumber,
        _ recorded: RecordedEvent
    ) throws(StoreError) {
        try connection.execute(
            """
            UPDATE ticket_operations SET undone_at = $1
            WHERE kind = $2 AND source = $3 AND target = $4 AND undone_at IS NULL
            """, [recorded.at, kind.rawValue, source, target])
    }

    private func link(
        _ ticket: TicketNumber, _ other: TicketNumber, _ relation: TicketLinked.Relation
    ) throws(StoreError) {
        try connection.execute(
            """
            INSERT INTO ticket_links (ticket, other, relation, message)
            VALUES ($1, $2, $3, NULL) ON CONFLICT DO NOTHING
            """, [ticket, other, relation.rawValue])
    }

    private func unlink(
        _ ticket: TicketNumber, _ other: TicketNumber, _ relation: TicketLinked.Relation
    ) throws(StoreError) {
        try connection.execute(
            "DELETE FROM ticket_links WHERE ticket = $1 AND other = $2 AND relation = $3",
            [ticket, other, relation.rawValue])
    }
}
