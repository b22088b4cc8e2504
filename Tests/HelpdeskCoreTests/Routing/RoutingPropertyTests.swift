import Foundation
import HelpdeskCore
import RandomKit
import Testing

/// Laws of routing, on generated desks.
@Suite struct RoutingPropertyTests {
    @Test(
        "Nobody gets it beyond capacity, but a VIP's within the reserve when nobody else has room")
    func capacity() {
        let wrong = RoutingScene.everyScene("routing capacity") { scene, _ in
            guard case .assigned(let id, _, let by) = scene.decision.outcome,
                let agent = scene.agent(id)
            else { return nil }
            let units = scene.unitsWith(agent)
            if units <= agent.capacity { return nil }
            if units > agent.capacity + scene.reserve { return "\(id) has \(units)" }
            if by == .holder || by == .lastServed { return nil }
            let free = scene.asked.contains { team in
                scene.agents.contains { scene.canTake($0, in: team) }
            }
            return free ? "\(id) goes beyond, though somebody has room" : nil
        }
        #expect(wrong == [])
    }

    @Test("Nobody gets it who is absent, excluded, or without what the ticket needs")
    func fitness() {
        let wrong = RoutingScene.everyScene("routing fitness") { scene, _ in
            guard case .assigned(let id, let team, _) = scene.decision.outcome else { return nil }
            guard let agent = scene.agent(id), scene.asked.contains(team) else {
                return "\(id) of \(team)"
            }
            if !scene.isThere(agent, in: team) { return "\(id) is not there" }
            return scene.isQualified(agent, in: team) ? nil : "\(id) is not qualified"
        }
        #expect(wrong == [])
    }

    @Test("The order in which agents and teams come never matters")
    func order() {
        let wrong = RoutingScene.everyScene("routing order") { scene, generator in
            var shuffled = scene
            shuffled.agents.shuffle(using: &generator)
            shuffled.teams.reverse()
            return shuffled.decision == scene.decision ? nil : "\(scene.decision.outcome)"
        }
        #expect(wrong == [])
    }

    @Test(
        "Every decision names every candidate once for each team asked, with a true score or reason"
    )
    func explained() {
        let wrong = RoutingScene.everyScene("routing explained") { scene, _ in
            let decision = scene.decision
            let listed = decision.candidates.map { "\($0.agent.rawValue) in \($0.team.rawValue)" }
            if Set(listed).count != listed.count { return "twice in \(listed)" }
            var teams = [scene.request.team]
            if case .queued = decision.outcome { teams = scene.asked }
            for team in teams {
                for agent in scene.agents where agent.teams.contains(team) {
                    if !listed.contains("\(agent.id.rawValue) in \(team.rawValue)") {
                        return "\(agent.id) is missing"
                    }
                }
            }
            for candidate in decision.candidates {
                if let fault = fault(candidate, scene) { return fault }
            }
            let lines = decision.explanation { "\($0.milliseconds)" }.count
            return lines == 1 + decision.preferred.count + listed.count ? nil : "\(lines) lines"
        }
        #expect(wrong == [])
    }

    /// What is untrue of a candidate's score or reason.
    private func fault(_ candidate: RoutingCandidate, _ scene: RoutingScene) -> String? {
        let team = candidate.team
        guard let agent = scene.agent(candidate.agent) else { return "\(candidate) is nobody" }
        switch candidate.standing {
        case .eligible(let score):
            let weight = scene.policy.weights[scene.request.work]
            let units = scene.unitsWith(agent)
            let isTrue =
                scene.canTake(agent, in: team, beyond: scene.reserve)
                && score.inHand == units - weight && score.capacity == agent.capacity
                && score.beyond == max(units - agent.capacity, 0)
                && score.lastAssignedAt == scene.loads[agent.id]?.lastAssignedAt
            return isTrue ? nil : "\(candidate) cannot take it so"
        case .passedOver(let reason):
            return isTrue(reason, agent, team, scene) ? nil : "\(candidate) is not so"
        }
    }

    private func isTrue(
        _ reason: PassedOver, _ agent: RoutingAgent, _ team: TeamID, _ scene: RoutingScene
    ) -> Bool {
        switch reason {
        case .notMember: !agent.teams.contains(team)
        case .disabled: agent.account == .disabled
        case .excluded(let why): scene.request.excluded[agent.id] == why
        case .lacksSkill(let skill, let level, let needed):
            agent.skills[skill] == level && scene.request.requiredSkills[skill] == needed
                && (level ?? .min) < needed && !agent.skills.isEmpty
        case .lacksLanguage(let language):
            scene.request.language == language && !agent.languages.isEmpty
                && !agent.languages.contains(language)
        case .offDuty: !scene.isOnDuty(agent, in: team)
        case .offline: agent.presence == .offline
        case .away: agent.presence == .away && scene.request.work == .chat
        case .screenClosed:
            agent.presence == nil && agent.screen == .closed && scene.request.work == .chat
        case .full(let load, let capacity, let needed):
            load + needed == scene.unitsWith(agent) && capacity == agent.capacity
                && (load + needed > capacity + scene.reserve || capacity == 0)
        }
    }

    @Test("Nothing waits in a queue while somebody allowed is free")
    func nothingWaits() {
        let wrong = RoutingScene.everyScene("routing waits") { scene, _ in
            guard case .queued = scene.decision.outcome else { return nil }
            for team in scene.asked {
                let free = scene.agents.first {
                    scene.canTake($0, in: team, beyond: scene.reserve)
                }
                if let free { return "\(free.id) is free" }
            }
            return nil
        }
        #expect(wrong == [])
    }

    @Test("Of those who could take it, nobody is better than who gets it")
    func best() {
        let wrong = RoutingScene.everyScene("routing best") { scene, _ in
            let decision = scene.decision
            guard case .assigned(let id, let team, let by) = decision.outcome,
                by != .holder, by != .lastServed, let agent = scene.agent(id)
            else { return nil }
            func skill(_ one: RoutingAgent) -> Int {
                scene.request.requiredSkills.reduce(0) { $0 + (one.skills[$1.key] ?? $1.value) }
            }
            func share(_ one: RoutingAgent) -> Double {
                let weight = scene.policy.weights[scene.request.work]
                return Double(scene.unitsWith(one) - weight) / Double(one.capacity)
            }
            func idle(_ one: RoutingAgent) -> Instant {
                scene.loads[one.id]?.lastAssignedAt ?? .distantPast
            }
            let rivals = scene.agents.filter {
                $0.id != id && scene.canTake($0, in: team)
                    && scene.canTake(agent, in: team)
            }
            let better = rivals.first { rival in
                if skill(rival) != skill(agent) { return skill(rival) > skill(agent) }
                if share(rival) != share(agent) { return share(rival) < share(agent) }
                if idle(rival) != idle(agent) { return idle(rival) < idle(agent) }
                return rival.id < id
            }
            return better.map { "\($0.id) is better than \(id)" }
        }
        #expect(wrong == [])
    }

    @Test("What was decided can be stored and read again")
    func coding() throws {
        var generator = SeededRandom(seed: testSeed("routing coding"))
        for _ in 0..<1_000 {
            let decision = RoutingScene(&generator).decision
            let bytes = try JSONEncoder().encode(decision)
            #expect(try JSONDecoder().decode(RoutingDecision.self, from: bytes) == decision)
        }
    }
}
