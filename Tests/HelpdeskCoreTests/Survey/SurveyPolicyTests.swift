import HelpdeskCore
import Testing

@Suite("The survey policy")
struct SurveyPolicyTests {
    static let now = Instant(milliseconds: 1_795_341_600_000)
    static let nima = AgentID(rawValue: "nima")

    static var facts: SurveyFacts {
        SurveyFacts(
            ticket: SurveyFacts.TicketFacts(
                ticketClass: .regular, origin: .live, closingReason: .solved,
                answer: .answered(first: now - .hours(2), last: now - .hours(1), by: nima),
                maker: .person),
            reach: .reachable, lastAsked: nil, sample: 999)
    }

    @Test("asks after the delay")
    func asks() {
        #expect(
            SurveyPolicy().decide(Self.facts, closedAt: Self.now) == .ask(at: Self.now + .hours(1)))
        let atOnce = SurveyPolicy(delay: .zero)
        #expect(atOnce.decide(Self.facts, closedAt: Self.now) == .ask(at: Self.now))
    }

    struct Skip: Sendable, CustomStringConvertible {
        let description: String
        let reason: SurveySkipReason?
        var policy = SurveyPolicy()
        let change: @Sendable (inout SurveyFacts) -> Void
    }

    static let skips: [Skip] = [
        Skip(description: "off", reason: .disabled, policy: SurveyPolicy(surveys: .off)) { _ in },
        Skip(description: "history", reason: .history) { $0.ticket?.origin = .history },
        Skip(description: "spam", reason: .notRegular) { $0.ticket?.ticketClass = .spam },
        Skip(description: "bulk", reason: .notRegular) { $0.ticket?.ticketClass = .bulk },
        Skip(description: "a machine's ticket", reason: .automatic) { $0.ticket?.maker = .machine },
        Skip(description: "closed as spam", reason: .closingReason) {
            $0.ticket?.closingReason = .spam
        },
        Skip(description: "closed as duplicate", reason: .closingReason) {
            $0.ticket?.closingReason = .duplicate
        },
        Skip(description: "closed without answer", reason: .closingReason) {
            $0.ticket?.closingReason = .noAnswer
        },
        Skip(description: "nobody answered", reason: .notAnswered) {
            $0.ticket?.answer = .unanswered
        },
        Skip(description: "no way to ask", reason: .noReachableChannel) { $0.reach = .unreachable },
        Skip(description: "asked within the cooldown", reason: .cooldown) {
            $0.lastAsked = now - .days(7) + TimeSpan(milliseconds: 1)
        },
        Skip(description: "asked exactly the cooldown ago", reason: nil) {
            $0.lastAsked = now - .days(7)
        },
        Skip(
            description: "outside the sample", reason: .notSampled,
            policy: SurveyPolicy(samplePerThousand: 500)
        ) {
            $0.sample = 500
        },
        Skip(
            description: "inside the sample", reason: nil,
            policy: SurveyPolicy(samplePerThousand: 500)
        ) {
            $0.sample = 499
        },
        Skip(
            description: "nobody is sampled", reason: .notSampled,
            policy: SurveyPolicy(samplePerThousand: 0)
        ) {
            $0.sample = 0
        },
        Skip(description: "the customer said no", reason: .optedOut) { $0.consent = .withdrawn },
        Skip(description: "blocked", reason: .blocked) { $0.standing = .blocked },
        Skip(description: "merged away", reason: .merged) { $0.ticket?.place = .merged },
        Skip(description: "owed after a repair, in spite of the cooldown", reason: nil) {
            $0.lastAsked = now - .hours(1)
            $0.cooling = .waived
        },
        Skip(description: "about no ticket", reason: nil) { $0.ticket = nil },
        Skip(description: "opened by an agent", reason: nil) { $0.ticket?.origin = .agent },
        Skip(description: "wrapped up", reason: nil) { $0.ticket?.closingReason = .wrappedUp },
    ]

    @Test("leaves customers alone in their quiet hours, on their own clocks")
    func quietHours() throws {
        // 10:00 UTC and an hour later; in Tehran 13:30 and 14:30.
        let quiet = try QuietHours(["14:00-16:00"])
        let policy = SurveyPolicy(quiet: quiet)
        var facts = Self.facts
        #expect(policy.decide(facts, closedAt: Self.now) == .ask(at: Self.now + .hours(1)))
        facts.zone = ZoneRules(name: "Asia/Tehran", offsetSeconds: 12_600)
        #expect(
            policy.decide(facts, closedAt: Self.now)
                == .ask(at: Self.now + .hours(2) + .minutes(30)))
        #expect(
            policy.decideAgain(facts, at: Self.now + .hours(1))
                == .ask(at: Self.now + .hours(2) + .minutes(30)))
    }

    @Test("says why it does not ask", arguments: skips)
    func isSaid(skip: Skip) {
        var facts = Self.facts
        skip.change(&facts)
        let decision = skip.policy.decide(facts, closedAt: Self.now)
        #expect(decision == skip.reason.map { .skip($0) } ?? .ask(at: Self.now + .hours(1)))
    }
}

@Suite("A survey's answer")
struct SurveyResponseTests {
    static let now = SurveyPolicyTests.now
    static let recovery = RecoveryID(rawValue: 3)

    static func invitation(
        _ kind: SurveyKind = .csat, _ response: Invitation.Response = .open
    ) -> Invitation {
        Invitation(
            id: InvitationID(rawValue: 1), kind: kind, expires: now + .days(1), response: response)
    }

    @Test(
        "opens and closes recoveries",
        arguments: [
            (Int(1), RecoveryID?.none, RecoveryStep.open(due: now + .hours(24))),
            (2, nil, .open(due: now + .hours(24))),
            (3, nil, .none), (5, nil, .none), (1, recovery, .none), (3, recovery, .close(recovery)),
            (5, recovery, .close(recovery)),
        ])
    func recoveries(score: Int, open: RecoveryID?, step: RecoveryStep) throws {
        let result = try Self.invitation().answer(
            score: score, comment: nil, openRecovery: open, policy: SurveyPolicy(), at: Self.now)
        #expect(result.step == step)
        #expect(
            result.answered
                == SurveyAnswered(
                    invitation: InvitationID(rawValue: 1), score: score, previous: nil,
                    comment: nil,
                    way: .page))
    }

    @Test(
        "off the scale is refused",
        arguments: [
            (SurveyKind.csat, 0), (.csat, 6), (.nps, -1), (.nps, 11), (.ces, 0), (.ces, 8),
            (.csat, .max), (.nps, .min),
        ])
    func scale(kind: SurveyKind, score: Int) {
        #expect(throws: ResponseRejection.scoreOutOfRange(kind)) {
            try Self.invitation(kind).answer(
                score: score, comment: nil, openRecovery: nil, policy: SurveyPolicy(), at: Self.now)
        }
    }

    @Test("counts until the last moment before expiry and not at it")
    func expiry() throws {
        let invitation = Self.invitation()
        _ = try invitation.answer(
            score: 3, comment: nil, openRecovery: nil, policy: SurveyPolicy(),
            at: invitation.expires - TimeSpan(milliseconds: 1))
        #expect(throws: ResponseRejection.expired) {
            try invitation.answer(
                score: 3, comment: nil, openRecovery: nil, policy: SurveyPolicy(),
                at: invitation.expires)
        }
    }

    @Test("corrects an earlier one and names it; the same again is nothing")
    func corrected() throws {
        let answered = Self.invitation(.csat, .answered(score: 1, at: Self.now - .hours(1)))
        let result = try answered.answer(
            score: 4, comment: nil, openRecovery: Self.recovery, policy: SurveyPolicy(),
            at: Self.now)
        #expect(result.answered.previous == 1)
        #expect(throws: ResponseRejection.unchanged) {
            try answered.answer(
                score: 1, comment: nil, openRecovery: nil, policy: SurveyPolicy(), at: Self.now)
        }
    }

    @Test("of NPS or CES opens no recovery")
    func otherKinds() throws {
        for kind in [SurveyKind.nps, .ces] {
            let result = try Self.invitation(kind).answer(
                score: 1, comment: nil, openRecovery: nil, policy: SurveyPolicy(), at: Self.now)
            #expect(result.step == .none)
        }
    }
}
