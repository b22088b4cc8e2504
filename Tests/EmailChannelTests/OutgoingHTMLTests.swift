import ChannelKit
import HelpdeskCore
import Testing

@testable import EmailChannel

@Suite struct OutgoingHTMLTests {
    static func body(_ text: String, language: String = "fa") -> String {
        let html = OutgoingHTML.document(text, language: language)
        let start = Array(html.utf8).firstMatch(of: "<body>") ?? 0
        return String(html.utf8.dropFirst(start + 7).dropLast("</body>\n</html>\n".utf8.count))
            ?? ""
    }

    @Test(arguments: [
        ("سلام سارا،\nسفارش رسید.\n", "<p dir=\"rtl\">سلام سارا،<br>\nسفارش رسید.</p>\n"),
        ("Hello\n\nسلام\n", "<p dir=\"ltr\">Hello</p>\n<p dir=\"rtl\">سلام</p>\n"),
        // A Persian sentence that begins with a Latin name still reads from the right; an English one with a Persian name
        // from the left.
        ("Hamdel یک میز کمک است.\n", "<p dir=\"rtl\">Hamdel یک میز کمک است.</p>\n"),
        (
            "سارا, please reset the modem and call us\n",
            "<p dir=\"ltr\">سارا, please reset the modem and call us</p>\n"
        ),
        // Lines of both directions in one paragraph: each its own, and together.
        (
            "سلام\nOrder 12 shipped\nمتشکریم\n",
            "<p dir=\"rtl\" style=\"margin-bottom:0;\">سلام</p>\n<p dir=\"ltr\" style=\"margin-top:0;margin-bottom:0;\">Order 12 shipped</p>\n<p dir=\"rtl\" style=\"margin-top:0;\">متشکریم</p>\n"
        ),
        // Lists.
        (
            "- یک\n- two\n- سه چهار\n",
            "<ul dir=\"rtl\">\n<li>یک</li>\n<li dir=\"ltr\">two</li>\n<li>سه چهار</li>\n</ul>\n"
        ),
        (
            "انجام دهید:\n• اول\n  ادامه\n• دوم\n",
            "<p dir=\"rtl\">انجام دهید:</p>\n<ul dir=\"rtl\">\n<li>اول<br>\nادامه</li>\n<li>دوم</li>\n</ul>\n"
        ),
        // Numbers stay as they were typed, in their own digits.
        ("۱. مودم\n۲. کابل\n", "<p dir=\"rtl\">۱. مودم<br>\n۲. کابل</p>\n"),
        // A line without letters goes with what is around it.
        ("سلام\n12345\n", "<p dir=\"rtl\">سلام<br>\n12345</p>\n"),
        ("-- \nسارا\n", "<p dir=\"rtl\">-- <br>\nسارا</p>\n"),
        // Quotations.
        (
            "> سلام\n> خوبید؟\nبله\n",
            "<blockquote type=\"cite\" dir=\"rtl\" style=\"margin:0;border-right:1px solid #ccc;padding-right:1ex\">\n<p dir=\"rtl\">سلام<br>\nخوبید؟</p>\n</blockquote>\n<p dir=\"rtl\">بله</p>\n"
        ),
        // Blanks stay.
        ("a  b\n\tcode\n", "<p dir=\"ltr\">a&nbsp; b<br>\n&nbsp;&nbsp;&nbsp;&nbsp;code</p>\n"),
        // Markup stays text.
        ("<b>&\"\n", "<p dir=\"ltr\">&lt;b&gt;&amp;&quot;</p>\n"),
    ])
    func textsLookTheSame(text: String, expected: String) {
        #expect(Self.body(text) == expected)
    }

    @Test(arguments: [
        ("https://x.example/a.", "https://x.example/a", "https://x.example/a"),
        ("(https://x.example/a)", "https://x.example/a", "https://x.example/a"),
        ("https://x.example/a_(b)", "https://x.example/a_(b)", "https://x.example/a_(b)"),
        (
            "https://x.example/سلام، بعد", "https://x.example/%D8%B3%D9%84%D8%A7%D9%85",
            "https://x.example/سلام"
        ),
        ("«https://x.example/»", "https://x.example/", "https://x.example/"),
        (
            "https://x.example/می\u{200c}خواهم؟",
            "https://x.example/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85",
            "https://x.example/می\u{200c}خواهم"
        ),
        (
            "http://x.example/?a=1&b=\"2\"", "http://x.example/?a=1&amp;b=",
            "http://x.example/?a=1&amp;b="
        ),
    ])
    func linksEndWhereTheyShould(text: String, link: String, shown: String) {
        let html = HTMLLine.of(text).asText
        #expect(html.contains("<a dir=\"ltr\" href=\"\(link)\">\(shown)</a>"), "\(html)")
    }

    @Test func quotationsNestNoDeeperThanBounded() {
        let text = String(repeating: ">", count: 100_000) + "x\n"
        let html = Self.body(text, language: "en")
        let bytes = Array(html.utf8)
        var found = 0
        var place = 0
        while let next = bytes.firstMatch(of: "<blockquote", from: place) {
            found += 1
            place = next + 1
        }
        #expect(found == TextBlock.deepest)
    }

    static func quoted(_ text: String, language: String, name: String? = "Sara") -> Quotation {
        Quotation(
            .init(
                name: name, address: "sara@example.ir",
                date: Instant(milliseconds: 1_795_341_767_000), text: text), language: language,
            zone: .utc)
    }

    @Test func theQuotationIsAttributedInTheLanguageOfTheAnswer() {
        #expect(
            Self.quoted("hi\n> old\n", language: "en").plain
                == "On Sunday 22 November 2026 at 10:02, Sara <sara@example.ir> wrote:\n> hi\n>> old\n"
        )
        #expect(
            Self.quoted("سلام", language: "fa", name: nil).plain
                == "در تاریخ یک\u{200c}شنبه ۱ آذر ۱۴۰۵ ساعت ۱۰:۰۲، sara@example.ir نوشت:\n> سلام\n")
        #expect(
            Self.quoted(String(repeating: "x\n", count: 10_000), language: "en").text
                .hasSuffix("[…]\n"))
        #expect(
            Self.quoted("hi", language: "en", name: "a\r\nBcc: x\n> wrote:").plain
                .split(separator: "\n").count == 2)
    }

    /// What we quote, our own reader takes for history when the customer's answer brings it back.
    @Test(arguments: ["en", "fa"])
    func ourOwnReaderKnowsTheQuotationAgain(language: String) throws {
        let composer = MailComposer(
            identity: MailIdentity(address: "support@example.org"), quoting: .on(.utc))
        var message = MailComposerTests.message(
            text: language == "fa" ? "پاسخ ما این است." : "Our answer is this.")
        message.language = language
        message.quote = .init(
            name: "Sara", address: "sara@example.ir", date: message.date,
            text: "the question\nof the customer")
        let mail = try MailComposerTests.read(composer.compose(message).bytes)
        #expect(mail.fullText.contains("the question"))
        #expect(!mail.text.contains("the question"), "\(mail.text)")
        #expect(mail.html.contains("<blockquote type=\"cite\""))
    }
}
