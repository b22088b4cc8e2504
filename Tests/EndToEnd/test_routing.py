"""Who gets what and why, seen from outside: rules, time-outs, presence by the screen, shifts, the dry run."""
import datetime
import json
import os

from desk import DeskTest, wait_for
from wire import Stream, chat, mail, new_id, post_webhook


class Routing(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()

    def begin(self, **routing):
        desk = self.desk
        desk.configuration.team("support").team("billing")
        desk.configuration.mail(auto_reply=False).chat(trust_identities=True)
        if routing:
            desk.configuration.set("routing", **routing)
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support", "--team", "billing", "--capacity", "0")

    def ticket(self, sender, subject="A question", text="Hello, can you help me?"):
        return self.desk.deliver(mail(sender, subject, text))["ticket"]

    def holder(self, number):
        return self.desk.get(f"/tickets/{number}")["assignee"]

    def types(self, number):
        return [event["type"] for event in self.desk.get(f"/tickets/{number}/events?limit=500")["events"]]

    def explained(self, number):
        return self.desk.hamdel("ticket", "explain", str(number)).stdout.decode()

    def test_rules_choose_team_skill_and_priority_and_explain_themselves(self):
        desk = self.desk
        desk.configuration.lists["rule"] = [{
            "name": "refunds",
            "any": [
                {"field": "subject", "mentions": ["refund", "بازپرداخت"]},
                {"field": "sender", "contains": "@bank.example"},
            ],
            "none": [{"field": "subject", "contains": "newsletter"}],
            "team": "billing", "skills": {"refunds": 2}, "priority": "high", "tags": ["money"],
        }]
        self.begin()
        desk.add_agent("beginner", "--team", "billing", "--skill", "refunds=1")
        desk.add_agent("expert", "--team", "billing", "--skill", "refunds=3")
        desk.add_agent("general", "--team", "support")
        number = self.ticket("a@outside.example", "بازپرداخت سفارش")
        ticket = desk.get(f"/tickets/{number}")
        self.assertEqual(
            (ticket["team"], ticket["assignee"], ticket["priority"], ticket["tags"]),
            ("billing", "expert", "high", ["money"]))
        told = self.explained(number)
        for words in ["rule refunds applies: subject mentions refund or بازپرداخت", "skill refunds of 2", "skill refunds is 1, 2 is needed"]:
            self.assertIn(words, told)
        self.assertEqual(self.holder(self.ticket("a@bank.example")), "expert")
        self.assertEqual(self.holder(self.ticket("b@bank.example", "Our newsletter")), "general")
        self.assertEqual(self.holder(self.ticket("c@outside.example")), "general")
        # The words of the match stand in a content row, not in the stream.
        events = desk.get(f"/tickets/{number}/events?limit=500")["events"]
        applied = [event for event in events if event["type"] == "rules_applied"]
        self.assertEqual(len(applied), 1)
        self.assertEqual(applied[0]["data"]["rules"], ["refunds"])
        self.assertNotIn("بازپرداخت", json.dumps(applied, ensure_ascii=False))
        desk.verify()

    def test_a_wrong_rule_is_said_with_its_place(self):
        desk = self.desk
        desk.configuration.team("support").mail()
        desk.configuration.extra = "\n".join([
            "[[rule]]", 'name = "x"', 'all = [{ field = "subjekt", mentions = "a" }]', 'team = "nowhere"', "[[rule]]",
            'name = "y"', 'all = [{ field = "subject" }, { field = "status", is = "open" }]', 'skills = { a = 0 }', ""])
        desk.write_configuration()
        said = desk.hamdeld("config", "check", check=78).stderr.decode()
        for words in [": question.field: expected a field", 'did you mean "subject"?', ": rule.team: ", "one comparison of",
                      "a ticket that is being routed has none yet", "rule.skills.a: expected a level from 1 to 100"]:
            self.assertIn(words, said)
        for line in said.strip().splitlines():
            self.assertRegex(line, r"^[^:]+:\d+:\d+: ")

    def test_an_assignment_that_nobody_acts_on_goes_to_somebody_else(self):
        self.begin(assignment_timeout="2s", timeout_memory="1h")
        for name in ["nima", "sara"]:
            self.desk.add_agent(name, "--team", "support")
        acted = self.ticket("a@outside.example")
        keeper = self.holder(acted)
        self.desk.post(f"/tickets/{acted}/notes", {"text": "I look into it."}, agent=keeper)
        idle = self.ticket("b@outside.example")
        first = self.holder(idle)
        wait_for("the ticket to go on", lambda: self.holder(idle) not in (first, None))
        wait_for("both to have let it go by", lambda: self.holder(idle) is None)
        self.assertIn(f"Taken from {first}, who did not act on it in time", self.explained(idle))
        self.assertIn("had it and did not act in time", self.explained(idle))
        self.assertEqual(self.types(idle).count("ticket_unassigned"), 2)
        self.assertEqual(self.holder(acted), keeper)
        self.desk.verify()

    def test_chats_go_to_whoever_has_the_screen_open(self):
        desk = self.desk
        self.begin(screen_grace="1s")
        desk.add_agent("nima", "--team", "support")

        def chatted(name):
            answer = post_webhook(desk, chat(new_id(), "Hello, is anybody there?", {"kind": "visitor", "id": name, "name": name}))
            self.assertIn(answer.status, (200, 201, 202))
            return wait_for("the chat's ticket", lambda: [t["number"] for t in desk.tickets() if t["customer"]["name"] == name])[0]

        self.assertEqual(self.holder(chatted("before")), "nima", "never seen with a screen: by shift")
        watching = Stream(desk, agent="nima")
        watching.close()
        stream = Stream(desk, agent="nima", screen="open")
        self.addCleanup(stream.close)
        lead = Stream(desk, after=0)
        self.addCleanup(lead.close)

        def changes():
            return [(e["data"]["agent"], e["data"]["screen"]) for e in lead.events() if e["type"] == "screen_changed"]

        wait_for("the screen to be noticed", lambda: ("nima", "open") in changes())
        # A program that reads the stream is no screen: it neither opens one nor keeps one open.
        program = Stream(desk, agent="nima")
        self.addCleanup(program.close)
        stream.close()
        wait_for("the screen to be missed", lambda: ("nima", "closed") in changes())
        waiting = chatted("meanwhile")
        self.assertIsNone(self.holder(waiting))
        self.assertIn("has no screen open", self.explained(waiting))
        self.assertEqual(self.holder(self.ticket("mail@outside.example")), "nima", "mail needs no screen")
        again = Stream(desk, agent="nima", screen="open")
        self.addCleanup(again.close)
        wait_for("the chat to be given", lambda: self.holder(waiting) == "nima")
        # What is set by hand wins.
        desk.hamdel("presence", "away", agent="nima")
        self.assertIsNone(self.holder(chatted("away")))
        self.assertEqual([change for change in changes() if change[0] == "lead"], [], "a program's stream")
        desk.verify()

    def test_a_restart_with_screens_open_writes_nothing(self):
        desk = self.desk
        self.begin(screen_grace="20s")
        desk.add_agent("nima", "--team", "support")
        stream = Stream(desk, agent="nima", screen="open")
        self.addCleanup(stream.close)
        wait_for("the screen to be noticed", self.screens_of_nima)
        before = desk.position()
        self.assertEqual(desk.stop(), 0)
        desk.start()
        again = Stream(desk, agent="nima", screen="open")
        self.addCleanup(again.close)
        self.ticket("a@outside.example")
        self.assertEqual(self.screens_of_nima(before), [])

    def screens_of_nima(self, after=0):
        count = self.desk.position() - after
        if not count:
            return []
        done = self.desk.hamdel("watch", "--after", str(after), "--count", str(count), "-o", "jsonl")
        events = [json.loads(line) for line in done.stdout.decode().splitlines()]
        return [e for e in events if e["type"] == "screen_changed" and e["data"]["agent"] == "nima"]

    def test_a_shift_that_begins_brings_what_waited(self):
        desk = self.desk
        now = datetime.datetime.now(datetime.timezone.utc)
        # The next full minute that is at least 5 s ahead; a shift has no seconds.
        begins = (now + datetime.timedelta(seconds=65)).replace(second=0, microsecond=0)
        ends = begins + datetime.timedelta(hours=2)
        days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        week = {day: [f"{begins:%H:%M}-{ends:%H:%M}"] for day in days}
        desk.configuration.lists["shift"] = [{"agent": "nima", "week": week, "timezone": "UTC"}]
        self.begin()
        desk.add_agent("nima", "--team", "support")
        number = self.ticket("a@outside.example")
        if datetime.datetime.now(datetime.timezone.utc) < begins:
            self.assertIsNone(self.holder(number))
            self.assertIn("off duty", self.explained(number))
        wait_for("the shift to begin", lambda: self.holder(number) == "nima", 120)
        desk.verify()

    def test_the_dry_run_says_what_another_policy_would_have_done(self):
        desk = self.desk
        self.begin()
        desk.add_agent("nima", "--team", "support")
        desk.add_agent("sara", "--team", "billing")
        numbers = [self.ticket(f"c{index}@outside.example", "Refund" if index % 2 else "Question") for index in range(6)]
        self.assertEqual({self.holder(number) for number in numbers}, {"nima"})
        trial = os.path.join(desk.folder, "trial.toml")
        with open(trial, "w") as file:
            file.write('[[rule]]\nname = "refunds"\nall = [{ field = "subject", mentions = "refund" }]\nteam = "billing"\n')
        before = desk.position()
        for state in ["running", "stopped"]:
            document = json.loads(desk.hamdeld("route", "dry-run", "--policy", trial, "--days", "1", "--json", check=0).stdout)
            self.assertEqual((document["days"], document["cut"], document["moved"]), (1, False, 3), state)
            self.assertEqual(
                [(move["ticket"], move["from"], move["to"]) for move in document["moves"]],
                [(number, "nima", "sara") for number in numbers[1::2]])
            shares = {agent["agent"]: (agent["happened"]["tickets"], agent["replayed"]["tickets"]) for agent in document["agents"]}
            self.assertEqual((shares["nima"], shares["sara"]), ((6, 3), (0, 3)))
            told = desk.hamdeld("route", "dry-run", "--policy", trial, check=0).stdout.decode()
            self.assertIn("3 would have gone to somebody else", told)
            self.assertIn("nima -> sara: assigned to sara in team billing", told)
            same = json.loads(desk.hamdeld("route", "dry-run", "--json", check=0).stdout)
            self.assertEqual(same["moved"], 0, "under the policy in force nothing moves")
            if state == "running":
                self.assertEqual(desk.position(), before, "nothing is written")
                desk.stop()
        with open(trial, "w") as file:
            file.write("[routing]\nstickyness = \"1d\"\n")
        wrong = desk.hamdeld("route", "dry-run", "--policy", trial, check=78)
        self.assertIn("trial.toml:2:1: routing.stickyness", wrong.stderr.decode())
        self.assertEqual(desk.hamdeld("route", "dry-run", "--days", "0").returncode, 64)
