internal import HelpdeskCore
internal import HelpdeskStore

/// What the stream tells of past tickets, folded event by event for a dry run. Holds ids and numbers only; at most `mostTickets`.
struct RoutingPast {
    static let mostTickets = 20_000

    struct PastTicket {
        var number: TicketNumber
        var opened: TicketOpened
        var at: Instant
        var isCallBack = false
        var deadline: Instant?
        var first: (agent: AgentID, at: Instant)?
        /// Since when it is in somebody's hands.
        var heldSince: Instant?
        var inHand = TimeSpan.zero
        /// Who had served the customer, as the first decision says.
        var lastServed: RoutingRequest.LastServed?
        var scoredLow: Set<AgentID> = []
        var isDecided = false
        var isOut = false
        /// Nobody has put it out of their hands yet.
        var isStillHeld = false
    }

    private(set) var tickets: [PastTicket] = []
    private(set) var presences: [PastPresence] = []
    /// There were more than `mostTickets`: those are the oldest ones.
    private(set) var isCut = false
    private var places: [TicketNumber: Int] = [:]
    private let stickiness: TimeSpan

    /// - Parameter stickiness: under which the past was decided.
    init(stickiness: TimeSpan) { self.stickiness = stickiness }

    mutating func take(_ recorded: RecordedEvent) {
        if case .desk(.presenceChanged(let change)) = recorded.event {
            presences.append(
                PastPresence(agent: change.agent, presence: change.presence, at: recorded.at))
        }
        guard let number = recorded.ticket else { return }
        if case .ticket(.opened(let opened)) = recorded.event {
            return open(number, opened, at: recorded.at)
        }
        guard let place = places[number] else { return }
        switch recorded.event {
        case .ticket(let event): follow(event, place, at: recorded.at)
        case .sla(.started(let started)):
            let due = started.deadline.due
            tickets[place].deadline = min(tickets[place].deadline ?? due, due)
        default: break
        }
    }

    /// What is still in hand is so up to now.
    mutating func finish(at now: Instant) {
        for place in tickets.indices where tickets[place].heldSince != nil {
            tickets[place].isStillHeld = true
            release(place, at: now)
        }
        tickets.removeAll(where: \.isOut)
    }

    private mutating func open(_ number: TicketNumber, _ opened: TicketOpened, at: Instant) {
        // What somebody already spoke with on the phone was never routed.
        guard opened.origin != .history, opened.ticketClass == .regular, opened.status == .new
        else { return }
        guard tickets.count < Self.mostTickets else {
            isCut = true
            return
        }
        places[number] = tickets.count
        tickets.append(PastTicket(number: number, opened: opened, at: at))
    }

    private mutating func follow(_ event: TicketEvent, _ place: Int, at: Instant) {
        switch event {
        case .assigned(let assigned):
            if let decision = assigned.decision { decided(decision, place, at: at) }
            if tickets[place].first == nil { tickets[place].first = (assigned.agent, at) }
            if tickets[place].heldSince == nil { tickets[place].heldSince = at }
        case .queued(let queued): decided(queued.decision, place, at: at)
        case .unassigned, .snoozed: release(place, at: at)
        case .statusChanged(let change) where change.to == .closed || change.to == .pending:
            release(place, at: at)
        case .classified(let change) where change.to != .regular:
            tickets[place].isOut = true
        case .callbackRequested: tickets[place].isCallBack = true
        default: break
        }
    }

    private mutating func release(_ place: Int, at: Instant) {
        guard let since = tickets[place].heldSince else { return }
        tickets[place].heldSince = nil
        tickets[place].inHand = tickets[place].inHand + at.since(since)
    }

    private mutating func decided(_ decision: RoutingDecision, _ place: Int, at: Instant) {
        guard !tickets[place].isDecided else { return }
        tickets[place].isDecided = true
        guard let served = decision.preferred.first(where: { $0.because == .lastServed }) else {
            return
        }
        let past = served.result == .tooLongAgo ? stickiness + .seconds(1) : .zero
        tickets[place].lastServed = .init(agent: served.agent, at: at - past)
        if served.result == .scoredLow { tickets[place].scoredLow = [served.agent] }
    }
}
