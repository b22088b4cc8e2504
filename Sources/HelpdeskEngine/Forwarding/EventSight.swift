public import HelpdeskCore
public import HelpdeskStore

/// Who may see an event of the stream (DESIGN invariant 11): what live streams and webhooks hand on to each reader.
public struct EventAudience: Hashable, Sendable {
    /// The team whose members alone may see it; nil: everybody.
    public var team: TeamID?
    /// The one agent it is for; nil: all of them.
    public var agent: AgentID?
    /// It takes its ticket out of the sight of those outside `team`.
    public var farewell: Farewell?

    public enum Farewell: Hashable, Sendable {
        /// Everybody saw the ticket.
        case toAll
        /// The team it comes from was private too: only its members did.
        case toTeam(TeamID)
    }

    /// What of an event a reader gets.
    public enum Sight: Hashable, Sendable {
        case whole
        /// That its ticket is gone, and nothing else.
        case farewell
        case nothing
    }

    public init(team: TeamID? = nil, agent: AgentID? = nil, farewell: Farewell? = nil) {
        self.team = team
        self.agent = agent
        self.farewell = farewell
    }

    /// - Parameters:
    ///   - reader: nil: a program of the desk's, which hears what is for single agents too.
    ///   - teams: whose private tickets the reader may see.
    public func sight(of reader: AgentID?, in teams: Set<TeamID>) -> Sight {
        if let agent, let reader, agent != reader { return .nothing }
        guard let team, !teams.contains(team) else { return .whole }
        switch farewell {
        case nil: return .nothing
        case .toAll: return .farewell
        case .toTeam(let from): return teams.contains(from) ? .farewell : .nothing
        }
    }
}

/// What must be known beside a page of events to say who may see them: at one moment of the store.
public struct EventSight: Sendable {
    /// The private team of each hidden ticket among them.
    public var hidden: [TicketNumber: TeamID] = [:]
    /// The private team of each customer who is known from private tickets alone.
    public var secretive: [CustomerID: TeamID] = [:]
    public var privateTeams: Set<TeamID> = []
    private var hasMacros = false

    /// Everybody may see all of them: nobody's teams matter.
    public var isOpen: Bool { hidden.isEmpty && secretive.isEmpty && !hasMacros }

    public init(
        hidden: [TicketNumber: TeamID] = [:], secretive: [CustomerID: TeamID] = [:],
        privateTeams: Set<TeamID> = []
    ) {
        self.hidden = hidden
        self.secretive = secretive
        self.privateTeams = privateTeams
    }

    public init(
        of events: [StoredEvent], privateTeams: Set<TeamID>, _ reader: StoreReader
    ) throws(StoreError) {
        self.privateTeams = privateTeams
        hasMacros = events.contains(where: \.isOfMacro)
        for ticket in Set(events.compactMap(\.ticket)) {
            if let row = try reader.ticket(ticket, viewer: .system), row.isHidden {
                hidden[ticket] = row.ticket.team
            }
        }
        for customer in Set(events.filter { $0.ticket == nil }.compactMap(\.customer)) {
            secretive[customer] = try reader.onlyPrivateTeam(of: customer)
        }
    }

    public func audience(of event: StoredEvent) -> EventAudience {
        let team =
            if let ticket = event.ticket {
                hidden[ticket]
            } else if event.isOfMacro {
                macroTeam(of: event)
            } else {
                event.customer.flatMap { secretive[$0] }
            }
        return EventAudience(
            team: team, agent: Self.addressee(event),
            farewell: team == nil ? nil : farewell(event))
    }

    /// A macro of a private team is its members' alone; such a team shares none with others.
    private func macroTeam(of event: StoredEvent) -> TeamID? {
        let teams: [TeamID] =
            switch try? event.recorded()?.event {
            case .desk(.macroSet(let macro)): macro.teams
            case .desk(.macroRemoved(let macro)): macro.teams
            default: []
            }
        return teams.first(where: privateTeams.contains)
    }

    /// What is told to one agent is nobody else's.
    private static func addressee(_ event: StoredEvent) -> AgentID? {
        guard event.type == "agent_noticed" || event.type == "notices_digested" else { return nil }
        return switch try? event.recorded()?.event {
        case .desk(.agentNoticed(let noticed)): noticed.agent
        case .desk(.noticesDigested(let digested)): digested.agent
        default: nil
        }
    }

    private func farewell(_ event: StoredEvent) -> EventAudience.Farewell? {
        guard event.type == "ticket_transferred",
            case .ticket(.transferred(let change)) = try? event.recorded()?.event,
            change.isPrivate
        else { return nil }
        return privateTeams.contains(change.from) ? .toTeam(change.from) : .toAll
    }
}

extension StoredEvent {
    fileprivate var isOfMacro: Bool { type == "macro_set" || type == "macro_removed" }
}

extension DeskPolicy {
    /// The teams whose tickets are for their members alone.
    public var privateTeams: Set<TeamID> {
        Set(teams.values.filter { $0.privacy == .restricted }.map(\.team.id))
    }
}
