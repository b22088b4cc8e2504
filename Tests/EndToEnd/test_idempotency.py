"""The same thing twice adds nothing: positions of the stream stay where they are."""
import datetime
import json

from desk import DeskTest, outcome
from test_main_job import asterisk_row
from wire import chat, mail, new_id, post_webhook


class Idempotency(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        self.desk.configuration.set("auto_reply", enabled=False)
        self.desk.configuration.mail().mail("sales-mail", "sales@desk.example").chat().phones()
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support")

    def test_the_same_mail_twice_is_one_message(self):
        desk = self.desk
        raw = mail("sara@home.example", "Twice", "the same")
        first = desk.deliver(raw)
        before = desk.position()
        with desk.lmtp() as session:
            for _ in range(3):
                code, text = session.send(raw, ["support@desk.example"], "x@y.example")[0]
                self.assertEqual(code, 250)
                self.assertEqual(outcome(text), {"duplicate": first["message"]}, text)
        done = desk.hamdeld("deliver", "--inbox", "support-mail", "--json", stdin=raw, check=0)
        self.assertEqual(json.loads(done.stdout)["outcome"], "duplicate")
        self.assertEqual(desk.position(), before)
        # With a Received line in front, as another hop would add, it is still the same mail.
        desk.deliver(b"Received: from relay.example by mx.desk.example; Sun, 22 Nov 2026 10:00:00 +0000\r\n" + raw)
        self.assertEqual(len(desk.tickets()), 1)
        self.figures(f"1 mail delivered 6 times, position stays {before}, 1 ticket")

    def test_another_mail_with_the_same_message_id_is_kept(self):
        desk = self.desk
        id = new_id()
        first = desk.deliver(mail("sara@home.example", "One", "this", id=id))
        second = desk.deliver(mail("sara@home.example", "Two", "something else entirely", id=id))
        self.assertIn("message", second, "a mail of its own, not a duplicate")
        self.assertNotEqual(first["message"], second["message"])
        found = desk.get(f"/messages?inbox=support-mail&external_id={id}")["messages"]
        self.assertEqual(len(found), 2)
        self.figures("2 mails with one Message-ID, 2 kept")

    def test_one_mail_to_two_inboxes_is_one_ticket(self):
        desk = self.desk
        raw = mail("sara@home.example", "Both", "to both", to="support@desk.example, sales@desk.example")
        with desk.lmtp() as session:
            replies = session.send(raw, ["support@desk.example", "sales@desk.example"], "s@home.example")
        self.assertEqual([code for code, _ in replies], [250, 250])
        tickets = {ticket["number"] for ticket in desk.tickets()}
        self.assertEqual(len(tickets), 1, replies)
        self.figures(f"2 inboxes, replies {[text for _, text in replies]}")

    def test_a_replayed_webhook_adds_nothing_and_another_body_is_a_conflict(self):
        desk = self.desk
        body = json.dumps(chat("c-1", "hello", {"kind": "site", "id": "v1"})).encode()
        self.assertEqual(post_webhook(desk, body, id="req-1").status, 200)
        before = desk.position()
        for _ in range(3):
            self.assertEqual(post_webhook(desk, body, id="req-1").status, 200)
        # The same message in a new request.
        again = post_webhook(desk, body, id="req-2")
        self.assertEqual((again.status, again.json["messages"][0]["outcome"]), (200, "duplicate"))
        other = json.dumps(chat("c-2", "other", {"kind": "site", "id": "v1"})).encode()
        self.assertEqual(post_webhook(desk, other, id="req-1").status, 409)
        changed = json.dumps(chat("c-1", "changed text", {"kind": "site", "id": "v1"})).encode()
        self.assertEqual(post_webhook(desk, changed, id="req-3").status, 409)
        self.assertEqual(desk.position(), before)
        batch = json.dumps({"messages": [chat(f"b-{n}", f"part {n}", {"kind": "site", "id": "v2"}, conversation="k") for n in range(3)]}).encode()
        first = post_webhook(desk, batch, id="req-4")
        self.assertEqual([m["outcome"] for m in first.json["messages"]], ["ticketed"] * 3)
        before = desk.position()
        self.assertEqual(post_webhook(desk, batch, id="req-4").status, 200)
        self.assertEqual(desk.position(), before)
        self.figures("5 replays 200, 2 conflicts 409, 0 events")

    def test_webhooks_replayed_after_a_restart_are_no_events(self):
        desk = self.new_desk()
        desk.configuration.chat()
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        bodies = [json.dumps(chat(f"m-{n}", f"text {n}", {"kind": "site", "id": f"v-{n}"})).encode() for n in range(40)]
        for n, body in enumerate(bodies):
            self.assertEqual(post_webhook(desk, body, id=f"req-{n}").status, 200)
        desk.kill()
        desk.start()
        position = desk.position()
        for n, body in enumerate(bodies):
            self.assertEqual(post_webhook(desk, body, id=f"req-{n}").status, 200)
        self.assertEqual(desk.position(), position)

    def test_a_phone_log_imported_again_adds_nothing(self):
        desk = self.desk
        start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=5)
        rows = [asterisk_row(f"0912000{n:04}", "201", start + datetime.timedelta(minutes=n), answered=n % 2 == 0, talk=30, id=f"r-{n}")
                for n in range(20)]
        log = f"{desk.folder}/Master.csv"
        with open(log, "w") as file:
            file.writelines(rows[:15])

        def report():
            done = desk.hamdeld("import", "phone-log", log, "--inbox", "phones", "--json", check=0)
            return json.loads(done.stdout)

        self.assertEqual(report(), {"imported": 15, "duplicates": 0, "skipped": 0, "rejected": []})
        before = desk.position()
        self.assertEqual(report(), {"imported": 0, "duplicates": 15, "skipped": 0, "rejected": []})
        self.assertEqual(desk.position(), before)
        with open(log, "a") as file:
            file.writelines(rows[15:])
        self.assertEqual(report(), {"imported": 5, "duplicates": 15, "skipped": 0, "rejected": []})
        self.figures("15 rows, again 15 duplicates and 0 events, then 5 new of 20")

    def test_the_same_idempotency_key_is_carried_out_once(self):
        desk = self.desk
        number = desk.deliver(mail("sara@home.example"))["ticket"]
        headers = {"Idempotency-Key": "note-1"}
        first = desk.api("POST", f"/tickets/{number}/notes", {"text": "once"}, headers=headers)
        self.assertEqual(first.status, 201)
        before = desk.position()
        again = desk.api("POST", f"/tickets/{number}/notes", {"text": "once"}, headers=headers)
        self.assertEqual((again.status, again.json["id"]), (201, first.json["id"]))
        self.assertEqual(desk.position(), before)
        other = desk.api("POST", f"/tickets/{number}/notes", {"text": "twice"}, headers=headers)
        self.assert_problem(other, 422, "invalid")
        notes = [m for m in desk.get(f"/tickets/{number}")["messages"] if m["direction"] == "note"]
        self.assertEqual(len(notes), 1)
        events = [e for e in desk.get(f"/tickets/{number}/events")["events"] if e["command_id"] == "note-1"]
        self.assertEqual(len(events), 1)
        put = desk.api("POST", "/messages/site-chat", chat("put-1", "by api", {"kind": "site", "id": "v9"}), headers={"Idempotency-Key": "put-1"})
        self.assertEqual((put.status, put.json["outcome"]), (201, "ticketed"), put.text)
        self.figures("3 requests with one key, 1 note; the third, with another body, 422")
