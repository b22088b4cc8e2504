internal import HelpdeskCore

extension Projector {
    func noticed(_ noticed: AgentNoticed, _ recorded: RecordedEvent) throws(StoreError) {
        let went: NoticeCircumstances.Earlier.Went =
            if noticed.ways.contains(where: { $0 != .screen }) {
                .out
            } else {
                noticed.held.isEmpty ? .onlyToScreen : .held
            }
        try keep(
            recorded, to: noticed.agent, kind: noticed.kind.rawValue, went: went,
            until: noticed.until)
    }

    /// What waited until then waits no more.
    func digested(_ digested: NoticesDigested, _ recorded: RecordedEvent) throws(StoreError) {
        try connection.execute(
            """
            UPDATE agent_notices SET held_until = NULL
            WHERE agent = $1 AND held_until IS NOT NULL
            """, [digested.agent])
        try keep(
            recorded, to: digested.agent, kind: NoticeEntry.digest, went: .out, until: nil)
    }

    private func keep(
        _ recorded: RecordedEvent, to agent: AgentID, kind: String,
        went: NoticeCircumstances.Earlier.Went, until: Instant?
    ) throws(StoreError) {
        try connection.execute(
            """
            INSERT INTO agent_notices (position, agent, ticket, kind, at, went, held_until)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                recorded.position, agent, recorded.ticket, kind, recorded.at,
                NoticeEntry.word(went), until,
            ])
    }
}
