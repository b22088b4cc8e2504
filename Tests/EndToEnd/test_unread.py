"""A visitor leaves: what they were told in the chat goes to their verified mail address, once."""
import time

from desk import DeskTest, wait_for
from wire import ReplyStub, chat, mail, parsed, plain, post_webhook


class Unread(DeskTest):
    def setUp(self):
        self.stub = ReplyStub()
        self.addCleanup(self.stub.close)
        self.desk = self.new_desk().with_sink()
        self.desk.configuration.mail(from_name="Desk", auto_reply=False)
        self.desk.configuration.chat(trust_identities=True, reply_url=self.stub.url, mail_unread_after="4s")
        self.desk.configuration.chat("pocket", trust_identities=True, reply_url=self.stub.url, conversations="perpetual", mail_unread_after="4s")
        self.desk.configuration.set("survey", enabled=False)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support", "--name", "Lea")

    def say(self, visit, address, verified=True, inbox="site-chat", number=1):
        body = chat(f"{visit}-{number}", "Are you there?", {"kind": "site", "id": visit, "name": "Sara", "verified": True},
                    identities=[{"kind": "email", "id": address, "verified": verified}], conversation=visit)
        return post_webhook(self.desk, body, inbox=inbox).json["messages"][0]["ticket"]

    def ended(self, number):
        return [event["data"]["outcome"] for event in self.desk.get(f"/tickets/{number}/events?limit=500")["events"]
                if event["type"] == "reading_ended"]

    def test_two_answers_are_one_mail_once_and_an_answer_to_it_joins(self):
        desk = self.desk
        number = self.say("v1", "sara@home.example")
        for text in ["First part.", "Second part."]:
            desk.post(f"/tickets/{number}/replies", {"text": text})
        wait_for("the wait to end", lambda: len(self.ended(number)) == 2)
        self.assertEqual(self.ended(number), ["mailed", "mailed"])
        sent = wait_for("the mail", lambda: [parsed(raw) for raw in desk.sink.raw()])
        self.assertEqual(len(sent), 1)
        words = plain(sent[0])
        self.assertIn("First part.", words)
        self.assertIn("Second part.", words)
        self.assertIn("sara@home.example", sent[0]["To"])
        time.sleep(3)
        self.assertEqual((len(desk.sink.raw()), len(self.stub.requests)), (1, 2), "never twice")
        why = desk.get(f"/tickets/{number}/explain")["acknowledgements"]
        self.assertIn("verified mail address", why[-1]["sentence"])
        back = desk.deliver(mail("sara@home.example", "Re: x", "Thanks, and one question more?", auth="pass",
                                 references=[sent[0]["Message-ID"].strip("<>")]))
        self.assertEqual(back["ticket"], number)
        desk.verify()

    def test_when_it_stays_in_the_chat(self):
        desk = self.desk
        claimed = self.say("v2", "eve@home.example", verified=False)
        pocket = self.say("v3", "ali@home.example", inbox="pocket")
        there = self.say("v4", "bita@home.example")
        for number in [claimed, pocket, there]:
            desk.post(f"/tickets/{number}/replies", {"text": "Here."})
        wait_for("the answers to go out", lambda: len(self.stub.requests) == 3)
        self.say("v4", "bita@home.example", number=2)
        wait_for("the waits to end", lambda: self.ended(claimed) and self.ended(there))
        self.assertEqual((self.ended(claimed), self.ended(there), self.ended(pocket)), (["no_verified_mail"], ["customer_wrote"], []))
        self.assertEqual(desk.sink.raw(), [])
        desk.verify()
