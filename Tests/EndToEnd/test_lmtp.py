"""LMTP on the wire (RFC 2033), byte by byte."""
import os
import resource
import signal
import socket
import threading
import time

from desk import DeskTest, FULL, outcome, wait_for
from wire import Lmtp, mail, parsed, plain, stuffed


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

    def test_e11_abuse_ends_no_service_and_leaves_no_event(self):
        desk = self.desk
        before = desk.position()
        # A line of 10 MB as a command, and one within a mail.
        with desk.lmtp() as session:
            session.write(b"A" * (10 << 20) + b"\r\nNOOP\r\n")
            self.assertEqual([session.reply()[0], session.reply()[0]], [500, 250])
        # Connections that end in every place of a mail.
        whole = b"MAIL FROM:<a@b.example>\r\nRCPT TO:<support@desk.example>\r\nDATA\r\n" + stuffed(mail("cut@home.example"))
        cuts = range(1, len(whole) - 1, 1 if FULL else 7)
        for cut in cuts:
            with desk.lmtp() as session:
                session.write(whole[:cut])
        self.assertEqual(desk.position(), before, "no event from a mail that did not end")
        # 1,000 connections: 50 are served, the others told to come again, nobody is left hanging.
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        count = min(1_000, hard - 100)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 2_100)), hard))
        sockets, greetings = [], {}
        try:
            for _ in range(count):
                connection = socket.socket(socket.AF_UNIX)
                # Blocking: the backlog is 128, and whoever has a timeout would be told EAGAIN.
                connection.connect(desk.lmtp_path)
                connection.settimeout(30)
                sockets.append(connection)
            for connection in sockets:
                code = connection.recv(3).decode()
                greetings[code] = greetings.get(code, 0) + 1
        finally:
            for connection in sockets:
                connection.close()
        self.assertLessEqual(greetings.get("220", 0), 50)
        self.assertEqual(sum(greetings.values()), count, greetings)
        wait_for("room for one more", lambda: self.welcomed())
        kept = desk.deliver(mail("after@home.example"))
        # A large mail in one line.
        long_line = b"From: long@home.example\r\n\r\n" + b"y" * (10 << 20) + b"\r\n"
        with desk.lmtp() as session:
            code, text = session.send(long_line, ["support@desk.example"])[0]
        self.assertEqual(code, 250, text)
        self.assertEqual(self.raw_of(outcome(text)["message"]), long_line)
        self.figures(f"10 MB line refused, {len(cuts)} cuts within a mail: 0 events; {count} connections: {greetings}; then message {kept['message']} kept, "
                     f"10 MB line in a mail kept byte for byte")

    def welcomed(self):
        try:
            Lmtp(self.desk.lmtp_path).close()
            return True
        except ConnectionError:
            return False

    def test_e10_end_of_data_variants(self):
        """64 ways to write a dot on a line of its own, each in one session with a command behind it that must not be heard."""
        ends = [b"\r\n", b"\n", b"\r", b"\n\r", b"\r\r\n", b"\r\n\r", b"\n\n", b"\r\x00\n"]
        ended, kept = [], 0
        for number, (before, after) in enumerate((a, b) for a in ends for b in ends):
            smuggled = b"MAIL FROM:<evil@x.example>\r\nRCPT TO:<sales@desk.example>\r\nDATA\r\nFrom: evil@x.example\r\n\r\nevil\r\n"
            content = b"From: e10@home.example\r\nMessage-ID: <e10-%d@home.example>\r\n\r\nx" % number + before + b"." + after + smuggled
            position = self.desk.position()
            with self.desk.lmtp() as session:
                for line in [b"MAIL FROM:<a@b.example>", b"RCPT TO:<support@desk.example>", b"DATA"]:
                    session.write(line + b"\r\n")
                    session.reply()
                session.write(content)
                if before.endswith(b"\r\n") and after.startswith(b"\r\n"):
                    # This is the end of data: what follows are commands, and they are the sender's own.
                    ended.append((before, after))
                    self.assertEqual(session.reply()[0], 250)
                    continue
                session.write(b"\r\n.\r\n")
                code, text = session.reply()
                self.assertEqual(code, 250, text)
                kept += 1
                found = self.desk.get(f"/messages?inbox=support-mail&external_id=e10-{number}@home.example")["messages"]
                self.assertEqual(len(found), 1)
                raw = self.raw_of(outcome(text)["message"])
                self.assertIn(b"RCPT TO:<sales@desk.example>", raw, "content, not a command")
            self.assertGreater(self.desk.position(), position)
        self.assertEqual(kept + len(ended), 64)
        sales = [t for t in self.desk.tickets() if t["inbox"] == "sales-mail"] if "inbox" in self.desk.tickets()[0] else []
        self.assertEqual(sales, [])
        self.figures(f"64 variants: {kept} were content of one mail, {len(ended)} (CRLF.CRLF…) ended it; 0 smuggled")


class Doors(DeskTest):
    def reload(self, desk, ready):
        desk.write_configuration()
        desk.process.send_signal(signal.SIGHUP)
        wait_for("the reload", ready)

    def test_a_reload_opens_moves_and_closes_the_door(self):
        desk = self.new_desk()
        desk.configuration.chat()
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        self.assertFalse(os.path.exists(desk.lmtp_path), "no mail inbox, no door")

        def answers(path):
            try:
                Lmtp(path).close()
                return True
            except (OSError, ConnectionError):
                return False

        desk.configuration.mail(auto_reply=False)
        self.reload(desk, lambda: answers(desk.lmtp_path))
        first = desk.deliver(mail("a@home.example"))
        moved = desk.folder + "/other.sock"
        desk.configuration.set("lmtp", socket=moved)
        self.reload(desk, lambda: answers(moved))
        self.assertFalse(os.path.exists(desk.lmtp_path))
        with Lmtp(moved) as session:
            self.assertEqual(session.send(mail("b@home.example"), ["support@desk.example"])[0][0], 250)
        # A door that cannot be opened is said; the next reload mends it.
        desk.configuration.set("lmtp", socket="/no/such/folder/lmtp.sock")
        self.reload(desk, lambda: "no mail can come in" in desk.log_text())
        desk.configuration.set("lmtp", socket=moved)
        self.reload(desk, lambda: answers(moved))
        desk.configuration.lists["inbox"] = [i for i in desk.configuration.lists["inbox"] if i["channel"] != "email"]
        self.reload(desk, lambda: not answers(moved))
        self.assertEqual(len(desk.tickets()), 2)
        self.figures(f"opened by a reload (ticket {first['ticket']}), moved, refused to a bad place and mended, closed")

    def test_a3_partial_recipients(self):
        """50 recipients; the inboxes of 7 go away between RCPT and the end of the mail. Each has its own answer, and only the
        7 are tried again."""
        desk = self.new_desk()
        names = [f"box{n}" for n in range(50)]
        desk.configuration.mail(auto_reply=False)
        for name in names:
            desk.configuration.mail(name, f"{name}@desk.example", auto_reply=False)
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        inboxes = list(desk.configuration.lists["inbox"])
        failing = names[3::7]
        self.assertEqual(len(failing), 7)
        raw = mail("many@home.example", id="a3@home.example")
        with desk.lmtp() as session:
            session.command("MAIL FROM:<many@home.example>")
            self.assertEqual([session.command(f"RCPT TO:<{name}@desk.example>")[0] for name in names], [250] * 50)
            session.command("DATA")
            desk.configuration.lists["inbox"] = [i for i in inboxes if i["name"] not in failing]
            self.reload(desk, lambda: desk.log_text().count("configuration reloaded") == 1)
            session.write(stuffed(raw))
            replies = [session.reply() for _ in names]
        codes = dict(zip(names, (code for code, _ in replies)))
        self.assertEqual({name for name, code in codes.items() if code == 451}, set(failing), replies)
        self.assertEqual(sum(code == 250 for code in codes.values()), 43)
        desk.configuration.lists["inbox"] = inboxes
        self.reload(desk, lambda: desk.log_text().count("configuration reloaded") == 2)
        with desk.lmtp() as session:
            again = session.send(raw, [f"{name}@desk.example" for name in failing])
        self.assertEqual([code for code, _ in again], [250] * 7)
        counts = {name: len(desk.get(f"/messages?inbox={name}&external_id=a3@home.example")["messages"]) for name in names}
        self.assertEqual(set(counts.values()), {1}, counts)
        self.figures(f"50 recipients: 43 × 250, 7 × 451, the 7 again: 7 × 250; each inbox has it once")


class Written(DeskTest):
    def test_an_answer_is_signed_quoted_and_threaded(self):
        desk = self.new_desk().with_sink()
        desk.configuration.mail(
            auto_reply=False, from_name="Desk", quote=True,
            signature={"fa": "{agent}\nپشتیبانی نمونه", "en": "{agent}\n{brand}, team {team}"})
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support", "--name", "Sara Ahmadi")
        number = desk.deliver(mail("Ali <ali@outside.example>", "Broken", "It does not work.\nSince Monday.", id="q1@outside.example"))["ticket"]
        desk.post(f"/tickets/{number}/replies", {"text": "Please restart it."})
        desk.hamdeld("agent", "set", "lead", "--signature", "Sara Ahmadi\\nSecond line", "--signature", "fa=سارا احمدی", check=0)
        desk.post(f"/tickets/{number}/replies", {"text": "لطفاً دوباره روشن کنید."})
        wait_for("both answers", lambda: len(desk.sink.raw()) == 2)
        first, second = (parsed(raw) for raw in desk.sink.raw())
        text = plain(first).replace("\r\n", "\n")
        self.assertTrue(text.startswith("Please restart it.\n\n-- \nSara Ahmadi\nDesk, team support\n\nOn "), text)
        self.assertTrue(text.endswith(" wrote:\n> It does not work.\n> Since Monday.\n"), text)
        self.assertIn('<blockquote type="cite"', first.get_body(("html",)).get_content())
        self.assertEqual(first["References"], "<q1@outside.example>")
        self.assertIn("سارا احمدی", plain(second))
        self.assertIn("پشتیبانی نمونه", plain(second))
        self.assertIn("نوشت:", plain(second))
        # What the customer quotes of it is history again.
        answer = "\n".join("> " + line for line in text.split("\n"))
        desk.deliver(mail("Ali <ali@outside.example>", "Re: Broken", f"It works now.\n\nOn Monday, Desk <support@desk.example> wrote:\n{answer}",
                          in_reply_to=first["Message-ID"].strip("<>"), references=[first["Message-ID"].strip("<>")]))
        last = desk.get(f"/tickets/{number}")["messages"][-1]
        self.assertEqual(last["text"].strip(), "It works now.")
        self.figures(f"{text.split(chr(10))[2:5]} … {[line for line in plain(second).splitlines() if 'نوشت' in line]}")
