internal import ChannelKit
internal import HelpdeskCore

/// What an invitation says, by kind of question and kind of channel.
struct SurveyWording {
    enum Mood { case invitation, reminder }

    let policy: SurveyPolicy
    let kind: SurveyKind
    /// The ticket that is asked about.
    let ticket: TicketNumber?
    let inbox: InboxPolicy
    let language: LanguageCode
    var mood = Mood.invitation

    private var textLanguage: TextLanguage { language == .persian ? .persian : .english }
    private var isChat: Bool { inbox.channel != .email }

    var subject: String {
        let key: CustomerTextKey = ticket == nil ? .surveySubjectGeneral : .surveySubject
        let tag = ticket.map { " " + SubjectTag.text(for: $0) } ?? ""
        return text(key) + tag
    }

    func text(link: String) -> String {
        if mood == .reminder {
            return text(ticket == nil ? .surveyReminderGeneral : .surveyReminder, link: link)
        }
        guard isChat else {
            return text(ticket == nil ? .surveyInvitationGeneral : .surveyInvitation, link: link)
        }
        // A chat holds the question itself: a number alone is an answer.
        if kind == .csat, ticket != nil, policy.questions[language] == nil {
            return text(.surveyInvitationChat, link: link)
        }
        let scale = text(.scale(of: kind))
        return [question, scale, link].joined(separator: "\n")
    }

    var question: String {
        SurveyQuestion.text(kind, own: policy.questions, ticket: ticket, in: textLanguage)
    }

    /// One for each score, the best first in nobody's favour: in the order of the scale.
    func choices(_ link: SurveyLink) -> [OutboundMessage.Choice] {
        kind.scores.map { score in
            OutboundMessage.Choice(
                label: SurveyQuestion.label(score, kind, in: textLanguage),
                answer: textLanguage.number(Int64(score)), link: link.page(choosing: score))
        }
    }

    private func text(_ key: CustomerTextKey, link: String? = nil) -> String {
        CustomerTexts.standard.text(
            key, in: textLanguage,
            TextParameters(ticket: ticket, link: link, brand: inbox.brand))
    }
}
