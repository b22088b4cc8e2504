"""The past is not the present (DESIGN, invariant 12): what is imported is kept, closed, and mails nobody."""
import datetime
import json
import os
import time

from desk import DeskTest, FULL, wait_for
from test_main_job import asterisk_row
from wire import mail, parsed


class History(DeskTest):
    def setUp(self):
        self.desk = self.new_desk().with_sink()
        self.desk.configuration.mail().phones()
        self.desk.configuration.set("survey", delay="0s")

    def mailbox(self, count):
        """An mbox file of old mails, in threads of four."""
        path = f"{self.desk.folder}/old.mbox"
        old = time.time() - 400 * 86_400
        with open(path, "wb") as file:
            for number in range(count):
                at = old + number * 60
                thread = number // 4
                reference = [f"old-{thread * 4}@home.example"] if number % 4 else []
                raw = mail(f"Customer {thread} <c{thread}@home.example>", f"Old matter {thread}", f"Text {number}\nFrom the past",
                           id=f"old-{number}@home.example", references=reference, at=at)
                file.write(f"From c{thread}@home.example {time.asctime(time.gmtime(at))}\n".encode())
                file.write(raw.replace(b"\r\n", b"\n").replace(b"\nFrom the", b"\n>From the") + b"\n")
        return path

    def imported(self, *words):
        began = time.monotonic()
        done = self.desk.hamdeld("import", *words, "--json", check=0)
        return json.loads(done.stdout), time.monotonic() - began

    def assert_quiet(self):
        """Nothing of the past went out or waits: a live mail's acknowledgement is the first thing in the sink."""
        desk = self.desk
        self.assertEqual(desk.outbox(), [])
        desk.deliver(mail("live@home.example", "Now", "now"))
        wait_for("the acknowledgement of a live mail", lambda: desk.sink.raw())
        self.assertEqual([parsed(raw)["To"] for raw in desk.sink.raw()], ["live@home.example"])
        self.assertEqual(len(desk.tickets("limit=500")), 1, "active tickets")

    def test_an_imported_mailbox_puts_nothing_into_the_outbox(self):
        desk = self.desk
        count = 10_000 if FULL else 1_000
        path = self.mailbox(count)
        # Most of it without a daemon, the rest again with one.
        desk.write_configuration()
        report, seconds = self.imported("mbox", path, "--inbox", "support-mail")
        self.assertEqual(report, {"imported": count, "duplicates": 0, "skipped": 0, "rejected": []})
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        before = desk.position()
        again, _ = self.imported("mbox", path, "--inbox", "support-mail")
        self.assertEqual(again, {"imported": 0, "duplicates": count, "skipped": 0, "rejected": []})
        self.assertEqual(desk.position(), before)
        self.assertEqual(desk.tickets("limit=500"), [], "no active ticket")
        tickets, cursor = [], ""
        while True:
            page = desk.get(f"/tickets?status=all&class=all&limit=500{cursor}")
            tickets += page["tickets"]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        self.assertEqual({(t["status"], t["assignee"], t["origin"]) for t in tickets}, {("closed", None, "history")})
        self.assertEqual(len(tickets), count // 4, "threads stay threads")
        last = desk.get(f"/tickets/{tickets[0]['number']}")
        self.assertEqual([m["text"].strip() for m in last["messages"]],
                         [f"Text {n}\nFrom the past" for n in range(count - 4, count)])
        types = {e["type"] for t in tickets[:20] for e in desk.get(f"/tickets/{t['number']}/events")["events"]}
        self.assertFalse({"survey_scheduled", "ticket_assigned", "delivery_queued"} & types, types)
        self.assert_quiet()
        self.figures(f"{count} old mails in {seconds:.1f} s, {len(tickets)} closed tickets, outbox empty, 0 mails; again: 0 new, {count} known")

    def test_a_maildir_is_history_too(self):
        desk = self.desk
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        folder = f"{desk.folder}/maildir"
        for name in ["cur", "new", "tmp"]:
            os.makedirs(f"{folder}/{name}")
        for number in range(6):
            with open(f"{folder}/{'cur' if number % 2 else 'new'}/{number}.host:2,S", "wb") as file:
                file.write(mail(f"m{number}@home.example", f"Old {number}", "text", at=time.time() - 90 * 86_400))
        report, _ = self.imported("maildir", folder, "--inbox", "support-mail")
        self.assertEqual(report["imported"], 6)
        again, _ = self.imported("maildir", folder, "--inbox", "support-mail")
        self.assertEqual((again["imported"], again["duplicates"]), (0, 6))
        self.assert_quiet()
        self.figures("6 mails of a maildir, 0 mails out, again 6 duplicates")

    def test_old_phone_rows_are_history(self):
        desk = self.desk
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support", "--extension", "201")
        old = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=30)
        log = f"{desk.folder}/old.csv"
        with open(log, "w") as file:
            for number in range(50):
                file.write(asterisk_row(f"0912111{number:04}", "201", old + datetime.timedelta(minutes=number),
                                        answered=number % 2 == 0, talk=60, id=f"old-{number}"))
        report, _ = self.imported("phone-log", log, "--inbox", "phones")
        self.assertEqual(report["imported"], 50)
        self.assertEqual(desk.tickets("limit=500"), [], "no call-back and no wrap-up of the past")
        tickets = desk.tickets()
        self.assertEqual({(t["status"], t["callback"], t["assignee"]) for t in tickets}, {("closed", None, None)})
        before = desk.position()
        again, _ = self.imported("phone-log", log, "--inbox", "phones")
        self.assertEqual((again["imported"], again["duplicates"]), (0, 50))
        self.assertEqual(desk.position(), before)
        self.assert_quiet()
        self.figures(f"50 old calls, {len(tickets)} closed tickets, 0 call-backs; again 50 duplicates")

    def test_lmtp_is_always_live_however_old_the_date(self):
        desk = self.desk
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        number = desk.deliver(mail("slow@home.example", "Old date", "x", at=time.time() - 100 * 86_400))["ticket"]
        ticket = desk.get(f"/tickets/{number}")
        self.assertEqual((ticket["status"], ticket["origin"], ticket["assignee"]), ("new", "live", "lead"))
        self.figures("a mail dated 100 days ago, by LMTP: live and assigned")
