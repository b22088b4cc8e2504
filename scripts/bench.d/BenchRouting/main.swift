// What one routing decision costs: CPU seconds of a thread for a ticket with 500 agents in three teams, a third of them full
// and a third off duty, in rounds; prints JSON. usage: bench-routing [AGENTS [ROUNDS]]
import HelpdeskCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

let words = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let count = max(words.first ?? 500, 1)
let rounds = max(words.dropFirst().first ?? 9, 5)
let perRound = 200

let support = TeamID(rawValue: "support")
let second = TeamID(rawValue: "second-line")
let skill = SkillName(rawValue: "billing")
let now = Instant(milliseconds: 1_795_341_600_000)
func shift(_ from: Int) -> Shift {
    let range = HourRange(from: from * 60, to: (from + 8) * 60)
    return Shift([
        BusinessHours(
            zone: .utc,
            week: WeekHours(
                Dictionary(
                    Weekday.allCases.map { ($0, [range].compactMap { $0 }) },
                    uniquingKeysWith: { $1 })), holidays: [])
    ])
}
let early = shift(6)
let late = shift(14)
let agents = (0..<count).map { number in
    RoutingAgent(
        id: AgentID(rawValue: "agent\(number)"),
        teams: number % 5 == 0 ? [support, second] : [support],
        skills: number % 2 == 0 ? [skill: 1 + number % 3] : [:],
        languages: number % 4 == 0 ? [.english, .persian] : [.persian], capacity: 10,
        duty: .shift(number % 3 == 0 ? late : early))
}
let loads = Dictionary(
    agents.enumerated().map { number, agent in
        (agent.id, AgentLoad(mail: number % 3 == 1 ? 10 : number % 9, chat: 0, lastAssignedAt: now))
    }, uniquingKeysWith: { $1 })
var snapshot = RoutingSnapshot(
    agents: agents, teams: [RoutingTeam(id: support, overflow: second), RoutingTeam(id: second)],
    loads: loads)

var costs: [Double] = []
var assigned = 0
for round in 0..<rounds {
    let began = cpuSeconds()
    for number in 0..<perRound {
        let request = RoutingRequest(
            team: support, work: number % 3 == 0 ? .chat : .mail,
            requiredSkills: number % 2 == 0 ? [skill: 2] : [:], language: .persian,
            lastServed: .init(
                agent: agents[(round &* 31 &+ number) % count].id, at: now - .days(1)))
        let decision = route(snapshot, request, policy: .standard, at: now)
        if case .assigned(let agent, _, _) = decision.outcome {
            assigned += 1
            snapshot.assign(request.work, to: agent, at: now)
            snapshot.release(request.work, from: agent)
        }
    }
    costs.append((cpuSeconds() - began) / Double(perRound))
}
costs.sort()
let median = costs[costs.count / 2]
print(
    "{\"bench\":\"routing\",\"agents\":\(count),\"rounds\":\(rounds),\"decisions\":\(rounds * perRound),"
        + "\"assigned\":\(assigned),\"cpu_ms_median\":\(median * 1_000),\"cpu_ms_worst\":\((costs.last ?? 0) * 1_000)}"
)
