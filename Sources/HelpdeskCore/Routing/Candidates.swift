/// The agents considered for one ticket, each once per team.
struct Candidates {
    struct Eligible {
        let candidate: RoutingCandidate
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

    /// Best first.
    private(set) var eligible: [Eligible] = []
    /// By id, the first team before its overflow.
    private(set) var passedOver: [RoutingCandidate] = []

    init(router: Router) {
        let filter = CandidateFilter(team: router.request.team, router: router)
        for place in router.snapshot.members(of: router.request.team) {
            append(filter.consider(place), place, .team)
        }
        eligible.sort { $0.precedes($1) }
    }

    var all: [RoutingCandidate] { eligible.map(\.candidate) + passedOver }

    /// Where a preferred agent stands, be they of the team, of its overflow team or of neither; adds them to the
    /// list where they are not in it.
    mutating func candidate(_ agent: AgentID, router: Router) -> RoutingCandidate {
        if let found = eligible.first(where: { $0.candidate.agent == agent }) {
            return found.candidate
        }
        if let found = passedOver.first(where: { $0.agent == agent }) { return found }
        if let place = router.snapshot.place(of: agent), let overflow = router.overflowTeam,
            router.snapshot.agents[place].teams.contains(overflow)
        {
            let found = CandidateFilter(team: overflow, router: router).consider(place)
            append(found, place, .overflow)
            eligible.sort { $0.precedes($1) }
            return found
        }
        let unknown = RoutingCandidate(
            agent: agent, team: router.request.team, standing: .passedOver(.notMember))
        passedOver.append(unknown)
        return unknown
    }

    /// Takes in the members of the overflow team; a preferred agent who stands here for it already is not doubled.
    mutating func addMembers(of overflow: TeamID, router: Router) {
        var known: Set<AgentID> = []
        for one in eligible where one.candidate.team == overflow { known.insert(one.candidate.agent) }
        for one in passedOver where one.team == overflow { known.insert(one.agent) }
        let filter = CandidateFilter(team: overflow, router: router)
        for place in router.snapshot.members(of: overflow)
        where !known.contains(router.snapshot.agents[place].id) {
            append(filter.consider(place), place, .overflow)
        }
        eligible.sort { $0.precedes($1) }
    }

    /// How far the candidate got who got farthest: what would have to change for somebody to take the ticket.
    var queueReason: RoutingOutcome.QueueReason {
        passedOver.map(\.reasonToQueue).max { $0.reach < $1.reach } ?? .noMembers
    }

    private mutating func append(_ candidate: RoutingCandidate, _ place: Int, _ side: Side) {
        switch candidate.standing {
        case .eligible(let score):
            eligible.append(
                Eligible(candidate: candidate, score: score, place: place, side: side))
        case .passedOver: passedOver.append(candidate)
        }
    }
}

extension RoutingCandidate {
    fileprivate var reasonToQueue: RoutingOutcome.QueueReason {
        switch standing {
        case .eligible, .passedOver(.full): .everybodyFull
        case .passedOver(.away): .nobodyPresent
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
