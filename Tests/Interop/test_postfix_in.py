"""Postfix delivers to us over LMTP and through a pipe, while the daemon is killed."""
import json
import os
import random
import re
import socket
import subprocess
import threading
import time
import unittest

from desk import DeskTest, FULL, HAMDELD, wait_for
from postfix import Postfix, why_not

MAILS = 5000
KILLS = 200 if FULL else 60


def open_to_postfix(desk):
    """Postfix's lmtp runs as a user of its own: in production a group gives it the socket, here everybody may."""
    os.chmod(desk.folder, 0o755)
    desk.configuration.set("lmtp", socket=f"{desk.folder}/lmtp.sock", mode="0666")


def subjects(desk):
    """How many tickets there are of each subject; here each mail has its own."""
    found, cursor = {}, ""
    while True:
        page = desk.get(f"/tickets?status=all&class=all&limit=500{cursor}")
        for ticket in page["tickets"]:
            found[ticket["subject"]] = found.get(ticket["subject"], 0) + 1
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


class Killer(threading.Thread):
    """Ends the daemon with SIGKILL at random moments and starts it again, so many times."""

    def __init__(self, desk, kills, seed, within=0.5):
        super().__init__(daemon=True)
        self.desk, self.kills, self.within = desk, kills, within
        self.random = random.Random(seed)
        self.done = 0
        self.longest = 0.0
        self.fault = None
        self.enough = threading.Event()

    def run(self):
        try:
            for _ in range(self.kills):
                # The random moment of the kill is what is being tested.
                if self.enough.wait(self.random.uniform(0.02, self.within)):
                    return
                self.desk.kill()
                self.done += 1
                self.longest = max(self.longest, self.desk.start())
        except BaseException as fault:
            self.fault = fault


class Tap(threading.Thread):
    """A unix socket in front of the daemon's: passes every byte on and remembers which mails were answered 250. smtp-source
    itself keeps no list of that."""

    def __init__(self, path, target):
        super().__init__(daemon=True)
        self.target = target
        self.acknowledged = []
        self.offered = 0
        self.lock = threading.Lock()
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(path)
        self.server.listen(64)

    def run(self):
        while True:
            client, _ = self.server.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        """LMTP of smtp-source is strictly one command, one answer."""
        daemon = socket.socket(socket.AF_UNIX)
        try:
            daemon.connect(self.target)
            words, answers = client.makefile("rb"), daemon.makefile("rb")
            self.answer(client, answers)
            while line := words.readline():
                daemon.sendall(line)
                code, _ = self.answer(client, answers)
                if line.upper().startswith(b"DATA") and code == b"354":
                    id = self.content(words, daemon)
                    with self.lock:
                        self.offered += 1
                    code, text = self.answer(client, answers, lambda code, text: self.keep(id, code, text))
        except (OSError, ConnectionError):
            pass
        finally:
            daemon.close()
            client.close()

    def content(self, words, daemon):
        id = None
        while line := words.readline():
            daemon.sendall(line)
            if line.lower().startswith(b"message-id:"):
                id = line.split(b":", 1)[1].strip().strip(b"<>").decode()
            if line == b".\r\n":
                return id
        raise ConnectionError("cut within a mail")

    def answer(self, client, answers, before=None):
        while True:
            line = answers.readline()
            if not line.endswith(b"\r\n"):
                raise ConnectionError("the daemon is gone")
            last = line[3:4] != b"-"
            if last and before:
                before(line[:3], line[4:].decode().strip())
            client.sendall(line)
            if last:
                return line[:3], line[4:].decode()

    def keep(self, id, code, text):
        if code == b"250":
            with self.lock:
                self.acknowledged.append((id, text))


@unittest.skipIf(why_not(), why_not())
class SmtpSource(DeskTest):
    def test_a1_five_thousand_of_smtp_source_while_the_daemon_is_killed(self):
        """smtp-source ends at a lost connection: it is started again for the rest until 5,000 mails were acknowledged."""
        desk = self.new_desk()
        desk.configuration.mail(auto_reply=False)
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        tap = Tap(f"{desk.folder}/tap.sock", desk.lmtp_path)
        tap.start()
        seed = random.randrange(1 << 32)
        killer = Killer(desk, KILLS, seed)
        killer.start()
        began, runs = time.monotonic(), 0
        deadline = began + 1800
        while len(tap.acknowledged) < MAILS and time.monotonic() < deadline:
            runs += 1
            subprocess.run(
                ["/usr/sbin/smtp-source", "-L", "-A", "-d", "-s", "8", "-m", str(max(8, min(500, MAILS - len(tap.acknowledged)))),
                 "-f", "load@outside.example", "-t", "support@desk.example", "-l", "2000", f"unix:{desk.folder}/tap.sock"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
            if len(tap.acknowledged) >= MAILS and killer.is_alive():
                killer.enough.set()
        killer.enough.set()
        killer.join(60)
        self.assertIsNone(killer.fault, killer.fault)
        acknowledged = list(tap.acknowledged)
        lost, doubled = [], []
        for id, _ in acknowledged:
            found = desk.get(f"/messages?inbox=support-mail&external_id={id}")["messages"]
            if not found:
                lost.append(id)
            elif len(found) > 1:
                doubled.append(id)
        ids = {id for id, _ in acknowledged}
        self.assertEqual(len(ids), len(acknowledged), "smtp-source gives each mail an id of its own")
        self.assertEqual((lost, doubled), ([], []), f"seed {seed}")
        self.assertGreaterEqual(len(acknowledged), MAILS)
        verified = json.loads(desk.verify().stdout)
        self.assertTrue(verified["intact"], verified)
        self.figures(
            f"smtp-source -L: {tap.offered} mails offered in {runs} runs, {len(acknowledged)} acknowledged, {killer.done} kills, "
            f"0 lost, 0 doubled, longest start {killer.longest:.1f} s, {time.monotonic() - began:.0f} s, "
            f"{verified['events']} events verified, seed {seed}")


@unittest.skipIf(why_not(), why_not())
class PostfixDelivers(DeskTest):
    def test_a1_five_thousand_through_postfix_while_the_daemon_is_killed(self):
        """smtp-source → Postfix → LMTP → the daemon, killed: Postfix keeps what was not acknowledged; the queue drains."""
        desk = self.new_desk()
        desk.configuration.mail(auto_reply=False)
        open_to_postfix(desk)
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        postfix = Postfix(f"lmtp:unix:{desk.folder}/lmtp.sock")
        self.addCleanup(postfix.close)
        seed = random.randrange(1 << 32)
        killer = Killer(desk, KILLS, seed)
        began = time.monotonic()
        killer.start()
        taken = 0
        while taken < MAILS:
            # Each run has a subject of its own; Postfix gives each mail its queue id in Received and keeps smtp-source's Message-Id.
            subprocess.run(
                ["/usr/sbin/smtp-source", "-s", "10", "-m", "500", "-d", "-f", "load@outside.example", "-t", "support@desk.example", "-l", "2000",
                 f"127.0.0.1:{postfix.port}"], check=True, stdout=subprocess.DEVNULL, timeout=300)
            taken += 500
        wait_for("the kills", lambda: not killer.is_alive(), 1200)
        self.assertIsNone(killer.fault, killer.fault)
        wait_for("the queue to drain", lambda: postfix.queued() == 0, 600)
        seconds = time.monotonic() - began
        log = postfix.log()
        sent = re.findall(r"postfix/lmtp\[\d+\]: (\w+): to=.*status=sent \(250 2\.0\.0 (Kept[^)]*)\)", log)
        deferred = len(re.findall(r"postfix/lmtp\[\d+\]: .*status=deferred", log))
        bounced = len(re.findall(r"status=bounced", log))
        kept = 0
        cursor = ""
        ids = {}
        while True:
            page = desk.get(f"/tickets?status=all&class=all&limit=500{cursor}")
            kept += len(page["tickets"])
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        duplicates = [text for _, text in sent if "duplicate=" in text]
        messages = [re.search(r"message=(\d+)", text) for _, text in sent]
        distinct = {match.group(1) for match in messages if match}
        self.assertEqual(len(sent), MAILS, f"Postfix was told 250 for each; seed {seed}")
        self.assertEqual(len({queue for queue, _ in sent}), MAILS)
        self.assertEqual(bounced, 0)
        self.assertEqual(kept, MAILS, f"each mail is there once; seed {seed}")
        self.assertEqual(len(distinct) + len(duplicates), MAILS, f"seed {seed}")
        verified = json.loads(desk.verify().stdout)
        self.assertTrue(verified["intact"], verified)
        self.figures(
            f"{MAILS} mails through Postfix, {killer.done} kills: {kept} kept once, 0 lost, 0 doubled, {bounced} bounced, {deferred} deferrals, "
            f"{len(duplicates)} were committed before a kill kept the 250 back and recognised, longest start {killer.longest:.1f} s, "
            f"drained after {seconds:.0f} s, {verified['events']} events verified, seed {seed}")

    def test_recipients_have_their_own_answers(self):
        """A mail to two inboxes and to nobody: Postfix hears 250 twice and bounces the third address alone."""
        desk = self.new_desk()
        desk.configuration.mail(auto_reply=False).mail("sales-mail", "sales@desk.example", auto_reply=False)
        open_to_postfix(desk)
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        postfix = Postfix(f"lmtp:unix:{desk.folder}/lmtp.sock")
        self.addCleanup(postfix.close)
        import smtplib
        with smtplib.SMTP("127.0.0.1", postfix.port) as session:
            session.sendmail(
                "sara@outside.example", ["support@desk.example", "sales@desk.example", "nobody@desk.example"],
                b"From: sara@outside.example\r\nSubject: three\r\nMessage-ID: <three@outside.example>\r\n\r\nhello\r\n")
        wait_for("an empty queue", lambda: postfix.queued() == 0)
        log = postfix.log()
        sent = re.findall(r"to=<(\w+)@desk\.example>.*status=sent \(250 2\.0\.0 Kept", log)
        bounced = re.findall(r"to=<(\w+)@desk\.example>.*dsn=5\.1\.1.*status=bounced", log)
        self.assertEqual((sorted(sent), bounced), (["sales", "support"], ["nobody"]))
        self.figures(f"sent to {sorted(sent)}, bounced {bounced} with 5.1.1")


@unittest.skipIf(why_not(), why_not())
class PostfixPipes(DeskTest):
    """A8: whatever is wrong on our side, Postfix keeps the mail; only a mail over the limit comes back."""

    def test_a8_postfix_keeps_what_the_pipe_puts_off(self):
        desk = self.new_desk()
        desk.configuration.mail(auto_reply=False).set("limits", message_size="64KiB")
        open_to_postfix(desk)
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        os.chmod(desk.file, 0o644)
        deliver = f"{HAMDELD} deliver --config {desk.file} --inbox support-mail --sender ${{sender}}"
        postfix = Postfix("hamdel:", deliver=deliver)
        self.addCleanup(postfix.close)
        import smtplib

        def send(name, size=100):
            with smtplib.SMTP("127.0.0.1", postfix.port) as session:
                session.sendmail("sara@outside.example", ["support@desk.example"],
                                 f"From: sara@outside.example\r\nSubject: {name}\r\nMessage-ID: <{name}@outside.example>\r\n\r\n{'x' * 60 + chr(13) + chr(10)}".encode() * 1
                                 + (b"y" * 60 + b"\r\n") * (size // 62))

        send("while-up")
        wait_for("the first mail", lambda: subjects(desk).get("while-up") == 1)
        desk.kill()
        send("while-down")
        wait_for("a deferral", lambda: "status=deferred" in postfix.log())
        os.rename(desk.file, desk.file + ".away")
        send("without-configuration")
        wait_for("another deferral", lambda: postfix.log().count("status=deferred") >= 3)
        os.rename(desk.file + ".away", desk.file)
        send("too-large", 80_000)
        wait_for("the bounce of the large one", lambda: "status=bounced" in postfix.log())
        desk.start()
        wait_for("an empty queue", lambda: postfix.queued() == 0)
        bounced = re.findall(r"status=bounced \((.*)\)", postfix.log())
        found = subjects(desk)
        kept = {name: found.get(name) for name in ["while-up", "while-down", "without-configuration", "too-large"]}
        self.assertEqual(kept, {"while-up": 1, "while-down": 1, "without-configuration": 1, "too-large": None})
        self.assertEqual(len(bounced), 1, bounced)
        self.figures(f"daemon down and configuration gone: kept and delivered later; over the limit: {bounced[0][:80]}; "
                     f"{postfix.log().count('status=deferred')} deferrals")
