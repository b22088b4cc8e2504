internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskStore

extension API.Explanation {
    /// Every automatic decision about a ticket, each with one plain sentence (invariant 7).
    init(_ material: ExplainMaterial) {
        let threading = material.threading.map(Threading.init)
        let routing = material.routing.map(Routing.init)
        let last = [threading.last?.sentence, routing.last?.sentence].compactMap { $0 }
        let surveys = material.surveys.compactMap { Step($0) }
        let acknowledgements = material.acknowledgements.compactMap { Step($0) }
        let promises = material.promises.compactMap { Step(promise: $0) }
        self.init(
            ticket: material.ticket, summary: last.joined(separator: " "), threading: threading,
            routing: routing, surveys: surveys, acknowledgements: acknowledgements,
            sla: Self.clocks(material.promises), promises: promises,
            notices: material.notices.compactMap { Step(notice: $0) })
    }
}

extension API.Explanation.Threading {
    init(_ item: ExplainMaterial.Threading) {
        let decision = item.decision
        self.init(
            message: item.message, at: Timestamp(item.at), rule: decision.rule.rawValue,
            outcome: decision.outcome.rawValue, ticket: decision.ticket,
            mark: decision.mark?.rawValue,
            sentence: ThreadingSentence.of(decision, message: item.message),
            steps: decision.steps.map(API.Explanation.Check.init))
    }
}

extension API.Explanation.Check {
    init(_ step: ThreadingDecision.Step) {
        self.init(
            rule: step.rule.rawValue, ticket: step.ticket, verdict: step.verdict.rawValue,
            sentence: ThreadingSentence.of(step))
    }
}

extension API.Explanation.Routing {
    init(_ item: ExplainMaterial.Routing) {
        let by = item.actor == .system ? "router" : item.actor.kind
        switch item.step {
        case .assigned(let assigned):
            self.init(
                position: item.position, at: Timestamp(item.at), outcome: "assigned",
                agent: assigned.agent, by: assigned.by.rawValue,
                sentence: RoutingSentence.of(assigned, actor: item.actor),
                candidates: Self.candidates(assigned.decision))
        case .queued(let queued):
            self.init(
                position: item.position, at: Timestamp(item.at),
                outcome: queued.until == nil ? "queued" : "waiting",
                agent: Self.awaited(queued.decision), until: Timestamp(queued.until), by: "router",
                sentence: RoutingSentence.of(queued.decision),
                candidates: Self.candidates(queued.decision))
        case .unassigned(let change):
            self.init(
                position: item.position, at: Timestamp(item.at), outcome: "unassigned",
                agent: change.previous, by: by,
                sentence: RoutingSentence.of(change, actor: item.actor))
        case .ruled(let applied, let matches):
            self.init(
                position: item.position, at: Timestamp(item.at), outcome: "ruled", by: "rules",
                sentence: RoutingSentence.of(applied, matches: matches))
        case .transferred(let change):
            self.init(
                position: item.position, at: Timestamp(item.at), outcome: "transferred", by: by,
                sentence: RoutingSentence.of(change, actor: item.actor))
        }
    }

    private static func awaited(_ decision: RoutingDecision) -> AgentID? {
        if case .waiting(let agent, _) = decision.outcome { agent } else { nil }
    }

    private static func candidates(
        _ decision: RoutingDecision?
    ) -> [API.Explanation.Candidate] {
        guard let decision else { return [] }
        return decision.candidates.map { API.Explanation.Candidate($0, in: decision) }
    }
}

extension API.Explanation.Candidate {
    init(_ candidate: RoutingCandidate, in decision: RoutingDecision) {
        let sentence = RoutingSentence.of(candidate, in: decision)
        switch candidate.standing {
        case .eligible(let score):
            var isChosen = false
            if case .assigned(let agent, let team, _) = decision.outcome {
                isChosen = agent == candidate.agent && team == candidate.team
            }
            self.init(
                agent: candidate.agent, verdict: isChosen ? "chosen" : "eligible",
                load: Double(score.load) / 1_000, level: score.skill, sentence: sentence)
        case .passedOver(let reason):
            self.init(
                agent: candidate.agent, verdict: RoutingSentence.word(reason), sentence: sentence)
        }
    }
}

extension API.Explanation.Step {
    /// Nil for an event that is no decision about a survey or an acknowledgement.
    init?(_ event: RecordedEvent) {
        guard let words = AskingSentence.of(event.event) else { return nil }
        self.init(
            position: event.position, at: Timestamp(event.at), decision: words.decision,
            reason: words.reason, sentence: words.sentence)
    }
}
