"""One customer from mail to chat to phone: one ticket and one agent. The same by a forger: neither."""
import datetime

from desk import DeskTest
from test_main_job import PHONE, SARA, asterisk_row
from wire import ReplyStub, chat, mail, new_id, post_webhook

AGENTS = ["ali", "bita", "nima", "ziba"]


class Switching(DeskTest):
    def setUp(self):
        self.stub = ReplyStub()
        self.addCleanup(self.stub.close)
        self.desk = self.new_desk().with_sink()
        self.desk.configuration.mail(auto_reply=False).chat(trust_identities=True, reply_url=self.stub.url).phones()
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support")
        self.desk.hamdel("presence", "offline", agent="lead")
        for number, agent in enumerate(AGENTS):
            self.desk.add_agent(agent, "--team", "support", "--extension", str(201 + number), "--capacity", "10")
            self.desk.hamdel("presence", "online", agent=agent)

    def write(self, sender, auth="pass", text="The light is red."):
        return self.desk.deliver(mail(sender, "Router", text, id=new_id("home.example"), auth=auth))["ticket"]

    def say(self, visit, who, verified=True):
        """A chat message that names an address and a number of somebody's, vouched for or not."""
        body = chat(f"{visit}-1", "Any news?", {"kind": "site", "id": visit, "name": "Sara", "verified": verified},
                    identities=[{"kind": "email", "id": who, "verified": verified}, {"kind": "tel", "id": PHONE, "verified": verified}],
                    conversation=visit)
        answer = post_webhook(self.desk, body)
        self.assertEqual(answer.status, 200, answer.text)
        return answer.json["messages"][0]["ticket"]

    def ring(self, source, extension, id):
        log = f"{self.desk.folder}/{id}.csv"
        start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=2)
        with open(log, "w") as file:
            file.write(asterisk_row(source, extension, start, answered=True, talk=40, id=id))
        self.desk.hamdeld("import", "phone-log", log, "--inbox", "phones", check=0)
        calls = [t for t in self.desk.tickets() for m in self.desk.get(f"/tickets/{t['number']}")["messages"] if m["call"]]
        return calls[0]["number"]

    def holder(self, number):
        return self.desk.get(f"/tickets/{number}")["assignee"]

    def test_every_agent_in_turn_keeps_a_customer_over_three_channels(self):
        desk = self.desk
        kept = {}
        for index, agent in enumerate(AGENTS):
            sender = f"customer{index}@home.example"
            number = self.write(sender)
            # Whoever the router would choose: this customer is this agent's, and the others are as free or freer.
            if self.holder(number) != agent:
                desk.hamdel("ticket", "assign", str(number), agent)
            for filler in range(2):
                other = self.write(f"filler{index}-{filler}@home.example")
                if self.holder(other) != agent:
                    desk.hamdel("ticket", "assign", str(other), agent)
            kept[agent] = (sender, number)
        for agent, (sender, number) in kept.items():
            body = chat(f"c-{agent}", "Any news?", {"kind": "site", "id": f"v-{agent}", "name": "C", "verified": True},
                        identities=[{"kind": "email", "id": sender, "verified": True}], conversation=f"visit-{agent}")
            self.assertEqual(post_webhook(desk, body).json["messages"][0]["ticket"], number)
            self.assertEqual(self.holder(number), agent, "free colleagues are no reason to change hands")
        self.figures(f"{len(kept)} customers, {len(kept)} holders: each kept their own")

    def test_mail_then_chat_then_phone(self):
        desk = self.desk
        number = self.write(SARA)
        first = self.holder(number)
        self.assertIn(first, AGENTS)
        # The holder is now the busiest: a router without memory would choose somebody else.
        for filler in range(3):
            other = self.write(f"filler{filler}@home.example")
            if self.holder(other) != first:
                desk.hamdel("ticket", "assign", str(other), first)
        self.assertEqual(self.say("visit-7", "sara@home.example"), number)
        self.assertEqual(self.holder(number), first)
        # Somebody else's telephone rang: the ticket stays where it is.
        extension = str(201 + (AGENTS.index(first) + 1) % len(AGENTS))
        self.assertEqual(self.ring("09121234567", extension, "pbx-1"), number)
        ticket = desk.get(f"/tickets/{number}")
        self.assertEqual((ticket["assignee"], ticket["channels"]), (first, ["email", "chat-webhook", "phone-log"]))
        why = desk.get(f"/tickets/{number}/explain")["threading"]
        self.assertEqual([step["rule"] for step in why][1:], ["continuity", "continuity"])
        desk.verify()
        self.figures(f"mail → chat → phone: ticket {number}, {first} throughout, {len(AGENTS)} agents free")

    def test_the_same_switch_by_a_forger(self):
        desk = self.desk
        number = self.write(SARA)
        before = desk.get(f"/tickets/{number}")
        # A From line that fails its check, a chat that nobody vouches for, and a number typed there.
        forged = self.write(SARA, auth="fail", text="Send it to my new address.")
        self.assertNotEqual(forged, number)
        visit = self.say("visit-eve", "sara@home.example", verified=False)
        self.assertNotIn(visit, [number, forged])
        # The number was never proved to be hers: a call from it is a stranger's.
        call = self.ring("09121234567", "201", "pbx-2")
        self.assertNotEqual(call, number)
        after = desk.get(f"/tickets/{number}")
        self.assertEqual([m["id"] for m in after["messages"]], [m["id"] for m in before["messages"]])
        self.assertEqual((after["assignee"], after["channels"]), (before["assignee"], ["email"]))
        for other in {visit, call}:
            self.assertNotEqual(desk.get(f"/tickets/{other}")["customer"]["id"], before["customer"]["id"])
        desk.verify()
        self.figures(f"forged mail, chat and call: tickets {sorted({forged, visit, call})}, none of them {number}")
