import HelpdeskCore
import Testing

@testable import HelpdeskEngine
@testable import HelpdeskServer

@Suite struct SurveyPageTests {
    private func state(
        _ language: String = "en", kind: SurveyKind = .csat, score: Int? = nil, isLow: Bool = false,
        brand: String? = nil
    ) -> SurveyPageState {
        SurveyPageState(
            kind: kind, language: language, ticket: TicketNumber(rawValue: 42), brand: brand,
            score: score, isLow: isLow, questions: [:])
    }

    private let token = "abcdefghijklmnopqrstuv"

    @Test(arguments: ["en", "fa", "de"])
    func thePageIsWholeSmallAndLoadsNothing(_ language: String) {
        let html = SurveyPage(state: state(language), token: token).html()
        #expect(html.utf8.count < 14 * 1_024)
        #expect(html.utf8.count > 1_000)
        #expect(!html.contains("<script") && !html.contains("http:") && !html.contains("https:"))
        #expect(!html.contains("src=") && !html.contains("url("))
        #expect(!html.contains("{{"))
        #expect(html.contains(#"name="robots" content="noindex"#))
        #expect(html.contains(#"name="referrer" content="no-referrer""#))
        #expect(html.contains(#"<form method="post" action="abcdefghijklmnopqrstuv">"#))
        #expect(html.contains(#"<label class="comment" for="comment">"#))
        #expect(html.components(of: #"type="radio" name="score""#) == 5)
    }

    @Test func persianRunsFromRightToLeft() {
        let html = SurveyPage(state: state("fa"), token: token).html()
        #expect(html.contains(#"<html lang="fa" dir="rtl">"#))
        #expect(html.contains("۵ – "))
        #expect(
            SurveyPage(state: state("en"), token: token).html().contains(#"lang="en" dir="ltr""#))
    }

    @Test(arguments: [(SurveyKind.nps, 11), (.ces, 7), (.csat, 5)])
    func everyKindHasItsScale(_ kind: SurveyKind, _ count: Int) {
        let html = SurveyPage(state: state(kind: kind), token: token).html()
        #expect(html.components(of: #"type="radio""#) == count)
    }

    @Test func onlyTheChosenScoreIsChecked() {
        let html = SurveyPage(state: state(), token: token, chosen: 4).html()
        #expect(html.components(of: " checked") == 1)
        #expect(html.contains(#"value="4" required checked"#))
        #expect(SurveyPage(state: state(), token: token).html().components(of: " checked") == 0)
    }

    @Test func whatCustomersAndOpsWroteIsEscaped() {
        let html = SurveyPage(
            state: state(brand: "<b>Acme & Sons</b>"), token: token,
            written: "</textarea><script>x</script>"
        ).html()
        #expect(!html.contains("<script>") && !html.contains("<b>Acme"))
        #expect(html.contains("&lt;b&gt;Acme &amp; Sons"))
    }

    @Test func thanksDependOnTheScore() {
        let good = SurveyPage(state: state(score: 5), token: token, message: .thanks).html()
        let low = SurveyPage(state: state(score: 1, isLow: true), token: token, message: .thanks)
            .html()
        let texts = CustomerTexts.standard
        #expect(good.contains(texts.text(.surveyThanks, in: .english)))
        #expect(low.contains(texts.text(.surveyThanksLow, in: .english)))
        #expect(good.contains("<form"), "it can be corrected")
    }

    @Test func theDesksOwnQuestionGoesBeforeOurs() {
        let own = SurveyPageState(
            kind: .own, language: "fa", ticket: nil, brand: nil, score: nil, isLow: false,
            questions: [.persian: "تحویل <سفارش> چطور بود؟"])
        let html = SurveyPage(state: own, token: token).html()
        #expect(html.contains("تحویل &lt;سفارش&gt; چطور بود؟"))
        #expect(!html.contains("<سفارش>"))
    }

    @Test func whoWantsNoMoreIsToldSoAndSeesNoButtonForIt() {
        let asked = SurveyPage(state: state(), token: token).html()
        let stopped = SurveyPage(state: state(), token: token, message: .stopped).html()
        #expect(asked.contains(#"name="stop" value="1""#))
        #expect(!stopped.contains(#"name="stop""#))
        #expect(stopped.contains(CustomerTexts.standard.text(.surveyStopped, in: .english)))
    }

    @Test func aNoticeSpeaksEveryLanguage() {
        let html = SurveyNotice.html(.surveyUnknown)
        #expect(html.contains(#"<p lang="fa" dir="rtl">"#))
        #expect(html.contains(CustomerTexts.standard.text(.surveyUnknown, in: .english)))
        #expect(html.utf8.count < 14 * 1_024)
    }

    @Test func thePolicyNamesTheStyleByItsHash() {
        #expect(SurveyStyle.policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
        #expect(!SurveyStyle.policy.contains("unsafe"))
        #expect(
            SurveyPage(state: state(), token: token).html().contains(
                "<style>\(SurveyStyle.text)</style>"))
    }
}

extension String {
    /// How often a text stands in it.
    func components(of text: String) -> Int { ranges(of: text).count }
}
