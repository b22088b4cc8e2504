"""Our mail handed to a real Postfix, and to aiosmtpd: what leaves is one mail, whatever an agent typed."""
import asyncio
import re
import threading
import unittest

from desk import DeskTest, Sink, wait_for
from postfix import Postfix, why_not
from wire import mail, parsed, plain

try:
    from aiosmtpd.controller import Controller
except ImportError:
    Controller = None

# What would end the mail early for a server that takes a bare CR or LF for a line end (SMTP smuggling).
SMUGGLED = "\r\nMAIL FROM:<evil@outside.example>\r\nRCPT TO:<victim@outside.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nevil\r\n.\r\n"
ENDS = ["\n.\n", "\r.\r", "\n.\r\n", "\r\n.\r\n", "\r\n.\n", "\r\n.\r", "\n.\r", "\r.\n", "\r.\r\n", "\r\r\n.\r\r\n",
        "\0\n.\n", "\n\0.\n", "\x85.\x85", "\u2028.\u2028", "\n..\n", "\r", "\n.", "."]


def bodies():
    """The endings alone, with smuggled commands behind them, and at the very beginning and end."""
    for number, end in enumerate(ENDS):
        yield f"start {number}" + end + SMUGGLED
        yield end + f"start {number} plain"
        yield f"start {number} trailing" + end


def words(text):
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in text)).strip()


class Outgoing(DeskTest):
    def desk_with(self, port):
        desk = self.new_desk()
        desk.configuration.mail(auto_reply=False).set("smtp", url=f"smtp://127.0.0.1:{port}", tls="off")
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        return desk

    def send_all(self, desk):
        """One ticket, an answer for each body; how many were sent."""
        number = desk.deliver(mail("sara@outside.example"))["ticket"]
        count = 0
        for body in bodies():
            desk.post(f"/tickets/{number}/replies", {"text": f"A{count}: {body}"})
            count += 1
        wait_for("all answers to be sent", lambda: all(e["state"] == "sent" for e in desk.outbox()), 120)
        return count

    def check_wire(self, raws):
        for raw in raws:
            self.assertNotRegex(raw, rb"(?<!\r)\n", "a bare LF")
            self.assertNotRegex(raw, rb"\r(?!\n)", "a bare CR")
            self.assertNotIn(b"\0", raw)


@unittest.skipIf(why_not(), why_not())
class ThroughPostfix(Outgoing):
    def test_b7_one_answer_is_one_mail_at_postfix(self):
        sink_desk = self.new_desk()
        sink = Sink(sink_desk.folder)
        self.addCleanup(sink.close)
        postfix = Postfix("discard:", outward=f"smtp:[127.0.0.1]:{sink.port}")
        self.addCleanup(postfix.close)
        desk = self.desk_with(postfix.port)
        count = self.send_all(desk)
        wait_for("Postfix to hand everything on", lambda: postfix.queued() == 0 and len(sink.raw()) >= count, 120)
        mails = [parsed(raw) for raw in sink.raw()]
        self.assertEqual(len(mails), count, "one answer, one mail")
        recipients = {line for m in mails for line in m.envelope if line.upper().startswith("RCPT")}
        self.assertEqual({line.lower() for line in recipients}, {"rcpt to:<sara@outside.example>"})
        self.assertEqual({m["To"] for m in mails}, {"sara@outside.example"})
        self.assertEqual([m["Bcc"] for m in mails if m["Bcc"]], [])
        self.assertNotIn("smuggled", "".join(m["Subject"] for m in mails))
        # Nothing typed was lost on the way either.
        got = {words(plain(m)).split(" ")[0]: words(plain(m)) for m in mails}
        for number, body in enumerate(bodies()):
            wanted = [w for w in words(f"A{number}: {body}").split(" ") if w]
            self.assertEqual([w for w in got[f"A{number}:"].split(" ") if w][: len(wanted)], wanted, f"body {number}")
        self.figures(f"{count} bodies with {len(ENDS)} ends of data: {len(mails)} mails behind Postfix, 0 foreign recipients, text whole")

    def test_a_postfix_with_smtputf8_takes_international_addresses(self):
        sink_desk = self.new_desk()
        sink = Sink(sink_desk.folder)
        self.addCleanup(sink.close)
        postfix = Postfix("discard:", outward="discard:")
        self.addCleanup(postfix.close)
        desk = self.desk_with(postfix.port)
        ticket = desk.post("/tickets", {"customer": "sara@مثال.ir", "subject": "سلام", "text": "به دامنهٔ بین‌المللی"})
        other = desk.post("/tickets", {"customer": "سارا@example.ir", "subject": "سلام", "text": "به نام بین‌المللی"})
        wait_for("both to be sent", lambda: [e["state"] for e in desk.outbox()] == ["sent", "sent"], 60)
        wait_for("Postfix", lambda: postfix.queued() == 0)
        log = postfix.log()
        self.assertIn("to=<sara@xn--mgbh0fb.ir>", log)
        self.assertIn("to=<سارا@example.ir>", log)
        self.figures(f"tickets {ticket['number']} and {other['number']}: sara@xn--mgbh0fb.ir, and سارا@example.ir by SMTPUTF8")


@unittest.skipIf(Controller is None, "python3-aiosmtpd is not installed; run scripts/setup --interop")
class ThroughAiosmtpd(Outgoing):
    def test_b7_one_answer_is_one_mail_at_aiosmtpd(self):
        class Handler:
            def __init__(self):
                self.mails = []

            async def handle_DATA(self, server, session, envelope):
                self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
                return "250 kept"

        handler = Handler()
        controller = Controller(handler, hostname="127.0.0.1", port=0, server_kwargs={"timeout": 60})
        from desk import free_port
        controller.port = free_port()
        controller.start()
        self.addCleanup(controller.stop)
        desk = self.desk_with(controller.port)
        count = self.send_all(desk)
        self.assertEqual(len(handler.mails), count)
        self.assertEqual({tuple(rcpt) for _, rcpt, _ in handler.mails}, {("sara@outside.example",)})
        self.check_wire([content for _, _, content in handler.mails])
        self.figures(f"{count} bodies: {len(handler.mails)} mails at aiosmtpd, every line ends with CRLF, 0 foreign recipients")
