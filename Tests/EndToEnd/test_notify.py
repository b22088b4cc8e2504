"""Telling agents: by screen, mail and webhook, each as they chose (issue "Notifications")."""
import time

from desk import DeskTest, wait_for
from receiver import Receiver
from wire import Stream, mail, parsed, plain

SECRET = "notify-secret-of-the-tests"


class Notify(DeskTest):
    def setUp(self):
        self.desk = desk = self.new_desk().with_sink()
        desk.configuration.mail()
        with open(f"{desk.folder}/notify.secret", "w") as file:
            file.write(SECRET)
        self.receiver = Receiver(SECRET)
        self.addCleanup(self.receiver.close)
        desk.configuration.set(
            "notify", mail=True, webhook=self.receiver.url, webhook_secret={"file": f"{desk.folder}/notify.secret"})
        desk.configuration.set("auto_reply", enabled=False)
        desk.configuration.lists["sla"] = [{"name": "fast", "first_response": "1m", "warn_at": 1}]
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support", "--capacity", "0", "--email", "lead@staff.example")
        desk.add_agent("nima", "--team", "support", "--email", "nima@staff.example", "--timezone", "Asia/Tehran")

    def mails_to(self, address, count):
        return wait_for(f"{count} mails to {address}", lambda: (
            lambda found: found if len(found) >= count else None)(
                [m for m in map(parsed, self.desk.sink.raw()) if m["To"] and address in m["To"]]))

    def kinds(self, agent="nima"):
        return [notice["kind"] for notice in self.desk.get("/notices", agent)["notices"]]

    def test_a_warning_reaches_the_agent_every_way_and_nobody_elses_stream(self):
        desk = self.desk
        begin = desk.position()
        number = desk.deliver(mail("sara@home.example", auth="pass"))["ticket"]
        wait_for("the warning", lambda: "sla_warning" in self.kinds())
        mails = self.mails_to("nima@staff.example", 2)
        self.assertIn(f"Ticket #{number} is yours.", plain(mails[0]))
        self.assertIn("the first answer is due by", plain(mails[1]))
        wait_for("the webhook", lambda: {
            event["data"]["kind"] for event in self.receiver.taken if event["type"] == "agent_noticed"} >= {"assigned", "sla_warning"})
        self.assertTrue(all(event["type"] == "agent_noticed" for event in self.receiver.taken))
        self.assertEqual(self.receiver.forged, [])
        streams = {agent: Stream(desk, agent=agent, after=begin) for agent in ["nima", "lead"]}
        # What everybody gets ends what is waited for.
        self.assertEqual(desk.api("PUT", "/agents/me/presence", {"presence": "online"}, agent="nima").status, 200)
        seen = {}
        for agent, stream in streams.items():
            seen[agent] = wait_for("the stream", lambda: (
                lambda types: types if "presence_changed" in types else None)(
                    [item["data"].get("type") for item in list(stream.items)]))
        self.assertIn("agent_noticed", seen["nima"])
        self.assertNotIn("agent_noticed", seen["lead"])
        explained = desk.get(f"/tickets/{number}/explain")["notices"]
        self.assertEqual([step["reason"] for step in explained], ["assigned", "sla_warning"])
        self.assertTrue(all("nima is told" in step["sentence"] for step in explained))
        desk.verify()

    def test_settings_hold_quiet_hours_and_are_ones_own(self):
        desk = self.desk
        shown = desk.cli("notify", "show", agent="nima")
        self.assertEqual(shown["ways"]["assigned"], ["mail", "webhook"])
        self.assertEqual((shown["chosen"], shown["quiet_hours"], shown["timezone"]), ([], [], "Asia/Tehran"))
        # The whole day but one minute that is hours away.
        loud = time.time() + 12_600 - 7_200
        start, end = (time.strftime("%H:%M", time.gmtime(moment)) for moment in (loud + 60, loud))
        changed = desk.cli("notify", "set", "sla_warning=off", "--quiet-hours", f"{start}-{end}", agent="nima")
        self.assertEqual((changed["ways"]["sla_warning"], changed["chosen"]), ([], ["sla_warning"]))
        number = desk.deliver(mail("sara@home.example", auth="pass"))["ticket"]
        wait_for("the notice", lambda: self.kinds() == ["assigned"])
        step = desk.get(f"/tickets/{number}/explain")["notices"][0]
        self.assertEqual(step["decision"], "held")
        self.assertIn("quiet hours", step["sentence"])
        time.sleep(2.5)
        self.assertEqual(self.kinds(), ["assigned"], "no warning: they chose so")
        self.assertEqual([m for m in map(parsed, desk.sink.raw()) if "nima" in (m["To"] or "")], [])
        reset = desk.cli("notify", "set", "sla_warning=default", "--no-quiet", agent="nima")
        self.assertEqual((reset["chosen"], reset["quiet_hours"], reset["own_quiet_hours"]), ([], [], []))
        self.assertEqual(desk.api("PUT", "/agents/lead/notifications", {}, agent="nima").status, 403)
        answer = desk.api("PUT", "/agents/me/notifications", {"quiet_hours": ["00:00-24:00"]}, agent="nima")
        self.assert_problem(answer, 422)
        self.assertEqual(desk.hamdel("notify", "set", "mention=smoke", agent="nima", check=None).returncode, 64)
        desk.verify()
