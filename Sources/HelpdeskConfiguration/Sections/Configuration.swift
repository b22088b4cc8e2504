/// Everything an operator can set, checked and with defaults filled in. Two configurations are equal when the daemon
/// would do the same, wherever the values stood: a reload compares them.
public struct Configuration: Equatable, Sendable {
    public let store: StoreConfiguration
    public let http: HTTPConfiguration
    public let lmtp: LMTPConfiguration
    public let control: ControlConfiguration
    public let smtp: SMTPConfiguration
    /// One at least. Names are unique here and in every list below; references between them hold.
    public let teams: [TeamConfiguration]
    public let inboxes: [InboxConfiguration]
    public let businessHours: [BusinessHoursConfiguration]
    public let shifts: [ShiftConfiguration]
    public let routing: RoutingConfiguration
    /// In the order in which they are asked.
    public let rules: [RuleConfiguration]
    public let survey: SurveyConfiguration
    public let surveyPolicies: [SurveyPolicyConfiguration]
    public let autoReply: AutoReplyConfiguration
    public let limits: LimitsConfiguration
    public let slas: [SLAConfiguration]
    public let notify: NotifyConfiguration
    public let retention: RetentionConfiguration
    public let webhooksOut: [WebhookOutConfiguration]
    public let crm: CRMConfiguration
    public let log: LogConfiguration

    public func team(named name: String) -> TeamConfiguration? {
        teams.first { $0.name == name }
    }

    public func inbox(named name: String) -> InboxConfiguration? {
        inboxes.first { $0.name == name }
    }

    public func businessHours(named name: String) -> BusinessHoursConfiguration? {
        businessHours.first { $0.name == name }
    }
}
