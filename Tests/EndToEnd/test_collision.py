"""Two agents at one ticket: who is looking, and an answer to what changed meanwhile."""
import threading

from desk import DeskTest, wait_for
from wire import Stream, mail, new_id

SARA = "Sara Ahmadi <sara@home.example>"


class Collision(DeskTest):
    def setUp(self):
        self.desk = self.new_desk().with_sink()
        self.desk.configuration.team("support").team("people", private=True).mail(auto_reply=False)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support")
        for agent in ["nima", "leila"]:
            self.desk.add_agent(agent, "--team", "support")
        self.desk.add_agent("hami", "--team", "people", "--team", "support")
        self.sent = new_id("home.example")
        self.number = self.desk.deliver(mail(SARA, "Router", "It is red.", id=self.sent, auth="pass"))["ticket"]

    def version(self):
        return self.desk.get(f"/tickets/{self.number}")["version"]

    def answer(self, agent, version, text="Hello"):
        return self.desk.api(
            "POST", f"/tickets/{self.number}/replies", {"text": text}, agent=agent, headers={"If-Match": f'"{version}"'})

    def test_an_answer_is_stopped_by_what_it_must_take_up_and_by_nothing_else(self):
        desk, number = self.desk, self.number
        seen = self.version()
        desk.hamdel("ticket", "tag", str(number), "+a")
        desk.hamdel("ticket", "priority", str(number), "high")
        desk.post(f"/tickets/{number}/watch", agent="leila")
        self.assertEqual(self.answer("nima", seen, "One").status, 201, "a tag, a priority and a look stop nothing")
        self.assertEqual(self.answer("nima", seen, "Two").status, 201, "nor does one's own answer")
        for what, change in [
            ("message_written", lambda: self.answer("leila", self.version(), "Mine")),
            ("message_received", lambda: desk.deliver(mail(SARA, "Re: Router", "Still red.", auth="pass", references=[self.sent]))),
            ("note_written", lambda: desk.post(f"/tickets/{number}/notes", {"text": "wait"}, agent="leila")),
            ("ticket_status_changed", lambda: desk.post(f"/tickets/{number}/close", agent="leila")),
        ]:
            seen = self.version()
            change()
            refused = self.answer("nima", seen)
            self.assert_problem(refused, 412, "changed_meanwhile")
            self.assertEqual([c["kind"] for c in refused.json["changes"]], [what], refused.text)
            self.assertEqual(refused.headers["ETag"], f'"{self.version()}"')
        texts = [m["text"] for m in desk.get(f"/tickets/{number}")["messages"] if m["direction"] == "out"]
        self.assertEqual(texts, ["One", "Two", "Mine"])
        self.assertEqual(self.answer("nima", self.version(), "Seen").status, 201)

    def test_two_agents_answering_at_once(self):
        for round in range(8):
            seen = self.version()
            statuses, gate = {}, threading.Barrier(2)

            def write(agent):
                gate.wait()
                statuses[agent] = self.answer(agent, seen, f"{round} {agent}").status

            threads = [threading.Thread(target=write, args=(agent,)) for agent in ["nima", "leila"]]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(statuses.values()), [201, 412], statuses)
        out = [m for m in self.desk.get(f"/tickets/{self.number}")["messages"] if m["direction"] == "out"]
        self.assertEqual(len(out), 8, "one answer in each round")
        self.figures("8 rounds of two answers at once: 8 went out, 8 were stopped")

    def test_the_command_remembers_what_it_showed(self):
        desk, number = self.desk, str(self.number)
        desk.hamdel("ticket", "show", number, agent="nima")
        desk.hamdel("ticket", "reply", number, "--text", "Mine", agent="leila", environment={"HOME": "/nonexistent"})
        done = desk.hamdel("ticket", "reply", number, "--text", "Late", agent="nima", check=6)
        self.assertIn("leila answered", done.stderr.decode())
        desk.hamdel("ticket", "reply", number, "--text", "Old", "--seen", "1", agent="nima", check=6)
        desk.hamdel("ticket", "show", number, agent="nima")
        desk.hamdel("ticket", "reply", number, "--text", "Now", agent="nima")
        desk.hamdel("ticket", "note", number, "--text", "by the way", agent="leila")
        desk.hamdel("ticket", "reply", number, "--text", "Anyway", "--unseen", agent="nima")

    def test_who_looks_and_writes_is_told_and_forgotten(self):
        desk, number = self.desk, self.number
        stream = Stream(desk, "leila")
        self.addCleanup(stream.close)
        wait_for("the stream", lambda: stream.status == 200)

        def attend(agent, state, status=200):
            answer = desk.api("PUT", f"/tickets/{number}/attention", {"state": state}, agent=agent)
            self.assertEqual(answer.status, status, answer.text)
            return answer.json

        def told(count):
            return wait_for(f"{count} words of attention", lambda: [
                items for items in [[i for i in list(stream.items) if i["event"] == "attention"]] if len(items) >= count])[0]

        position = desk.position()
        self.assertEqual([(a["agent"], a["state"]) for a in attend("nima", "viewing")["agents"]], [("nima", "viewing")])
        attend("nima", "viewing")
        attend("nima", "writing")
        words = told(2)
        self.assertEqual([i["data"]["agents"][0]["state"] for i in words], ["viewing", "writing"], "said again is no news")
        self.assertTrue(all("id" not in i for i in words), "nobody goes on from it")
        self.assertEqual(desk.position(), position, "nothing is written down")
        self.assertEqual(desk.api("PUT", f"/tickets/{number}/attention", {"state": "asleep"}).status, 422)
        late = Stream(desk, "lead")
        self.addCleanup(late.close)
        wait_for("what holds already", lambda: [i for i in list(late.items) if i["event"] == "attention"])
        attend("nima", "none")
        self.assertEqual(told(3)[2]["data"]["agents"], [])
        attend("nima", "viewing")
        # Not said again: forgotten within its 20 s and a beat of the stream.
        wait_for("it to be forgotten", lambda: told(4) and [i for i in list(stream.items) if i["event"] == "attention"][-1]["data"]["agents"] == [], 60)
        desk.hamdel("ticket", "transfer", str(number), "people")
        heard = len([i for i in list(stream.items) if i["event"] == "attention"])
        attend("leila", "viewing", 404)
        member = Stream(desk, "hami")
        self.addCleanup(member.close)
        wait_for("the member's stream", lambda: member.status == 200)
        attend("hami", "writing")
        wait_for("the member to hear", lambda: [i for i in list(member.items) if i["event"] == "attention"])
        desk.deliver(mail("x@home.example", "Other", "x", auth="pass"))
        wait_for("the next event", lambda: [e for e in stream.events() if e["type"] == "ticket_opened"])
        self.assertEqual(len([i for i in list(stream.items) if i["event"] == "attention"]), heard, "outsiders hear nothing")
