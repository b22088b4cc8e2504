public import HelpdeskCore

extension StoreReader {
    /// A ticket as threading sees it, for a message of `customer` from `identity`. One that was imported has been closed for
    /// ever: whoever answers it now opens a follow-up (invariant 12).
    /// One that was merged leads to the ticket that its messages are in now.
    public func candidate(
        _ number: TicketNumber, customer: CustomerID?, identity: IdentityID?
    ) throws(StoreError) -> ThreadingFacts.Candidate? {
        var shown = number
        for _ in 0..<Self.longestChain {
            let found = try connection.first(
                """
                SELECT t.number, t.status,
                  CASE WHEN t.origin = 'history' THEN NULL ELSE t.closed_at END,
                  t.spoken_at, t.class,
                  CASE WHEN c.root = (SELECT w.root FROM customers w WHERE w.id = $1)
                    OR EXISTS (SELECT 1 FROM participants p
                      WHERE p.ticket = t.number AND p.identity = $2) THEN 1 ELSE 0 END,
                  t.merged_into
                FROM tickets t LEFT JOIN customers c ON c.id = t.customer WHERE t.number = $3
                """, [customer?.rawValue ?? 0, identity?.rawValue ?? 0, shown]
            ) { row throws(StoreError) in
                (try Self.candidate(row), row.optionalNumber(6, as: TicketNumber.self))
            }
            guard let found else { return nil }
            guard let target = found.1 else {
                var candidate = found.0
                if shown != number { candidate.named = number }
                return candidate
            }
            shown = target
        }
        return nil
    }

    /// Tickets that hold or refer to any of these Message-IDs; the best evidence first: the latest reference, and of the
    /// tickets that know it those the writer takes part in, where it is a message of theirs. At most 20 are looked up.
    public func tickets(
        referredBy messageIDs: [String], customer: CustomerID?, identity: IdentityID?
    ) throws(StoreError) -> [ThreadingFacts.Candidate] {
        var found: [ThreadingFacts.Candidate] = []
        for messageID in messageIDs.suffix(20).reversed() {
            let holders = try holders(
                of: IndexKey.of(messageID), customer: customer, identity: identity)
            for number in holders where !found.contains(where: { $0.ticket == number }) {
                let candidate = try candidate(
                    number, customer: customer, identity: identity)
                // Two of them may have been merged into one.
                if let candidate, !found.contains(where: { $0.ticket == candidate.ticket }) {
                    found.append(candidate)
                }
            }
        }
        return found
    }

    /// The ticket of this writer in which somebody referred to a Message-ID that nobody had used yet: an answer that
    /// came before what it answers. An id that was used once waits for nothing: two mails under one id stay two (D6).
    public func ticket(
        awaiting messageID: String, customer: CustomerID?, identity: IdentityID?
    ) throws(StoreError) -> ThreadingFacts.Candidate? {
        let key = IndexKey.of(messageID)
        let first = try connection.first(
            """
            SELECT k.role FROM (
              SELECT role FROM thread_keys WHERE key = $1 ORDER BY ticket LIMIT 50) k
            ORDER BY k.role LIMIT 1
            """, [key]
        ) { row throws(StoreError) in try row.text(0) }
        guard first == "seen",
            let number = try holders(of: key, customer: customer, identity: identity).first
        else { return nil }
        return try candidate(number, customer: customer, identity: identity)
    }

    /// The tickets with this key, at most three: those the writer takes part in before others, those with a message under
    /// it before those that refer to it, the newest of those. Anybody can use a Message-ID again, but not before its
    /// first owner: so the oldest 50 are looked at.
    private func holders(
        of key: [UInt8], customer: CustomerID?, identity: IdentityID?
    ) throws(StoreError) -> [TicketNumber] {
        try connection.all(
            """
            SELECT k.ticket FROM (
              SELECT ticket, role FROM thread_keys WHERE key = $1 ORDER BY ticket LIMIT 50) k
            JOIN tickets t ON t.number = k.ticket JOIN customers o ON o.id = t.customer
            ORDER BY CASE WHEN o.root = $2 OR EXISTS (
              SELECT 1 FROM participants p WHERE p.ticket = k.ticket AND p.identity = $3)
              THEN 0 ELSE 1 END, k.role, k.ticket DESC LIMIT 3
            """, [key, try root(ofWriter: customer)?.rawValue ?? 0, identity?.rawValue ?? 0]
        ) { row throws(StoreError) in try row.number(0) }
    }

    /// The ticket of a conversation: one the writer takes part in before others, the one last spoken in of those. In a
    /// room, and where somebody uses another's visit, there are several; the 50 last spoken in are looked at.
    public func ticket(
        ofConversation conversation: String, inbox: InboxID, customer: CustomerID? = nil,
        identity: IdentityID? = nil
    ) throws(StoreError) -> TicketNumber? {
        try connection.first(
            """
            SELECT k.ticket FROM (
              SELECT ticket, message FROM conversations WHERE inbox = $1 AND key = $2
              ORDER BY message DESC LIMIT 50) k
            JOIN tickets t ON t.number = k.ticket JOIN customers o ON o.id = t.customer
            ORDER BY CASE WHEN o.root = $3 OR EXISTS (
              SELECT 1 FROM participants p WHERE p.ticket = k.ticket AND p.identity = $4)
              THEN 0 ELSE 1 END, k.message DESC LIMIT 1
            """,
            [
                inbox, IndexKey.of(conversation), try root(ofWriter: customer)?.rawValue ?? 0,
                identity?.rawValue ?? 0,
            ]
        ) { row throws(StoreError) in try row.number(0) }
    }

    /// The customer's active tickets that people of `team` may see, newest first, at most 50.
    public func activeTickets(
        of customer: CustomerID, visibleTo team: TeamID
    ) throws(StoreError) -> [ThreadingFacts.Candidate] {
        try connection.all(
            """
            SELECT number, status, closed_at, spoken_at, class, 1
            FROM tickets
            WHERE customer IN (SELECT c.id FROM customers c WHERE c.root = $1)
              AND status <> 'closed' AND (hidden = 0 OR team = $2)
            ORDER BY number DESC LIMIT 50
            """, [try root(of: customer), team]
        ) { row throws(StoreError) in try Self.candidate(row) }
    }

    private static func candidate(
        _ row: borrowing SQLRow
    ) throws(StoreError) -> ThreadingFacts.Candidate {
        let status = try row.word(1, as: TicketStatus.self)
        let isParticipant = try row.integer(5) != 0
        return ThreadingFacts.Candidate(
            ticket: try row.number(0),
            standing: status == .closed
                ? .closed(at: row.optionalInstant(2) ?? .distantPast) : .active,
            sender: isParticipant ? .participant : .stranger, lastSpoken: try row.instant(3),
            ticketClass: try row.word(4))
    }

    private func root(ofWriter customer: CustomerID?) throws(StoreError) -> CustomerID? {
        guard let customer else { return nil }
        return try root(of: customer)
    }
}
