/// The filters of DESIGN §4 "Routing" for the members of one team.
struct CandidateFilter {
    private let router: Router
    private let teamIsOpen: Bool
    private let weight: Int
    /// Ascending, so that the skill found missing does not depend on chance.
    private let requiredSkills: [(name: SkillName, level: Int)]

    private let reserve: Int

    private static let mostUnits = AgentLoad.mostUnits

    init(team: TeamID, router: Router) {
        self.router = router
        teamIsOpen = router.hours(of: team)?.isOpen(at: router.now) ?? true
        weight = router.policy.weights[router.request.work]
        reserve = router.request.standing == .vip ? router.policy.vipReserve : 0
        requiredSkills = router.request.requiredSkills.map { ($0.key, $0.value) }
            .sorted { $0.name < $1.name }
    }

    /// - Parameter place: in the snapshot's agents.
    func consider(_ place: Int) -> RoutingCandidate.Standing {
        let agent = router.snapshot.agents[place]
        if let reason = accountReason(agent) ?? skillReason(agent) ?? dutyReason(agent) {
            return .passedOver(reason)
        }
        return capacity(of: agent, router.snapshot.load(at: place))
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

    /// `offline` is off duty on every channel; `away` only off live ones. Never set means by shift, and on live channels
    /// by the screen of whoever uses one.
    private func dutyReason(_ agent: RoutingAgent) -> PassedOver? {
        if agent.presence == .offline { return .offline }
        let isOnDuty =
            switch agent.duty {
            case .shift(let shift): shift.isOnDuty(at: router.now)
            case .team: teamIsOpen
            }
        if !isOnDuty { return .offDuty }
        guard router.request.work.liveness == .live else { return nil }
        switch agent.presence {
        case .away: return .away
        case nil: return agent.screen == .closed ? .screenClosed : nil
        case .online, .offline: return nil
        }
    }

    private func capacity(
        of agent: RoutingAgent, _ load: AgentLoad
    ) -> RoutingCandidate.Standing {
        let capacity = min(agent.capacity, Self.mostUnits)
        let inHand = units(of: agent, load)
        guard capacity > 0, inHand + weight <= capacity + reserve else {
            return .passedOver(.full(load: inHand, capacity: max(capacity, 0), needed: weight))
        }
        var skill = 0
        for (name, needed) in requiredSkills {
            skill &+= min(max(agent.skills[name] ?? needed, 0), Self.mostUnits)
        }
        return .eligible(
            RoutingScore(
                skill: skill, inHand: inHand, capacity: capacity,
                beyond: inHand + weight - capacity, lastAssignedAt: load.lastAssignedAt))
    }

    /// What the agent has in hand, without this ticket where it is in it already.
    private func units(of agent: RoutingAgent, _ load: AgentLoad) -> Int {
        let units = load.units(router.policy.weights)
        let request = router.request
        guard request.holderLoad == .counted, request.holder == agent.id else { return units }
        return max(units - weight, 0)
    }
}
