/// The agents considered for one ticket, each once per team.
struct Candidates {
    struct Eligible {
        let candidate: RoutingCandidate
        let score: RoutingScore

        /// Whether this one comes before another (DESIGN §4: skill level, relative load, longest idle, agent id).
        func precedes(_ other: Eligible) -> Bool {
            if score.skill != other.score.skill { return score.skill > other.score.skill }
            if score.load != other.score.load { return score.load < other.score.load }
            let own = score.lastAssignedAt ?? .distantPast
            let others = other.score.lastAssignedAt ?? .distantPast
            return own != others ? own < others : candidate.agent < other.candidate.agent
        }
    }

    /// Best first.
    private(set) var eligible: [Eligible] = []
    /// By id, the first team before its overflow.
    private(set) var passedOver: [RoutingCandidate] = []

    init(ofMembersIn team: TeamID, router: Router) {
        let filter = CandidateFilter(team: team, router: router)
        for member in router.snapshot.members(of: team) { append(filter.consider(member)) }
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
        let found: RoutingCandidate
        if let member = router.snapshot.member(agent), let overflow = router.overflowTeam,
            member.agent.teams.contains(overflow)
        {
            found = CandidateFilter(team: overflow, router: router).consider(member)
        } else {
            found = RoutingCandidate(
                agent: agent, team: router.request.team, standing: .passedOver(.notMember))
        }
        append(found)
        eligible.sort { $0.precedes($1) }
        return found
    }

    /// Takes in the members of another team; who stands here for it already is not doubled.
    mutating func add(_ others: Candidates) {
        let known = Set(all.map { [$0.agent.rawValue, $0.team.rawValue] })
        for one in others.all where !known.contains([one.agent.rawValue, one.team.rawValue]) {
            append(one)
        }
        eligible.sort { $0.precedes($1) }
    }

    /// How far the candidate got who got farthest: what would have to change for somebody to take the ticket.
    var queueReason: RoutingOutcome.QueueReason {
        passedOver.map(\.reasonToQueue).max { $0.reach < $1.reach } ?? .noMembers
    }

    private mutating func append(_ candidate: RoutingCandidate) {
        switch candidate.standing {
        case .eligible(let score): eligible.append(Eligible(candidate: candidate, score: score))
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
