"""Telling agents: by screen, mail and webhook, each as they chose (issue "Notifications")."""
import re
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


class LowScores(DeskTest):
    """A lead hears of a low score by screen, mail and webhook: of a ticket that is another's, and of no ticket at all."""

    def setUp(self):
        self.desk = desk = self.new_desk().with_sink()
        desk.configuration.mail()
        with open(f"{desk.folder}/notify.secret", "w") as file:
            file.write(SECRET)
        self.notices, self.events = Receiver(SECRET), Receiver(SECRET)
        for receiver in (self.notices, self.events):
            self.addCleanup(receiver.close)
        secret = {"file": f"{desk.folder}/notify.secret"}
        desk.configuration.set("notify", mail=True, webhook=self.notices.url, webhook_secret=secret)
        desk.configuration.lists["webhook_out"] = [
            {"name": "crm", "url": self.events.url, "secret": secret, "events": ["survey_answered", "recovery_*"]}]
        desk.configuration.set("auto_reply", enabled=False)
        desk.configuration.set("survey", delay="0s", cooldown="0s", recovery_owner="agent")
        desk.configuration.lists["survey_policy"] = [{"name": "loyalty", "kind": "nps", "ask": "request"}]
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support", "--capacity", "0", "--email", "lead@staff.example")
        desk.add_agent("nima", "--team", "support", "--email", "nima@staff.example")

    def mails_to(self, address, having):
        return wait_for(f"a mail to {address} with {having}", lambda: [
            plain(m) for m in map(parsed, self.desk.sink.raw()) if address in (m["To"] or "") and having in plain(m)])

    def give(self, score, sender):
        invitation = self.mails_to(sender, "/s/")[-1]
        token = re.search(r"/s/([A-Za-z0-9_-]+)", invitation).group(1)
        answer = self.desk.http("POST", f"/s/{token}", f"score={score}", {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(answer.status, 200)

    def notice(self, receiver, kind):
        return [event for event in receiver.taken if event["type"] == "agent_noticed" and event["data"]["kind"] == kind]

    def test_a_lead_hears_of_anothers_ticket_every_way_at_once(self):
        desk = self.desk
        number = desk.deliver(mail("sara@home.example", auth="pass"))["ticket"]
        desk.hamdel("ticket", "reply", str(number), "--text", "It is right.", "--close", agent="nima")
        begin = desk.position()
        self.give(1, "sara@home.example")
        texts = self.mails_to("lead@staff.example", f"gave 1 of 5 (csat) for ticket #{number}")
        self.assertEqual(len(texts), 1)
        self.assertIn("nima is to make it good by", texts[0])
        self.assertEqual(len(self.mails_to("nima@staff.example", "It is yours to make good by")), 1)
        told = wait_for("the webhook", lambda: self.notice(self.notices, "low_score"))
        self.assertEqual([(e["data"]["agent"], e["data"]["score"], e["ticket"]) for e in told], [("lead", 1, number)])
        wait_for("the other webhook", lambda: {e["type"] for e in self.events.taken} >= {"survey_answered", "recovery_opened"})
        stream = Stream(desk, agent="lead", after=begin)
        seen = wait_for("the stream", lambda: [
            item["data"]["data"] for item in list(stream.items) if item["data"].get("type") == "agent_noticed"])
        self.assertEqual([(n["agent"], n["kind"], n["ways"]) for n in seen], [("lead", "low_score", ["mail", "screen", "webhook"])])
        self.assertEqual(desk.get("/notices")["notices"][0]["kind"], "low_score")
        card = desk.cli("customer", "show", str(desk.get(f"/tickets/{number}")["customer"]["id"]))
        summary = card["score_summary"][0]
        self.assertEqual((summary["key"], summary["n"], summary["sent"], summary["satisfied"], summary["small_sample"]), ("csat", 1, 1, 0, True))
        self.assertEqual(summary["interval"]["low"], 0)
        self.assertIn("0.0 % (95 %: 0.0 % to 79.3 %), 1 of 1 answered; few", desk.hamdel(
            "customer", "show", str(card["id"])).stdout.decode())
        desk.verify()

    def test_a_lead_hears_of_a_score_that_is_of_no_ticket(self):
        desk = self.desk
        desk.add_agent("shop", "--role", "admin")
        desk.post("/invitations", {"kind": "nps", "address": "omid@home.example"}, agent="shop")
        self.give(2, "omid@home.example")
        texts = self.mails_to("lead@staff.example", "gave us 2 of 10 (nps), of no ticket in particular")
        self.assertIn("goes to no ticket", texts[0])
        told = wait_for("the webhook", lambda: self.notice(self.notices, "recovery"))
        self.assertEqual([(e["ticket"], e["data"]["score"], e["data"]["agent"]) for e in told], [(None, 2, "lead")])
        self.assertIsNotNone(told[0]["customer"])
        self.assertEqual(desk.get("/notices")["notices"][0]["ticket"], None)
        recovery = desk.get("/recoveries")["recoveries"][0]
        self.assertEqual((recovery["owner"], recovery["ticket"]), ("lead", None))
        desk.verify()

    def test_an_event_that_there_is_not_is_refused_with_the_list(self):
        desk = self.desk
        desk.stop()
        desk.configuration.lists["webhook_out"][0]["events"] = ["survey_answerd"]
        desk.write_configuration()
        checked = desk.hamdeld("config", "check")
        self.assertEqual(checked.returncode, 78)
        said = (checked.stdout + checked.stderr).decode()
        self.assertIn('webhook_out.events: expected types of events', said)
        self.assertIn('got "survey_answerd"; did you mean "survey_answered"?', said)
        self.assertIn("recovery_opened, ", said)
        self.assertRegex(said, r"hamdel\.toml:\d+:\d+: webhook_out\.events")
