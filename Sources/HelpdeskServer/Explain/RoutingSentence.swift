internal import HelpdeskAPI
internal import HelpdeskCore

/// Why a ticket is with somebody, or with nobody, in plain English.
enum RoutingSentence {
    static func of(_ assigned: TicketAssigned, actor: Actor) -> String {
        let agent = assigned.agent.rawValue
        let from = assigned.previous.map { ", before \($0.rawValue)" } ?? ""
        guard let decision = assigned.decision else {
            return "Given to \(agent) by \(of(actor))\(from)."
        }
        guard case .assigned(_, let team, let criterion) = decision.outcome else {
            return "Given to \(agent) by the router\(from)."
        }
        return
            "Given to \(agent) in team \(team.rawValue) by the router\(from), because \(because(criterion))\(reserve(decision, assigned.agent))."
    }

    static func of(_ decision: RoutingDecision) -> String {
        switch decision.outcome {
        case .assigned(let agent, let team, let criterion):
            "Given to \(agent.rawValue) in team \(team.rawValue), because \(because(criterion))\(reserve(decision, agent))."
        case .waiting(let agent, let until):
            "Waits for \(agent.rawValue) until \(RFC3339.text(until)): \(preference(decision, agent))."
        case .queued(let team, let reason):
            "Waits in the queue of team \(team.rawValue): \(because(reason))."
        }
    }

    static func of(_ change: TicketUnassigned, actor: Actor) -> String {
        let agent = change.previous.rawValue
        return switch change.reason {
        case .agent: "Taken from \(agent) by \(of(actor))."
        case .transfer: "Taken from \(agent), because it went to another team."
        case .spam: "Taken from \(agent), because it is spam."
        case .unavailable: "\(agent) cannot take it now; it waits in the queue."
        case .timeout: "Taken from \(agent), who did not act on it in time."
        }
    }

    static func of(_ change: TicketTransferred, actor: Actor) -> String {
        "Handed from team \(change.from.rawValue) to team \(change.to.rawValue) by \(of(actor))."
    }

    static func of(_ candidate: RoutingCandidate, in decision: RoutingDecision) -> String {
        let team = candidate.team == decision.team ? "" : " (team \(candidate.team.rawValue))"
        let name = candidate.agent.rawValue + team
        switch candidate.standing {
        case .eligible(let score):
            let skill = score.skill > 0 ? "skill \(score.skill), " : ""
            let idle =
                score.lastAssignedAt.map { "last given work \(RFC3339.text($0))" }
                ?? "never given work yet"
            let beyond =
                score.beyond > 0
                ? "this is a VIP's and goes \(score.beyond) beyond their capacity, " : ""
            return
                "\(name) could take it: \(skill)\(score.load / 10) % loaded, \(beyond)\(idle)."
        case .passedOver(let reason): return "\(name) was passed over: \(because(reason))."
        }
    }

    /// Which rules applied and why, and what they ask of whoever takes the ticket.
    static func of(_ applied: RulesApplied, matches: [String]) -> String {
        guard !applied.rules.isEmpty else {
            return "No routing rule applies any more: nothing special is asked of whoever takes it."
        }
        let why =
            matches.isEmpty
            ? applied.rules.map { "rule \($0) applies (what it found was erased)" } : matches
        var wanted = applied.skills.map { "skill \($0.skill.rawValue) of \($0.level)" }
        if let language = applied.language { wanted.append("language \(language.rawValue)") }
        let asks = wanted.isEmpty ? "" : " It takes \(wanted.joined(separator: ", "))."
        return "By the rules: \(why.joined(separator: "; ")).\(asks)"
    }

    /// How far beyond their capacity an agent went for a VIP.
    private static func reserve(_ decision: RoutingDecision, _ agent: AgentID) -> String {
        for candidate in decision.candidates where candidate.agent == agent {
            guard case .eligible(let score) = candidate.standing, score.beyond > 0 else { continue }
            return
                ", \(score.beyond) beyond their capacity, for a VIP when nobody had room"
        }
        return ""
    }

    /// One word for programs.
    static func word(_ reason: PassedOver) -> String {
        switch reason {
        case .notMember: "wrong_team"
        case .disabled: "disabled"
        case .excluded: "excluded"
        case .lacksSkill: "missing_skill"
        case .lacksLanguage: "missing_language"
        case .offDuty: "off_duty"
        case .offline: "offline"
        case .away: "away"
        case .screenClosed: "screen_closed"
        case .full: "no_capacity"
        }
    }

    private static func of(_ actor: Actor) -> String {
        switch actor {
        case .agent(let agent): agent.rawValue
        case .customer: "the customer"
        case .bot: "a bot"
        case .system: "the router"
        case .operator: "ops"
        }
    }

    private static func preference(_ decision: RoutingDecision, _ agent: AgentID) -> String {
        guard let preferred = decision.preferred.first(where: { $0.agent == agent }) else {
            return "they are absent or full"
        }
        return switch preferred.because {
        case .holder: "they hold this ticket and are absent or full"
        case .lastServed: "they served this customer last and are absent or full"
        }
    }

    private static func because(_ criterion: RoutingOutcome.Criterion) -> String {
        switch criterion {
        case .holder: "they hold this ticket already"
        case .lastServed: "they served this customer last"
        case .skill: "they know most about it"
        case .load: "they have the least in hand for their capacity"
        case .idle: "they have waited longest for work"
        case .id: "all else was equal and their login comes first"
        case .onlyOne: "nobody else can take it"
        }
    }

    private static func because(_ reason: RoutingOutcome.QueueReason) -> String {
        switch reason {
        case .noMembers: "the team has no active members"
        case .nobodyQualified: "nobody in it has the skills and the language"
        case .nobodyOnDuty: "nobody who could take it is on duty"
        case .nobodyPresent: "nobody who could take it is at their screen"
        case .everybodyFull: "everybody who could take it is full"
        }
    }

    private static func because(_ reason: PassedOver) -> String {
        switch reason {
        case .notMember: "not a member of the team"
        case .disabled: "the account is disabled"
        case .excluded(.timedOut): "had it and did not act in time"
        case .excluded(.gaveBack): "gave it back"
        case .excluded(.byHand): "was excluded by hand"
        case .lacksSkill(let skill, let level, let needed):
            "skill \(skill.rawValue) is \(level.map { "\($0)" } ?? "missing"), \(needed) is needed"
        case .lacksLanguage(let language): "does not speak \(language.rawValue)"
        case .offDuty: "is off duty"
        case .offline: "is set to offline"
        case .away: "is away from the screen"
        case .screenClosed: "has no screen open"
        case .full(let load, let capacity, let needed):
            "has \(load) of \(capacity) in hand, and this takes \(needed)"
        }
    }
}
