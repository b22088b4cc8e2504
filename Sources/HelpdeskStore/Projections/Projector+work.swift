internal import HelpdeskCore

/// What agents arrange for themselves and for one another: watching, reminders, macros.
extension Projector {
    func personal(_ event: TicketEvent, _ ticket: TicketNumber) throws(StoreError) {
        switch event {
        case .watchBegun(let change):
            try connection.execute(
                "INSERT INTO watchers (ticket, agent) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [ticket, change.agent])
        case .watchEnded(let change):
            try connection.execute(
                "DELETE FROM watchers WHERE ticket = $1 AND agent = $2", [ticket, change.agent])
        case .reminderSet(let reminder):
            try connection.execute(
                """
                INSERT INTO reminders (agent, ticket, at, note, state)
                VALUES ($1, $2, $3, $4, 'waiting')
                ON CONFLICT (agent, ticket) DO UPDATE
                SET at = excluded.at, note = excluded.note, state = excluded.state
                """, [reminder.agent, ticket, reminder.at, reminder.note?.id])
        case .reminderDue(let change):
            try connection.execute(
                "UPDATE reminders SET state = 'due' WHERE agent = $1 AND ticket = $2",
                [change.agent, ticket])
        case .reminderRemoved(let change):
            try connection.execute(
                "DELETE FROM reminders WHERE agent = $1 AND ticket = $2", [change.agent, ticket])
        default: break
        }
    }

    /// Its version is the position of the event: a macro that was removed and written again is never an earlier one.
    func macroSet(_ macro: MacroSet, _ recorded: RecordedEvent) throws(StoreError) {
        try connection.execute(
            """
            INSERT INTO macros (name, content, version, updated_at, updated_by)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (name) DO UPDATE
            SET content = excluded.content, version = excluded.version,
              updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """,
            [
                macro.macro, macro.content.id, recorded.position, recorded.at, recorded.actor.id,
            ])
    }
}
