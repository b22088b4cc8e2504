import Foundation
import HelpdeskCore
import Testing

/// Laws of routing, on generated desks.
@Suite struct RoutingPropertyTests {
    private struct Scene {
        var agents: [RoutingAgent]
        var loads: [AgentID: AgentLoad]
        var teams: [RoutingTeam]
        var request: RoutingRequest
        var policy: RoutingPolicy
        var now: Instant

        var snapshot: RoutingSnapshot {
            RoutingSnapshot(agents: agents, teams: teams, loads: loads)
        }
        var decision: RoutingDecision { route(snapshot, request, policy: policy, at: now) }
    }

    private func scene(_ generator: inout SeededGenerator) -> Scene {
        let agents = (0..<Int.random(in: 0...12, using: &generator)).map { agent($0, &generator) }
        var loads: [AgentID: AgentLoad] = [:]
        for agent in agents where Int.random(in: 0...3, using: &generator) > 0 {
            loads[agent.id] = AgentLoad(
                mail: Int.random(in: 0...6, using: &generator),
                chat: Int.random(in: 0...3, using: &generator),
                callBack: Int.random(in: 0...2, using: &generator),
                lastAssignedAt: Bool.random(using: &generator)
                    ? Desk.now - .minutes(Int64.random(in: 0...20, using: &generator)) : nil)
        }
        let teams = [
            RoutingTeam(
                id: Desk.support, hours: Bool.random(using: &generator) ? Desk.hours : nil,
                overflow: Bool.random(using: &generator) ? Desk.secondLine : nil),
            RoutingTeam(
                id: Desk.secondLine, hours: Bool.random(using: &generator) ? Desk.hours : nil),
        ]
        return Scene(
            agents: agents, loads: loads, teams: teams, request: request(agents, &generator),
            policy: RoutingPolicy(weights: .init(chat: Int.random(in: 0...3, using: &generator))),
            now: Desk.now + .hours(Int64.random(in: -20...20, using: &generator)))
    }

    private func agent(_ number: Int, _ generator: inout SeededGenerator) -> RoutingAgent {
        let teamChoices: [Set<TeamID>] = [
            [Desk.support], [Desk.support], [Desk.secondLine], [Desk.support, Desk.secondLine], [],
        ]
        let skillChoices: [[SkillName: Int]] = [
            [:], [Desk.billing: 1], [Desk.billing: 3], [Desk.billing: 2, Desk.technical: 1],
            [Desk.technical: 2],
        ]
        let presences: [Presence?] = [nil, nil, .online, .away, .offline]
        return Desk.agent(
            "agent\(number)", teams: teamChoices.randomElement(using: &generator) ?? [],
            skills: skillChoices.randomElement(using: &generator) ?? [:],
            languages: [[], [.persian], [.english, .persian]].randomElement(using: &generator)
                ?? [],
            capacity: Int.random(in: 0...12, using: &generator),
            duty: Int.random(in: 0...3, using: &generator) == 0 ? .shift(Desk.nights) : .team,
            presence: presences.randomElement(using: &generator) ?? nil,
            account: Int.random(in: 0...9, using: &generator) == 0 ? .disabled : .active)
    }

    private func request(_ agents: [RoutingAgent], _ generator: inout SeededGenerator)
        -> RoutingRequest
    {
        let someone = agents.randomElement(using: &generator)?.id
        let other = agents.randomElement(using: &generator)?.id
        let excluded = agents.randomElement(using: &generator)?.id
        return RoutingRequest(
            team: Desk.support, work: WorkKind.allCases.randomElement(using: &generator) ?? .mail,
            requiredSkills: [[:], [Desk.billing: 2]].randomElement(using: &generator) ?? [:],
            language: [nil, .persian, .english].randomElement(using: &generator) ?? nil,
            holder: Bool.random(using: &generator) ? someone : nil,
            lastServed: other.map {
                Desk.served($0.rawValue, daysAgo: Int64.random(in: 0...40, using: &generator))
            },
            scoredLow: Set([other].compactMap { Bool.random(using: &generator) ? $0 : nil }),
            excluded: Bool.random(using: &generator)
                ? [excluded].compactMap { $0 }.reduce(into: [:]) { $0[$1] = .timedOut } : [:],
            waitingSince: Bool.random(using: &generator) ? Desk.now - .hours(30) : nil,
            deadline: Bool.random(using: &generator)
                ? Desk.now + .minutes(Int64.random(in: -60...600, using: &generator)) : nil)
    }

    private func everyScene(_ name: String, _ check: (Scene, inout SeededGenerator) throws -> Void)
        rethrows
    {
        var generator = SeededGenerator(seed: testSeed(name))
        for _ in 0..<1_500 {
            let scene = scene(&generator)
            try check(scene, &generator)
        }
    }

    @Test(
        "Nobody is ever assigned beyond capacity, absent, excluded, or without what the ticket needs"
    )
    func neverUnfit() throws {
        try everyScene("routing fitness") { scene, _ in
            guard case .assigned(let id, let team, _) = scene.decision.outcome else { return }
            let agent = try #require(scene.agents.first { $0.id == id })
            let request = scene.request
            let load = scene.loads[id] ?? .none
            let weights = scene.policy.weights
            let units =
                load.mail * weights.mail + load.chat * weights.chat + load.callBack
                * weights.callBack
            #expect(units + weights[request.work] <= agent.capacity)
            #expect(agent.teams.contains(team))
            #expect(team == Desk.support || scene.teams[0].overflow == team)
            #expect(agent.account == .active)
            #expect(request.excluded[id] == nil)
            #expect(agent.presence != .offline)
            #expect(request.work != .chat || agent.presence != .away)
            let hours = scene.teams.first { $0.id == team }?.hours
            switch agent.duty {
            case .shift(let shift): #expect(shift.isOnDuty(at: scene.now))
            case .team: #expect(hours?.isOpen(at: scene.now) ?? true)
            }
            for (skill, level) in request.requiredSkills where !agent.skills.isEmpty {
                #expect(agent.skills[skill, default: 0] >= level)
            }
            if let language = request.language {
                #expect(agent.languages.isEmpty || agent.languages.contains(language))
            }
        }
    }

    @Test("The order in which agents and teams come never matters")
    func order() {
        everyScene("routing order") { scene, generator in
            var shuffled = scene
            shuffled.agents.shuffle(using: &generator)
            shuffled.teams.reverse()
            #expect(shuffled.decision == scene.decision)
        }
    }

    @Test("Every decision explains every candidate, once for each team that was asked")
    func completeness() {
        everyScene("routing completeness") { scene, _ in
            let decision = scene.decision
            let listed = decision.candidates.map { "\($0.agent.rawValue) in \($0.team.rawValue)" }
            #expect(Set(listed).count == listed.count)
            let asked = Set(decision.candidates.map(\.team)).union([Desk.support])
            let members = scene.agents.filter { $0.teams.contains(Desk.support) }
            let named = Set(decision.candidates.map(\.agent))
            #expect(named.isSuperset(of: members.map(\.id)))
            #expect(
                named.isSuperset(
                    of: decision.preferred.filter {
                        $0.result != .scoredLow && $0.result != .tooLongAgo
                    }.map(\.agent)))
            if case .queued = decision.outcome {
                #expect(decision.ranking == [])
                if let overflow = scene.teams[0].overflow {
                    let all = scene.agents.filter { $0.teams.contains(overflow) }.map(\.id)
                    #expect(
                        Set(decision.candidates.filter { $0.team == overflow }.map(\.agent))
                            == Set(all))
                    #expect(asked.contains(overflow) || all.isEmpty)
                }
            }
            #expect(
                decision.explanation { "\($0.milliseconds)" }.count == 1 + decision.preferred.count
                    + decision.candidates.count)
        }
    }

    @Test(
        "What was decided can be stored and read again, and names nothing but words, numbers and times"
    )
    func coding() throws {
        try everyScene("routing coding") { scene, _ in
            let decision = scene.decision
            let bytes = try JSONEncoder().encode(decision)
            #expect(try JSONDecoder().decode(RoutingDecision.self, from: bytes) == decision)
        }
    }

    @Test("Draining a queue one by one never fills anybody over capacity")
    func draining() {
        everyScene("routing drain") { scene, _ in
            var snapshot = scene.snapshot
            for _ in 0..<12 {
                let decision = route(snapshot, scene.request, policy: scene.policy, at: scene.now)
                guard case .assigned(let agent, _, _) = decision.outcome else { break }
                snapshot.assign(scene.request.work, to: agent, at: scene.now)
                guard let load = snapshot.load(of: agent),
                    let capacity = snapshot.agent(agent)?.capacity
                else { continue }
                let weights = scene.policy.weights
                #expect(
                    load.mail * weights.mail + load.chat * weights.chat + load.callBack
                        * weights.callBack <= capacity)
            }
        }
    }
}
