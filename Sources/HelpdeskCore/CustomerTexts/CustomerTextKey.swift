/// Every text that a customer can get from us without an agent having written it.
public enum CustomerTextKey: String, Sendable, CaseIterable, Hashable {
    case acknowledgementSubject = "acknowledgement_subject"
    case acknowledgement
    /// With the time by which we answer.
    case acknowledgementWithPromise = "acknowledgement_with_promise"
    /// The promised time cannot be kept; this is the new one.
    case promiseRevised = "promise_revised"
    case promiseRevisedSubject = "promise_revised_subject"
    /// A time that an agent says, where none was told before.
    case promiseGiven = "promise_given"
    case promiseGivenSubject = "promise_given_subject"
    case surveySubject = "survey_subject"
    case surveyInvitation = "survey_invitation"
    case surveyReminder = "survey_reminder"
    /// In a chat, where a number alone is an answer.
    case surveyInvitationChat = "survey_invitation_chat"
    /// About no ticket in particular.
    case surveySubjectGeneral = "survey_subject_general"
    case surveyInvitationGeneral = "survey_invitation_general"
    case surveyReminderGeneral = "survey_reminder_general"
    /// Which numbers a chat takes for an answer.
    case surveyScaleFive = "survey_scale_five"
    case surveyScaleSeven = "survey_scale_seven"
    case surveyScaleTen = "survey_scale_ten"
    case surveyPageTitle = "survey_page_title"
    case surveyQuestion = "survey_question"
    case surveyQuestionGeneral = "survey_question_general"
    case surveyQuestionNPS = "survey_question_nps"
    case surveyQuestionCES = "survey_question_ces"
    case surveyQuestionCESGeneral = "survey_question_ces_general"
    case surveyScore1 = "survey_score_1"
    case surveyScore2 = "survey_score_2"
    case surveyScore3 = "survey_score_3"
    case surveyScore4 = "survey_score_4"
    case surveyScore5 = "survey_score_5"
    case surveyLeastLikely = "survey_least_likely"
    case surveyMostLikely = "survey_most_likely"
    case surveyHardest = "survey_hardest"
    case surveyEasiest = "survey_easiest"
    case surveyComment = "survey_comment"
    case surveySend = "survey_send"
    case surveyThanks = "survey_thanks"
    /// After a low score: somebody will get in touch.
    case surveyThanksLow = "survey_thanks_low"
    /// A form that came without a score.
    case surveyScoreMissing = "survey_score_missing"
    /// The button of somebody who wants no more surveys, and what they read then.
    case surveyStop = "survey_stop"
    case surveyStopped = "survey_stopped"
    case surveyExpired = "survey_expired"
    case surveyUnknown = "survey_unknown"
    /// Under what agents write, where the inbox has no signature of its own.
    case signature

    /// The word for one score of the survey, from 1 (worst) to 5.
    public static func score(_ score: Int) -> CustomerTextKey? {
        switch score {
        case 1: .surveyScore1
        case 2: .surveyScore2
        case 3: .surveyScore3
        case 4: .surveyScore4
        case 5: .surveyScore5
        default: nil
        }
    }

    /// The word for one score on a scale; in the middle of a long one there is none.
    public static func score(_ score: Int, of kind: SurveyKind) -> CustomerTextKey? {
        switch (kind, score) {
        case (.csat, _): Self.score(score)
        case (.nps, 0): .surveyLeastLikely
        case (.nps, 10): .surveyMostLikely
        case (.ces, 1): .surveyHardest
        case (.ces, 7): .surveyEasiest
        default: nil
        }
    }

    /// How an answer in a chat is to be written.
    public static func scale(of kind: SurveyKind) -> CustomerTextKey {
        switch kind {
        case .csat, .own: .surveyScaleFive
        case .nps: .surveyScaleTen
        case .ces: .surveyScaleSeven
        }
    }

    /// What a text under this key may refer to.
    public var placeholders: Set<TextPlaceholder> {
        switch self {
        case .acknowledgementSubject, .acknowledgement, .surveySubject, .surveyQuestion,
            .surveyQuestionCES, .promiseRevisedSubject, .promiseGivenSubject:
            [.ticket, .brand]
        case .acknowledgementWithPromise, .promiseRevised, .promiseGiven:
            [.ticket, .brand, .promise]
        case .surveyInvitation, .surveyReminder, .surveyInvitationChat: [.ticket, .brand, .link]
        case .surveyInvitationGeneral, .surveyReminderGeneral: [.brand, .link]
        case .signature: [.agent, .brand, .team]
        case .surveyPageTitle, .surveyThanks, .surveyThanksLow, .surveyExpired, .surveyUnknown,
            .surveySubjectGeneral, .surveyQuestionGeneral, .surveyQuestionNPS,
            .surveyQuestionCESGeneral, .surveyStopped:
            [.brand]
        case .surveyScore1, .surveyScore2, .surveyScore3, .surveyScore4, .surveyScore5,
            .surveyComment, .surveySend, .surveyScoreMissing, .surveyScaleFive, .surveyScaleSeven,
            .surveyScaleTen, .surveyLeastLikely, .surveyMostLikely, .surveyHardest,
            .surveyEasiest, .surveyStop:
            []
        }
    }

    /// What a text under this key makes no sense without.
    public var required: Set<TextPlaceholder> {
        switch self {
        case .acknowledgementWithPromise, .promiseRevised, .promiseGiven: [.promise]
        case .surveyInvitation, .surveyReminder, .surveyInvitationGeneral,
            .surveyReminderGeneral:
            [.link]
        default: []
        }
    }
}
