public import HelpdeskCore

extension StoreTransaction {
    /// An endpoint that is new begins behind `position`.
    public func beginForwarding(to endpoint: String, at position: Position) throws(StoreError) {
        try execute(
            """
            INSERT INTO forwarding_cursors (endpoint, position, state) VALUES ($1, $2, 'active')
            ON CONFLICT DO NOTHING
            """, [endpoint, position])
    }

    public func moveForwarding(
        of endpoint: String, to position: Position
    ) throws(StoreError) {
        try execute(
            "UPDATE forwarding_cursors SET position = $1 WHERE endpoint = $2",
            [position, endpoint])
    }

    public func stopForwarding(to endpoint: String, detail: String) throws(StoreError) {
        try execute(
            """
            UPDATE forwarding_cursors SET state = 'stopped', detail = $1
            WHERE endpoint = $2 AND state = 'active'
            """, [detail, endpoint])
    }

    public func resumeForwarding(to endpoint: String) throws(StoreError) {
        try execute(
            "UPDATE forwarding_cursors SET state = 'active', detail = NULL WHERE endpoint = $1",
            [endpoint])
    }

    /// Goes on behind `position`, whatever was carried before: what waits or was given up after it is carried anew with
    /// the rest.
    public func replayForwarding(
        of endpoint: String, after position: Position
    ) throws(StoreError) {
        try execute(
            "DELETE FROM forwarding_letters WHERE endpoint = $1 AND position > $2",
            [endpoint, position])
        try moveForwarding(of: endpoint, to: position)
    }

    public func keep(_ letters: [NewLetter], for endpoint: String) throws(StoreError) {
        for letter in letters {
            try execute(
                """
                INSERT INTO forwarding_letters
                  (endpoint, position, lane, state, attempts, since, due, detail)
                VALUES ($1, $2, $3, 'waiting', $4, $5, $6, $7) ON CONFLICT DO NOTHING
                """,
                [
                    endpoint, letter.position, letter.lane, letter.attempts, now, letter.due,
                    letter.detail,
                ])
        }
        // What a lane waited for may have been taken meanwhile.
        for lane in Set(letters.map(\.lane)).sorted() { try advance(lane, to: endpoint) }
    }

    /// It was taken: the next of its lane is due.
    public func finishLetter(
        _ position: Position, lane: String, to endpoint: String
    ) throws(StoreError) {
        try execute(
            "DELETE FROM forwarding_letters WHERE endpoint = $1 AND position = $2",
            [endpoint, position])
        try advance(lane, to: endpoint)
    }

    /// It is given up, and kept for a person: the next of its lane is due.
    public func buryLetter(
        _ position: Position, lane: String, to endpoint: String, attempts: Int, detail: String
    ) throws(StoreError) {
        try execute(
            """
            UPDATE forwarding_letters
            SET state = 'dead', attempts = $1, due = NULL, detail = $2
            WHERE endpoint = $3 AND position = $4
            """, [attempts, detail, endpoint, position])
        try advance(lane, to: endpoint)
    }

    public func postponeLetter(
        _ position: Position, to endpoint: String, attempts: Int, due: Instant, detail: String
    ) throws(StoreError) {
        try execute(
            """
            UPDATE forwarding_letters SET attempts = $1, due = $2, detail = $3
            WHERE endpoint = $4 AND position = $5 AND state = 'waiting'
            """, [attempts, due, detail, endpoint, position])
    }

    /// The endpoint is back: what waits for a later moment is tried now.
    public func hastenLetters(to endpoint: String, at now: Instant) throws(StoreError) {
        try execute(
            """
            UPDATE forwarding_letters SET due = $1
            WHERE endpoint = $2 AND state = 'waiting' AND due IS NOT NULL AND due > $3
            """, [now, endpoint, now])
    }

    /// What was given up is tried again, for three more days: one event, or all of them.
    public func reviveLetters(
        of endpoint: String, _ position: Position?
    ) throws(StoreError) {
        try execute(
            """
            UPDATE forwarding_letters SET state = 'waiting', attempts = 0, since = $1, due = $2
            WHERE endpoint = $3 AND state = 'dead' AND (position = $4 OR $5 = 0)
            """,
            [now, now, endpoint, position ?? Position(rawValue: 0), position == nil ? 0 : 1])
    }

    /// Given up a long time ago, and nobody asked.
    public func forgetDeadLetters(before: Instant) throws(StoreError) {
        try execute(
            "DELETE FROM forwarding_letters WHERE state = 'dead' AND since < $1", [before])
    }

    /// The first that waits in a lane is due now, unless it has a time of its own.
    private func advance(_ lane: String, to endpoint: String) throws(StoreError) {
        try execute(
            """
            UPDATE forwarding_letters SET due = $1
            WHERE endpoint = $2 AND due IS NULL AND position = (
              SELECT MIN(position) FROM forwarding_letters
              WHERE endpoint = $3 AND lane = $4 AND state = 'waiting')
            """, [now, endpoint, endpoint, lane])
    }
}
