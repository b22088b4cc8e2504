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
            shifts: shifts(), routing: routing, rules: RuleBook(configuration.rules.map(rule)),
            screenGrace: configuration.routing.screenGrace, survey: survey,
            acknowledgement: AcknowledgementPolicy(
                acknowledgements: configuration.autoReply.acknowledgements == .on ? .on : .off,
                perHour: configuration.autoReply.perHour,
                revision: PromiseRevision(
                    times: configuration.autoReply.revisions,
                    before: configuration.autoReply.reviseBefore)),
            sla: SLABook(configuration.slas.flatMap(promises)), notices: notices,
            forwarding: forwarding,
            retention: RetentionPolicy(
                rawMail: configuration.retention.rawMail,
                quarantine: configuration.retention.quarantine),
            publicURL: configuration.http.publicURL ?? "http://127.0.0.1:8080",
            ticketsPerSenderHour: configuration.limits.ticketsPerSenderHour,
            surveyPolicies: configuration.surveyPolicies.map(surveyPolicy))
    }

    private var notices: NoticePolicy {
        let notify = configuration.notify
        return NoticePolicy(
            mail: notify.mail == .on ? .on : .off, webhook: notify.webhook == nil ? .off : .on,
            perHour: notify.perHour, quietHours: notify.quietHours, ops: notify.ops)
    }

    private var forwarding: [ForwardingEndpoint] {
        let endpoints = configuration.webhooksOut.map { endpoint in
            ForwardingEndpoint(
                name: endpoint.name,
                interest: endpoint.events.isEmpty ? .everything : .types(endpoint.events),
                privateTeams: Set(endpoint.privateTeams.map { TeamID(rawValue: $0) }))
        }
        guard configuration.notify.webhook != nil else { return endpoints }
        // Agents are told of tickets that they may see; so is whatever carries it to them.
        let teams = Set(configuration.teams.map { TeamID(rawValue: $0.name) })
        return endpoints + [
            ForwardingEndpoint(
                name: WebhookOutConfiguration.noticeEndpoint, interest: .notices,
                privateTeams: teams)
        ]
    }

    private func team(_ team: TeamConfiguration) -> TeamPolicy {
        TeamPolicy(
            team: RoutingTeam(
                id: TeamID(rawValue: team.name),
                hours: team.businessHours.flatMap(configuration.businessHours(named:))
                    .map(hours),
                overflow: team.overflow.map { TeamID(rawValue: $0) }),
            privacy: team.openness == .private ? .restricted : .open, language: team.language)
    }

    private func rule(_ rule: RuleConfiguration) -> Rule<RoutingEffect> {
        var effects: [RoutingEffect] = []
        if let team = rule.team { effects.append(.team(TeamID(rawValue: team))) }
        effects += rule.skills.sorted { $0.key < $1.key }.map {
            .skill(SkillName(rawValue: $0.key), level: $0.value)
        }
        if let language = rule.language { effects.append(.language(language)) }
        if let priority = rule.priority { effects.append(.priority(priority)) }
        effects += rule.tags.map { .tag($0) }
        return Rule(
            name: rule.name, condition: rule.condition, effects: effects, next: rule.next)
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
        var holidays = Set(hours.holidays.flatMap(\.dates))
        for file in hours.holidaysFiles { holidays.formUnion(file.days.keys) }
        var special: [CivilDate: DayHours] = [:]
        for one in hours.special {
            for date in one.day.dates { special[date] = DayHours(one.hours) }
        }
        // What is said of one day holds for it, whatever is said of many.
        holidays.subtract(special.keys)
        return BusinessHours(
            zone: ZoneTable.remembered(hours.timezone) ?? .utc,
            week: WeekHours(hours.week.days), holidays: holidays, specialDays: special)
    }

    private func shifts() -> ShiftBook {
        var book: [AgentID: [ShiftBook.Hours]] = [:]
        for shift in configuration.shifts {
            let own: ShiftBook.Hours?
            switch shift.hours {
            case .week(let week, let timezone):
                let week = WeekHours(week.days)
                own =
                    timezone.map {
                        .fixed(
                            BusinessHours(
                                zone: ZoneTable.remembered($0) ?? .utc, week: week, holidays: []))
                    } ?? .week(week)
            case .businessHours(let name):
                own = configuration.businessHours(named: name).map { .fixed(hours($0)) }
            }
            if let own { book[AgentID(rawValue: shift.agent), default: []].append(own) }
        }
        return ShiftBook(book, zone: ZoneTable.remembered)
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
        var mailUnreadAfter: TimeSpan?
        if case .chatWebhook(let chat) = inbox.channel, chat.mailUnreadAfter > .zero {
            mailUnreadAfter = chat.mailUnreadAfter
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
            liveWithin: inbox.liveWithin, zone: zone(of: inbox), uncertain: uncertain,
            mailUnreadAfter: mailUnreadAfter)
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
            vipPriority: routing.vipPriority, vipReserve: routing.vipReserve,
            timeoutMemory: routing.timeoutMemory)
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
