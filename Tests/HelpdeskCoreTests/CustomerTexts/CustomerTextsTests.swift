import Testing

@testable import HelpdeskCore

@Suite struct CustomerTextsTests {
    private let everything = TextParameters(
        ticket: TicketNumber(rawValue: 1_234),
        promise: .init(
            moment("2026-11-22T13:00:00Z"),
            in: ZoneRules(name: "Asia/Tehran", offsetSeconds: 12_600)),
        link: "https://desk.example.org/s/abc_-123", brand: "Example", agent: "Sara")

    @Test(
        "Every text is there in every language, and can be filled in",
        arguments: TextLanguage.allCases)
    func complete(language: TextLanguage) throws {
        for key in CustomerTextKey.allCases {
            let source = CustomerTexts.source(key, in: language)
            #expect(throws: Never.self, "\(key) in \(language)") {
                try TextTemplate(source, for: key)
            }
            let text = CustomerTexts.standard.text(key, in: language, everything)
            #expect(!text.isEmpty, "\(key) in \(language)")
            #expect(!text.contains("{"), "\(key) in \(language)")
            #expect(
                text.unicodeScalars.count { $0 == "\u{2068}" }
                    == text.unicodeScalars.count { $0 == "\u{2069}" })
            if key != .signature {
                #expect(
                    TextDirection.ofText(CustomerTexts.source(key, in: language))
                        == language.direction, "\(key)")
            }
        }
    }

    @Test("Both languages refer to the same things")
    func sameFacts() {
        for key in CustomerTextKey.allCases {
            let named = TextLanguage.allCases.map { language in
                TextPlaceholder.allCases.filter {
                    CustomerTexts.source(key, in: language).contains("{\($0.rawValue)}")
                }
            }
            #expect(named[0] == named[1], "\(key)")
        }
    }

    @Test("A Persian acknowledgement has Persian digits, the Jalali date, and isolates around both")
    func persianPromise() {
        #expect(
            CustomerTexts.standard.text(.acknowledgementWithPromise, in: .persian, everything)
                == """
                سلام

                پیام شما به دست ما رسید و با شمارهٔ \u{2068}#۱۲۳۴\u{2069} ثبت شد. تا ساعت \u{2068}۱۶:۳۰\u{2069} \
                \u{2068}یک\u{200C}شنبه ۱ آذر ۱۴۰۵\u{2069} (به وقت \u{2068}تهران\u{2069}) به شما پاسخ می‌دهیم.

                اگر نکتهٔ دیگری هست، کافی است به همین پیام پاسخ دهید.
                \u{2068}Example\u{2069}
                """)
    }

    @Test("An English acknowledgement of ASCII is ASCII")
    func englishPromise() {
        #expect(
            CustomerTexts.standard.text(.acknowledgementWithPromise, in: .english, everything)
                == """
                Hello,

                we have your message. Its number is #1234. You will have an answer by 16:30 on Sunday 22 November 2026 \
                (Tehran time).

                To add something, simply answer this message.
                Example
                """)
        for key in CustomerTextKey.allCases {
            #expect(
                CustomerTexts.standard.text(key, in: .english, everything).utf8.allSatisfy {
                    $0 < 0x80
                }, "\(key)")
        }
    }

    @Test("A name in the other script is isolated in English too")
    func persianBrand() {
        let text = CustomerTexts.standard.text(
            .signature, in: .english, .init(brand: "همدل", agent: "سارا"))
        #expect(text == "\u{2068}سارا\u{2069}\n\u{2068}همدل\u{2069}")
    }

    @Test(
        "A link touches nothing, so that no mail program makes more of it",
        arguments: TextLanguage.allCases)
    func link(language: TextLanguage) {
        for key in [CustomerTextKey.surveyInvitation, .surveyReminder, .surveyInvitationChat] {
            let lines = CustomerTexts.standard.text(key, in: language, everything).split(
                separator: "\n")
            #expect(lines.contains("https://desk.example.org/s/abc_-123"), "\(key)")
        }
    }

    @Test("What was not given leaves no hole")
    func missing() {
        #expect(
            CustomerTexts.standard.text(.signature, in: .english, .init(agent: "Sara")) == "Sara")
        #expect(CustomerTexts.standard.text(.signature, in: .english) == "")
        let chat = CustomerTexts.standard.text(
            .surveyInvitationChat, in: .english, .init(ticket: TicketNumber(rawValue: 5)))
        #expect(
            chat
                == "How did we do with #5? Answer with a number from 1 (very poor) to 5 (excellent)."
        )
    }

    @Test("An inbox has texts of its own, and ours where it has none")
    func own() throws {
        let texts = CustomerTexts(own: [
            .english: [.surveySend: try TextTemplate("Go", for: .surveySend)]
        ])
        #expect(texts.text(.surveySend, in: .english) == "Go")
        #expect(texts.text(.surveySend, in: .persian) == "ارسال")
        #expect(texts.text(.surveyScore5, in: .english) == "Excellent")
    }

    @Test("Values are never read as places to fill in")
    func noSecondRound() {
        #expect(
            CustomerTexts.standard.text(
                .signature, in: .english, .init(brand: "B", agent: "{brand}")) == "{brand}\nB")
    }

    @Test(
        "A text that refers to what is not there is refused, and says what there is",
        arguments: [
            ("{name}", CustomerTextKey.surveySubject, TextTemplateError.Problem.unknown("name")),
            ("{link}", .acknowledgement, .unknown("link")),
            ("{ticket", .acknowledgement, .notClosed),
            ("no place", .surveyInvitation, .lacks("link")), ("{}", .surveySend, .unknown("")),
            (
                String(repeating: "x", count: TextTemplate.lengthLimit + 1), .acknowledgement,
                .tooLong
            ),
        ])
    func refused(text: String, key: CustomerTextKey, problem: TextTemplateError.Problem) {
        #expect(throws: TextTemplateError(key: key, problem: problem)) {
            try TextTemplate(text, for: key)
        }
    }

    @Test("Scores have words from 1 to 5")
    func scores() {
        let words = (0...6).map { score in
            CustomerTextKey.score(score).map { CustomerTexts.standard.text($0, in: .english) }
        }
        #expect(words == [nil, "Very poor", "Poor", "Fair", "Good", "Excellent", nil])
    }
}
