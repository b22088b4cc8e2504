/// The filters of DESIGN §4 "Routing" for the members of one team.
struct CandidateFilter {
    private let team: TeamID
    private let router: Router
    private let teamIsOpen: Bool
    private let weight: Int
    /// Ascending, so that the skill found missing does not depend on chance.
    private let requiredSkills: [(name: SkillName, level: Int)]

    /// Loads and capacities beyond this count as this, so that shares can be computed without overflow.
    private static let mostUnits = 1_000_000

    init(team: TeamID, router: Router) {
        self.team = team
        self.router = router
        teamIsOpen = router.hours(of: team)?.isOpen(at: router.now) ?? true
        weight = router.policy.weights[router.request.work]
        requiredSkills = router.request.requiredSkills.map { ($0.key, $0.value) }
            .sorted { $0.name < $1.name }
    }

    func consider(_ member: RoutingSnapshot.Member) -> RoutingCandidate {
        let agent = member.agent
        let standing: RoutingCandidate.Standing =
            if let reason = accountReason(agent) ?? skillReason(agent) ?? dutyReason(agent) {
                .passedOver(reason)
            } else {
                capacity(of: member)
            }
        return RoutingCandidate(agent: agent.id, team: team, standing: standing)
    }

    private func accountReason(_ agent: RoutingAgent) -> PassedOver? {
        if agent.account == .disabled { return .disabled }
        return router.request.excluded[agent.id].map(PassedOver.excluded)
    }

    private func skillReason(_ agent: RoutingAgent) -> PassedOver? {
        if !agent.skills.isEmpty {
            for (name, needed) in requiredSkills where (agent.skills[name] ?? .min) < needed {
                return .lacksSkill(name, level: agent.skills[name], needed: needed)
            }
        }
        if let language = router.request.language, !agent.languages.isEmpty,
            !agent.languages.contains(language)
        {
            return .lacksLanguage(language)
        }
        return nil
    }

    /// `offline` is off duty on every channel; `away` only off live ones; never set means by shift.
    private func dutyReason(_ agent: RoutingAgent) -> PassedOver? {
        if agent.presence == .offline { return .offline }
        let isOnDuty =
            switch agent.duty {
            case .shift(let shift): shift.isOnDuty(at: router.now)
            case .team: teamIsOpen
            }
        if !isOnDuty { return .offDuty }
        return router.request.work.liveness == .live && agent.presence == .away ? .away : nil
    }

    private func capacity(of member: RoutingSnapshot.Member) -> RoutingCandidate.Standing {
        let agent = member.agent
        let capacity = min(agent.capacity, Self.mostUnits)
        let load = units(of: member)
        guard capacity > 0, load + weight <= capacity else {
            return .passedOver(.full(load: load, capacity: max(capacity, 0), needed: weight))
        }
        var skill = 0
        for (name, needed) in requiredSkills {
            skill &+= min(max(agent.skills[name] ?? needed, 0), Self.mostUnits)
        }
        return .eligible(
            RoutingScore(
                skill: skill, load: load * 1_000 / capacity,
                lastAssignedAt: member.load.lastAssignedAt))
    }

    /// What the agent has in hand, without this ticket where it is in it already.
    private func units(of member: RoutingSnapshot.Member) -> Int {
        var units = 0
        for kind in WorkKind.allCases {
            let count = min(max(member.load[kind], 0), Self.mostUnits)
            let (product, overflow) = count.multipliedReportingOverflow(
                by: router.policy.weights[kind])
            units = min(
                units + (overflow ? Self.mostUnits : min(product, Self.mostUnits)), Self.mostUnits)
        }
        let request = router.request
        if request.holderLoad == .counted, request.holder == member.agent.id {
            units = max(units - weight, 0)
        }
        return units
    }
}
