"""The past is not the present (DESIGN, invariant 12): what is imported is kept, closed, and mails nobody."""
import datetime
import json
import os
import random
import signal
import subprocess
import time

from desk import DeskTest, FULL, HAMDELD, wait_for
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

    def test_an_import_killed_and_started_again_brings_everything_once(self):
        desk = self.desk
        count, kills = (10_000, 50) if FULL else (1_500, 8)
        path = self.mailbox(count)
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        seed = random.randrange(1 << 32)
        moments = random.Random(seed)
        killed, imported = 0, 0
        for _ in range(kills):
            work = subprocess.Popen(
                [HAMDELD, "import", "mbox", path, "--inbox", "support-mail", "--config", desk.file, "--json"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            try:
                out, _ = work.communicate(timeout=moments.uniform(0.05, 1.0))
                imported += json.loads(out)["imported"]
            except subprocess.TimeoutExpired:
                work.send_signal(signal.SIGKILL)
                work.communicate()
                killed += 1
        report, _ = self.imported("mbox", path, "--inbox", "support-mail")
        self.assertEqual(report["imported"] + report["duplicates"], count, f"seed {seed}")
        again, _ = self.imported("mbox", path, "--inbox", "support-mail")
        self.assertEqual((again["imported"], again["duplicates"]), (0, count), f"seed {seed}")
        tickets, cursor = 0, ""
        while True:
            page = desk.get(f"/tickets?status=all&class=all&limit=500{cursor}")
            tickets += len(page["tickets"])
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        self.assertEqual(tickets, count // 4, f"seed {seed}")
        self.assert_quiet()
        self.assertTrue(json.loads(desk.verify().stdout)["intact"])
        self.figures(f"{count} mails, {killed} kills of the import: each there once in {tickets} threads; the last run found {report['duplicates']} known; seed {seed}")

    def test_a_large_mailbox_takes_little_memory(self):
        """Peak of the import's own memory, without a daemon: it does everything itself then."""
        desk = self.desk
        size, mails = (1 << 30, 400) if FULL else (48 << 20, 24)
        path = f"{desk.folder}/large.mbox"
        part = size // mails
        line = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\n"
        with open(path, "wb") as file:
            for number in range(mails):
                file.write(b"From large@home.example Thu Nov 20 10:00:00 2025\n")
                file.write(f"From: l{number}@home.example\nSubject: Large {number}\nMessage-ID: <large-{number}@home.example>\n"
                           f"Date: Thu, 20 Nov 2025 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: application/octet-stream; name=x.bin\n"
                           f"Content-Transfer-Encoding: base64\n\n".encode())
                file.write(line * (part // len(line)) + b"\n")
            # No separator, no end: more than a mail may have.
            file.write(b"From large@home.example Thu Nov 20 10:00:00 2025\nFrom: endless@home.example\n\n" + line * ((60 << 20) // len(line)))
        desk.write_configuration()
        began = time.monotonic()
        work = subprocess.Popen(
            [HAMDELD, "import", "mbox", path, "--inbox", "support-mail", "--config", desk.file, "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        peak = 0
        while work.poll() is None:
            try:
                with open(f"/proc/{work.pid}/status") as status:
                    peak = max([peak] + [int(row.split()[1]) for row in status if row.startswith("VmHWM")])
            except OSError:
                pass
            time.sleep(0.05)
        out, err = work.communicate()
        self.assertEqual(work.returncode, 7, err)
        report = json.loads(out)
        self.assertEqual((report["imported"], len(report["rejected"])), (mails, 1), report)
        self.assertLess(peak, 420 << 10, "KiB")
        self.figures(f"{os.path.getsize(path) >> 20} MiB mbox, {mails} mails kept, one of 60 MiB rejected ({report['rejected'][0]['reason'][:40]}…): "
                     f"peak {peak >> 10} MiB in {time.monotonic() - began:.0f} s; stderr {len(err.splitlines())} lines of progress")
        os.unlink(path)

    def test_mails_that_differ_under_one_id_are_all_kept_once(self):
        desk = self.desk
        desk.write_configuration()
        path = f"{desk.folder}/same.mbox"
        with open(path, "wb") as file:
            for text in ["one", "two", "one", "three"]:
                raw = mail("same@home.example", "Same id", text, id="same@home.example", at=time.time() - 90 * 86_400)
                file.write(b"From same@home.example Thu Nov 20 10:00:00 2025\n" + raw.replace(b"\r\n", b"\n") + b"\n")
        report, _ = self.imported("mbox", path, "--inbox", "support-mail")
        self.assertEqual((report["imported"], report["duplicates"]), (3, 1))
        again, _ = self.imported("mbox", path, "--inbox", "support-mail")
        self.assertEqual((again["imported"], again["duplicates"]), (0, 4))
        done = desk.hamdeld("import", "mbox", desk.file, "--inbox", "support-mail", "--json")
        self.assertEqual(done.returncode, 7, "no mbox file")
        self.assertIn("From", json.loads(done.stdout)["rejected"][0]["reason"])
        self.figures("4 mails under one Message-ID: 3 kept, 1 known; again: 0 new; a file that is no mbox: exit 7")

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
