/// Every section and every key there is, in the order in which a person would want to read of them.
public enum ConfigurationManual {
    public static let sections: [SectionDescription] = [
        StoreKeys.section, HTTPKeys.section, LMTPKeys.section, ControlKeys.section,
        SMTPKeys.section, TeamKeys.section, InboxKeys.section, BusinessHoursKeys.section,
        ShiftKeys.section, RoutingKeys.section, RuleKeys.section, SurveyKeys.section,
        SurveyPolicyKeys.section, AutoReplyKeys.section,
        LimitsKeys.section, SLAKeys.section, NotifyKeys.section, RetentionKeys.section,
        WebhookOutKeys.section, CRMKeys.section, LogKeys.section,
    ]

    static func section(_ name: String) -> SectionDescription? {
        sections.first { $0.name == name }
    }
}
