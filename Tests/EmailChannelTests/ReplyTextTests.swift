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

    /// Reliability E7: hostile texts cost no more than harmless ones of their size; what is bounded is the work, seen here as
    /// an end in reasonable time of the whole test.
    @Test(arguments: [
        "On ", ":\n", "1234:\n", "From: a@b.c\n", "> ", ">\n", "-- \n", "a@b wrote:\n", "-----",
        "On 2024 a@b\n",
        "\u{200F}", "Von: a\nAn: b\n", "Sent from my \n", " wrote: ",
    ])
    func hostileTextsEnd(piece: String) {
        let text = String(repeating: piece, count: (256 << 10) / piece.utf8.count)
        #expect(!ReplyText.visible(in: Array(text.utf8)).isEmpty || text.allSatisfy(\.isWhitespace))
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
