extension RuleBook where Effect == RoutingEffect {
    /// The rules that may speak when a person chose the team: one that names another team is meant for tickets there.
    public func keeping(to team: TeamID) -> RuleBook {
        RuleBook(
            rules.filter { rule in
                rule.effects.allSatisfy { effect in
                    if case .team(let named) = effect { named == team } else { true }
                }
            })
    }
}

extension RuleRun {
    /// Names of the rules that applied, in their order.
    public var applied: [String] {
        verdicts.compactMap { verdict in
            if case .applied = verdict.result { verdict.rule } else { nil }
        }
    }

    /// One sentence for each rule that applied.
    public var matches: [String] {
        verdicts.compactMap { verdict in
            if case .applied = verdict.result { verdict.explanation } else { nil }
        }
    }
}

extension RuleSubject {
    /// What is known of every ticket that is routed; words and language are added where there are any.
    public static func routing(
        inbox: InboxID, channel: ChannelKind, team: TeamID, priority: TicketPriority,
        tags: [String], segments: [String], standing: CustomerUpdated.Standing
    ) -> RuleSubject {
        RuleSubject([
            .inbox: .text(inbox.rawValue), .channel: .text(channel.rawValue),
            .team: .text(team.rawValue), .priority: .text(priority.rawValue), .tag: .texts(tags),
            .segment: .texts(segments), .standing: .text(standing.rawValue),
        ])
    }
}

extension RuleField {
    /// Whether anything of a ticket that was only just opened, or handed on, can answer a question about it.
    public var isKnownAtRouting: Bool {
        switch self {
        case .inbox, .channel, .team, .priority, .language, .subject, .text, .sender, .tag,
            .segment, .standing, .attribute:
            true
        case .agent, .status, .hoursSince, .previous: false
        }
    }

    /// The names of these, for messages; `customer.KEY` stands for every attribute.
    public static let namesAtRouting = [
        "inbox", "channel", "team", "priority", "language", "subject", "text", "sender", "tag",
        "segment", "standing", "customer.KEY",
    ]
}
