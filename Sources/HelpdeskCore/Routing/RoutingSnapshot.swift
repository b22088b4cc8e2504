/// Everything the router knows of agents and teams at one position of the stream. Built from the store once, then
/// advanced event by event: each step below costs one look-up. A change of agents or teams themselves is rare and
/// builds a new one.
public struct RoutingSnapshot: Sendable {
    /// Ascending by id.
    public private(set) var agents: [RoutingAgent]
    public let teams: [TeamID: RoutingTeam]
    /// In the order of `agents`.
    private var loads: [AgentLoad]
    private let places: [AgentID: Int]
    /// Places of the members, ascending.
    private let members: [TeamID: [Int]]

    /// - Parameters:
    ///   - agents: in any order; of two with one id the last counts.
    ///   - loads: who is missing has nothing in hand.
    public init(agents: [RoutingAgent], teams: [RoutingTeam], loads: [AgentID: AgentLoad] = [:]) {
        let byID = Dictionary(agents.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let ordered = byID.values.sorted { $0.id < $1.id }
        var members: [TeamID: [Int]] = [:]
        for (place, agent) in ordered.enumerated() {
            for team in agent.teams { members[team, default: []].append(place) }
        }
        self.agents = ordered
        self.teams = Dictionary(teams.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        self.loads = ordered.map { loads[$0.id] ?? .none }
        self.members = members
        places = Dictionary(
            ordered.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { $1 })
    }

    public func agent(_ id: AgentID) -> RoutingAgent? { places[id].map { agents[$0] } }

    public func load(of id: AgentID) -> AgentLoad? { places[id].map { loads[$0] } }

    /// A ticket was given to an agent. Unknown agents are passed over: they hold nothing anybody counts.
    public mutating func assign(_ work: WorkKind, to agent: AgentID, at: Instant) {
        guard let place = places[agent] else { return }
        loads[place][work] = min(loads[place][work], .max - 1) + 1
        loads[place].lastAssignedAt = at
    }

    /// A ticket an agent had before weighs on them again: reopened, woken. Nobody gave it to them just now.
    public mutating func resume(_ work: WorkKind, by agent: AgentID) {
        guard let place = places[agent] else { return }
        loads[place][work] = min(loads[place][work], .max - 1) + 1
    }

    /// An agent was given a ticket, whether it weighs or not.
    public mutating func noteAssignment(to agent: AgentID, at: Instant) {
        guard let place = places[agent] else { return }
        loads[place].lastAssignedAt = at
    }

    /// A ticket left an agent's hands: answered, closed, moved on or snoozed.
    public mutating func release(_ work: WorkKind, from agent: AgentID) {
        guard let place = places[agent] else { return }
        loads[place][work] = max(loads[place][work] - 1, 0)
    }

    /// An agent set their presence by hand; `nil`: by shift again.
    public mutating func setPresence(_ presence: Presence?, of agent: AgentID) {
        guard let place = places[agent] else { return }
        agents[place].presence = presence
    }

    /// An agent opened their first screen, or the last one is gone.
    public mutating func setScreen(_ screen: Screen, of agent: AgentID) {
        guard let place = places[agent] else { return }
        agents[place].screen = screen
    }

    /// Places of a team's members, ascending, and with them by id.
    func members(of team: TeamID) -> [Int] { members[team] ?? [] }

    func place(of id: AgentID) -> Int? { places[id] }

    func load(at place: Int) -> AgentLoad { loads[place] }
}
