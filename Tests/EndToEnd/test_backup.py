"""Backups: taken while mail comes in, put back, and nothing sent twice in silence (reliability rows I6, I8, I9, I10)."""
import json
import os
import shutil
import signal
import sqlite3
import threading
import time
import unittest

from desk import DeskTest, FULL, wait_for
from test_outbound import Server
from wire import mail

WORD = "Backupwort"


class Load:
    """Mails at an even rate over a few connections; how long each took to be acknowledged."""

    def __init__(self, desk, per_second):
        self.desk, self.per_second = desk, per_second
        self.stopping = threading.Event()
        self.latencies = []
        self.refused = []
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join()

    def run(self):
        count, began = 0, time.monotonic()
        with self.desk.lmtp() as session:
            while not self.stopping.is_set():
                count += 1
                raw = mail(f"Sender {count} <s{count % 50}@outside.example>", f"Load {count}", f"{WORD} {count}")
                at = time.monotonic()
                code, text = session.send(raw, ["support@desk.example"], "s@outside.example")[0]
                with self.lock:
                    self.latencies.append((at, time.monotonic() - at))
                    if code != 250:
                        self.refused.append(text)
                self.stopping.wait(max(0.0, began + count / self.per_second - time.monotonic()))

    def p99(self, since, until):
        with self.lock:
            values = sorted(seconds for at, seconds in self.latencies if since <= at < until)
        return values[int(len(values) * 0.99)] if values else 0.0


class Backups(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        self.file = os.path.join(self.desk.folder, "backup.db")

    def restore(self, *words, check=0):
        done = self.desk.hamdeld("restore", self.file, "--json", *words, check=check)
        return json.loads(done.stdout) if check == 0 else done.stderr.decode()

    @unittest.skipUnless(FULL, "waits longer than a minute: HAMDEL_FULL=1")
    def test_a_verification_may_take_longer_than_a_minute(self):
        self.desk.start()
        self.desk.process.send_signal(signal.SIGSTOP)
        waking = threading.Timer(65, self.desk.process.send_signal, [signal.SIGCONT])
        waking.start()
        try:
            self.desk.verify()
        finally:
            waking.cancel()
            self.desk.process.send_signal(signal.SIGCONT)

    def test_at_200_events_a_second_it_is_whole_and_in_nobodys_way(self):
        self.desk.configuration.mail(auto_reply=False)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support", "--capacity", "10000")
        before = self.desk.position()
        seconds = 20 if FULL else 6
        with Load(self.desk, 70) as load:
            began = time.monotonic()
            time.sleep(seconds)
            middle = time.monotonic()
            self.desk.hamdeld("backup", self.file, check=0)
            taken = time.monotonic() - middle
            at_backup = self.desk.position()
            time.sleep(1)
        rate = (at_backup - before) / (middle + taken - began)
        self.assertGreater(rate, 200)
        self.assertEqual(load.refused, [])
        usual, during = load.p99(began, middle), load.p99(middle, middle + taken)
        report = json.loads(self.desk.hamdeld("verify", self.file, "--json", check=0).stdout)
        self.assertTrue(report["intact"], report)
        self.assertGreater(report["events"], before)
        self.assertLessEqual(report["events"], at_backup)
        self.assertEqual(os.stat(self.file).st_mode & 0o777, 0o600)
        self.figures(
            f"{rate:.0f} events/s; backup of {report['events']} events in {taken * 1000:.0f} ms; "
            f"LMTP p99 {usual * 1000:.1f} ms, during the backup {during * 1000:.1f} ms")
        # Put back beside what went on meanwhile: the rest is gone, what is there is whole.
        self.desk.stop()
        restored = self.restore("--replace")
        self.assertEqual(restored["events"], report["events"])
        self.assertEqual(restored["epoch"], 2)
        self.assertTrue(os.path.exists(restored["replaced"]))
        self.desk.start()
        self.desk.verify()
        self.assertGreater(self.desk.deliver(mail("new@outside.example"))["ticket"], restored["next_ticket"] - 1)

    def test_nothing_that_waited_in_it_is_sent_again_in_silence(self):
        server = Server()
        self.desk.configuration.mail(auto_reply=False).set(
            "smtp", url=f"smtp://127.0.0.1:{server.port}", tls="off")
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support", "--capacity", "5000")
        for number in range(5):
            ticket = self.desk.deliver(mail(f"c{number}@outside.example", auth="pass"))["ticket"]
            self.desk.post(f"/tickets/{ticket}/replies", {"text": f"Answer {number}"})
        self.desk.hamdeld("backup", self.file, check=0)
        server.up()
        wait_for("the five answers", lambda: len(server.mails) == 5)
        wait_for("their marks", lambda: all(entry["state"] == "sent" for entry in self.desk.outbox()))
        self.desk.stop()
        restored = self.restore("--replace")
        self.assertEqual(restored["held"], 5)
        self.desk.start()
        entries = self.desk.outbox()
        self.assertEqual([entry["state"] for entry in entries], ["uncertain"] * 5)
        self.assertIn("may have gone out", entries[0]["detail"])
        listed = json.loads(self.desk.hamdeld("outbox", "list", "--state", "uncertain", "--json", check=0).stdout)
        self.assertEqual(len(listed["outbox"]), 5)
        # Long enough for the outbox to have looked several times.
        time.sleep(3)
        self.assertEqual(len(server.mails), 5)
        # A person decides: one more copy with the same Message-ID, and one never again.
        first, second = entries[0]["id"], entries[1]["id"]
        self.desk.hamdeld("outbox", "release", str(first), check=0)
        self.desk.hamdeld("outbox", "cancel", str(second), check=0)
        wait_for("the copy that was asked for", lambda: len(server.mails) == 6)
        copies = server.copies()
        self.assertEqual(sorted(len(bodies) for bodies in copies.values()), [1, 1, 1, 1, 2])
        self.desk.verify()
        self.figures("5 waited in the backup and went out after it; 0 sent again, 1 after a person said so")

    def test_mail_kept_before_is_known_and_gets_no_second_ticket(self):
        self.desk.with_sink().configuration.mail()
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support", "--capacity", "5000")
        old = mail("sara@outside.example", auth="pass")
        ticket = self.desk.deliver(old)["ticket"]
        wait_for("the acknowledgement", lambda: len(self.desk.sink.raw()) == 1)
        self.desk.hamdeld("backup", self.file, check=0)
        lost = mail("nima@outside.example", auth="pass")
        self.desk.deliver(lost)
        wait_for("the second acknowledgement", lambda: len(self.desk.sink.raw()) == 2)
        self.desk.stop()
        restored = self.restore("--replace")
        self.desk.start()
        # A server that reads mailboxes, or a mail server that tries again, brings both once more.
        self.assertEqual(self.desk.deliver(old), {"duplicate": self.desk.get(f"/tickets/{ticket}")["messages"][0]["id"]})
        again = self.desk.deliver(lost)["ticket"]
        self.assertEqual(again, restored["next_ticket"])
        self.assertEqual(len(self.desk.tickets()), 2)
        time.sleep(2)
        self.assertEqual(len(self.desk.sink.raw()), 2)
        explained = self.desk.hamdel("ticket", "explain", str(again)).stdout.decode()
        self.assertIn("backup", explained)

    def test_it_refuses_with_words_that_help(self):
        self.desk.configuration.mail(auto_reply=False)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support")
        self.desk.deliver(mail("sara@outside.example", text=f"{WORD} " * 200))
        self.desk.hamdeld("backup", self.file, check=0)
        self.assertIn("exists already", self.desk.hamdeld("backup", self.file, check=6).stderr.decode())
        self.assertIn("stop the daemon", self.restore("--replace", check=75))
        self.desk.stop()
        self.assertIn("--replace", self.restore(check=6))
        kept = os.path.join(self.desk.folder, "kept.db")
        shutil.copy(self.file, kept)
        with open(self.file, "r+b") as file:
            place = file.read().index(WORD.encode())
            file.seek(place + 2)
            file.write(b"K")
        text = self.restore("--replace", check=7)
        self.assertIn("contents", text)
        self.assertIn("--accept-damage", text)
        self.desk.hamdeld("verify", self.file, check=7)
        self.assertEqual(self.restore("--replace", "--accept-damage")["epoch"], 2)
        # A file that is no database.
        with open(self.file, "wb") as file:
            file.write(os.urandom(65536))
        self.assertIn("not a database", self.restore("--replace", check=1))
        # One that a newer version made: restore, serve and migrate say so.
        shutil.copy(kept, self.file)
        with sqlite3.connect(self.file) as database:
            database.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
        database.close()
        self.assertIn("newer", self.restore("--replace", check=1))
        path = os.path.join(self.desk.folder, "hamdel.db")
        with sqlite3.connect(path) as database:
            database.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
        database.close()
        for words in [["migrate"], ["migrate", "--check"], ["serve"]]:
            done = self.desk.hamdeld(*words)
            self.assertEqual(done.returncode, 1, words)
            self.assertIn("newer", done.stderr.decode(), words)

    def test_into_an_empty_place_it_needs_no_word(self):
        self.desk.configuration.mail(auto_reply=False)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support")
        ticket = self.desk.deliver(mail("sara@outside.example"))["ticket"]
        self.desk.hamdeld("backup", self.file, check=0)
        other = self.new_desk()
        other.configuration.mail(auto_reply=False)
        other.write_configuration()
        done = other.hamdeld("restore", self.file, check=0).stdout.decode()
        self.assertIn("epoch 2", done)
        other.start()
        other.tokens = self.desk.tokens
        self.assertEqual(other.get(f"/tickets/{ticket}")["number"], ticket)

    def test_a_migration_is_tried_on_a_copy(self):
        self.desk.configuration.mail(auto_reply=False)
        self.desk.start()
        self.desk.deliver(mail("sara@outside.example"))
        before = sorted(os.listdir(self.desk.folder))
        said = self.desk.hamdeld("migrate", "--check", check=0).stdout.decode()
        self.assertIn("was not changed", said)
        self.assertEqual(sorted(os.listdir(self.desk.folder)), before)
        self.assertIn("stop it first", self.desk.hamdeld("migrate", check=1).stderr.decode())
