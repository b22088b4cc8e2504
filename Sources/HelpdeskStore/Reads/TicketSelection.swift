internal import HelpdeskCore

/// How a list of tickets is read without a query builder: a few fixed statements, each driven by one index that yields
/// its tickets newest first, run once for each status (and class) asked for; the results are merged by number. What
/// the index does not decide is tested row by row.
struct TicketSelection {
    let filter: TicketFilter
    let viewer: Viewer
    /// With whom the filter's customer is one person; themselves among them.
    var members: [CustomerID] = []

    /// Parameters: `$1` what drives it, `$2` class, `$3` status, `$4` below which number, `$5` to `$10` the filter, `$11`
    /// viewer, `$12` limit.
    private static let rest = """
        AND ($5 = '' OR t.team = $5)
          AND ($6 = '' OR t.assignee = $6)
          AND ($7 = 0 OR t.assignee IS NULL)
          AND ($8 = '' OR t.inbox = $8)
          AND ($9 = '' OR EXISTS
            (SELECT 1 FROM ticket_tags g WHERE g.ticket = t.number AND g.tag = $9))
          AND ($10 = '' OR ($10 = 'unread' AND t.unread = 1)
            OR ($10 = 'callback' AND t.callback = 'due')
            OR ($10 = 'snoozed' AND t.snoozed_until IS NOT NULL)
            OR ($10 = 'queued' AND t.queued = 1)
            OR ($10 = 'wrap_up' AND t.waits_until IS NOT NULL AND t.queued = 0))
          AND (t.hidden = 0 OR $11 = '' OR EXISTS
            (SELECT 1 FROM agent_teams a WHERE a.agent = $11 AND a.team = t.team))
        """

    private static let byClass = """
        SELECT t.number FROM tickets t
        WHERE $1 = '' AND t.class = $2 AND t.status = $3 AND t.number < $4
          \(rest)
        ORDER BY t.number DESC LIMIT $12
        """

    private static let byTeam = """
        SELECT t.number FROM tickets t
        WHERE t.team = $1 AND t.class = $2 AND t.status = $3 AND t.number < $4
          \(rest)
        ORDER BY t.number DESC LIMIT $12
        """

    private static let byAssignee = """
        SELECT t.number FROM tickets t
        WHERE t.assignee = $1 AND t.class = $2 AND t.status = $3 AND t.number < $4
          \(rest)
        ORDER BY t.number DESC LIMIT $12
        """

    private static let byCustomer = """
        SELECT t.number FROM tickets t
        WHERE t.customer = $1 AND ($2 = '' OR t.class = $2) AND ($3 = '' OR t.status = $3)
          AND t.number < $4
          \(rest)
        ORDER BY t.number DESC LIMIT $12
        """

    private static let byInbox = """
        SELECT t.number FROM tickets t
        WHERE t.inbox = $1 AND ($2 = '' OR t.class = $2) AND ($3 = '' OR t.status = $3)
          AND t.number < $4
          \(rest)
        ORDER BY t.number DESC LIMIT $12
        """

    private static let byTag = """
        SELECT w.ticket FROM ticket_tags w JOIN tickets t ON t.number = w.ticket
        WHERE w.tag = $1 AND ($2 = '' OR t.class = $2) AND ($3 = '' OR t.status = $3)
          AND w.ticket < $4
          \(rest)
        ORDER BY w.ticket DESC LIMIT $12
        """

    /// The narrowest index there is for the filter, and whether its statement wants exact classes and statuses.
    private var drive: (sql: String, keys: [any SQLBindable], wants: Wants) {
        if filter.customer != nil { return (Self.byCustomer, members, .some) }
        if let tag = filter.tag { return (Self.byTag, [tag], .some) }
        if case .agent(let agent) = filter.holder { return (Self.byAssignee, [agent], .exact) }
        if let team = filter.team { return (Self.byTeam, [team], .exact) }
        if let inbox = filter.inbox, filter.statuses.contains(.closed) {
            // Active tickets are few: for them, the statuses drive.
            return (Self.byInbox, [inbox], .some)
        }
        return (Self.byClass, [""], .exact)
    }

    private enum Wants { case exact, some }

    private func classes(_ wants: Wants) -> [String] {
        if let ticketClass = filter.ticketClass { return [ticketClass.rawValue] }
        return wants == .exact ? TicketClass.allCases.map(\.rawValue) : [""]
    }

    private func statuses(_ wants: Wants) -> [String] {
        if wants == .some && filter.statuses.count == TicketStatus.allCases.count { return [""] }
        return TicketStatus.allCases.filter(filter.statuses.contains).map(\.rawValue)
    }

    /// At most `limit` numbers below `cursor`, newest first.
    func numbers(
        below cursor: TicketNumber, limit: Int, _ connection: any SQLConnection
    ) throws(StoreError) -> [TicketNumber] {
        var numbers: [TicketNumber] = []
        let drive = drive
        for key in drive.keys {
            for ticketClass in classes(drive.wants) {
                for status in statuses(drive.wants) {
                    let parameters: [any SQLBindable] =
                        [key, ticketClass, status, cursor] + narrowing + [viewer, limit]
                    numbers += try connection.all(drive.sql, parameters) {
                        row throws(StoreError) in try row.number(0)
                    }
                }
            }
        }
        return Array(numbers.sorted(by: >).prefix(limit))
    }

    private var narrowing: [any SQLBindable] {
        var agent = ""
        if case .agent(let login) = filter.holder { agent = login.rawValue }
        return [
            filter.team?.rawValue ?? "", agent, filter.holder == .nobody ? 1 : 0,
            filter.inbox?.rawValue ?? "", filter.tag ?? "", filter.trait?.rawValue ?? "",
        ]
    }
}
