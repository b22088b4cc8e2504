internal import ChannelKit
internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

/// What an agent has in hand and whether deferred work reaches them, at one moment.
struct AgentWork: Hashable {
    var load: Int
    var duty: Duty

    enum Duty: Hashable { case on, off }
}

extension AgentWork {
    /// Of every agent that holds something; the others hold nothing.
    static func loads(_ holdings: [Holding], _ policy: DeskPolicy) -> [AgentID: Int] {
        var loads: [AgentID: Int] = [:]
        for holding in holdings {
            let isLive = policy.inboxes[holding.inbox]?.capabilities.liveness == .live
            let work: WorkKind =
                holding.callbackDue == .due ? .callBack : isLive ? .chat : .mail
            let (weight, overflow) = policy.routing.weights[work]
                .multipliedReportingOverflow(by: holding.count)
            loads[holding.agent] = overflow ? .max : (loads[holding.agent] ?? 0) &+ weight
        }
        return loads
    }

    /// By hand; else by their shift; else by the hours of a team of theirs; without any always (DESIGN "Routing").
    static func duty(of agent: AgentEntry, _ policy: DeskPolicy, at now: Instant) -> Duty {
        guard agent.state == .active, agent.presence != .offline else { return .off }
        if let shift = policy.shifts.shift(of: agent.login, timezone: agent.timezone) {
            return shift.isOnDuty(at: now) ? .on : .off
        }
        let hours = agent.teams.map { policy.teams[$0]?.team.hours }
        if hours.isEmpty { return .on }
        return hours.contains { $0?.isOpen(at: now) ?? true } ? .on : .off
    }
}

extension API.Agent {
    init(_ entry: AgentEntry, _ work: AgentWork) {
        self.init(
            login: entry.login, name: entry.name ?? entry.login.rawValue, role: entry.role,
            teams: entry.teams, skills: entry.skills.map { Skill(name: $0.name, level: $0.level) },
            languages: entry.languages, capacity: entry.capacity, load: work.load,
            presence: entry.presence, onDuty: work.duty == .on,
            extensionNumber: entry.extensionNumber, email: entry.email, timezone: entry.timezone,
            disabled: entry.state == .disabled)
    }
}

extension API.Team {
    init(_ entry: TeamEntry, _ policy: DeskPolicy) {
        let team = policy.teams[entry.name]?.team
        self.init(
            name: entry.name, isPrivate: entry.privacy == .hidden,
            overflow: team?.overflow, members: entry.members, waiting: entry.waiting)
    }
}

extension API.Inbox {
    init(_ inbox: InboxPolicy, _ health: ChannelHealth?) {
        self.init(
            name: inbox.id, channel: inbox.channel, address: inbox.address?.value,
            team: inbox.team, canSend: inbox.capabilities.sending == .supported,
            live: inbox.capabilities.liveness == .live, state: health?.state.rawValue ?? "unknown",
            detail: health?.detail, action: health?.action?.rawValue,
            lastSuccessAt: health?.lastSuccess.map { Timestamp($0) }, waiting: health?.waiting)
    }
}

extension API.Recovery {
    init(_ entry: RecoveryEntry) {
        self.init(
            id: entry.id, state: State(entry.state),
            customer: API.CustomerSummary(entry.customer),
            ticket: entry.ticket, kind: entry.kind, score: entry.score,
            comment: entry.comment, agent: entry.agent, team: entry.team, owner: entry.owner,
            due: Timestamp(entry.due), openedAt: Timestamp(entry.openedAt),
            doneAt: Timestamp(entry.doneAt), ending: entry.ending?.rawValue,
            outcome: entry.outcome, secondScore: entry.secondScore)
    }
}

extension API.Recovery.State {
    init(_ state: RecoveryEntry.State) {
        switch state {
        case .open: self = .open
        case .taken: self = .taken
        case .done: self = .done
        }
    }
}
