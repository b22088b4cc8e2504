"""LMTP on the wire (RFC 2033), byte by byte."""
import threading
import time

from desk import DeskTest, outcome
from wire import mail, stuffed


class LmtpWire(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        self.desk.configuration.mail(auto_reply=False).mail("sales-mail", "sales@desk.example", auto_reply=False)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support")

    def raw_of(self, message):
        answer = self.desk.api("GET", f"/messages/{message}/raw")
        self.assertEqual(answer.status, 200, answer.text)
        return answer.body

    def test_the_extensions_are_offered(self):
        with self.desk.lmtp() as session:
            words = {line.split()[0] for line in session.extensions.split("\n")[1:]}
            self.assertLessEqual({"SIZE", "8BITMIME", "SMTPUTF8", "PIPELINING", "ENHANCEDSTATUSCODES"}, words)
            code, text = session.command("MAIL FROM:<a@b.example> BODY=8BITMIME SMTPUTF8 SIZE=100")
            self.assertEqual((code, text.split()[0]), (250, "2.1.0"))
            self.assertEqual(session.command("QUIT")[0], 221)
        with self.desk.lmtp(greet=False) as session:
            session.reply()
            self.assertEqual(session.command("HELO x")[0], 500)
            self.assertEqual(session.command("MAIL FROM:<a@b.example>")[0], 503)
            session.command("LHLO x")
            self.assertEqual(session.command("DATA")[0], 503)
            self.assertEqual(session.command("FROB")[0], 500)
            session.command("MAIL FROM:<a@b.example>")
            self.assertEqual(session.command("DATA")[0], 503, "without a recipient there is nobody to answer for")
        self.figures(f"offered: {sorted(words)}")

    def test_pipelined_mails_are_answered_in_order(self):
        mails = [mail(f"p{n}@home.example", f"Pipelined {n}", f"text {n}") for n in range(5)]
        with self.desk.lmtp() as session:
            flight = b""
            for raw in mails:
                flight += b"MAIL FROM:<p@home.example>\r\nRCPT TO:<support@desk.example>\r\nDATA\r\n" + stuffed(raw)
            session.write(flight + b"NOOP\r\nQUIT\r\n")
            codes, ids = [], []
            for _ in mails:
                codes += [session.reply()[0] for _ in range(3)]
                code, text = session.reply()
                codes.append(code)
                ids.append(outcome(text)["message"])
            codes += [session.reply()[0], session.reply()[0]]
        self.assertEqual(codes, [250, 250, 354, 250] * 5 + [250, 221])
        self.assertEqual(ids, sorted(ids))
        self.assertEqual([self.raw_of(id) for id in ids], mails)
        self.figures("5 mails in one write, 22 replies in order, 5 raw mails equal")

    def test_every_recipient_has_a_reply(self):
        raw = mail("many@home.example", "Many", "x")
        recipients = ["support@desk.example", "nobody@desk.example", "SUPPORT+tag@Desk.Example", "sales@desk.example"]
        with self.desk.lmtp() as session:
            replies = session.send(raw, recipients)
            self.assertEqual([code for code, _ in replies], [250, 550, 250, 250])
            self.assertEqual(outcome(replies[0][1])["message"], outcome(replies[2][1])["message"])
            self.assertIn("ticket", outcome(replies[0][1]))
            # RSET forgets; the next mail starts anew.
            session.command("MAIL FROM:<a@b.example>")
            session.command("RCPT TO:<support@desk.example>")
            self.assertEqual(session.command("RSET")[0], 250)
            self.assertEqual(session.command("RCPT TO:<support@desk.example>")[0], 503)
        self.figures(f"{[f'{code} {text}' for code, text in replies]}")

    def test_bare_line_ends_are_content_and_kept_byte_for_byte(self):
        head = b"From: bytes@home.example\r\nMessage-ID: <%d@bytes.example>\r\nSubject: bytes\r\n\r\n"
        bodies = [
            b"a\n.\nb\r\n", b"a\r.\rb\r\n", b"\n.\r\nc\r\n", b"a\n.\r\nRCPT TO:<x@y.example>\r\n", b"a\r\n..\r\n.b\r\n", b"x\r\r\ny\r\n", b".\r\r\n.\n\r\n",
            bytes(range(256)) + b"\r\n", "سلام\u200cدنیا\r\n".encode(), b"a" * 5000 + b"\r\n", b"\r\n\r\n\r\n", b"end\r\n.\n\r\n",
        ]
        for number, body in enumerate(bodies):
            raw = head % number + body
            with self.desk.lmtp() as session:
                code, text = session.send(raw, ["support@desk.example"])[0]
                self.assertEqual(code, 250, (number, text))
                self.assertEqual(session.command("NOOP")[0], 250, "no smuggled command was heard")
            self.assertEqual(self.raw_of(outcome(text)["message"]), raw, f"body {number}")
        # The same bytes, one at a time.
        raw = head % 99 + bodies[0] + bodies[4]
        with self.desk.lmtp() as session:
            session.command("MAIL FROM:<a@b.example>")
            session.command("RCPT TO:<support@desk.example>")
            session.command("DATA")
            for byte in stuffed(raw):
                session.write(bytes([byte]))
            code, text = session.reply()
        self.assertEqual(self.raw_of(outcome(text)["message"]), raw)
        self.figures(f"{len(bodies) + 1} mails with bare CR, LF, NUL and dots: raw equals sent")

    def test_fifty_connections_at_once(self):
        connections, each = 50, 3
        sessions = [self.desk.lmtp() for _ in range(connections)]
        self.addCleanup(lambda: [session.close() for session in sessions])
        with self.desk.lmtp(greet=False) as extra:
            self.assertEqual(extra.reply()[0], 421, "the 51st is told to come again")
        results, faults = [], []

        def send(number, session):
            try:
                for count in range(each):
                    code, text = session.send(mail(f"c{number}-{count}@home.example", f"From {number}", "x"), ["support@desk.example"])[0]
                    results.append((code, outcome(text).get("message")))
            except Exception as fault:
                faults.append(fault)

        began = time.monotonic()
        threads = [threading.Thread(target=send, args=pair) for pair in enumerate(sessions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        seconds = time.monotonic() - began
        self.assertEqual(faults, [])
        self.assertEqual([code for code, _ in results], [250] * connections * each)
        self.assertEqual(len({message for _, message in results}), connections * each)
        self.assertEqual(len(self.desk.tickets()), connections * each)
        self.figures(f"{connections} connections, {len(results)} mails kept in {seconds:.1f} s ({len(results) / seconds:.0f}/s)")

    def test_a_connection_cut_within_a_mail_keeps_nothing(self):
        before = self.desk.position()
        with self.desk.lmtp() as session:
            session.command("MAIL FROM:<a@b.example>")
            session.command("RCPT TO:<support@desk.example>")
            session.command("DATA")
            session.write(b"From: cut@home.example\r\n\r\nhalf a ma")
        kept = self.desk.deliver(mail("whole@home.example"))
        self.assertEqual([t["number"] for t in self.desk.tickets()], [kept["ticket"]])
        self.figures(f"cut within DATA: nothing kept, position {before} until the next mail")
