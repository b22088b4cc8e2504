/// The question of a survey and the words of its scale, the same in mail, chat and page.
public enum SurveyQuestion {
    /// - Parameter own: the desk's own question by language, which goes before ours.
    public static func text(
        _ kind: SurveyKind, own: [LanguageCode: String] = [:], ticket: TicketNumber?,
        in language: TextLanguage
    ) -> String {
        let code: LanguageCode = language == .persian ? .persian : .english
        if let question = own[code] ?? own.min(by: { $0.key.rawValue < $1.key.rawValue })?.value {
            return question
        }
        let key: CustomerTextKey =
            switch kind {
            case .csat, .own: ticket == nil ? .surveyQuestionGeneral : .surveyQuestion
            case .nps: .surveyQuestionNPS
            case .ces: ticket == nil ? .surveyQuestionCESGeneral : .surveyQuestionCES
            }
        return CustomerTexts.standard.text(key, in: language, TextParameters(ticket: ticket))
    }

    /// `5 – Excellent`, `0 – Not at all likely`, `3`: a number, and a word where the scale has one.
    public static func label(
        _ score: Int, _ kind: SurveyKind, in language: TextLanguage
    ) -> String {
        let number = language.number(Int64(score))
        guard let key = CustomerTextKey.score(score, of: kind) else { return number }
        return "\(number) – \(CustomerTexts.standard.text(key, in: language))"
    }
}
