"""Prepared answers: written by leads, previewed, applied whole or not at all; snoozes, reminders, mentions, watching."""
import datetime
import json

from desk import DeskTest, wait_for
from wire import Stream, mail, parsed, plain

SARA = "Sara Ahmadi <sara@home.example>"


class Work(DeskTest):
    def setUp(self):
        self.desk = self.new_desk().with_sink()
        self.desk.configuration.team("support").team("billing").team("people", private=True)
        self.desk.configuration.mail(from_name="Shop", auto_reply=False)
        self.desk.configuration.set("survey", enabled=False)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support", "--timezone", "Asia/Tehran")
        self.desk.add_agent("nima", "--team", "support", "--name", "Nima Karimi")
        self.desk.add_agent("hami", "--team", "people")
        self.desk.add_agent("boss", "--role", "lead", "--team", "people")

    def ticket(self, text="Where is my parcel?", subject="Parcel"):
        return self.desk.deliver(mail(SARA, subject, text, auth="pass"))["ticket"]

    def refused(self, method, path, body, status, words, agent="lead", headers=None):
        answer = self.desk.api(method, path, body, agent=agent, headers=headers)
        self.assertEqual(answer.status, status, answer.text)
        self.assertIn(words, answer.text)
        return answer

    def types(self, number):
        return [event["type"] for event in self.desk.get(f"/tickets/{number}/events?limit=500")["events"]]


class Macros(Work):
    def test_a_macro_is_written_read_changed_and_removed(self):
        desk = self.desk
        body = {"name": "late", "title": "Late parcel", "texts": {"en": "Dear {customer|customer},\nit is late.\n{agent}, {brand}"},
                "actions": {"add_tags": ["late"], "priority": "high", "status": "pending"}}
        self.refused("POST", "/macros", body, 403, "lead", agent="nima")
        made = desk.post("/macros", body, status=201)
        self.assertEqual((made["name"], made["teams"], made["actions"]["closing_reason"]), ("late", [], None))
        self.refused("POST", "/macros", body, 409, "exists already")
        self.assertEqual(desk.get("/macros", "nima")["macros"], [made])
        self.assertEqual(desk.get("/macros/late", "hami"), made)
        for change, place in [({"texts": {"en": "{who}"}}, "texts.en"), ({"actions": {"status": "open"}}, "actions.status"),
                              ({"teams": ["nowhere"]}, "teams"), ({"title": " "}, "title"),
                              ({"actions": {"snooze": "soon"}}, "actions.snooze"), ({"texts": {}, "actions": {}}, "texts")]:
            answer = desk.api("PUT", "/macros/late", {**body, **change})
            self.assertEqual(answer.status, 422, answer.text)
            self.assertEqual(answer.json["errors"][0]["place"], place)
        tag = {"If-Match": f'"{made["version"]}"'}
        changed = desk.api("PUT", "/macros/late", {**body, "title": "Late"}, headers=tag)
        self.assertEqual((changed.status, changed.json["title"]), (200, "Late"))
        self.refused("PUT", "/macros/late", body, 412, "changed meanwhile", headers=tag)
        desk.hamdel("macro", "set", "thanks", "--text", "en=Thank you", "--text", "fa=سپاس", "--close", "solved")
        self.assertEqual(desk.hamdel("macro", "list", "-q", agent="nima").stdout.decode(), "late\nthanks\n")
        self.assertIn("fa:", desk.hamdel("macro", "show", "thanks").stdout.decode())
        desk.hamdel("macro", "set", "x", "--text", "en=x", agent="nima", check=4)
        desk.hamdel("macro", "remove", "late")
        self.refused("GET", "/macros/late", None, 404, "late")
        desk.verify()

    def test_a_private_teams_macros_are_its_members_alone(self):
        desk = self.desk
        stream = Stream(desk, "nima", after=0)
        self.addCleanup(stream.close)
        body = {"title": "Dismissal", "teams": ["people"], "texts": {"en": "Sorry"}}
        answer = desk.api("PUT", "/macros/dismissal", body)
        self.assertEqual(answer.status, 422, "a lead outside does not even know the team")
        self.assertEqual(desk.api("PUT", "/macros/dismissal", body, agent="boss").status, 200)
        self.assertEqual([m["name"] for m in desk.get("/macros", "hami")["macros"]], ["dismissal"])
        for agent in ["nima", "lead"]:
            self.assertEqual(desk.get("/macros", agent)["macros"], [])
            self.refused("GET", "/macros/dismissal", None, 404, "dismissal", agent=agent)
        both = {**body, "teams": ["people", "billing"]}
        self.refused("PUT", "/macros/both", both, 422, "private", agent="boss")
        desk.post("/macros", {"name": "open", "title": "Open", "texts": {"en": "x"}}, status=201)
        wait_for("the open macro in the stream", lambda: [e for e in stream.events() if e["data"].get("macro") == "open"])
        self.assertEqual([e for e in stream.events() if e["data"].get("macro") == "dismissal"], [])

    def test_a_preview_changes_nothing_and_applying_does_what_it_said(self):
        desk = self.desk
        desk.hamdel(
            "macro", "set", "late", "--text", "en=Dear {customer},\nabout {ticket}: it is late.\n{agent}, {brand}",
            "--text", "fa=سلام {customer}", "--tag", "+late", "--priority", "high", "--assign", "me", "--note", "{agent} sent it",
            "--pending", "--snooze", "tomorrow 9")
        number = self.ticket()
        before, position = desk.get(f"/tickets/{number}"), desk.position()
        preview = desk.post(f"/tickets/{number}/macros/late", {"preview": True}, agent="nima")
        self.assertEqual((preview["applied"], preview["message"], preview["language"]), (False, None, "en"))
        self.assertEqual(preview["text"], f"Dear Sara Ahmadi,\nabout #{number}: it is late.\nNima Karimi, Shop")
        self.assertEqual((desk.get(f"/tickets/{number}"), desk.position()), (before, position))
        said = desk.hamdel("macro", "apply", "late", str(number), "--dry-run", agent="nima").stdout.decode()
        self.assertIn("would do", said)
        self.assertEqual(desk.position(), position)
        headers = {"Idempotency-Key": "once"}
        path = f"/tickets/{number}/macros/late"
        done = desk.api("POST", path, {}, agent="nima", headers=headers)
        self.assertEqual(done.status, 200, done.text)
        # Its mail has gone out, so that nothing else moves the position meanwhile.
        wait_for("the answer to be sent", lambda: [m for m in desk.get(f"/tickets/{number}")["messages"]
                                                   if m["delivery"] and m["delivery"]["state"] == "sent"])
        after = desk.position()
        self.assertEqual(done.json["effects"], preview["effects"])
        ticket = done.json["ticket"]
        self.assertEqual((ticket["tags"], ticket["priority"], ticket["status"], ticket["assignee"]), (["late"], "high", "pending", "nima"))
        self.assertIsNotNone(ticket["snoozed_until"])
        self.assertEqual(done.json["message"]["text"], preview["text"])
        again = desk.api("POST", path, {}, agent="nima", headers=headers)
        self.assertEqual((again.status, again.json), (200, done.json))
        self.assertEqual(desk.position(), after, "the same key does it once")
        sent = wait_for("the mail", lambda: [parsed(raw) for raw in desk.sink.raw()])[0]
        self.assertIn("it is late.", plain(sent))
        self.assertEqual([m["text"] for m in desk.get(f"/tickets/{number}")["messages"] if m["direction"] == "note"], ["Nima Karimi sent it"])
        persian = self.ticket("سلام، بسته من کجاست؟ لطفا زودتر جواب بدهید", "بسته")
        self.assertEqual(desk.post(f"/tickets/{persian}/macros/late", {"preview": True})["language"], "fa")
        desk.verify()
        self.figures(f"{len(done.json['effects'])} effects, one mail, one position range {position}..{after}")

    def test_all_or_nothing(self):
        desk = self.desk
        desk.hamdel("macro", "set", "hand", "--tag", "+moved", "--note", "n", "--assign", "hami", "--transfer", "billing", "--text", "en=Hello")
        desk.post("/macros", {"name": "gone", "title": "g", "texts": {"en": "Hello"},
                              "actions": {"add_tags": ["x"], "assign": "nobody-there"}}, status=201)
        number = self.ticket()
        before, types = desk.get(f"/tickets/{number}"), self.types(number)
        self.refused("POST", f"/tickets/{number}/macros/gone", {}, 404, "nobody-there")
        self.refused("POST", f"/tickets/{number}/macros/hand", {"inbox": "nowhere"}, 422, "inbox")
        self.refused("POST", f"/tickets/{number}/macros/hand", {"attachments": [999]}, 404, "attachment")
        self.assertEqual((desk.get(f"/tickets/{number}"), self.types(number)), (before, types))
        self.assertEqual(desk.outbox(), [])
        desk.post(f"/tickets/{number}/macros/hand", {"text": ""})
        ticket = desk.get(f"/tickets/{number}")
        self.assertEqual((ticket["team"], ticket["assignee"], ticket["tags"]), ("billing", "hami", ["moved"]))
        self.assertEqual(desk.outbox(), [], "a blank text answers nobody")

    def test_a_teams_macro_is_for_its_tickets(self):
        desk = self.desk
        desk.hamdel("macro", "set", "bill", "--team", "billing", "--text", "en=Pay")
        number = self.ticket()
        self.assertEqual(desk.get(f"/macros?ticket={number}")["macros"], [])
        self.refused("POST", f"/tickets/{number}/macros/bill", {}, 409, "is for tickets of billing")
        desk.hamdel("ticket", "transfer", str(number), "billing")
        self.assertEqual([m["name"] for m in desk.get(f"/macros?ticket={number}")["macros"]], ["bill"])
        self.refused("POST", f"/tickets/{number}/macros/bill", {}, 404, "bill", agent="nima")
        desk.hamdel("macro", "apply", "bill", str(number))


class Personal(Work):
    def test_a_snooze_has_a_reason_and_words_for_its_time(self):
        desk = self.desk
        number = self.ticket()
        desk.hamdel("ticket", "snooze", str(number), "فردا ۹", "--note", "they ring back")
        ticket = desk.get(f"/tickets/{number}")
        until = datetime.datetime.fromisoformat(ticket["snoozed_until"].replace("Z", "+00:00"))
        tehran = until + datetime.timedelta(hours=3, minutes=30)
        self.assertEqual((tehran.hour, tehran.minute), (9, 0), "on the lead's own clock")
        self.assertEqual(ticket["snooze_note"], "they ring back")
        self.refused("POST", f"/tickets/{number}/snooze", {"when": "soon"}, 422, "tomorrow 9")
        self.refused("POST", f"/tickets/{number}/snooze", {"when": "2h", "until": "2030-01-01T00:00:00Z"}, 422, "not both")
        soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2)
        desk.post(f"/tickets/{number}/snooze", {"until": soon.isoformat().replace("+00:00", "Z"), "note": "look again"})
        woken = wait_for("the snooze to end", lambda: [t for t in [desk.get(f"/tickets/{number}")] if t["snoozed_until"] is None])[0]
        self.assertEqual(woken["snooze_note"], "look again", "shown when it wakes")
        desk.hamdel("ticket", "note", str(number), "--text", "seen")
        self.assertIsNone(desk.get(f"/tickets/{number}")["snooze_note"])
        desk.verify()

    def test_a_reminder_hides_nothing(self):
        desk = self.desk
        number = self.ticket()
        version = desk.get(f"/tickets/{number}")["version"]
        desk.hamdel("ticket", "remind", str(number), "tomorrow 9", "--note", "ring", agent="nima")
        self.assertEqual(desk.get("/reminders")["reminders"], [])
        mine = desk.cli("reminder", "list", agent="nima")["reminders"]
        self.assertEqual([(r["ticket"], r["note"], r["state"], r["subject"]) for r in mine], [(number, "ring", "waiting", "Parcel")])
        soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2)
        answer = desk.api("PUT", f"/tickets/{number}/reminder", {"at": soon.isoformat().replace("+00:00", "Z")}, agent="nima")
        self.assertEqual(answer.status, 200, answer.text)
        wait_for("the reminder", lambda: desk.get("/reminders", "nima")["reminders"][0]["state"] == "due")
        ticket = desk.get(f"/tickets/{number}")
        self.assertEqual((ticket["version"], ticket["snoozed_until"]), (version, None), "the ticket itself did not change")
        desk.hamdel("ticket", "remind", str(number), "never", agent="nima")
        self.assertEqual(desk.get("/reminders", "nima")["reminders"], [])
        self.refused("DELETE", f"/tickets/{number}/reminder", None, 404, "reminder", agent="nima")
        desk.verify()

    def test_mentions_and_watching(self):
        desk = self.desk
        number = self.ticket()
        self.refused("POST", f"/tickets/{number}/watch", {}, 200, "nima", agent="nima")
        self.refused("POST", f"/tickets/{number}/watch", {}, 409, "as you ask already", agent="nima")
        self.assertEqual(desk.get(f"/tickets/{number}")["watchers"], ["nima"])
        written = desk.post(f"/tickets/{number}/notes", {"text": "@nima and @ghost, mail sara@home.example; @lead"}, status=201)
        self.assertEqual([(m["agent"], m["told"]) for m in written["mentions"]], [("nima", True), ("ghost", False), ("lead", False)])
        self.assertEqual(self.types(number).count("agent_mentioned"), 1)
        desk.hamdel("ticket", "transfer", str(number), "people")
        hidden = desk.post(f"/tickets/{number}/notes", {"text": "@nima @boss"}, agent="hami", status=201)["mentions"]
        self.assertEqual([m["told"] for m in hidden], [False, True])
        self.assertIn("may not see", hidden[0]["sentence"])
        desk.hamdel("ticket", "unwatch", str(number), agent="nima", check=5)
        desk.verify()
