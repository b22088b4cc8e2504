import Testing

@testable import EmailChannel

@Suite struct ReplyTextTests {
    static func visible(_ text: String) -> String { ReplyText.visible(in: Array(text.utf8)).asText }

    @Test(arguments: [
        (
            "Thanks!\n\nOn Mon, 4 Mar 2024 at 10:00, Ali <ali@example.org> wrote:\n> hello\n",
            "Thanks!"
        ),
        (
            "Thanks!\n\nOn Mon, 4 Mar 2024 at 10:00, Ali\n<ali@example.org> wrote:\n\nhello\n",
            "Thanks!"
        ),
        (
            "ممنون.\n\nدر تاریخ دوشنبه ۱۴ اسفند ۱۴۰۲ ساعت ۱۰:۰۰، علی <ali@example.org> نوشت:\n\n> سلام\n",
            "ممنون."
        ),
        ("ممنون.\n\nدر تاریخ ۱۴ اسفند ۱۴۰۲، علی <ali@example.org> نوشت:\nسلام\n", "ممنون."),
        ("سلام\n\n-------- پیام اصلی --------\nاز: علی\nتاریخ: ۱۴۰۲\n", "سلام"),
        (
            "سلام\n\nاز: علی <ali@example.org>\nارسال: ۱۴۰۲/۱۲/۱۴\nبه: سارا\nموضوع: سفارش\n\nمتن\n",
            "سلام"
        ),
        ("سلام\n\nارسال شده از آیفون من\n", "سلام"),
        ("Hallo\n\nAm 04.03.24 um 10:00 schrieb Ali:\n> x\n", "Hallo"),
        ("Hallo\n\nVon: Ali <a@b.de>\nGesendet: Montag\nAn: Sara\nBetreff: x\n\nText\n", "Hallo"),
        ("Bonjour\n\nLe lun. 4 mars 2024 à 10:00, Ali <a@b.fr> a écrit :\n\ntexte\n", "Bonjour"),
        ("Hola\n\nEl lun, 4 mar 2024 a las 10:00, Ali (<a@b.es>) escribió:\n> x\n", "Hola"),
        ("Ciao\n\nIl giorno lun 4 mar 2024 alle 10:00 Ali <a@b.it> ha scritto:\n> x\n", "Ciao"),
        ("Hi\n\n-----Original Message-----\nFrom: Ali\nSent: Monday\n\nx\n", "Hi"),
        (
            "Hi\n________________________________\nFrom: Ali <a@b.c>\nSent: Monday\nTo: x\nSubject: y\n\nz\n",
            "Hi"
        ),
        ("Hi\n\n-- \nSara\nExample Ltd\n", "Hi"), ("Hi\n\nSent from my iPhone\n", "Hi"),
        (
            "Hi\n\nSent from my iPhone\n\n> On 4 Mar 2024, at 10:00, Ali <a@b.c> wrote:\n> \n> x\n",
            "Hi"
        ),
        ("On Mon, 4 Mar 2024 Ali <a@b.c> wrote:\n> question\n\nThe answer.\n", "The answer."),
        ("> what is it?\nIt is 12345\n", "> what is it?\nIt is 12345"),
        ("> a?\nyes\n> b?\nno\n", "> a?\nyes\n> b?\nno"),
        ("> only a quote\n", "> only a quote"), ("", ""), ("\n\n", ""),
        ("Please call me at 10:30:\n+98 912\n", "Please call me at 10:30:\n+98 912"),
        ("Best regards,\nSara\n", "Best regards,\nSara"),
        ("From: the shop I got this:\n- one\n- two\n", "From: the shop I got this:\n- one\n- two"),
    ])
    func whatWasWrittenNow(text: String, expected: String) {
        #expect(Self.visible(text) == expected)
    }

    /// A formula, a name and what stands below are a signature; words to the reader are not.
    @Test(arguments: [
        (
            "Please call me.\n\nBest regards,\nAnn Other\nExample Ltd\nTel. +49 30 123456\nhttps://example.org\n",
            "Please call me."
        ),
        ("Please call me.\n\nKind regards\nAnn\n", "Please call me."),
        ("Bitte um Rückruf.\n\nMit freundlichen Grüßen\nAnna Beispiel\n", "Bitte um Rückruf."),
        ("Merci de me rappeler.\n\nCordialement,\nAnne Exemple\n", "Merci de me rappeler."),
        ("Llámeme.\n\nUn saludo,\nAna\n", "Llámeme."),
        ("Mi chiami.\n\nCordiali saluti\nAnna Esempio\n", "Mi chiami."),
        ("Bel mij.\n\nMet vriendelijke groet,\nAnna\n", "Bel mij."),
        ("Ligue-me.\n\nCumprimentos\nAna\n", "Ligue-me."),
        ("Ring mig.\n\nMed vänliga hälsningar\nAnna\n", "Ring mig."),
        ("Ring.\n\nMvh\nHanne\n", "Ring."),
        ("Soita.\n\nYstävällisin terveisin\nAnna\n", "Soita."),
        ("Zadzwoń.\n\nZ poważaniem,\nJan Kowalski\n", "Zadzwoń."),
        ("Zavolejte.\n\nS pozdravem\nJan\n", "Zavolejte."),
        ("Позвоните.\n\nС уважением,\nАнна\n", "Позвоните."),
        ("Arayın.\n\nSaygılarımla,\nAyşe\n", "Arayın."),
        ("لطفاً تماس بگیرید.\n\nبا احترام،\nسارا مرادی\n", "لطفاً تماس بگیرید."),
        ("يرجى الاتصال.\n\nمع التحية،\nسارة\n", "يرجى الاتصال."),
        // Words to the reader stay.
        ("Done.\n\nThanks,\nAnn\n", "Done.\n\nThanks,\nAnn"),
        ("Done. Thank you!\n", "Done. Thank you!"),
        ("Please answer.\n\nBest regards\n", "Please answer.\n\nBest regards"),
        ("I order:\n\nThanks,\n2 x lamp\n3 x chair\n", "I order:\n\nThanks,\n2 x lamp\n3 x chair"),
        (
            "Hi.\n\nBest regards,\nAnn\n\nPS: where is my order?\n",
            "Hi.\n\nBest regards,\nAnn\n\nPS: where is my order?"
        ),
        ("Regards,\nAnn\n", "Regards,\nAnn"), ("ممنون\n", "ممنون"),
        ("سلام\n\nبا تشکر\nلطفا زودتر\n", "سلام\n\nبا تشکر\nلطفا زودتر"),
        ("Send regards\nto all of them.\n", "Send regards\nto all of them."),
    ])
    func signOffs(text: String, expected: String) { #expect(Self.visible(text) == expected) }

    @Test(arguments: [
        (
            "Hi, yes.\n\nThis e-mail and any attachments are confidential and intended solely for the addressee. If you are not the intended recipient, delete it.\n",
            "Hi, yes."
        ),
        (
            "Ja.\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, informieren Sie uns bitte.\n",
            "Ja."
        ),
        (
            "بله.\n\nاین ایمیل و پیوست‌های آن محرمانه است و تنها برای گیرنده‌ی آن فرستاده شده است. اگر گیرنده نیستید آن را پاک کنید.\n",
            "بله."
        ),
        (
            "CAUTION: This email originated from outside of the organization. Do not click links.\n\nHello!\n",
            "Hello!"
        ),
        ("This e-mail is confidential, please.\n", "This e-mail is confidential, please."),
        (
            "Is this message confidential?\nI think so.\n",
            "Is this message confidential?\nI think so."
        ),
    ])
    func disclaimers(text: String, expected: String) { #expect(Self.visible(text) == expected) }

    /// Answers between the questions keep them; a sign-off behind a quotation is no answer.
    @Test(arguments: [
        (
            "Hi,\n\nOn Mon, 4 Mar 2024 Ali <a@b.c> wrote:\n> when?\n\nTomorrow.\n",
            "Hi,\n\n> when?\n\nTomorrow."
        ),
        (
            "Yes.\n\nOn Mon, 4 Mar 2024 Ali <a@b.c> wrote:\n> when?\n\nRegards, Ann\n",
            "Yes.\n\n\nRegards, Ann"
        ),
        (
            "Yes.\n\nOn Mon, 4 Mar 2024 Ali <a@b.c> wrote:\n> see (http://x.example/very\nlong)\n> thanks\n",
            "Yes."
        ),
        ("Yes.\n\nBegin forwarded message:\n\nFrom: a@b.c\nx\n", "Yes."),
        ("Oui.\n\nDébut du message réexpédié :\n\nDe: a@b.c\nx\n", "Oui."),
        ("Yes.\n##- Please type your reply above this line -##\nold\n", "Yes."),
        ("Ja.\n## Bitte oberhalb dieser Zeile antworten ##\nalt\n", "Ja."),
        ("Да.\n\nОт: Али <a@b.c>\nИзпратено: понеделник\nДо: Сара\nОтносно: x\n\nстаро\n", "Да."),
        ("On Mon, 4 Mar 2024 Ali <a@b.c> wrote:\n> all of it\n", ""),
    ])
    func whereAnswersStand(text: String, expected: String) {
        #expect(Self.visible(text) == expected)
    }

    @Test func aMailThatOnlyQuotesIsShownWhole() throws {
        let raw = "From: a@b.example\n\nOn Mon, 4 Mar 2024 Ali <a@b.c> wrote:\n> all of it\n"
        let mail = try MailReader.read(Array(raw.utf8)).get()
        #expect(mail.text == mail.fullText)
        #expect(mail.fullText.contains("all of it"))
    }

    @Test(arguments: [
        ("<p>Hi</p><p>there</p>", "Hi\n\nthere"), ("a<br>b", "a\nb"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<ol><li>x<li>y</ol>", "1. x\n2. y"),
        ("<blockquote>q<br>r</blockquote>after", "> q\n> r\n\nafter"),
        ("<a href='https://x.example/'>here</a>", "here <https://x.example/>"),
        ("<a href='https://x.example/'>https://x.example</a>", "https://x.example"),
        ("<a href='javascript:alert(1)'>x</a>", "x"), ("<script>x</script><style>y</style>z", "z"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a  b\nc"),
        ("&lt;b&gt; &amp; &#1587;", "<b> & س"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("x<img src='http://t.example/p.gif' alt='logo'>", "x[logo]"),
        ("<div>one</div>\n<div>two</div>", "one\ntwo"), ("<!-- no --><title>t</title>yes", "yes"),
    ])
    func htmlAsText(html: String, text: String) {
        #expect(HTMLText.render(Array(html.utf8)).text.asText == text)
    }

    @Test(arguments: [
        (
            "<div>Reply</div><div class='gmail_quote'><div class='gmail_attr'>On x wrote:</div><blockquote>old</blockquote></div>",
            "Reply"
        ),
        ("<p>Reply</p><div id='divRplyFwdMsg'><b>From:</b> Ali</div><p>old</p>", "Reply"),
        (
            "<p>Reply</p><hr><p>From: Ali &lt;a@b.c&gt;<br>Sent: Monday<br>To: x<br>Subject: y</p><p>old</p>",
            "Reply"
        ),
        ("<div>Reply</div><div class='gmail_signature'>Sara</div>", "Reply"),
        ("<div>Reply</div><div class='yahoo_quoted'>old</div>", "Reply"),
        (
            "<div>Reply</div><div class='moz-cite-prefix'>On 4.3.2024 Ali wrote:</div><blockquote type='cite'>old</blockquote>",
            "Reply"
        ),
        (
            "<p>Reply</p><div style='border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> Ali &lt;a@b.c&gt;<br><b>Sent:</b> Monday<br><b>To:</b> x<br><b>Subject:</b> y</p></div><p>old</p>",
            "Reply"
        ),
        (
            "<p>Reply</p><p>Von: Ali &lt;a@b.c&gt;<br>Gesendet: Montag<br>An: x<br>Betreff: y</p><p>alt</p>",
            "Reply"
        ),
        (
            "<div>Reply</div><div><br></div><div>Sent from my iPhone</div><div><br><blockquote type='cite'><div>On 4 Mar 2024, at 10:00, Ali &lt;a@b.c&gt; wrote:<br></div></blockquote></div><blockquote type='cite'><div>old</div></blockquote>",
            "Reply"
        ),
        (
            "<div class='gmail_quote'><blockquote>q1</blockquote>answer 1<blockquote>q2</blockquote>answer 2</div>",
            "> q1\n\nanswer 1\n\n> q2\n\nanswer 2"
        ),
    ])
    func htmlReplies(html: String, text: String) {
        #expect(HTMLVisible.text(HTMLText.render(Array(html.utf8))).asText == text)
    }

    @Test(arguments: [
        "<div>", "<b><p>", "<font color=1>", "<table><tr><td>", "<a>", "<blockquote>", "<x1>",
        "<li><ul>",
        "&amp;", "<!--", "<script>", "<p><b><i><u>", "<select><option>", "<svg><g>",
    ])
    func hostileHTMLEnds(piece: String) {
        let html = String(repeating: piece, count: (256 << 10) / piece.utf8.count) + "end"
        let rendered = HTMLText.render(Array(html.utf8)).text.asText
        #expect(rendered.utf8.count <= html.utf8.count * 12)
    }
}
