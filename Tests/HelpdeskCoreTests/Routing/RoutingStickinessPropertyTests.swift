import HelpdeskCore
import Testing

/// Laws of stickiness: honoured whenever it is allowed, and never for longer.
@Suite struct RoutingStickinessPropertyTests {
    @Test("The preferred agent gets it, or is waited for, whenever that is allowed")
    func honoured() {
        var counts: [PreferredAgent.Result: Int] = [:]
        let wrong = RoutingScene.everyScene("routing stickiness") { scene, _ in
            let decision = scene.decision
            for one in decision.preferred { counts[one.result, default: 0] += 1 }
            let expected = expectation(scene)
            let found: Expectation =
                switch decision.outcome {
                case .assigned(let agent, _, .holder), .assigned(let agent, _, .lastServed):
                    .gets(agent)
                case .waiting(let agent, _): .isWaitedFor(agent)
                case .assigned, .queued: .nobody
                }
            return found == expected ? nil : "\(decision.outcome) and not \(expected)"
        }
        #expect(wrong == [])
        print(
            "routing stickiness: \(counts.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" })"
        )
        for result in [
            PreferredAgent.Result.taken, .waitedFor, .waitedOut, .backTooLate, .unable, .scoredLow,
            .tooLongAgo,
        ] {
            #expect(counts[result, default: 0] > 0)
        }
    }

    private enum Expectation: Equatable {
        case gets(AgentID)
        case isWaitedFor(AgentID)
        case nobody
    }

    /// DESIGN §4 once more: the holder, then who served last within 30 days and was not scored low.
    private func expectation(_ scene: RoutingScene) -> Expectation {
        var preferred = [scene.request.holder].compactMap { $0 }
        if let served = scene.request.lastServed, served.agent != scene.request.holder,
            scene.now.since(served.at) <= .days(30), !scene.request.scoredLow.contains(served.agent)
        {
            preferred.append(served.agent)
        }
        for id in preferred {
            guard let agent = scene.agent(id), let team = scene.team(of: agent) else { continue }
            if scene.canTake(agent, in: team, beyond: scene.reserve) { return .gets(id) }
            if scene.isQualified(agent, in: team), isWorthWaiting(agent, team, scene) {
                return .isWaitedFor(id)
            }
        }
        return .nobody
    }

    /// Whether there is a moment from now on at which the wait is not over yet and the agent is on duty. Every shift
    /// in these scenes begins with a full hour.
    private func isWorthWaiting(
        _ agent: RoutingAgent, _ team: TeamID, _ scene: RoutingScene
    ) -> Bool {
        guard mayStillWait(at: scene.now, scene) else { return false }
        var later = scene
        var moment = scene.now
        while mayStillWait(at: moment, scene) {
            later.now = moment
            if later.isOnDuty(agent, in: team) { return true }
            moment = Instant(milliseconds: (moment.milliseconds / 3_600_000 + 1) * 3_600_000)
        }
        return false
    }

    /// 2 minutes for a chat, 4 working hours for the rest, and half of what the SLA left when the wait began.
    private func mayStillWait(at moment: Instant, _ scene: RoutingScene) -> Bool {
        let start = scene.request.waitingSince ?? scene.now
        let hours = scene.hours(of: scene.request.team) ?? .always
        let waited = hours.elapsed(from: start, to: moment)
        let patience =
            scene.request.work == .chat
            ? moment.since(start) < .minutes(2) : waited < .hours(4)
        guard let deadline = scene.request.deadline else { return patience }
        let left = hours.elapsed(from: start, to: deadline).milliseconds
        return patience && left > 1 && waited.milliseconds < left / 2
    }

    @Test("No wait ends later than its bounds")
    func bounded() {
        var waits = 0
        let wrong = RoutingScene.everyScene("routing wait bounds") { scene, _ in
            guard case .waiting(_, let until) = scene.decision.outcome else { return nil }
            waits += 1
            let start = scene.request.waitingSince ?? scene.now
            let hours = scene.hours(of: scene.request.team) ?? .always
            let waited = hours.elapsed(from: start, to: until)
            if until <= scene.now { return "ends before it began" }
            if scene.request.work == .chat ? until.since(start) > .minutes(2) : waited > .hours(4) {
                return "waits \(waited)"
            }
            if let deadline = scene.request.deadline,
                waited.milliseconds * 2 > hours.elapsed(from: start, to: deadline).milliseconds
            {
                return "waits \(waited) with a deadline at \(deadline)"
            }
            let look = scene.decision.lookAgainAt ?? .distantFuture
            return look <= until && look > scene.now ? nil : "is looked at \(look)"
        }
        #expect(wrong == [])
        print("routing wait bounds: \(waits) waits")
        #expect(waits > 100)
    }
}
