internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskStore

/// The selection of `GET /tickets` and of saved views.
enum TicketQuery {
    /// - Parameter viewer: whom `me` means.
    static func filter(
        _ query: RequestQuery, for agent: AgentID, views: [SavedView]
    ) throws(DeskProblem) -> TicketFilter {
        var filter = TicketFilter(ticketClass: .regular)
        if let name = query["view"] {
            guard let view = view(name, among: views) else {
                throw .malformed("query view", "there is no view \(name); see /views")
            }
            filter = try apply(RequestQuery(view.query), to: filter, agent)
        }
        return try apply(query, to: filter, agent)
    }

    /// A team's view is there for whoever may see its tickets, whether or not it is in their list.
    private static func view(_ name: String, among views: [SavedView]) -> SavedView? {
        if name.hasPrefix(SavedView.teamPrefix), name != SavedView.teamPrefix {
            let team = String(name.dropFirst(SavedView.teamPrefix.count))
            return SavedView(team: TeamID(rawValue: team))
        }
        return views.first { $0.name == name }
    }

    private static func apply(
        _ query: RequestQuery, to filter: TicketFilter, _ agent: AgentID
    ) throws(DeskProblem) -> TicketFilter {
        var filter = filter
        let words = query.list("status")
        if !words.isEmpty { filter.statuses = try statuses(words) }
        if let word = query["class"] { filter.ticketClass = try ticketClass(word) }
        if let holder = query["assignee"] {
            switch holder {
            case "me": filter.holder = .agent(agent)
            case "none": filter.holder = .nobody
            default: filter.holder = .agent(AgentID(rawValue: holder))
            }
        }
        if let team = query["team"] { filter.team = TeamID(rawValue: team) }
        if let tag = query["tag"] { filter.tag = tag }
        if let inbox = query["inbox"] { filter.inbox = InboxID(rawValue: inbox) }
        if let customer = try query.number("customer") {
            filter.customer = CustomerID(rawValue: customer)
        }
        if let trait = query["is"] {
            guard let known = TicketFilter.Trait(rawValue: trait) else {
                throw .malformed(
                    "query is",
                    "unread, callback, snoozed, queued or wrap_up was expected, got \(trait)")
            }
            filter.trait = known
        }
        if let text = query["q"] { filter.query = SearchTerms(text) }
        return filter
    }

    private static func statuses(_ words: [String]) throws(DeskProblem) -> Set<TicketStatus> {
        var statuses: Set<TicketStatus> = []
        for word in words {
            switch word {
            case "all": statuses.formUnion(TicketStatus.allCases)
            case "active": statuses.formUnion(TicketFilter.active)
            default:
                guard let status = TicketStatus(word: word) else {
                    throw .malformed(
                        "query status",
                        "new, open, pending, closed, active or all was expected, got \(word)")
                }
                statuses.insert(status)
            }
        }
        return statuses
    }

    /// Nil: any.
    private static func ticketClass(_ word: String) throws(DeskProblem) -> TicketClass? {
        if word == "all" { return nil }
        guard let known = TicketClass(rawValue: word) else {
            throw .malformed("query class", "regular, spam, bulk or all was expected, got \(word)")
        }
        return known
    }
}
