internal import ChannelKit
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine

/// Turns the configuration into what the use cases work with. Pure but for time zone rules, which are looked up.
struct PolicyAssembly {
    let configuration: Configuration
    let adapters: [InboxID: any ChannelAdapter]

    func policy() -> DeskPolicy {
        DeskPolicy(
            teams: configuration.teams.map(team), inboxes: configuration.inboxes.compactMap(inbox),
            shifts: shifts(), routing: routing, survey: survey,
            acknowledgement: AcknowledgementPolicy(
                acknowledgements: configuration.autoReply.acknowledgements == .on ? .on : .off,
                perHour: configuration.autoReply.perHour),
            sla: SLABook(configuration.slas.flatMap(promises)),
            notices: NoticePolicy(mail: configuration.notify.mail == .on ? .on : .off),
            publicURL: configuration.http.publicURL ?? "http://127.0.0.1:8080",
            ticketsPerSenderHour: configuration.limits.ticketsPerSenderHour,
            surveyPolicies: configuration.surveyPolicies.map(surveyPolicy),
            zones: ZoneTable.remembered)
    }

    private func team(_ team: TeamConfiguration) -> TeamPolicy {
        TeamPolicy(
            team: RoutingTeam(
                id: TeamID(rawValue: team.name),
                hours: team.businessHours.flatMap(configuration.businessHours(named:))
                    .map(hours),
                overflow: team.overflow.map { TeamID(rawValue: $0) }),
            privacy: team.openness == .private ? .restricted : .open)
    }

    /// One policy, or one for each team where it counts in the hours of whichever team has the ticket.
    private func promises(_ sla: SLAConfiguration) -> [SLAPolicy] {
        var allowances: [SLATarget: TimeSpan] = [:]
        allowances[.firstResponse] = sla.firstResponse
        allowances[.response] = sla.response
        allowances[.resolution] = sla.resolution
        func policy(_ name: String, teams: [String], _ hours: BusinessHours) -> SLAPolicy {
            SLAPolicy(
                name: name,
                conditions: SLAConditions(
                    teams: Set(teams.map { TeamID(rawValue: $0) }),
                    inboxes: Set(sla.inboxes.map { InboxID(rawValue: $0) }),
                    priorities: Set(sla.priorities), segments: Set(sla.segments)),
                allowances: allowances, warningPercent: sla.warnAt == 0 ? nil : sla.warnAt,
                hours: hours)
        }
        if let named = sla.businessHours.flatMap(configuration.businessHours(named:)) {
            return [policy(sla.name, teams: [sla.team].compactMap { $0 }, hours(named))]
        }
        return configuration.teams.filter { sla.team == nil || sla.team == $0.name }.map { team in
            let own = team.businessHours.flatMap(configuration.businessHours(named:)).map(hours)
            let name = sla.team == nil ? "\(sla.name)/\(team.name)" : sla.name
            return policy(name, teams: [team.name], own ?? .always)
        }
    }

    private func hours(_ hours: BusinessHoursConfiguration) -> BusinessHours {
        BusinessHours(
            zone: ZoneTable.rules(hours.timezone) ?? .utc, week: WeekHours(hours.week.days),
            holidays: Set(hours.holidays.map(\.date)))
    }

    /// Several shifts of one agent add up.
    private func shifts() -> [AgentID: Shift] {
        var calendars: [AgentID: [BusinessHours]] = [:]
        for shift in configuration.shifts {
            let calendar: BusinessHours?
            switch shift.hours {
            case .week(let week, let timezone):
                calendar = BusinessHours(
                    zone: timezone.flatMap(ZoneTable.rules) ?? .utc, week: WeekHours(week.days),
                    holidays: [])
            case .businessHours(let name):
                calendar = configuration.businessHours(named: name).map(hours)
            }
            if let calendar {
                calendars[AgentID(rawValue: shift.agent), default: []].append(calendar)
            }
        }
        return calendars.mapValues(Shift.init)
    }

    private func inbox(_ inbox: InboxConfiguration) -> InboxPolicy? {
        let id = InboxID(rawValue: inbox.name)
        guard let adapter = adapters[id] else { return nil }
        var address: IdentityAddress?
        var aliases: [IdentityAddress] = []
        var uncertain = InboxPolicy.Uncertain.resend
        if case .email(let mail) = inbox.channel {
            address = IdentityFolding.fold(.email(mail.address))
            uncertain = mail.uncertain == .hold ? .hold : .resend
            aliases = mail.aliases.compactMap { IdentityFolding.fold(.email($0)) }
        }
        var signatures: [LanguageCode: String] = [:]
        for (language, text) in inbox.signatures { signatures[language.code] = text }
        return InboxPolicy(
            id: id, channel: inbox.channel.kind, team: TeamID(rawValue: inbox.team),
            capabilities: adapter.capabilities,
            threading: ThreadingPolicy(
                reopenWindow: inbox.reopenWindow, continuity: inbox.continuity),
            address: address, aliases: aliases, language: inbox.language.code,
            signatures: signatures,
            brand: inbox.fromName,
            acknowledgements: inbox.acknowledgement == .off ? .off : .on,
            liveWithin: inbox.liveWithin, zone: zone(of: inbox), uncertain: uncertain)
    }

    private func zone(of inbox: InboxConfiguration) -> ZoneRules {
        let team = configuration.teams.first { $0.name == inbox.team }
        let hours = team?.businessHours.flatMap(configuration.businessHours(named:))
        return (inbox.timezone ?? hours?.timezone).flatMap(ZoneTable.rules) ?? .utc
    }

    private var routing: RoutingPolicy {
        let routing = configuration.routing
        return RoutingPolicy(
            weights: RoutingPolicy.Weights(
                mail: routing.weights.mail, chat: routing.weights.chat,
                callBack: routing.weights.callBack),
            stickiness: routing.stickiness, chatWait: routing.chatWait,
            mailWait: routing.mailWait, assignmentTimeout: routing.assignmentTimeout,
            vipPriority: routing.vipPriority)
    }
}

extension TextLanguage {
    var code: LanguageCode {
        switch self {
        case .english: .english
        case .persian: .persian
        }
    }
}
