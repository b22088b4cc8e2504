extension RoutingDecision {
    /// The decision in plain English, one line per fact: the outcome, then the preferred agents, then every
    /// candidate. For `hamdel ticket explain` and the dry run; ids may have been chosen by people and are not made
    /// safe for a terminal here.
    ///
    /// - Parameter time: how a moment is written for the reader.
    public func explanation(time: (Instant) -> String) -> [String] {
        var lines = [outcome.explanation(time: time)]
        lines += preferred.map { "preferred: \($0.agent.rawValue), who \($0.explanation)" }
        for (rank, candidate) in candidates.enumerated() {
            let name = candidate.agent.rawValue
            let place = candidate.team == team ? name : "\(name) (team \(candidate.team.rawValue))"
            switch candidate.standing {
            case .eligible(let score):
                lines.append("\(rank + 1). \(place): \(score.explanation(time: time))")
            case .passedOver(let reason):
                lines.append("\(place): passed over, \(reason.explanation)")
            }
        }
        return lines
    }
}

extension RoutingOutcome {
    fileprivate func explanation(time: (Instant) -> String) -> String {
        switch self {
        case .assigned(let agent, let team, let criterion):
            "assigned to \(agent.rawValue) in team \(team.rawValue): \(criterion.explanation)"
        case .waiting(let agent, let until):
            "waits for \(agent.rawValue) until \(time(until))"
        case .queued(let team, let reason):
            "waits in the queue of team \(team.rawValue): \(reason.explanation)"
        }
    }
}

extension RoutingOutcome.Criterion {
    fileprivate var explanation: String {
        switch self {
        case .holder: "holds the ticket"
        case .lastServed: "served this customer last"
        case .skill: "has the highest skill level"
        case .load: "has the least load for their capacity"
        case .idle: "has waited longest for work"
        case .id: "all else was equal, first by login"
        case .onlyOne: "nobody else can take it"
        }
    }
}

extension RoutingOutcome.QueueReason {
    fileprivate var explanation: String {
        switch self {
        case .noMembers: "the team has no active members"
        case .nobodyQualified:
            "nobody has the skills and the language, or those who have are excluded"
        case .nobodyOnDuty: "nobody who could take it is on duty"
        case .nobodyPresent: "nobody who could take it is at their screen"
        case .everybodyFull: "everybody who could take it is full"
        }
    }
}

extension RoutingScore {
    fileprivate func explanation(time: (Instant) -> String) -> String {
        let idle = lastAssignedAt.map { "last given work \(time($0))" } ?? "never given work yet"
        let share = "\(load / 10).\(load % 10) % loaded (\(inHand) of \(capacity))"
        let reserve = beyond > 0 ? ", \(beyond) beyond the capacity for a VIP" : ""
        return (skill > 0 ? "skill \(skill), " : "") + share + reserve + ", " + idle
    }
}

extension PassedOver {
    fileprivate var explanation: String {
        switch self {
        case .notMember: "not a member of the team"
        case .disabled: "the account is disabled"
        case .excluded(.timedOut): "had it and did not answer in time"
        case .excluded(.gaveBack): "gave it back"
        case .excluded(.byHand): "excluded by hand"
        case .lacksSkill(let skill, let level, let needed):
            "skill \(skill.rawValue) is " + (level.map { "\($0)" } ?? "missing")
                + ", needed \(needed)"
        case .lacksLanguage(let language): "does not speak \(language.rawValue)"
        case .offDuty: "off duty"
        case .offline: "set to offline"
        case .away: "away from the screen"
        case .screenClosed: "has no screen open"
        case .full(let load, let capacity, let needed):
            "has \(load) of \(capacity) in hand, and this takes \(needed)"
        }
    }
}

extension PreferredAgent {
    fileprivate var explanation: String {
        let reason =
            switch because {
            case .holder: "holds the ticket"
            case .lastServed: "served this customer last"
            }
        let outcome =
            switch result {
            case .taken: "takes it"
            case .waitedFor: "is waited for"
            case .waitedOut: "was waited for long enough"
            case .backTooLate: "is back on duty too late to be waited for"
            case .unable: "cannot take it"
            case .scoredLow: "is not preferred after a low score"
            case .tooLongAgo: "is not preferred, it was too long ago"
            }
        return "\(reason): \(outcome)"
    }
}
