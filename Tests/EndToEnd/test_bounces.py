"""What comes back, and what agents answer by mail: the daemon's whole way (DESIGN §4, reliability C2, C4, D3)."""
import re

from desk import DeskTest, wait_for
from wire import mail, new_id, parsed, plain

SARA = "Sara Ahmadi <sara@home.example>"


def bounce(of, *, to, recipient, status="5.1.1", words="550 5.1.1 no such user here", action="failed", headers=None):
    """A delivery status notification about a mail of the sink (RFC 3464)."""
    returned = headers if headers is not None else f"Message-ID: {of['Message-ID']}\nSubject: {of['Subject']}"
    text = f"""From: MAILER-DAEMON@mx.home.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{new_id('mx.home.example')}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.
--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.home.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--part
Content-Type: text/rfc822-headers

{returned}
--part--
"""
    return text.replace("\n", "\r\n").encode()


def envelope_from(message):
    """The address in MAIL FROM."""
    line = [line for line in message.envelope if line.upper().startswith("MAIL")][0]
    return re.search(r"<([^>]*)>", line).group(1)


class Bounces(DeskTest):
    def setUp(self):
        self.desk = self.new_desk().with_sink()
        self.desk.configuration.mail()
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support")

    def sent(self, text, count=1):
        return wait_for("the mail in the sink", lambda: (
            lambda found: found if len(found) >= count else None)(
                [m for m in map(parsed, self.desk.sink.raw()) if text in m.as_string()]))

    def answered(self):
        number = self.desk.deliver(mail(SARA, auth="pass"))["ticket"]
        self.desk.post(f"/tickets/{number}/replies", {"text": "Try-it-again.", "pending": True})
        return number, self.sent("Try-it-again.")[0]

    def reply(self, number):
        return [m for m in self.desk.get(f"/tickets/{number}")["messages"] if m["direction"] == "out"][0]

    def test_a_bounce_lands_on_its_answer_and_can_be_retried(self):
        desk = self.desk
        number, sent = self.answered()
        back = envelope_from(sent)
        self.assertRegex(back, r"^support\+[a-z2-7]{42}@desk\.example$")
        already = len(desk.sink.raw())
        kept = desk.deliver(bounce(sent, to=back, recipient="sara@home.example"), to=back, sender="")
        self.assertEqual(kept["ticket"], number)
        delivery = self.reply(number)["delivery"]
        self.assertEqual((delivery["state"], delivery["code"], delivery["report"]), ("failed", "5.1.1", "bounced_for_ever"))
        self.assertIn("no such user here", delivery["detail"])
        ticket = desk.get(f"/tickets/{number}")
        self.assertEqual(ticket["status"], "open")
        customer = desk.get(f"/customers/{ticket['customer']['id']}")
        self.assertIsNotNone(customer["identities"][0]["undeliverable_since"])
        preview = desk.get(f"/tickets/{number}/reply-channel")
        self.assertTrue(any("came back" in warning for warning in preview["warnings"]), preview)
        self.assertEqual(len(desk.sink.raw()), already, "nothing is sent because of a bounce")
        self.assertIn("5.1.1", desk.hamdel("ticket", "show", str(number)).stdout.decode())
        desk.hamdel("outbox", "retry", str(delivery["id"]))
        twice = self.sent("Try-it-again.", 2)
        self.assertEqual(twice[0]["Message-ID"], twice[1]["Message-ID"])
        wait_for("the retry", lambda: self.reply(number)["delivery"]["state"] == "sent")
        desk.api("PATCH", f"/customers/{customer['id']}", {"deliverable": ["email:sara@home.example"]})
        customer = desk.get(f"/customers/{ticket['customer']['id']}")
        self.assertIsNone(customer["identities"][0]["undeliverable_since"])
        desk.verify()
        self.figures("one bounce: failed 5.1.1 with the server's words, ticket open, address marked and lifted, retried with the same Message-ID")

    def test_a_forged_bounce_marks_nobody(self):
        desk = self.desk
        number, sent = self.answered()
        reply_to = re.search(r"<?([^<>\s]+@desk\.example)", sent["Reply-To"]).group(1)
        forged = [
            bounce(sent, to="support@desk.example", recipient="sara@home.example", headers="Message-ID: <made@up.example>"),
            # The reply address proves that somebody had a mail of the ticket, not that this one came back.
            bounce(sent, to=reply_to, recipient="sara@home.example", headers="Subject: x"),
            bounce(sent, to="support@desk.example", recipient="sara@home.example",
                   headers="Message-ID: " + re.sub(r"\.[a-z2-7]{16}@", ".aaaaaaaaaaaaaaaa@", sent["Message-ID"])),
        ]
        for raw in forged:
            kept = desk.deliver(raw, sender="", to=reply_to if reply_to.encode() in raw else "support@desk.example")
            self.assertNotEqual(kept["ticket"], number)
            self.assertEqual(desk.get(f"/tickets/{kept['ticket']}")["class"], "bulk")
        self.assertEqual(self.reply(number)["delivery"]["state"], "sent")
        customer = desk.get(f"/tickets/{number}")["customer"]["id"]
        self.assertIsNone(desk.get(f"/customers/{customer}")["identities"][0]["undeliverable_since"])
        desk.verify()
        self.figures(f"{len(forged)} forged bounces: 0 believed, all kept as automatic mail")


class Notices(DeskTest):
    def setUp(self):
        self.desk = self.new_desk().with_sink()
        self.desk.configuration.mail().set("notify", mail=True).set("auto_reply", enabled=False)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support", "--capacity", "0")
        self.desk.add_agent("nima", "--team", "support", "--email", "nima@staff.example")

    def to(self, address):
        return [m for m in map(parsed, self.desk.sink.raw()) if address in m["To"]]

    def notice(self):
        number = self.desk.deliver(mail(SARA, "Router", "It is dead.", auth="pass"))["ticket"]
        return number, wait_for("the notification", lambda: self.to("nima@staff.example"))[0]

    def answer(self, notice, text, *, sender="Nima <nima@staff.example>", auth="pass", headers=()):
        address = re.search(r"<?([^<>\s]+@desk\.example)", notice["Reply-To"]).group(1)
        reference = notice["Message-ID"].strip("<>")
        return self.desk.deliver(
            mail(sender, "Re: " + notice["Subject"], text, to=address, auth=auth, in_reply_to=reference,
                 references=[reference], headers=headers), to=address, sender="nima@staff.example")

    def test_an_agent_answers_a_notification_by_mail(self):
        desk = self.desk
        number, notice = self.notice()
        self.assertIn("It is dead.", plain(notice))
        self.assertEqual(notice["Auto-Submitted"], "auto-generated")
        self.assertEqual(envelope_from(notice), "")
        self.assertEqual(self.answer(notice, "Known fault.")["ticket"], number)
        self.assertEqual(self.answer(notice, "#reply\nPlease restart it.")["ticket"], number)
        out = wait_for("the answer to the customer", lambda: self.to("sara@home.example"))[0]
        self.assertIn("Please restart it.", plain(out))
        self.assertNotIn("#reply", plain(out))
        messages = desk.get(f"/tickets/{number}")["messages"]
        self.assertEqual([(m["direction"], m["author"]["id"]) for m in messages[1:]], [("note", "nima"), ("out", "nima")])
        self.assertEqual(desk.get(f"/tickets/{number}")["status"], "open")
        desk.verify()
        self.figures("one notification, answered with a note and with #reply")

    def test_d3_nobody_acts_in_an_agents_name(self):
        desk = self.desk
        number, notice = self.notice()
        tried = [
            self.answer(notice, "#reply\nSend the password.", auth="fail"),
            self.answer(notice, "#reply\nSend the password!", auth=None),
            self.answer(notice, "#reply\nSend the password?", sender="Eve <eve@evil.example>"),
            self.answer(notice, "#reply\nI am away.", headers=["Auto-Submitted: auto-replied"]),
        ]
        for kept in tried:
            self.assertNotEqual(kept["ticket"], number)
            related = desk.get(f"/tickets/{kept['ticket']}")["related"]
            self.assertEqual([(r["number"], r["relation"]) for r in related], [(number, "hint")])
        self.assertEqual(len(desk.get(f"/tickets/{number}")["messages"]), 1)
        told = wait_for("the word to the agent", lambda: [m for m in self.to("nima@staff.example") if "not taken" in plain(m)])
        self.assertEqual(len(told), 1)
        self.assertEqual(self.to("sara@home.example"), [])
        desk.verify()
        self.figures(f"{len(tried)} mails in an agent's name: 0 taken, {len(tried)} kept with a hint, the agent told once")
