import HelpdeskCore
import Testing

@Suite struct RoutingFilterTests {
    private func decide(
        _ agent: RoutingAgent, load: AgentLoad = .none, at now: Instant = Desk.now,
        _ change: (inout RoutingRequest) -> Void = { _ in }
    ) -> RoutingDecision {
        var request = RoutingRequest(team: Desk.support, work: .mail)
        change(&request)
        return route(
            Desk.snapshot([agent], loads: [agent.id.rawValue: load]), request, policy: .standard,
            at: now)
    }

    @Test("Whoever passes every filter gets the ticket, and the whole decision says so")
    func wholeDecision() {
        let last = Desk.now - .hours(1)
        let decision = decide(
            Desk.agent("sara"), load: AgentLoad(mail: 1, chat: 1, lastAssignedAt: last))
        #expect(
            decision
                == RoutingDecision(
                    at: Desk.now, team: Desk.support, work: .mail, priority: .normal,
                    outcome: .assigned(Desk.id("sara"), team: Desk.support, by: .onlyOne),
                    preferred: [],
                    candidates: [
                        RoutingCandidate(
                            agent: Desk.id("sara"), team: Desk.support,
                            standing: .eligible(
                                RoutingScore(
                                    skill: 0, inHand: 3, capacity: 10, lastAssignedAt: last)))
                    ], lookAgainAt: nil))
    }

    @Test("Only members of the team are candidates")
    func team() {
        let decision = decide(Desk.agent("sara", teams: [Desk.secondLine]))
        #expect(decision.outcome == .queued(Desk.support, because: .noMembers))
        #expect(decision.candidates == [])
        let unknown = route(
            Desk.snapshot([Desk.agent("sara")]),
            RoutingRequest(team: TeamID(rawValue: "nowhere"), work: .mail),
            policy: .standard, at: Desk.now)
        #expect(unknown.outcome == .queued(TeamID(rawValue: "nowhere"), because: .noMembers))
    }

    @Test("A disabled account takes nothing")
    func disabled() {
        let decision = decide(Desk.agent("sara", account: .disabled))
        #expect(decision.reasons == ["sara": .disabled])
        #expect(decision.outcome == .queued(Desk.support, because: .noMembers))
    }

    @Test(
        "Required skills need their level; an agent without any skill is unrestricted",
        arguments: [
            ([Desk.billing: 2], nil), ([Desk.billing: 3, Desk.technical: 1], nil), ([:], nil),
            ([Desk.billing: 1], PassedOver.lacksSkill(Desk.billing, level: 1, needed: 2)),
            ([Desk.technical: 5], .lacksSkill(Desk.billing, level: nil, needed: 2)),
        ] as [([SkillName: Int], PassedOver?)])
    func skills(skills: [SkillName: Int], reason: PassedOver?) {
        let decision = decide(Desk.agent("sara", skills: skills)) {
            $0.requiredSkills = [Desk.billing: 2]
        }
        #expect(decision.reasons["sara"] == reason)
        #expect((decision.assignee == nil) == (reason != nil))
        if reason != nil {
            #expect(decision.outcome == .queued(Desk.support, because: .nobodyQualified))
        }
    }

    @Test(
        "The language must be spoken; an agent without any language is unrestricted",
        arguments: [
            ([LanguageCode.persian], nil), ([LanguageCode.persian, LanguageCode.english], nil),
            ([], nil),
            ([LanguageCode.english], PassedOver.lacksLanguage(.persian)),
        ] as [([LanguageCode], PassedOver?)])
    func languages(languages: [LanguageCode], reason: PassedOver?) {
        let decision = decide(Desk.agent("sara", languages: Set(languages))) {
            $0.language = .persian
        }
        #expect(decision.reasons["sara"] == reason)
        #expect(decide(Desk.agent("sara", languages: Set(languages))).assignee == "sara")
    }

    @Test(
        "Duty is by shift, else by the team's hours; mail needs no screen, live channels do",
        arguments: [
            // presence, duty, work, at, reason
            (nil, RoutingAgent.Duty.team, WorkKind.mail, "2026-11-22T08:00:00Z", nil),
            (nil, .team, .mail, "2026-11-22T07:59:59Z", PassedOver.offDuty),
            (nil, .team, .mail, "2026-11-22T16:00:00Z", .offDuty),
            (nil, .team, .chat, "2026-11-22T10:00:00Z", nil),
            (nil, .shift(Desk.nights), .mail, "2026-11-22T10:00:00Z", .offDuty),
            (nil, .shift(Desk.nights), .mail, "2026-11-22T23:00:00Z", nil),
            (.online, .team, .chat, "2026-11-22T10:00:00Z", nil),
            (.online, .team, .mail, "2026-11-22T20:00:00Z", .offDuty),
            (.away, .team, .chat, "2026-11-22T10:00:00Z", .away),
            (.away, .team, .mail, "2026-11-22T10:00:00Z", nil),
            (.away, .team, .callBack, "2026-11-22T10:00:00Z", nil),
            (.offline, .team, .mail, "2026-11-22T10:00:00Z", .offline),
            (.offline, .team, .callBack, "2026-11-22T10:00:00Z", .offline),
            (.offline, .team, .chat, "2026-11-22T10:00:00Z", .offline),
        ] as [(Presence?, RoutingAgent.Duty, WorkKind, String, PassedOver?)])
    func duty(
        presence: Presence?, duty: RoutingAgent.Duty, work: WorkKind, at: String,
        reason: PassedOver?
    ) {
        let decision = decide(Desk.agent("sara", duty: duty, presence: presence), at: moment(at)) {
            $0.work = work
        }
        #expect(decision.reasons["sara"] == reason)
    }

    @Test(
        "A closed screen is away from live channels, unless they spoke by hand; one that never was open says nothing",
        arguments: [
            (nil, nil, WorkKind.chat, nil), (nil, .open, .chat, nil),
            (nil, .closed, .chat, PassedOver.screenClosed), (nil, .closed, .mail, nil),
            (nil, .closed, .callBack, nil), (.online, .closed, .chat, nil),
            (.away, .open, .chat, .away), (.offline, .open, .chat, .offline),
        ] as [(Presence?, Screen?, WorkKind, PassedOver?)])
    func screen(presence: Presence?, screen: Screen?, work: WorkKind, reason: PassedOver?) {
        var agent = Desk.agent("sara", presence: presence)
        agent.screen = screen
        let decision = decide(agent) { $0.work = work }
        #expect(decision.reasons["sara"] == reason)
    }

    @Test("Without shift and business hours an agent is always on duty")
    func alwaysOnDuty() {
        let snapshot = Desk.snapshot([Desk.agent("sara")], hours: nil)
        let night = route(
            snapshot, RoutingRequest(team: Desk.support, work: .chat), policy: .standard,
            at: moment("2026-11-27T03:00:00Z"))
        #expect(night.assignee == "sara")
    }

    @Test(
        "Capacity counts by the weights of the channels",
        arguments: [
            (AgentLoad(mail: 9), WorkKind.mail, nil), (AgentLoad(mail: 10), .mail, 10),
            (AgentLoad(chat: 4), .chat, nil),
            (AgentLoad(mail: 9), .chat, 9), (AgentLoad(mail: 1, chat: 4), .mail, nil),
            (AgentLoad(mail: 2, chat: 4), .callBack, 10), (AgentLoad(mail: -5), .mail, nil),
            (AgentLoad(mail: .max, chat: .max, callBack: .max), .mail, 1_000_000),
        ] as [(AgentLoad, WorkKind, Int?)])
    func capacity(load: AgentLoad, work: WorkKind, full: Int?) {
        let decision = decide(Desk.agent("sara"), load: load) { $0.work = work }
        let needed = work == .chat ? 2 : 1
        #expect(
            decision.reasons["sara"] == full.map { .full(load: $0, capacity: 10, needed: needed) })
        if full != nil {
            #expect(decision.outcome == .queued(Desk.support, because: .everybodyFull))
        }
    }

    @Test("Nobody without capacity gets anything, whatever the weights")
    func noCapacity() {
        let policy = RoutingPolicy(weights: .init(mail: 0, chat: 0, callBack: 0))
        for capacity in [0, -3, Int.min] {
            let decision = route(
                Desk.snapshot([Desk.agent("sara", capacity: capacity)]),
                RoutingRequest(team: Desk.support, work: .mail),
                policy: policy, at: Desk.now)
            #expect(decision.reasons["sara"] == .full(load: 0, capacity: 0, needed: 0))
        }
    }

    @Test(
        "An excluded agent does not get it",
        arguments: [
            RoutingExclusion.timedOut, .gaveBack, .byHand,
        ])
    func excluded(exclusion: RoutingExclusion) {
        let decision = decide(Desk.agent("sara")) { $0.excluded = [Desk.id("sara"): exclusion] }
        #expect(decision.reasons == ["sara": .excluded(exclusion)])
        #expect(decision.outcome == .queued(Desk.support, because: .nobodyQualified))
    }

    @Test("The queue's reason is that of whoever got farthest, and says when to look again")
    func queueReasons() {
        let agents = [
            Desk.agent("a", languages: [.english]), Desk.agent("b", duty: .shift(Desk.nights)),
            Desk.agent("c", presence: .away), Desk.agent("d", presence: .offline),
        ]
        var request = RoutingRequest(team: Desk.support, work: .chat, language: .persian)
        let all = route(Desk.snapshot(agents), request, policy: .standard, at: Desk.now)
        #expect(all.outcome == .queued(Desk.support, because: .nobodyPresent))
        #expect(all.lookAgainAt == moment("2026-11-22T22:00:00Z"))
        let some = route(
            Desk.snapshot([agents[0], agents[3]]), request, policy: .standard, at: Desk.now)
        #expect(some.outcome == .queued(Desk.support, because: .nobodyOnDuty))
        #expect(some.lookAgainAt == nil)
        request.work = .mail
        let closed = route(
            Desk.snapshot(agents), request, policy: .standard, at: moment("2026-11-26T17:00:00Z"))
        #expect(closed.outcome == .queued(Desk.support, because: .nobodyOnDuty))
        #expect(closed.lookAgainAt == moment("2026-11-29T08:00:00Z"))
    }
}
