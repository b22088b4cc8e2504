/// Decides which agent gets a ticket, or why nobody does (DESIGN §4 "Routing").
///
/// Filters, in this order: team, required skills and language, working hours, presence (live channels only), free
/// capacity. Order among those left: who holds the ticket, who served the customer last, skill level, relative load,
/// longest idle, agent id. A VIP's ticket may go a little beyond a capacity when nobody has room within. Pure: the same snapshot, request, policy and moment give the same decision, in whatever
/// order the agents came. One pass over the members of the team and of its overflow team, and one sort of those who
/// could take it.
public func route(
    _ snapshot: RoutingSnapshot, _ request: RoutingRequest, policy: RoutingPolicy, at now: Instant
) -> RoutingDecision {
    Router(snapshot: snapshot, request: request, policy: policy, now: now).decide()
}

struct Router {
    let snapshot: RoutingSnapshot
    let request: RoutingRequest
    let policy: RoutingPolicy
    let now: Instant

    /// How far ahead the next shift is looked for when nobody is on duty.
    static let shiftHorizon = TimeSpan.days(14)

    private struct Result {
        var outcome: RoutingOutcome
        var lookAgainAt: Instant?
    }

    func decide() -> RoutingDecision {
        var candidates = Candidates(router: self)
        var preferred: [PreferredAgent] = []
        let result =
            resultOfPreference(&candidates, &preferred)
            ?? resultWithinCapacity(candidates) ?? resultOfOverflow(&candidates)
            ?? resultOfRanking(candidates) ?? queued(candidates)
        return RoutingDecision(
            at: now, team: request.team, work: request.work,
            priority: policy.effectivePriority(request.priority, standing: request.standing),
            outcome: result.outcome, preferred: preferred, candidates: candidates.all,
            lookAgainAt: result.lookAgainAt)
    }

    // MARK: Stickiness

    /// Considers the holder, then who served last; ends with the first who takes the ticket or is waited for. One
    /// wait is enough: when the holder was waited out, who served last may take it, but is not waited for.
    private func resultOfPreference(
        _ candidates: inout Candidates, _ preferred: inout [PreferredAgent]
    ) -> Result? {
        for (agent, because) in preferences() {
            func note(_ result: PreferredAgent.Result) {
                preferred.append(PreferredAgent(agent: agent, because: because, result: result))
            }
            if because == .lastServed, let objection = objection(to: agent) {
                note(objection)
                continue
            }
            let candidate = candidates.candidate(agent)
            guard case .passedOver(let reason) = candidate.standing else {
                note(.taken)
                let criterion: RoutingOutcome.Criterion =
                    because == .holder ? .holder : .lastServed
                return Result(
                    outcome: .assigned(agent, team: candidate.team, by: criterion), lookAgainAt: nil
                )
            }
            switch patience(with: candidate, reason) {
            case .none: note(.unable)
            case .backTooLate: note(.backTooLate)
            case .over: note(.waitedOut)
            case .until(let limit, let back):
                note(.waitedFor)
                return Result(
                    outcome: .waiting(for: agent, until: limit), lookAgainAt: back ?? limit)
            }
        }
        return nil
    }

    private enum Patience {
        /// No wait would make the agent able to take it.
        case none
        case backTooLate
        case over
        /// `back`: when the agent's next shift begins, if it does before.
        case until(Instant, back: Instant?)
    }

    private func patience(with candidate: RoutingCandidate, _ reason: PassedOver) -> Patience {
        switch reason {
        case .offDuty, .offline, .away, .screenClosed, .full: break
        case .notMember, .disabled, .excluded, .lacksSkill, .lacksLanguage: return .none
        }
        let until = policy.waitLimit(
            for: request.work, since: request.waitingSince ?? now, deadline: request.deadline,
            hours: hours(of: request.team))
        guard now < until else { return .over }
        let back = nextDuty(of: candidate, before: until)
        switch reason {
        case .offDuty: return back.map { .until(until, back: $0) } ?? .backTooLate
        // They come back when they say so, but before the next shift it would not help.
        case .offline: return back == nil ? .backTooLate : .until(until, back: nil)
        default: return .until(until, back: nil)
        }
    }

    private func preferences() -> [(AgentID, PreferredAgent.Because)] {
        var preferences: [(AgentID, PreferredAgent.Because)] = []
        if let holder = request.holder { preferences.append((holder, .holder)) }
        if let served = request.lastServed, served.agent != request.holder,
            policy.stickiness > .zero
        {
            preferences.append((served.agent, .lastServed))
        }
        return preferences
    }

    private func objection(to agent: AgentID) -> PreferredAgent.Result? {
        if request.scoredLow.contains(agent) { return .scoredLow }
        guard let served = request.lastServed, now.since(served.at) <= policy.stickiness else {
            return .tooLongAgo
        }
        return nil
    }

    // MARK: Everybody else

    private func resultWithinCapacity(_ candidates: Candidates) -> Result? {
        candidates.eligible.first?.score.beyond == 0 ? resultOfRanking(candidates) : nil
    }

    private func resultOfRanking(_ candidates: Candidates) -> Result? {
        guard let best = candidates.eligible.first else { return nil }
        let criterion = candidates.eligible.dropFirst().first.map { decisive(best, over: $0) }
        let agent = candidates.candidate(best)
        return Result(
            outcome: .assigned(agent.agent, team: agent.team, by: criterion ?? .onlyOne),
            lookAgainAt: nil)
    }

    private func resultOfOverflow(_ candidates: inout Candidates) -> Result? {
        guard let overflow = overflowTeam else { return nil }
        candidates.addOverflow(overflow)
        return resultOfRanking(candidates)
    }

    private func decisive(
        _ best: Candidates.Eligible, over next: Candidates.Eligible
    ) -> RoutingOutcome.Criterion {
        // Room within the capacity, or in the team rather than in its overflow, is a matter of load.
        if (best.score.beyond > 0) != (next.score.beyond > 0) { return .load }
        if best.score.beyond > 0, best.side != next.side { return .load }
        if best.score.skill != next.score.skill { return .skill }
        if best.score.isLessLoaded(than: next.score) { return .load }
        return best.score.lastAssignedAt != next.score.lastAssignedAt ? .idle : .id
    }

    private func queued(_ candidates: Candidates) -> Result {
        let shift = candidates.passedOver.lazy.filter { $0.standing == .passedOver(.offDuty) }
            .compactMap { nextDuty(of: $0, before: now + Self.shiftHorizon) }.min()
        return Result(
            outcome: .queued(request.team, because: candidates.queueReason),
            lookAgainAt: [shift, request.exclusionEndsAt].compactMap { $0 }.min())
    }

    // MARK: Hours

    /// A team is never its own overflow.
    var overflowTeam: TeamID? {
        let overflow = snapshot.teams[request.team]?.overflow
        return overflow == request.team ? nil : overflow
    }

    func hours(of team: TeamID) -> BusinessHours? { snapshot.teams[team]?.hours }

    /// When an agent who is off duty or said to be absent is next on duty by the calendar: now, where they are.
    private func nextDuty(of candidate: RoutingCandidate, before limit: Instant) -> Instant? {
        switch candidate.standing {
        case .passedOver(.offDuty), .passedOver(.offline): break
        default: return nil
        }
        guard let agent = snapshot.agent(candidate.agent) else { return nil }
        switch agent.duty {
        case .shift(let shift): return shift.nextDuty(from: now, before: limit)
        case .team:
            guard let hours = hours(of: candidate.team) else { return now }
            return hours.nextOpen(from: now, before: limit)
        }
    }
}
