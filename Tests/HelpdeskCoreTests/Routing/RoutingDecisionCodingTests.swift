import Foundation
import HelpdeskCore
import Testing

@Suite struct RoutingDecisionCodingTests {
    /// The stored form may grow, and never change: events written today are read for ever.
    private let stored = """
        {"at":1795341600000,"candidates":[\
        {"agent":"sara","standing":{"score":{"beyond":1,"capacity":10,"in_hand":3,"last_assigned_at":1795341000000,"load":300,"skill":2}},"team":"support"},\
        {"agent":"a","standing":{"passed_over":{"why":"not_member"}},"team":"support"},\
        {"agent":"b","standing":{"passed_over":{"why":"disabled"}},"team":"support"},\
        {"agent":"c","standing":{"passed_over":{"exclusion":"timed_out","why":"excluded"}},"team":"support"},\
        {"agent":"d","standing":{"passed_over":{"level":1,"needed":2,"skill":"billing","why":"lacks_skill"}},"team":"support"},\
        {"agent":"e","standing":{"passed_over":{"needed":2,"skill":"billing","why":"lacks_skill"}},"team":"support"},\
        {"agent":"f","standing":{"passed_over":{"language":"fa","why":"lacks_language"}},"team":"support"},\
        {"agent":"g","standing":{"passed_over":{"why":"off_duty"}},"team":"support"},\
        {"agent":"h","standing":{"passed_over":{"why":"offline"}},"team":"support"},\
        {"agent":"i","standing":{"passed_over":{"why":"away"}},"team":"support"},\
        {"agent":"i2","standing":{"passed_over":{"why":"screen_closed"}},"team":"support"},\
        {"agent":"j","standing":{"passed_over":{"capacity":10,"load":9,"needed":2,"why":"full"}},"team":"second-line"}\
        ],"look_again_at":1795342000000,"outcome":{"agent":"j","result":"waiting","until":1795343000000},\
        "preferred":[{"agent":"j","because":"last_served","result":"waited_for"}],\
        "priority":"high","team":"support","work":"call_back"}
        """

    private var decision: RoutingDecision {
        func passed(_ login: String, _ reason: PassedOver, _ team: TeamID = Desk.support)
            -> RoutingCandidate
        {
            RoutingCandidate(agent: Desk.id(login), team: team, standing: .passedOver(reason))
        }
        return RoutingDecision(
            at: Instant(milliseconds: 1_795_341_600_000), team: Desk.support, work: .callBack,
            priority: .high,
            outcome: .waiting(for: Desk.id("j"), until: Instant(milliseconds: 1_795_343_000_000)),
            preferred: [
                PreferredAgent(agent: Desk.id("j"), because: .lastServed, result: .waitedFor)
            ],
            candidates: [
                RoutingCandidate(
                    agent: Desk.id("sara"), team: Desk.support,
                    standing: .eligible(
                        RoutingScore(
                            skill: 2, inHand: 3, capacity: 10, beyond: 1,
                            lastAssignedAt: Instant(milliseconds: 1_795_341_000_000)))),
                passed("a", .notMember), passed("b", .disabled), passed("c", .excluded(.timedOut)),
                passed("d", .lacksSkill(Desk.billing, level: 1, needed: 2)),
                passed("e", .lacksSkill(Desk.billing, level: nil, needed: 2)),
                passed("f", .lacksLanguage(.persian)),
                passed("g", .offDuty), passed("h", .offline), passed("i", .away),
                passed("i2", .screenClosed),
                passed("j", .full(load: 9, capacity: 10, needed: 2), Desk.secondLine),
            ], lookAgainAt: Instant(milliseconds: 1_795_342_000_000))
    }

    @Test("The stored form is this one")
    func encoding() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(decision), as: UTF8.self) == stored)
    }

    @Test("The stored form is read, with fields of later versions in it")
    func decoding() throws {
        let later = stored.replacing(#""work":"#, with: #""invented_later":{"x":1},"work":"#)
        #expect(try JSONDecoder().decode(RoutingDecision.self, from: Data(later.utf8)) == decision)
    }

    @Test(
        "Each outcome has its form",
        arguments: [
            (
                RoutingOutcome.assigned(Desk.id("a"), team: Desk.support, by: .lastServed),
                #"{"agent":"a","by":"last_served","result":"assigned","team":"support"}"#
            ),
            (
                .queued(Desk.support, because: .everybodyFull),
                #"{"because":"everybody_full","result":"queued","team":"support"}"#
            ),
        ])
    func outcomes(outcome: RoutingOutcome, text: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(outcome), as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(RoutingOutcome.self, from: Data(text.utf8)) == outcome)
    }

    @Test("A score stored before its parts were is read as a share")
    func earlierScore() throws {
        let earlier = Data(#"{"last_assigned_at":5,"load":333,"skill":1}"#.utf8)
        let score = try JSONDecoder().decode(RoutingScore.self, from: earlier)
        #expect(
            score == RoutingScore(skill: 1, load: 333, lastAssignedAt: Instant(milliseconds: 5)))
        #expect(score.load == 333)
    }

    @Test("The explanation names every fact")
    func explanation() {
        #expect(
            decision.explanation { $0 == decision.at ? "now" : "then" } == [
                "waits for j until then",
                "preferred: j, who served this customer last: is waited for",
                "1. sara: skill 2, 30.0 % loaded (3 of 10), 1 beyond the capacity for a VIP, last given work then",
                "a: passed over, not a member of the team",
                "b: passed over, the account is disabled",
                "c: passed over, had it and did not answer in time",
                "d: passed over, skill billing is 1, needed 2",
                "e: passed over, skill billing is missing, needed 2",
                "f: passed over, does not speak fa",
                "g: passed over, off duty",
                "h: passed over, set to offline",
                "i: passed over, away from the screen",
                "i2: passed over, has no screen open",
                "j (team second-line): passed over, has 9 of 10 in hand, and this takes 2",
            ])
    }
}
