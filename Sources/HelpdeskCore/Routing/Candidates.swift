/// The agents considered for one ticket, each once per team.
struct Candidates {
    /// Somebody who could take it, in numbers only: hundreds of them are sorted for one ticket.
    struct Eligible {
        let score: RoutingScore
        /// Of the agent in the snapshot, which is in the order of ids.
        let place: Int
        let side: Side

        /// Whether this one comes before another (DESIGN §4: skill level, relative load, longest idle, agent id). Who
        /// would have to go beyond their capacity comes after all who would not, and there the team before its
        /// overflow.
        func precedes(_ other: Eligible) -> Bool {
            if (score.beyond > 0) != (other.score.beyond > 0) { return score.beyond == 0 }
            if score.beyond > 0, side != other.side { return side == .team }
            if score.skill != other.score.skill { return score.skill > other.score.skill }
            if score.isLessLoaded(than: other.score) { return true }
            if other.score.isLessLoaded(than: score) { return false }
            let own = score.lastAssignedAt ?? .distantPast
            let others = other.score.lastAssignedAt ?? .distantPast
            return own != others ? own < others : place < other.place
        }
    }

    enum Side { case team, overflow }

    private let router: Router
    /// Best first.
    private(set) var eligible: [Eligible] = []
    /// By id, the first team before its overflow.
    private(set) var passedOver: [RoutingCandidate] = []

    init(router: Router) {
        self.router = router
        consider(router.request.team, .team, besides: [])
    }

    var all: [RoutingCandidate] { eligible.map(candidate) + passedOver }

    func candidate(_ one: Eligible) -> RoutingCandidate {
        RoutingCandidate(
            agent: router.snapshot.agents[one.place].id, team: team(of: one.side),
            standing: .eligible(one.score))
    }

    /// Where a preferred agent stands, be they of the team, of its overflow team or of neither; adds them to the
    /// list where they are not in it.
    mutating func candidate(_ agent: AgentID) -> RoutingCandidate {
        let place = router.snapshot.place(of: agent)
        if let found = eligible.first(where: { $0.place == place }) { return candidate(found) }
        if let found = passedOver.first(where: { $0.agent == agent }) { return found }
        if let place, let overflow = router.overflowTeam,
            router.snapshot.agents[place].teams.contains(overflow)
        {
            let filter = CandidateFilter(team: overflow, router: router)
            let standing = filter.consider(place)
            append(standing, place, .overflow)
            eligible.sort { $0.precedes($1) }
            return RoutingCandidate(agent: agent, team: overflow, standing: standing)
        }
        let unknown = RoutingCandidate(
            agent: agent, team: router.request.team, standing: .passedOver(.notMember))
        passedOver.append(unknown)
        return unknown
    }

    /// Takes in the members of the overflow team; a preferred agent who stands here for it already is not doubled.
    mutating func addOverflow(_ overflow: TeamID) {
        var known = Set(eligible.filter { $0.side == .overflow }.map(\.place))
        for one in passedOver where one.team == overflow {
            if let place = router.snapshot.place(of: one.agent) { known.insert(place) }
        }
        consider(overflow, .overflow, besides: known)
    }

    private mutating func consider(_ team: TeamID, _ side: Side, besides known: Set<Int>) {
        let filter = CandidateFilter(team: team, router: router)
        for place in router.snapshot.members(of: team) where !known.contains(place) {
            append(filter.consider(place), place, side)
        }
        eligible.sort { $0.precedes($1) }
    }

    private func team(of side: Side) -> TeamID {
        switch side {
        case .team: router.request.team
        case .overflow: router.overflowTeam ?? router.request.team
        }
    }

    private mutating func append(
        _ standing: RoutingCandidate.Standing, _ place: Int, _ side: Side
    ) {
        switch standing {
        case .eligible(let score):
            eligible.append(Eligible(score: score, place: place, side: side))
        case .passedOver:
            passedOver.append(
                RoutingCandidate(
                    agent: router.snapshot.agents[place].id, team: team(of: side),
                    standing: standing))
        }
    }

    /// How far the candidate got who got farthest: what would have to change for somebody to take the ticket.
    var queueReason: RoutingOutcome.QueueReason {
        passedOver.map(\.reasonToQueue).max { $0.reach < $1.reach } ?? .noMembers
    }
}

extension RoutingCandidate {
    fileprivate var reasonToQueue: RoutingOutcome.QueueReason {
        switch standing {
        case .eligible, .passedOver(.full): .everybodyFull
        case .passedOver(.away), .passedOver(.screenClosed): .nobodyPresent
        case .passedOver(.offDuty), .passedOver(.offline): .nobodyOnDuty
        case .passedOver(.lacksSkill), .passedOver(.lacksLanguage), .passedOver(.excluded):
            .nobodyQualified
        case .passedOver(.notMember), .passedOver(.disabled): .noMembers
        }
    }
}

extension RoutingOutcome.QueueReason {
    fileprivate var reach: Int {
        switch self {
        case .noMembers: 0
        case .nobodyQualified: 1
        case .nobodyOnDuty: 2
        case .nobodyPresent: 3
        case .everybodyFull: 4
        }
    }
}
