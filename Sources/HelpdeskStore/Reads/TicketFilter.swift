public import HelpdeskCore

/// Which tickets a list shows. What is nil does not narrow.
public struct TicketFilter: Hashable, Sendable {
    public enum Holder: Hashable, Sendable {
        case nobody
        case agent(AgentID)
    }

    /// A property that no other member of the filter can ask for.
    public enum Trait: String, Hashable, Sendable, CaseIterable {
        /// The customer's last message was not answered.
        case unread
        /// A call has to be returned.
        case callback
        case snoozed
        /// In a team's queue: the router found nobody yet.
        case queued
        /// Of a call that was answered: its summary is not written yet.
        case wrapUp = "wrap_up"
    }

    public static let active: Set<TicketStatus> = [.new, .open, .pending]

    public var statuses: Set<TicketStatus>
    public var holder: Holder?
    public var team: TeamID?
    public var tag: String?
    public var inbox: InboxID?
    public var customer: CustomerID?
    /// The API's lists mean `regular` unless told otherwise; nil here is any.
    public var ticketClass: TicketClass?
    public var trait: Trait?
    /// Words that a message of the ticket holds.
    public var query: SearchTerms?

    public init(
        statuses: Set<TicketStatus> = TicketFilter.active, holder: Holder? = nil,
        team: TeamID? = nil, tag: String? = nil, inbox: InboxID? = nil,
        customer: CustomerID? = nil, ticketClass: TicketClass? = nil, trait: Trait? = nil,
        query: SearchTerms? = nil
    ) {
        self.statuses = statuses
        self.holder = holder
        self.team = team
        self.tag = tag
        self.inbox = inbox
        self.customer = customer
        self.ticketClass = ticketClass
        self.trait = trait
        self.query = query
    }

    /// Whether a ticket found by its words is in the list.
    /// - Parameter members: with whom the filter's customer is one person.
    func accepts(_ row: TicketRow, _ members: [CustomerID] = []) -> Bool {
        let ticket = row.ticket
        return statuses.contains(ticket.status)
            && (team == nil || team == ticket.team)
            && (tag == nil || ticket.tags.contains { $0 == tag })
            && (inbox == nil || inbox == ticket.inbox)
            && (customer == nil || customer == ticket.customer || members.contains(ticket.customer))
            && (ticketClass == nil || ticketClass == ticket.ticketClass)
            && acceptsHolder(ticket.assignee) && acceptsTrait(row)
    }

    private func acceptsHolder(_ assignee: AgentID?) -> Bool {
        switch holder {
        case nil: true
        case .nobody: assignee == nil
        case .agent(let agent): assignee == agent
        }
    }

    private func acceptsTrait(_ row: TicketRow) -> Bool {
        switch trait {
        case nil: return true
        case .unread: return row.isUnread
        case .callback:
            if case .due = row.ticket.callback { return true }
            return false
        case .snoozed: return row.ticket.snoozedUntil != nil
        case .queued: return row.isQueued
        case .wrapUp: return row.isInWrapUp
        }
    }
}
