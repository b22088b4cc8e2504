import Foundation
import HelpdeskCore
import RandomKit

/// A generated desk with one ticket.
struct RoutingScene {
    var agents: [RoutingAgent]
    var loads: [AgentID: AgentLoad]
    var teams: [RoutingTeam]
    var request: RoutingRequest
    var policy: RoutingPolicy
    var now: Instant

    /// How many each law is tried on: 100,000 with `HAMDEL_FULL=1`.
    static let count =
        ProcessInfo.processInfo.environment["HAMDEL_FULL"] == "1" ? 100_000 : 10_000

    var snapshot: RoutingSnapshot { RoutingSnapshot(agents: agents, teams: teams, loads: loads) }
    var decision: RoutingDecision { route(snapshot, request, policy: policy, at: now) }
    var overflow: TeamID? { teams.first { $0.id == request.team }?.overflow }
    /// Those who may be asked, in the team and then in its overflow team.
    var asked: [TeamID] { [request.team] + [overflow].compactMap { $0 } }

    init(_ generator: inout SeededRandom) {
        let agents = (0..<Int.random(in: 0...12, using: &generator)).map {
            Self.agent($0, &generator)
        }
        loads = Self.loads(agents, &generator)
        self.agents = agents
        teams = [
            RoutingTeam(
                id: Desk.support, hours: Bool.random(using: &generator) ? Desk.hours : nil,
                overflow: Bool.random(using: &generator) ? Desk.secondLine : nil),
            RoutingTeam(
                id: Desk.secondLine, hours: Bool.random(using: &generator) ? Desk.hours : nil),
        ]
        policy = RoutingPolicy(
            weights: .init(chat: Int.random(in: 0...3, using: &generator)),
            vipReserve: Int.random(in: 0...3, using: &generator))
        let now = Desk.now + .minutes(Int64.random(in: -1_200...1_200, using: &generator))
        self.now = now
        request = Self.request(agents, now, &generator)
    }

    static func agent(_ number: Int, _ generator: inout SeededRandom) -> RoutingAgent {
        let teamChoices: [Set<TeamID>] = [
            [Desk.support], [Desk.support], [Desk.secondLine], [Desk.support, Desk.secondLine], [],
        ]
        let skillChoices: [[SkillName: Int]] = [
            [:], [Desk.billing: 1], [Desk.billing: 3], [Desk.billing: 2, Desk.technical: 1],
            [Desk.technical: 2],
        ]
        let duties: [RoutingAgent.Duty] = [
            .team, .team, .team, .shift(Desk.nights), .shift(Desk.noon), .shift(Shift([])),
        ]
        let presences: [Presence?] = [nil, nil, .online, .away, .offline]
        var agent = Desk.agent(
            "agent\(number)", teams: teamChoices.randomElement(using: &generator) ?? [],
            skills: skillChoices.randomElement(using: &generator) ?? [:],
            languages: [[], [.persian], [.english, .persian]].randomElement(using: &generator)
                ?? [],
            capacity: Int.random(in: 0...12, using: &generator),
            duty: duties.randomElement(using: &generator) ?? .team,
            presence: presences.randomElement(using: &generator) ?? nil,
            account: Int.random(in: 0...9, using: &generator) == 0 ? .disabled : .active)
        agent.screen =
            ([nil, nil, .open, .closed] as [Screen?]).randomElement(using: &generator) ?? nil
        return agent
    }

    private static func loads(
        _ agents: [RoutingAgent], _ generator: inout SeededRandom
    ) -> [AgentID: AgentLoad] {
        var loads: [AgentID: AgentLoad] = [:]
        for agent in agents where Int.random(in: 0...3, using: &generator) > 0 {
            loads[agent.id] = AgentLoad(
                mail: Int.random(in: 0...6, using: &generator),
                chat: Int.random(in: 0...3, using: &generator),
                callBack: Int.random(in: 0...2, using: &generator),
                lastAssignedAt: Bool.random(using: &generator)
                    ? Desk.now - .minutes(Int64.random(in: 0...20, using: &generator)) : nil)
        }
        return loads
    }

    private static func request(
        _ agents: [RoutingAgent], _ now: Instant, _ generator: inout SeededRandom
    ) -> RoutingRequest {
        func someone() -> AgentID? { agents.randomElement(using: &generator)?.id }
        func maybe<Value>(_ value: Value?) -> Value? {
            Bool.random(using: &generator) ? value : nil
        }
        let other = someone()
        let exclusions: [RoutingExclusion] = [.timedOut, .gaveBack, .byHand]
        var excluded: [AgentID: RoutingExclusion] = [:]
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            if let agent = someone() {
                excluded[agent] = exclusions.randomElement(using: &generator)
            }
        }
        let waits: [TimeSpan] = [.minutes(1), .minutes(90), .hours(30)]
        return RoutingRequest(
            team: Desk.support, work: WorkKind.allCases.randomElement(using: &generator) ?? .mail,
            priority: TicketPriority.allCases.randomElement(using: &generator) ?? .normal,
            standing: Int.random(in: 0...3, using: &generator) == 0 ? .vip : .regular,
            requiredSkills: [[:], [:], [Desk.billing: 2], [Desk.billing: 1, Desk.technical: 1]]
                .randomElement(using: &generator) ?? [:],
            language: [nil, .persian, .english].randomElement(using: &generator) ?? nil,
            holder: maybe(someone()),
            holderLoad: Bool.random(using: &generator) ? .counted : .notCounted,
            lastServed: maybe(
                other.map {
                    Desk.served($0.rawValue, daysAgo: Int64.random(in: 0...40, using: &generator))
                }),
            scoredLow: Set([other, someone()].compactMap { maybe($0) }.prefix(1)),
            excluded: excluded,
            waitingSince: maybe(waits.randomElement(using: &generator).map { now - $0 }),
            deadline: maybe(now + .minutes(Int64.random(in: -60...600, using: &generator))))
    }
}

/// What must be true of an agent, told once more and in the plainest way: the router is compared with it.
extension RoutingScene {
    func agent(_ id: AgentID) -> RoutingAgent? { agents.first { $0.id == id } }

    func hours(of team: TeamID) -> BusinessHours? { teams.first { $0.id == team }?.hours }

    func isOnDuty(_ agent: RoutingAgent, in team: TeamID) -> Bool {
        switch agent.duty {
        case .shift(let shift): shift.isOnDuty(at: now)
        case .team: hours(of: team)?.isOpen(at: now) ?? true
        }
    }

    /// Whether nothing but absence or work in hand could keep the agent from it.
    func isQualified(_ agent: RoutingAgent, in team: TeamID) -> Bool {
        agent.teams.contains(team) && agent.account == .active && request.excluded[agent.id] == nil
            && (agent.skills.isEmpty
                || request.requiredSkills.allSatisfy {
                    agent.skills[$0.key, default: 0] >= $0.value
                })
            && (agent.languages.isEmpty || request.language == nil
                || request.language.map(agent.languages.contains) == true)
    }

    func isThere(_ agent: RoutingAgent, in team: TeamID) -> Bool {
        agent.presence != .offline && isOnDuty(agent, in: team)
            && !(request.work == .chat && agent.presence == .away)
            && !(request.work == .chat && agent.presence == nil && agent.screen == .closed)
    }

    /// What the agent would have in hand with this ticket.
    func unitsWith(_ agent: RoutingAgent) -> Int {
        let load = loads[agent.id] ?? .none
        let weights = policy.weights
        let weight = weights[request.work]
        let units = load.mail + load.chat * weights.chat + load.callBack
        let own =
            request.holder == agent.id && request.holderLoad == .counted
            ? max(units - weight, 0) : units
        return own + weight
    }

    func canTake(_ agent: RoutingAgent, in team: TeamID, beyond: Int = 0) -> Bool {
        isQualified(agent, in: team) && isThere(agent, in: team) && agent.capacity > 0
            && unitsWith(agent) <= agent.capacity + beyond
    }

    var reserve: Int { request.standing == .vip ? policy.vipReserve : 0 }

    /// The team as whose member an agent would take it.
    func team(of agent: RoutingAgent) -> TeamID? { asked.first { agent.teams.contains($0) } }

    /// Runs a law over many scenes; it returns what is wrong, or nothing. The first few are reported.
    static func everyScene(
        _ name: String, _ law: (RoutingScene, inout SeededRandom) throws -> String?
    ) rethrows -> [String] {
        var generator = SeededRandom(seed: testSeed(name))
        var wrong: [String] = []
        for number in 0..<count where wrong.count < 3 {
            let scene = RoutingScene(&generator)
            if let fault = try law(scene, &generator) { wrong.append("scene \(number): \(fault)") }
        }
        print("\(name): \(count) scenes, \(wrong.count) wrong")
        return wrong
    }
}
