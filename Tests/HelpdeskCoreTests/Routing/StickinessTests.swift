import HelpdeskCore
import Testing

@Suite struct StickinessTests {
    private func decide(
        _ agents: [RoutingAgent], loads: [String: AgentLoad] = [:],
        hours: BusinessHours? = Desk.hours,
        overflow: TeamID? = nil, at now: Instant = Desk.now, policy: RoutingPolicy = .standard,
        work: WorkKind = .mail, _ change: (inout RoutingRequest) -> Void
    ) -> RoutingDecision {
        var request = RoutingRequest(team: Desk.support, work: work)
        change(&request)
        return route(
            Desk.snapshot(agents, loads: loads, hours: hours, overflow: overflow), request,
            policy: policy, at: now)
    }

    private let busySara = ["sara": AgentLoad(mail: 8, lastAssignedAt: Desk.now)]
    private let two = [Desk.agent("ali"), Desk.agent("sara")]

    @Test("Who holds the ticket keeps it, before anybody with less to do")
    func holder() {
        let decision = decide(two, loads: busySara) {
            $0.holder = Desk.id("sara")
            $0.lastServed = Desk.served("ali")
        }
        #expect(decision.outcome == .assigned(Desk.id("sara"), team: Desk.support, by: .holder))
        #expect(
            decision.preferred == [
                PreferredAgent(agent: Desk.id("sara"), because: .holder, result: .taken)
            ])
        #expect(decision.ranking == ["ali", "sara"])
    }

    @Test(
        "Who served the customer last within 30 days gets the next ticket, on any channel",
        arguments: [
            (30, true), (31, false),
        ] as [(Int64, Bool)])
    func lastServed(daysAgo: Int64, preferred: Bool) {
        let decision = decide(two, loads: busySara, work: .chat) {
            $0.lastServed = Desk.served("sara", daysAgo: daysAgo)
        }
        #expect(decision.assignee == (preferred ? "sara" : "ali"))
        #expect(decision.preferred.map(\.result) == [preferred ? .taken : .tooLongAgo])
    }

    @Test("Who was just scored low is not preferred, but may get it in turn")
    func scoredLow() {
        let low: (inout RoutingRequest) -> Void = {
            $0.lastServed = Desk.served("sara")
            $0.scoredLow = [Desk.id("sara")]
        }
        #expect(decide(two, loads: busySara, low).assignee == "ali")
        #expect(
            decide([two[1]], low).outcome
                == .assigned(Desk.id("sara"), team: Desk.support, by: .onlyOne))
        #expect(decide(two, low).preferred.map(\.result) == [.scoredLow])
    }

    @Test("A policy without stickiness prefers nobody but the holder")
    func switchedOff() {
        let policy = RoutingPolicy(stickiness: .zero)
        #expect(
            decide(two, loads: busySara, policy: policy) { $0.lastServed = Desk.served("sara") }
                .preferred == [])
        #expect(
            decide(two, loads: busySara, policy: policy) { $0.holder = Desk.id("sara") }.assignee
                == "sara")
    }

    @Test(
        "A preferred agent who cannot take it at all is passed over at once",
        arguments: [
            (Desk.agent("sara", teams: [Desk.secondLine]), PassedOver.notMember),
            (Desk.agent("sara", account: .disabled), .disabled),
            (
                Desk.agent("sara", skills: [Desk.technical: 1]),
                .lacksSkill(Desk.billing, level: nil, needed: 1)
            ),
            (Desk.agent("sara", languages: [.english]), .lacksLanguage(.persian)),
        ])
    func unable(sara: RoutingAgent, reason: PassedOver) {
        let decision = decide([two[0], sara]) {
            $0.holder = Desk.id("sara")
            $0.requiredSkills = [Desk.billing: 1]
            $0.language = .persian
        }
        #expect(decision.assignee == "ali")
        #expect(decision.preferred.map(\.result) == [.unable])
        #expect(decision.reasons["sara"] == reason)
    }

    @Test("An agent who left is explained, and who served last is asked next")
    func gone() {
        let decision = decide(two, loads: busySara) {
            $0.holder = Desk.id("gone")
            $0.lastServed = Desk.served("sara")
        }
        #expect(decision.assignee == "sara")
        #expect(decision.preferred.map(\.result) == [.unable, .taken])
        #expect(decision.reasons["gone"] == .notMember)
    }

    @Test("A holder in the overflow team keeps the ticket")
    func holderInOverflow() {
        let agents = [two[0], Desk.agent("sara", teams: [Desk.secondLine])]
        let decision = decide(agents, overflow: Desk.secondLine) { $0.holder = Desk.id("sara") }
        #expect(decision.outcome == .assigned(Desk.id("sara"), team: Desk.secondLine, by: .holder))
    }

    @Test(
        "An absent or full agent is waited for: a chat 2 minutes, mail and call-backs 4 working hours",
        arguments: [
            (
                Desk.agent("sara", presence: .away), AgentLoad.none, WorkKind.chat,
                "2026-11-22T10:02:00Z"
            ),
            (Desk.agent("sara", presence: .offline), .none, .chat, "2026-11-22T10:02:00Z"),
            (Desk.agent("sara"), AgentLoad(mail: 10), .chat, "2026-11-22T10:02:00Z"),
            (Desk.agent("sara", presence: .offline), .none, .mail, "2026-11-22T14:00:00Z"),
            (Desk.agent("sara", presence: .offline), .none, .callBack, "2026-11-22T14:00:00Z"),
            (Desk.agent("sara"), AgentLoad(mail: 10), .mail, "2026-11-22T14:00:00Z"),
            (Desk.agent("sara", duty: .shift(Desk.noon)), .none, .mail, "2026-11-22T14:00:00Z"),
        ])
    func waits(sara: RoutingAgent, load: AgentLoad, work: WorkKind, until: String) {
        for because in [PreferredAgent.Because.holder, .lastServed] {
            let decision = decide([two[0], sara], loads: ["sara": load], work: work) {
                if because == .holder {
                    $0.holder = sara.id
                } else {
                    $0.lastServed = Desk.served("sara")
                }
            }
            #expect(decision.outcome == .waiting(for: sara.id, until: moment(until)))
            #expect(
                decision.preferred == [
                    PreferredAgent(agent: sara.id, because: because, result: .waitedFor)
                ])
            let begins = sara.duty == .team ? until : "2026-11-22T12:00:00Z"
            #expect(decision.lookAgainAt == moment(begins))
            #expect(decision.ranking == ["ali"])
        }
    }

    @Test(
        "Working hours are those of the team, over night and weekend",
        arguments: [
            ("2026-11-22T14:00:00Z", "2026-11-23T10:00:00Z"),
            ("2026-11-26T15:00:00Z", "2026-11-29T11:00:00Z"),
            ("2026-11-27T12:00:00Z", "2026-11-29T12:00:00Z"),
        ])
    func workingHours(at: String, until: String) {
        let decision = decide([Desk.agent("sara", presence: .offline)], at: moment(at)) {
            $0.holder = Desk.id("sara")
        }
        #expect(decision.outcome == .waiting(for: Desk.id("sara"), until: moment(until)))
        let open = decide([Desk.agent("sara", presence: .offline)], hours: nil, at: moment(at)) {
            $0.holder = Desk.id("sara")
        }
        #expect(open.outcome == .waiting(for: Desk.id("sara"), until: moment(at) + .hours(4)))
    }

    @Test(
        "The wait never passes half of what the SLA leaves, in working hours",
        arguments: [
            // deadline, until
            ("2026-11-22T14:00:00Z", "2026-11-22T12:00:00Z"),
            ("2026-11-22T16:00:00Z", "2026-11-22T13:00:00Z"),
            ("2026-11-23T12:00:00Z", "2026-11-22T14:00:00Z"),
            ("2026-11-22T10:00:02Z", "2026-11-22T10:00:01Z"),
        ])
    func halfOfSLA(deadline: String, until: String) {
        let decision = decide([Desk.agent("sara", presence: .offline)]) {
            $0.holder = Desk.id("sara")
            $0.deadline = moment(deadline)
        }
        #expect(decision.outcome == .waiting(for: Desk.id("sara"), until: moment(until)))
    }

    @Test("With no SLA left there is no wait")
    func noTimeLeft() {
        for deadline in ["2026-11-22T10:00:00Z", "2026-11-22T09:00:00Z"] {
            let decision = decide([two[0], Desk.agent("sara", presence: .offline)]) {
                $0.holder = Desk.id("sara")
                $0.deadline = moment(deadline)
            }
            #expect(decision.assignee == "ali")
            #expect(decision.preferred.map(\.result) == [.waitedOut])
        }
    }

    @Test(
        "The wait is counted from its beginning, and ends exactly then",
        arguments: [
            ("2026-11-22T10:01:59.999Z", false), ("2026-11-22T10:02:00Z", true),
        ])
    func waitEnds(at: String, over: Bool) {
        let decision = decide(
            [two[0], Desk.agent("sara", presence: .away)], at: moment(at), work: .chat
        ) {
            $0.holder = Desk.id("sara")
            $0.waitingSince = Desk.now
            $0.lastServed = Desk.served("ali")
        }
        #expect((decision.assignee == "ali") == over)
        // Who served last may take it then, but one wait is enough.
        #expect(decision.preferred.map(\.result) == (over ? [.waitedOut, .taken] : [.waitedFor]))
    }

    @Test("When the holder was waited out, nobody else is waited for")
    func oneWait() {
        let agents = [
            two[0], Desk.agent("sara", presence: .away), Desk.agent("zoe", presence: .away),
        ]
        let decision = decide(agents, at: Desk.now + .minutes(2), work: .chat) {
            $0.holder = Desk.id("sara")
            $0.waitingSince = Desk.now
            $0.lastServed = Desk.served("zoe")
        }
        #expect(decision.assignee == "ali")
        #expect(decision.preferred.map(\.result) == [.waitedOut, .waitedOut])
    }

    @Test(
        "Whoever the calendar brings back too late is not waited for at all",
        arguments: [
            (Desk.agent("sara", duty: .shift(Desk.nights)), WorkKind.mail),
            (Desk.agent("sara", duty: .shift(Desk.nights), presence: .offline), .mail),
            (Desk.agent("sara", duty: .shift(Desk.noon)), .chat),
            (Desk.agent("sara", duty: .shift(Shift([]))), .callBack),
        ])
    func backTooLate(sara: RoutingAgent, work: WorkKind) {
        for because in [PreferredAgent.Because.holder, .lastServed] {
            let decision = decide([two[0], sara], work: work) {
                if because == .holder {
                    $0.holder = sara.id
                } else {
                    $0.lastServed = Desk.served("sara")
                }
            }
            #expect(decision.assignee == "ali")
            #expect(
                decision.preferred == [
                    PreferredAgent(agent: sara.id, because: because, result: .backTooLate)
                ])
        }
    }

    @Test("Who comes back is preferred even after the wait")
    func comesBack() {
        let decision = decide(two, loads: busySara, at: Desk.now + .hours(5)) {
            $0.holder = Desk.id("sara")
            $0.waitingSince = Desk.now
        }
        #expect(decision.assignee == "sara")
    }

    @Test("The decision is looked at again when the shift of the preferred agent begins")
    func shiftBegins() {
        let decision = decide(
            [Desk.agent("sara", duty: .shift(Desk.nights))], hours: nil,
            at: moment("2026-11-22T20:00:00Z")
        ) {
            $0.holder = Desk.id("sara")
        }
        #expect(
            decision.outcome
                == .waiting(for: Desk.id("sara"), until: moment("2026-11-23T00:00:00Z")))
        #expect(decision.lookAgainAt == moment("2026-11-22T22:00:00Z"))
    }

    @Test("A ticket that is in the holder's load already does not fill it twice")
    func counted() {
        let full = ["sara": AgentLoad(mail: 10)]
        let counted = decide(two, loads: full) {
            $0.holder = Desk.id("sara")
            $0.holderLoad = .counted
        }
        #expect(counted.assignee == "sara")
        #expect(decide(two, loads: full) { $0.holder = Desk.id("sara") }.assignee == nil)
    }

    @Test("An unanswered assignment runs out in working time")
    func assignmentTimeout() {
        let policy = RoutingPolicy(assignmentTimeout: .minutes(30))
        let evening = moment("2026-11-22T15:45:00Z")
        #expect(
            policy.assignmentDeadline(assignedAt: evening, hours: Desk.hours)
                == moment("2026-11-23T08:15:00Z"))
        #expect(
            policy.assignmentDeadline(assignedAt: evening, hours: nil) == evening + .minutes(30))
        #expect(RoutingPolicy.standard.assignmentDeadline(assignedAt: evening, hours: nil) == nil)
    }
}
