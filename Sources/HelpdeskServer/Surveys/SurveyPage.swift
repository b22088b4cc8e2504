internal import HelpdeskCore
internal import HelpdeskEngine
internal import Mustache

/// The pages a customer sees: in their language, from right to left where it is Persian, without a word of the ticket.
struct SurveyPage {
    /// What the page says above the form.
    enum Message: Hashable {
        case none
        case thanks
        case scoreMissing
        /// They want no more surveys.
        case stopped
    }

    let state: SurveyPageState
    /// The part of the link that names the invitation; the form goes back there.
    let token: String
    /// Chosen in the link, or given before.
    var chosen: Int?
    var written = ""
    var message = Message.none

    private var language: TextLanguage {
        LanguageCode(state.language).flatMap { TextLanguage($0) } ?? .english
    }

    func html() -> String {
        SurveyTemplates.form?.render(values) ?? ""
    }

    private var values: [String: Any] {
        var values: [String: Any] = [
            "language": language.rawValue, "direction": Self.direction(language),
            "title": text(.surveyPageTitle), "question": question, "token": token,
            "scores": scores, "comment": text(.surveyComment), "written": written,
            "send": text(.surveySend),
        ]
        if state.kind == .nps || state.kind == .ces { values["few"] = true }
        if message != .stopped { values["stop"] = text(.surveyStop) }
        if let brand = state.brand { values["brand"] = brand }
        switch message {
        case .none: break
        case .thanks:
            values["said"] = text(state.isLow ? .surveyThanksLow : .surveyThanks)
        case .scoreMissing: values["wrong"] = text(.surveyScoreMissing)
        case .stopped: values["said"] = text(.surveyStopped)
        }
        return values
    }

    private var scores: [[String: Any]] {
        state.kind.scores.map { score in
            var entry: [String: Any] = [
                "value": "\(score)", "text": SurveyQuestion.label(score, state.kind, in: language),
            ]
            if score == chosen { entry["chosen"] = true }
            return entry
        }
    }

    private var question: String {
        SurveyQuestion.text(
            state.kind, own: state.questions, ticket: state.ticket, in: language)
    }

    private func text(_ key: CustomerTextKey) -> String {
        CustomerTexts.standard.text(
            key, in: language, TextParameters(ticket: state.ticket, brand: state.brand))
    }

    static func direction(_ language: TextLanguage) -> String {
        language.direction == .rightToLeft ? "rtl" : "ltr"
    }
}

/// A page that says one thing, in every language of ours: whose it is, nobody knows.
enum SurveyNotice {
    static func html(_ text: (TextLanguage) -> String) -> String {
        let notices: [[String: Any]] = TextLanguage.allCases.map { language in
            [
                "language": language.rawValue,
                "direction": SurveyPage.direction(language), "text": text(language),
            ]
        }
        let values: [String: Any] = [
            "title": CustomerTexts.standard.text(.surveyPageTitle, in: .english),
            "notices": notices,
        ]
        return SurveyTemplates.notice?.render(values) ?? ""
    }

    static func html(_ key: CustomerTextKey) -> String {
        html { CustomerTexts.standard.text(key, in: $0) }
    }

    /// Not in the catalogue: what to do when we, not the customer, are at fault.
    static func later(_ language: TextLanguage) -> String {
        switch language {
        case .english: "This did not work just now. Please try again in a minute."
        case .persian: "این کار الان انجام نشد. لطفاً یک دقیقهٔ دیگر دوباره تلاش کنید."
        }
    }
}
