/// The table of DESIGN §4: who may join which ticket. What fails it becomes a new ticket with a link or a hint,
/// never dropped, never appended (invariant 6).
public enum Threading {
    public static func decide(
        _ facts: ThreadingFacts, policy: ThreadingPolicy, at now: Instant
    ) -> ThreadingDecision {
        var walk = Walk(facts: facts, policy: policy, now: now)
        return walk.token() ?? walk.references() ?? walk.conversation() ?? walk.subjectTag()
            ?? walk.continuity() ?? walk.nothing()
    }
}

/// One walk down the table, noting each step's outcome.
private struct Walk {
    typealias Candidate = ThreadingFacts.Candidate
    typealias Step = ThreadingDecision.Step

    let facts: ThreadingFacts
    let policy: ThreadingPolicy
    let now: Instant
    var steps: [Step] = []
    /// What a new ticket will point to when no step joins: the first evidence that failed.
    var pointer: (rule: ThreadingDecision.Rule, ticket: TicketNumber, link: Link)?

    enum Link { case linked, hinted }

    init(facts: ThreadingFacts, policy: ThreadingPolicy, now: Instant) {
        self.facts = facts
        self.policy = policy
        self.now = now
    }

    mutating func token() -> ThreadingDecision? {
        switch facts.token {
        case .absent:
            note(.token, nil, .absent)
            return nil
        case .damaged:
            note(.token, nil, .damagedToken)
            return nil
        case .genuine(let candidate):
            return joinOrLink(.token, candidate)
        }
    }

    mutating func references() -> ThreadingDecision? {
        guard !facts.references.isEmpty else {
            note(.reference, nil, .absent)
            return nil
        }
        // A follow-up that is under way is better than a second one.
        var followUp: ThreadingDecision?
        for candidate in facts.references {
            guard let decision = joinOrLink(.reference, candidate) else { continue }
            if decision.joins { return decision }
            followUp = followUp ?? decision
        }
        return followUp
    }

    mutating func conversation() -> ThreadingDecision? {
        guard let candidate = facts.conversation else {
            note(.conversation, nil, .absent)
            return nil
        }
        if facts.conversationKind == .perpetual, case .closed(let at) = candidate.standing,
            now.since(at) > policy.perpetualReopen
        {
            note(.conversation, candidate.ticket, .conversationRested)
            return nil
        }
        return joinOrLink(.conversation, candidate)
    }

    mutating func subjectTag() -> ThreadingDecision? {
        guard let candidate = facts.subjectTag else {
            note(.subjectTag, nil, .absent)
            return nil
        }
        return joinIfVerified(.subjectTag, candidate)
    }

    mutating func continuity() -> ThreadingDecision? {
        guard policy.continuity > .zero else {
            note(.continuity, nil, .noWindow)
            return nil
        }
        let regular = facts.active.filter { $0.ticketClass == .regular }
        guard
            let candidate = regular.max(by: {
                ($0.lastSpoken, $0.ticket) < ($1.lastSpoken, $1.ticket)
            })
        else {
            note(.continuity, nil, .absent)
            return nil
        }
        guard now.since(candidate.lastSpoken) <= policy.continuity else {
            note(.continuity, candidate.ticket, .outsideWindow)
            return nil
        }
        if facts.kind == .call {
            guard facts.senderAuth != .failed else {
                return refuse(.continuity, candidate, .failedSender, .hinted)
            }
            note(.continuity, candidate.ticket, .matched)
            return joined(.continuity, candidate, mark: .callByNumber)
        }
        return joinIfVerified(.continuity, candidate)
    }

    mutating func nothing() -> ThreadingDecision {
        guard let pointer else {
            return ThreadingDecision(rule: .none, outcome: .opened, ticket: nil, steps: steps)
        }
        let outcome: ThreadingDecision.Outcome = pointer.link == .linked ? .linked : .hinted
        return ThreadingDecision(
            rule: pointer.rule, outcome: outcome, ticket: pointer.ticket, steps: steps)
    }

    /// Steps 1 and 2: verified and unchecked participants join, anybody else opens a linked ticket.
    private mutating func joinOrLink(
        _ rule: ThreadingDecision.Rule, _ candidate: Candidate
    ) -> ThreadingDecision? {
        if isOutOfPlace(in: candidate) { return refuse(rule, candidate, .notRegular, .hinted) }
        guard candidate.sender == .participant || policy.participation == .ignored else {
            return refuse(rule, candidate, .notParticipant, .linked)
        }
        guard facts.senderAuth != .failed else {
            return refuse(rule, candidate, .failedSender, .linked)
        }
        note(rule, candidate.ticket, .matched)
        let mark: ThreadingDecision.Mark? =
            facts.senderAuth == .unchecked ? .uncheckedSender : nil
        return joined(rule, candidate, mark: mark)
    }

    /// Spam, and bulk that is no machine's answer to us, does not get among people's work by naming a ticket.
    private func isOutOfPlace(in candidate: Candidate) -> Bool {
        guard candidate.ticketClass == .regular else { return false }
        switch facts.ticketClass {
        case .regular: return false
        case .spam: return true
        case .bulk: return facts.reopening == .allowed
        }
    }

    /// Steps 3 and 4: weak evidence, so the sender must be verified and a participant.
    private mutating func joinIfVerified(
        _ rule: ThreadingDecision.Rule, _ candidate: Candidate
    ) -> ThreadingDecision? {
        guard facts.ticketClass == .regular else {
            return refuse(rule, candidate, .notRegular, .hinted)
        }
        guard candidate.sender == .participant else {
            return refuse(rule, candidate, .notParticipant, .hinted)
        }
        guard facts.senderAuth == .verified else {
            let verdict: Step.Verdict =
                facts.senderAuth == .failed ? .failedSender : .notVerified
            return refuse(rule, candidate, verdict, .hinted)
        }
        note(rule, candidate.ticket, .matched)
        return joined(rule, candidate, mark: nil)
    }

    private func joined(
        _ rule: ThreadingDecision.Rule, _ candidate: Candidate, mark: ThreadingDecision.Mark?
    ) -> ThreadingDecision {
        ThreadingDecision(
            rule: rule, outcome: outcome(of: candidate, by: rule), ticket: candidate.ticket,
            sentTo: candidate.named, mark: mark, steps: steps)
    }

    private func isPerpetual(_ rule: ThreadingDecision.Rule) -> Bool {
        rule == .conversation && facts.conversationKind == .perpetual
    }

    private func outcome(
        of candidate: Candidate, by rule: ThreadingDecision.Rule
    ) -> ThreadingDecision.Outcome {
        guard case .closed(let at) = candidate.standing else { return .joined }
        if facts.reopening == .withheld { return .joinedClosed }
        // A conversation for ever has a window of its own, which the step itself has looked at.
        if isPerpetual(rule) { return .reopened }
        return now.since(at) <= policy.reopenWindow ? .reopened : .followUp
    }

    private mutating func note(
        _ rule: ThreadingDecision.Rule, _ ticket: TicketNumber?, _ verdict: Step.Verdict
    ) {
        steps.append(Step(rule: rule, ticket: ticket, verdict: verdict))
    }

    private mutating func refuse(
        _ rule: ThreadingDecision.Rule, _ candidate: Candidate, _ verdict: Step.Verdict,
        _ link: Link
    ) -> ThreadingDecision? {
        note(rule, candidate.ticket, verdict)
        if pointer == nil { pointer = (rule, candidate.ticket, link) }
        return nil
    }
}
