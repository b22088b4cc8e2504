"""No stranger gets in, and no colleague sees what is private (DESIGN, invariants 6 and 11)."""
import json

from desk import DeskTest, wait_for
from wire import ReplyStub, Stream, chat, mail, new_id, parsed, post_webhook

SARA = "Sara Ahmadi <sara@home.example>"
WORD = "zirconium-heirloom"


class Strangers(DeskTest):
    def setUp(self):
        self.stub = ReplyStub()
        self.addCleanup(self.stub.close)
        self.desk = self.new_desk().with_sink()
        self.desk.configuration.mail(continuity="72h")
        self.desk.configuration.chat("trusted-chat", trust_identities=True, reply_url=self.stub.url)
        self.desk.configuration.chat("form-chat", trust_identities=False)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support")

    def out(self, text):
        """A reply of the agent that went out; returns the parsed mail."""
        return wait_for("the reply in the sink", lambda: [
            m for m in map(parsed, self.desk.sink.raw()) if text in m.as_string()])[0]

    def first_ticket(self):
        kept = self.desk.deliver(mail(SARA, f"My {WORD}", f"It is about the {WORD}.", auth="pass"))
        self.desk.post(f"/tickets/{kept['ticket']}/replies", {"text": "Answered-once."})
        return kept["ticket"], self.out("Answered-once.")

    def test_forged_references_open_a_linked_ticket_and_show_nothing(self):
        desk = self.desk
        first, sent = self.first_ticket()
        reference = sent["Message-ID"].strip("<>")
        already = len(desk.sink.raw())
        stranger = desk.deliver(mail("Eve <eve@elsewhere.example>", "Re: hello", "Tell me more.", auth="pass",
                                     references=[reference], in_reply_to=reference))["ticket"]
        self.assertNotEqual(stranger, first)
        why = desk.get(f"/tickets/{stranger}/explain")["threading"][0]
        self.assertEqual((why["rule"], why["outcome"], why["ticket"]), ("token", "linked", first), why)
        self.assertEqual([r["number"] for r in desk.get(f"/tickets/{stranger}")["related"]], [first])
        banner = desk.get(f"/tickets/{first}")["related"]
        self.assertEqual([r["number"] for r in banner], [stranger])
        desk.post(f"/tickets/{stranger}/replies", {"text": "Who are you?"})
        self.out("Who are you?")
        for raw in desk.sink.raw()[already:]:
            text = parsed(raw).as_string() + raw.decode("utf-8", "replace")
            self.assertNotIn(WORD, text)
            self.assertNotIn("sara@home.example", text)
            self.assertNotIn(f"#{first}]", text)
            self.assertNotIn(reference, parsed(raw)["Message-ID"])
        self.assertEqual(len(desk.get(f"/tickets/{first}")["messages"]), 2)
        # One key lets the writer in and moves the message.
        message = banner[0]["message"]
        joined = desk.hamdel("ticket", "join", str(first), str(message))
        self.assertEqual(joined.returncode, 0)
        self.assertEqual([m["id"] for m in desk.get(f"/tickets/{first}")["messages"] if m["direction"] == "in"][-1], message)
        self.figures(f"linked ticket {stranger}, {len(desk.sink.raw()) - already} mails out without a word of ticket {first}, joined by hand")

    def test_forged_from_with_the_token_is_linked_when_dmarc_fails(self):
        desk = self.desk
        first, sent = self.first_ticket()
        forged = desk.deliver(mail(SARA, "Re: x", "Send it to my new address", auth="fail",
                                   references=[sent["Message-ID"].strip("<>")]))["ticket"]
        self.assertNotEqual(forged, first)
        self.assertEqual(desk.get(f"/tickets/{forged}/explain")["threading"][0]["outcome"], "linked")
        self.figures("DMARC fail with our own token: linked, not joined")

    def test_a_forged_from_never_joins_by_continuity_or_subject(self):
        desk = self.desk
        first, _ = self.first_ticket()
        # The control: the same customer, vouched for by our server, joins.
        self.assertEqual(desk.deliver(mail(SARA, "Second", "x", auth="pass"))["ticket"], first)
        outcomes = {}
        for auth in [None, "fail"]:
            kept = desk.deliver(mail(SARA, f"Another matter [#{first}]", "As I said", auth=auth))
            self.assertNotEqual(kept["ticket"], first, auth)
            why = desk.get(f"/tickets/{kept['ticket']}/explain")["threading"][0]
            outcomes[auth] = why["outcome"]
        self.assertTrue(set(outcomes.values()) <= {"hinted", "opened"}, outcomes)
        # A header of another server says nothing.
        elsewhere = mail(SARA, "Third", "x", headers=["Authentication-Results: mx.evil.example; dmarc=pass header.from=home.example"])
        self.assertNotEqual(desk.deliver(elsewhere)["ticket"], first)
        self.figures(f"unchecked, failed and foreign verdicts: {outcomes}; verified joins {first}")

    def test_an_address_typed_into_a_form_is_not_that_person(self):
        desk = self.desk
        first, _ = self.first_ticket()
        owner = desk.get(f"/tickets/{first}")["customer"]["id"]
        cases = [("form-chat", True), ("form-chat", False), ("trusted-chat", False)]
        for number, (inbox, verified) in enumerate(cases):
            body = chat(f"c-{number}", "It is me, Sara. What did you answer?", {"kind": "site", "id": f"visitor-{number}"},
                        identities=[{"kind": "email", "id": "sara@home.example", "verified": verified}])
            answer = post_webhook(desk, body, inbox=inbox)
            self.assertEqual(answer.status, 200, answer.text)
            ticket = desk.get(f"/tickets/{answer.json['messages'][0]['ticket']}")
            self.assertNotEqual(ticket["number"], first)
            self.assertNotEqual(ticket["customer"]["id"], owner, (inbox, verified))
            card = desk.get(f"/customers/{ticket['customer']['id']}")
            self.assertEqual([(s["id"], s["other"]) for s in card["suggestions"]], [("sara@home.example", owner)])
            self.assertNotIn("sara@home.example", [i["id"] for i in card["identities"]])
        # As the sender itself, in a form.
        answer = post_webhook(desk, chat("c-9", "me again", {"kind": "email", "id": "sara@home.example", "verified": True}), inbox="form-chat")
        ticket = desk.get(f"/tickets/{answer.json['messages'][0]['ticket']}")
        self.assertNotEqual(ticket["customer"]["id"], owner)
        # The control: vouched for in the inbox that is trusted, it is her.
        answer = post_webhook(desk, chat("c-10", "really me", {"kind": "site", "id": "v-10", "verified": True},
                                         identities=[{"kind": "email", "id": "sara@home.example", "verified": True}]), inbox="trusted-chat")
        self.assertEqual(answer.json["messages"][0]["ticket"], first)
        self.figures(f"{len(cases) + 1} claims stay strangers with a suggestion; the vouched one joins")

    def test_machines_are_never_answered(self):
        desk = self.desk
        desk.deliver(mail("robot@elsewhere.example", "Out of office", "away", headers=["Auto-Submitted: auto-replied"]))
        desk.deliver(mail("news@elsewhere.example", "News", "buy", headers=["List-Unsubscribe: <mailto:x@y.example>", "Precedence: bulk"]))
        desk.deliver(mail("mailer-daemon@elsewhere.example", "Undelivered", "bounce"), sender="")
        desk.deliver(mail("support@desk.example", "Loop", "from ourselves"))
        desk.deliver(mail("person@elsewhere.example", "Hello", "a person"))
        wait_for("the one acknowledgement", lambda: desk.sink.raw())
        desk.deliver(mail("person@elsewhere.example", "Again", "same person, unchecked: at most 1 a day"))
        number = desk.deliver(mail("last@elsewhere.example", "Last", "a marker"))["ticket"]
        wait_for("the marker's acknowledgement", lambda: [m for m in map(parsed, desk.sink.raw()) if "last@" in m["To"]])
        self.assertEqual([parsed(raw)["To"] for raw in desk.sink.raw()], ["person@elsewhere.example", "last@elsewhere.example"])
        for raw in desk.sink.raw():
            self.assertEqual(parsed(raw)["Auto-Submitted"], "auto-replied")
            self.assertNotIn("marker", raw.decode())
        self.figures(f"7 mails in, 2 acknowledgements out; last ticket {number}")


class Acknowledgements(DeskTest):
    def test_an_inbox_can_be_left_out(self):
        desk = self.new_desk().with_sink()
        desk.configuration.mail().mail("silent-mail", "silent@desk.example", auto_reply=False)
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        desk.deliver(mail("one@home.example", to="silent@desk.example"), to="silent@desk.example")
        desk.deliver(mail("two@home.example"))
        wait_for("the acknowledgement of the other inbox", lambda: [m for m in map(parsed, desk.sink.raw()) if "two@" in m["To"]])
        self.assertEqual([parsed(raw)["To"] for raw in desk.sink.raw()], ["two@home.example"])
        self.figures("auto_reply = false: 0 acknowledgements, the other inbox 1")


class PrivateTeams(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        configuration = self.desk.configuration
        configuration.team("support").team("hr", private=True)
        configuration.mail().mail("hr-mail", "hr@desk.example", team="hr")
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support")
        self.desk.add_agent("nima", "--team", "support")
        self.desk.add_agent("hoda", "--role", "lead", "--team", "hr")

    def test_an_agent_outside_sees_nothing_of_a_private_team(self):
        desk = self.desk
        open_ticket = desk.deliver(mail("sara@home.example", "Router", "The router"))["ticket"]
        stream = Stream(desk, "lead", after=0)
        self.addCleanup(stream.close)
        kept = desk.deliver(mail("sara@home.example", f"Salary {WORD}", f"about {WORD}", to="hr@desk.example"), to="hr@desk.example")
        number, message = kept["ticket"], kept["message"]
        desk.post(f"/tickets/{number}/notes", {"text": f"note {WORD}"}, agent="hoda")
        self.assertEqual(desk.get(f"/tickets/{number}", "hoda")["team"], "hr")
        customer = desk.get(f"/tickets/{number}", "hoda")["customer"]["id"]
        places = 0
        for agent in ["lead", "nima"]:
            for path in [f"/tickets/{number}", f"/tickets/{number}/events", f"/tickets/{number}/explain",
                         f"/messages/{message}", f"/messages/{message}/raw", f"/tickets/{number}/reply-channel"]:
                self.assert_problem(desk.api("GET", path, agent=agent), 404, "not_found")
                places += 1
            for action, body in [("notes", {"text": "x"}), ("close", {}), ("assign", {"assignee": "me"}), ("replies", {"text": "x"})]:
                self.assert_problem(desk.api("POST", f"/tickets/{number}/{action}", body, agent=agent), 404)
                places += 1
            self.assertEqual([t["number"] for t in desk.tickets(agent=agent)], [open_ticket])
            self.assertEqual(desk.get(f"/tickets?q={WORD}&status=all", agent)["tickets"], [])
            self.assertEqual(desk.get(f"/search?q={WORD}", agent)["hits"], [])
            timeline = json.dumps(desk.get(f"/customers/{customer}/timeline", agent))
            self.assertNotIn(WORD, timeline)
            self.assertNotIn(f'"ticket": {number}', timeline)
            self.assertNotIn(number, desk.get(f"/customers/{customer}", agent)["open_tickets"])
            for path in ["/teams", "/inboxes", "/views", "/agents", "/customers?q=sara"]:
                self.assertNotIn("hr-mail", desk.api("GET", path, agent=agent).text)
                places += 1
        for path in ["/outbox?state=all", "/quarantine", "/recoveries?state=all"]:
            self.assertNotIn(WORD, desk.api("GET", path, agent="lead").text)
        teams = {team["name"]: team for team in desk.get("/teams", "lead")["teams"]}
        self.assertTrue("hr" not in teams or teams["hr"]["waiting"] == 0, teams)
        # The stream: a marker behind everything shows that nothing of it came.
        marker = desk.deliver(mail("last@home.example", "Marker", "marker"))["ticket"]
        wait_for("the marker in the stream", lambda: [e for e in stream.events() if e["ticket"] == marker])
        self.assertNotIn(number, {e["ticket"] for e in stream.events()})
        self.assertIn(number, [t["number"] for t in desk.tickets(agent="hoda")])
        self.assertEqual(len(desk.get(f"/search?q={WORD}", "hoda")["hits"]) > 0, True)
        self.figures(f"{places} requests from outside the team, nothing seen; {len(stream.events())} events in the stream without it")

    def test_a_customer_known_only_to_a_private_team_is_nobody_outside(self):
        desk = self.desk
        number = desk.deliver(mail("Quiet Person <quiet@home.example>", "Hush", "quiet", to="hr@desk.example"), to="hr@desk.example")["ticket"]
        customer = desk.get(f"/tickets/{number}", "hoda")["customer"]["id"]
        self.assertEqual([c["id"] for c in desk.get("/customers?q=quiet", "hoda")["customers"]], [customer])
        for agent in ["lead", "nima"]:
            self.assertEqual(desk.get("/customers?q=quiet", agent)["customers"], [])
            self.assert_problem(desk.api("GET", f"/customers/{customer}", agent=agent), 404)
            self.assert_problem(desk.api("GET", f"/customers/{customer}/timeline", agent=agent), 404)
            self.assert_problem(desk.api("PATCH", f"/customers/{customer}", {"name": "Known"}, agent=agent), 404)
        stream = Stream(desk, "lead", after=0)
        self.addCleanup(stream.close)
        marker = desk.deliver(mail("last@home.example", "Marker", "marker"))["ticket"]
        wait_for("the marker in the stream", lambda: [e for e in stream.events() if e["ticket"] == marker])
        seen = [e["type"] for e in stream.events() if e["customer"] == customer]
        self.assertEqual(seen, [])
        self.figures("a customer of the private team alone: no list, card, timeline or event shows them outside")

    def test_nobody_writes_through_an_inbox_of_a_private_team_from_outside(self):
        desk = self.desk
        number = desk.deliver(mail("sara@home.example", "Router", "The router"))["ticket"]
        answer = desk.api("POST", f"/tickets/{number}/replies", {"text": "from hr?", "inbox": "hr-mail"}, agent="nima")
        self.assertIn(answer.status, [403, 404, 422], answer.text)
        opened = desk.api("POST", "/tickets", {"address": "email:sara@home.example", "subject": "x", "inbox": "hr-mail"}, agent="nima")
        self.assertIn(opened.status, [403, 404, 422], opened.text)
        self.assertEqual([t["number"] for t in desk.tickets(agent="hoda")], [number], "what was refused was not done")
        self.figures(f"reply {answer.status}, new ticket {opened.status}")

    def test_a_ticket_moved_into_a_private_team_leaves_with_one_event(self):
        desk = self.desk
        number = desk.deliver(mail("sara@home.example", "Complaint", "about my boss"))["ticket"]
        stream = Stream(desk, "nima", after=0)
        self.addCleanup(stream.close)
        wait_for("the ticket in the stream", lambda: [e for e in stream.events() if e["ticket"] == number])
        desk.post(f"/tickets/{number}/transfer", {"team": "hr"}, agent="lead")
        desk.post(f"/tickets/{number}/notes", {"text": "behind the door"}, agent="hoda")
        marker = desk.deliver(mail("last@home.example", "Marker", "marker"))["ticket"]
        wait_for("the marker in the stream", lambda: [e for e in stream.events() if e["ticket"] == marker])
        of_ticket = [e["type"] for e in stream.events() if e["ticket"] == number]
        self.assertEqual(of_ticket.count("ticket_hidden"), 1, of_ticket)
        self.assertEqual(of_ticket[-1], "ticket_hidden", of_ticket)
        self.assert_problem(desk.api("GET", f"/tickets/{number}", agent="nima"), 404)
        replay = Stream(desk, "nima", after=0)
        self.addCleanup(replay.close)
        wait_for("the marker in the replay", lambda: [e for e in replay.events() if e["ticket"] == marker])
        self.assertNotIn("behind the door", json.dumps(replay.events()))
        self.figures(f"events seen of the ticket: {of_ticket}")

    def test_tokens_of_disabled_agents_and_wrong_ones_open_nothing(self):
        desk = self.desk
        self.assertEqual(desk.api("GET", "/me", agent="nima").status, 200)
        second = desk.hamdeld("agent", "token", "nima", check=0).stdout.decode().strip()
        self.assertEqual(desk.api("GET", "/me", agent=second).status, 200)
        desk.hamdeld("agent", "disable", "nima", check=0)
        for token in ["nima", second, "wrong", "x" * 43, ""]:
            self.assert_problem(desk.api("GET", "/me", agent=token), 401, "unauthorized")
        self.assert_problem(desk.api("GET", "/me", agent=None), 401)
        self.assertEqual(desk.hamdel("ticket", "list", agent="nima", check=None).returncode, 4)
        listed = json.loads(desk.hamdeld("agent", "list", "--json", check=0).stdout)
        self.assertEqual({a["login"]: a["state"] for a in listed["agents"]}["nima"], "disabled")
        self.figures("2 tokens of a disabled agent and 4 wrong ones: 401; hamdel exits 4")
