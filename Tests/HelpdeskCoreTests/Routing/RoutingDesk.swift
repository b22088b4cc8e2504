import HelpdeskCore

/// Short words for routing tests: one team of agents, changed case by case.
enum Desk {
    static let support = TeamID(rawValue: "support")
    static let secondLine = TeamID(rawValue: "second-line")
    static let billing = SkillName(rawValue: "billing")
    static let technical = SkillName(rawValue: "technical")

    /// A Sunday, 10:00 UTC.
    static let now = moment("2026-11-22T10:00:00Z")

    /// Sunday to Thursday 08:00-16:00 UTC.
    static let hours = BusinessHours(
        zone: .utc,
        week: WeekHours([
            .sunday: eight, .monday: eight, .tuesday: eight, .wednesday: eight, .thursday: eight,
        ]))
    static let nights = Shift([
        BusinessHours(
            zone: .utc, week: WeekHours([.sunday: [BusinessHoursTests.range(1_320, 360)]]))
    ])

    /// From 12:00 UTC on.
    static let noon = Shift([
        BusinessHours(
            zone: .utc, week: WeekHours([.sunday: [BusinessHoursTests.range(720, 960)]]))
    ])

    private static let eight = [BusinessHoursTests.range(480, 960)]

    static func id(_ login: String) -> AgentID { AgentID(rawValue: login) }

    static func agent(
        _ login: String, teams: Set<TeamID> = [support], skills: [SkillName: Int] = [:],
        languages: Set<LanguageCode> = [], capacity: Int = 10, duty: RoutingAgent.Duty = .team,
        presence: Presence? = nil, account: RoutingAgent.Account = .active
    ) -> RoutingAgent {
        RoutingAgent(
            id: id(login), teams: teams, skills: skills, languages: languages, capacity: capacity,
            duty: duty, presence: presence, account: account)
    }

    static func snapshot(
        _ agents: [RoutingAgent], loads: [String: AgentLoad] = [:],
        hours: BusinessHours? = hours, overflow: TeamID? = nil,
        secondLineHours: BusinessHours? = nil
    ) -> RoutingSnapshot {
        RoutingSnapshot(
            agents: agents,
            teams: [
                RoutingTeam(id: support, hours: hours, overflow: overflow),
                RoutingTeam(id: secondLine, hours: secondLineHours),
            ],
            loads: Dictionary(uniqueKeysWithValues: loads.map { (id($0.key), $0.value) }))
    }

    static func served(_ login: String, daysAgo: Int64 = 1) -> RoutingRequest.LastServed {
        RoutingRequest.LastServed(agent: id(login), at: now - .days(daysAgo))
    }
}

extension RoutingDecision {
    /// Login of who got it, or nothing.
    var assignee: String? {
        if case .assigned(let agent, _, _) = outcome { agent.rawValue } else { nil }
    }

    /// Why each one was passed over, by login.
    var reasons: [String: PassedOver] {
        var reasons: [String: PassedOver] = [:]
        for candidate in candidates {
            if case .passedOver(let reason) = candidate.standing {
                reasons[candidate.agent.rawValue] = reason
            }
        }
        return reasons
    }

    var ranking: [String] {
        candidates.compactMap { candidate in
            if case .eligible = candidate.standing { candidate.agent.rawValue } else { nil }
        }
    }
}
