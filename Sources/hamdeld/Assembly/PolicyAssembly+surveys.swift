internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine

extension PolicyAssembly {
    var survey: SurveyPolicy {
        let survey = configuration.survey
        return SurveyPolicy(
            surveys: survey.surveys == .on ? .on : .off, delay: survey.delay,
            cooldown: survey.cooldown, lowScore: survey.lowScore, expires: survey.expires,
            samplePerThousand: survey.samplePercent * 10, recoveryDue: survey.recoveryDue,
            recoveryOwner: Self.owner(survey.recoveryOwner), secondAsk: survey.secondAsk,
            reminder: survey.reminder, quiet: survey.quietHours,
            language: survey.language?.code)
    }

    /// What it does not say is as in `[survey]`.
    func surveyPolicy(_ own: SurveyPolicyConfiguration) -> SurveyPolicy {
        var policy = survey
        policy.name = own.name
        policy.kind = own.kind
        policy.trigger = Self.trigger(own)
        policy.conditions = SurveyConditions(
            teams: Set([own.team].compactMap { $0 }.map { TeamID(rawValue: $0) }),
            inboxes: Set(own.inboxes.map { InboxID(rawValue: $0) }),
            segments: Set(own.segments), tags: Set(own.tags))
        if own.surveys == .off { policy.surveys = .off }
        policy.delay = own.delay ?? policy.delay
        policy.cooldown = own.cooldown ?? policy.cooldown
        policy.lowScore = own.lowScore ?? own.kind.bad.upperBound
        policy.expires = own.expires ?? policy.expires
        policy.samplePerThousand = own.samplePercent.map { $0 * 10 } ?? policy.samplePerThousand
        policy.recoveryDue = own.recoveryDue ?? policy.recoveryDue
        policy.recoveryOwner = own.recoveryOwner.map(Self.owner) ?? policy.recoveryOwner
        policy.secondAsk = own.secondAsk ?? policy.secondAsk
        policy.reminder = own.reminder ?? policy.reminder
        policy.quiet = own.quietHours ?? policy.quiet
        policy.language = own.language?.code ?? policy.language
        for (language, question) in own.questions { policy.questions[language.code] = question }
        return policy
    }

    private static func trigger(_ own: SurveyPolicyConfiguration) -> SurveyPolicy.Trigger {
        switch own.trigger {
        case .closing: .closing
        case .relationship: .relationship(after: own.after ?? .days(90), every: own.every)
        case .request: .request
        }
    }

    private static func owner(
        _ owner: SurveyConfiguration.RecoveryOwner
    ) -> SurveyPolicy.RecoveryOwner {
        switch owner {
        case .lead: .lead
        case .agent: .agent
        }
    }
}
