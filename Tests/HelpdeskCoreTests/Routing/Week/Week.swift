import HelpdeskCore
import RandomKit

/// A made-up week of one helpdesk: 20 agents in shifts, and what comes in on three channels. The same for everybody
/// who shares the work out.
struct Week {
    struct Arrival {
        let ticket: TicketNumber
        let at: Instant
        let customer: CustomerID
        let request: RoutingRequest
        /// Time of an agent that it takes, whoever that is.
        let service: Int
        /// Working time in which the first answer was promised.
        let promise: TimeSpan
    }

    let agents: [RoutingAgent]
    /// Ascending.
    let arrivals: [Arrival]
    /// Ascending.
    let presences: [PastPresence]
    let start: Instant
    let end: Instant

    /// Every day from 07:00 to 22:00.
    static let hours = BusinessHours(
        zone: .utc,
        week: WeekHours(
            Dictionary(
                uniqueKeysWithValues: Weekday.allCases.map {
                    ($0, [BusinessHoursTests.range(420, 1_320)])
                })))

    static let customers = 4_000

    init(seed: UInt64) {
        var generator = SeededRandom(seed: seed)
        let start = moment("2026-11-22T00:00:00Z")
        let agents = (0..<20).map { Self.agent($0, &generator) }
        self.start = start
        self.agents = agents
        end = start + .days(7)
        presences = Self.presences(agents, start, &generator)
        arrivals = Self.arrivals(start, &generator)
    }

    // MARK: People

    private static func agent(
        _ number: Int, _ generator: inout SeededRandom
    ) -> RoutingAgent {
        let ranges = [(420, 900), (600, 1_080), (840, 1_320)]
        let range = ranges[number % 3]
        let first = number % 7
        var days: [Weekday: [HourRange]] = [:]
        for day in Weekday.allCases where (day.rawValue + first) % 7 < 5 {
            days[day] = [BusinessHoursTests.range(range.0, range.1)]
        }
        // Every fifth has a day off in this week that the calendar knows of.
        let off = CivilDate(dayNumber: 20_779 + Int.random(in: 0..<7, using: &generator))
        let calendar = BusinessHours(
            zone: .utc, week: WeekHours(days), holidays: number % 5 == 0 ? [off] : [])
        return Desk.agent(
            "agent\(number / 10)\(number % 10)",
            skills: [
                [Desk.billing: 1], [Desk.technical: 1], [Desk.billing: 1, Desk.technical: 1],
                [Desk.billing: 1, Desk.technical: 1],
            ][number % 4],
            languages: number % 5 == 4 || number % 5 == 1 ? [.english, .persian] : [.persian],
            capacity: number % 6 == 0 ? 6 : 10, duty: .shift(Shift([calendar])))
    }

    /// A break a day, sometimes a longer one, and some who go home ill.
    private static func presences(
        _ agents: [RoutingAgent], _ start: Instant, _ generator: inout SeededRandom
    ) -> [PastPresence] {
        var presences: [PastPresence] = []
        for agent in agents {
            guard case .shift(let shift) = agent.duty, let calendar = shift.calendars.first else {
                continue
            }
            for period in calendar.periods(from: start, count: 7) {
                let left =
                    period.lowerBound + .minutes(Int64.random(in: 120...300, using: &generator))
                let isIll = Int.random(in: 0..<20, using: &generator) == 0
                presences.append(
                    PastPresence(agent: agent.id, presence: isIll ? .offline : .away, at: left))
                let back =
                    isIll
                    ? period.upperBound
                    : left + .minutes(Int64.random(in: 20...50, using: &generator))
                presences.append(PastPresence(agent: agent.id, presence: nil, at: back))
            }
        }
        return presences.sorted { ($0.at, $0.agent) < ($1.at, $1.agent) }
    }

    // MARK: Work

    private static func arrivals(
        _ start: Instant, _ generator: inout SeededRandom
    ) -> [Arrival] {
        var arrivals: [Arrival] = []
        for minute in 0..<(7 * 1_440) {
            // Expected in a minute, in thousandths; mail comes at night too.
            let rate =
                switch minute % 1_440 / 60 {
                case 0..<7, 22..<24: 60
                case 9..<12, 14..<17: 800
                default: 480
                }
            for _ in 0..<2 where Int.random(in: 0..<2_000, using: &generator) < rate {
                arrivals.append(
                    arrival(
                        arrivals.count + 1, start + .minutes(Int64(minute)),
                        minute % 1_440, &generator))
            }
        }
        return arrivals
    }

    private static func arrival(
        _ number: Int, _ at: Instant, _ minute: Int, _ generator: inout SeededRandom
    ) -> Arrival {
        // A few customers write often, most seldom.
        let draw = Double.random(in: 0..<1, using: &generator)
        let customer = Int(draw * draw * Double(customers))
        let isOpen = (420..<1_310).contains(minute)
        let kinds: [WorkKind] = [.mail, .mail, .mail, .chat, .chat, .callBack]
        let work = isOpen ? kinds.randomElement(using: &generator) ?? .mail : .mail
        let isVIP = customer % 20 == 0
        let skills: [[SkillName: Int]] = [
            [:], [:], [Desk.billing: 1], [Desk.technical: 1], [Desk.technical: 1],
        ]
        let promise: TimeSpan =
            switch work {
            case .chat: .minutes(5)
            case .callBack: .minutes(30)
            case .mail: isVIP ? .hours(1) : .hours(4)
            }
        let deadline = (try? hours.adding(promise, to: at)) ?? at + promise
        return Arrival(
            ticket: TicketNumber(rawValue: Int64(number)), at: at,
            customer: CustomerID(rawValue: Int64(customer)),
            request: RoutingRequest(
                team: Desk.support, work: work, standing: isVIP ? .vip : .regular,
                requiredSkills: skills.randomElement(using: &generator) ?? [:],
                language: customer % 8 == 0 ? .english : .persian, deadline: deadline),
            service: Int.random(in: work == .mail ? 4...14 : 3...9, using: &generator),
            promise: promise)
    }
}
