"""A real Dovecot, read by the daemon over IMAP: with TLS, IDLE, kills, people beside us, old mail, large mailboxes."""
import base64
import json
import os
import random
import socket
import sqlite3
import threading
import time
import unittest

import dovecot
from desk import DeskTest, FULL, wait_for
from wire import mail

KILLS = 200 if FULL else 15
OLD = 10_000 if FULL else 1_000
LARGE = 100_000 if FULL else 10_000


class ImapTest(DeskTest):
    def setUp(self):
        if not dovecot.is_there():
            self.skipTest("Dovecot is not installed: scripts/setup --interop")
        self.server = dovecot.Dovecot()
        self.addCleanup(self.server.close)
        self.server.start()
        self.desk = self.new_desk()
        self.random = random.Random(seed := random.randrange(1 << 32))
        self.seed = seed

    def mailbox(self, user, **values):
        """The `imap` table of an inbox."""
        path = f"{self.desk.folder}/imap.secret"
        with open(path, "w") as file:
            file.write(self.server.PASSWORD + "\n")
        os.chmod(path, 0o600)
        return {"url": f"imap://127.0.0.1:{self.server.port}", "user": user, "password": {"file": path},
                "ca_file": self.server.certificate, **values}

    def begin(self, **values):
        """A desk with one inbox that reads the mailbox of `sara`."""
        self.desk.configuration.mail(auto_reply=False, imap=self.mailbox("sara", **values))
        self.start()

    def start(self):
        self.desk.start()
        if "lead" not in self.desk.tokens:
            self.desk.add_agent("lead", "--role", "lead", "--team", "support")
        self.settled()

    def settled(self, name="support-mail"):
        wait_for(f"{name} to be read", lambda: self.inbox(name)["state"] == "ok" and self.inbox(name)["last_success_at"])

    def inbox(self, name="support-mail"):
        return next(inbox for inbox in self.desk.get("/inboxes")["inboxes"] if inbox["name"] == name)

    def subjects(self, query="status=all&class=all"):
        """How often each subject has a ticket."""
        found, cursor = {}, ""
        while True:
            page = self.desk.get(f"/tickets?{query}&limit=500{cursor}")
            for ticket in page["tickets"]:
                found[ticket["subject"]] = found.get(ticket["subject"], 0) + 1
            if page["next_cursor"] is None:
                return found
            cursor = f"&cursor={page['next_cursor']}"

    def numbered(self, number, **values):
        return mail(f"c{number}@outside.example", f"Question {number}", f"text {number}", id=f"q{number}@outside.example", **values)

    def doctor(self, *words, check=None):
        """The findings about mailboxes: a mail server to send by and a name server are not part of these tests."""
        done = self.desk.hamdeld("doctor", "--json", "--only", "imap", *words, check=check)
        return json.loads(done.stdout), done.returncode


class Reading(ImapTest):
    def test_starttls_imaps_and_both_ways_of_login_bring_mail_within_seconds_and_leave_it_unread(self):
        taken = []
        for number, (url, auth) in enumerate([
                (f"imap://127.0.0.1:{self.server.port}", "any"), (f"imap://127.0.0.1:{self.server.port}", "login"),
                (f"imaps://127.0.0.1:{self.server.tls_port}", "plain")]):
            self.server.append(f"user{number}", [self.numbered(1000 + number)])
            self.desk.configuration.mail(
                f"mail-{number}", f"mail{number}@desk.example", auto_reply=False,
                imap=self.mailbox(f"user{number}", url=url, auth=auth))
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support")
        for number in range(3):
            self.settled(f"mail-{number}")
        self.assertEqual(self.subjects(), {}, "a new inbox begins at the newest mail")
        for number in range(3):
            began = time.monotonic()
            self.server.append(f"user{number}", [self.numbered(number)])
            wait_for("the ticket", lambda: f"Question {number}" in self.subjects())
            taken.append(time.monotonic() - began)
            for flags in self.server.flags(f"user{number}"):
                self.assertNotIn(b"\\Seen", flags)
        self.assertEqual(set(self.subjects().values()), {1})
        metrics = self.desk.http("GET", "/metrics").text
        self.assertIn('hamdel_inbox_up{inbox="mail-0"} 1', metrics)
        self.figures("by IDLE after " + ", ".join(f"{seconds:.2f} s" for seconds in taken) + "; none marked as read")

    def test_a_certificate_that_nobody_trusts_and_a_wrong_password_say_what_to_do(self):
        with open(f"{self.desk.folder}/wrong", "w") as file:
            file.write("wrong")
        wrong = {**self.mailbox("sara"), "password": {"file": f"{self.desk.folder}/wrong"}}
        stranger = {key: value for key, value in self.mailbox("sara").items() if key != "ca_file"}
        self.desk.configuration.mail("wrong", "a@desk.example", imap=wrong).mail("stranger", "b@desk.example", imap=stranger)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support")
        for name, action in [("wrong", "relogin"), ("stranger", "fix-config")]:
            wait_for(f"{name} to be down", lambda: self.inbox(name)["state"] == "down")
            self.assertEqual(self.inbox(name)["action"], action)
        log = self.desk.log_text()
        self.assertEqual(log.count("receives nothing"), 2, "one alarm each")
        self.assertNotIn(self.server.PASSWORD, log)
        report, code = self.doctor()
        self.assertEqual(code, 1)
        self.assertEqual({f["state"] for f in report["findings"] if f["check"] == "imap"}, {"problem"})
        self.figures(f"wrong password: {self.inbox('wrong')['detail']}; untrusted: {self.inbox('stranger')['detail']}")

    def test_a12_new_mail_is_ticketed_within_the_interval_where_the_server_is_only_polled(self):
        self.begin(idle=False, poll="3s")
        waits = []
        for number in range(3):
            began = time.monotonic()
            self.server.append("sara", [self.numbered(number)])
            wait_for("the ticket", lambda: f"Question {number}" in self.subjects())
            waits.append(time.monotonic() - began)
        self.assertLess(max(waits), 3 + 2)
        self.figures("polled every 3 s: " + ", ".join(f"{seconds:.2f} s" for seconds in waits))

    def test_mail_that_is_marked_and_moved_is_so_only_once_it_is_kept(self):
        client = self.server.client("sara")
        client.create("Done")
        client.logout()
        self.begin(mark_seen=True, move_to="Done")
        self.server.append("sara", [self.numbered(number) for number in range(40)])
        wait_for("40 tickets", lambda: len(self.subjects()) == 40)
        wait_for("the folder to be empty", lambda: self.server.count("sara") == 0)
        self.assertEqual(self.server.count("sara", "Done"), 40)
        self.assertTrue(all(b"\\Seen" in flags for flags in self.server.flags("sara", "Done")))
        self.figures("40 mails kept, then marked and moved")

    def test_an_oversized_mail_is_ticketed_from_its_header_and_stays(self):
        self.desk.configuration.set("limits", message_size="64KiB")
        self.begin()
        big = self.numbered(1) + b"x" * 70 + b"\r\n" + (b"y" * 76 + b"\r\n") * 2000
        self.server.append("sara", [big, self.numbered(2)])
        wait_for("both tickets", lambda: len(self.subjects()) == 2)
        number = next(t["number"] for t in self.desk.tickets() if t["subject"] == "Question 1")
        text = self.desk.get(f"/tickets/{number}")["messages"][0]["text"]
        self.assertIn("above the limit", text)
        self.assertEqual(self.server.count("sara"), 2)
        self.figures(f"{len(big)} bytes: {text.strip()}")


    def test_doctor_names_what_is_missing_and_takes_it_in(self):
        self.begin()
        self.server.append("sara", [self.numbered(1)])
        wait_for("the ticket", lambda: len(self.subjects()) == 1)
        self.assertEqual(self.doctor()[1], 0)
        # A cursor that ran ahead, as after a restored backup of another day: these two are never read by themselves.
        self.desk.stop()
        store = sqlite3.connect(f"{self.desk.folder}/hamdel.db")
        words = store.execute("SELECT cursor FROM inbox_cursors").fetchone()[0].split()
        words[3] = words[4] = str(int(words[3]) + 3)
        store.execute("UPDATE inbox_cursors SET cursor = ?", [" ".join(words)])
        store.commit()
        store.close()
        no_id = mail("c4@outside.example", "Question 4", "text").replace(b"Message-ID:", b"X-Was:")
        self.server.append("sara", [self.numbered(2), b"not a mail at all", no_id])
        self.server.append("sara", [self.numbered(5)])
        self.start()
        wait_for("the one behind the cursor", lambda: "Question 5" in self.subjects())
        report, code = self.doctor()
        finding = report["findings"][0]
        self.assertEqual((code, finding["state"], finding["figures"]["missing"]), (1, "problem", 3))
        text = self.desk.hamdeld("doctor", "--only", "imap", check=1).stdout.decode()
        self.assertIn("--take-missing", text)
        report, code = self.doctor("--take-missing")
        self.assertEqual((code, report["taken"], report["findings"][0]["figures"]["missing"]), (0, 3, 0))
        self.assertEqual(self.subjects().keys() - {None}, {f"Question {n}" for n in [1, 2, 4, 5]})
        again, _ = self.doctor("--take-missing")
        self.assertEqual(again["taken"], 0)
        self.figures(f"3 of 5 missing, named, taken in; {text.splitlines()[0]}")

    def test_a_token_command_is_run_without_a_shell_and_again_when_its_token_is_old(self):
        script = f"{self.desk.folder}/token"
        with open(script, "w") as file:
            file.write(f"#!/bin/sh\necho \"$1\" >> {self.desk.folder}/asked\nprintf 'token-%s\\n' $(wc -l < {self.desk.folder}/asked)\n")
        os.chmod(script, 0o700)
        server = TokenServer()
        self.addCleanup(server.close)
        server.valid = "token-1"
        table = {"url": f"imap://127.0.0.1:{server.port}", "user": "sara", "tls": "offered",
                 "token_command": [script, "a; touch $HOME `x`"]}
        self.desk.configuration.mail(imap=table)
        self.start()
        server.valid = "token-2"
        server.drop()
        wait_for("the second token", lambda: "token-2" in server.seen)
        with open(f"{self.desk.folder}/asked") as file:
            self.assertEqual(file.read().splitlines(), ["a; touch $HOME `x`"] * 2)
        self.assertNotIn("token-", self.desk.log_text())
        self.figures(f"tokens seen {server.seen}")


class Cursor(ImapTest):
    def test_a10_kills_while_a_person_reads_junks_and_deletes_lose_and_double_nothing(self):
        self.server.append("sara", [self.numbered(0)])
        self.begin(poll="1s")
        client = self.server.client("sara")
        client.create("Junk")
        client.select("INBOX")
        stop, removed, sent = threading.Event(), set(), [0]
        lock = threading.Lock()

        def writer():
            while not stop.is_set():
                batch = self.random.randint(1, 6)
                with lock:
                    first = sent[0] + 1
                self.server.append("sara", [self.numbered(n) for n in range(first, first + batch)])
                with lock:
                    sent[0] += batch
                stop.wait(self.random.uniform(0.01, 0.1))

        def person():
            """Reads, junks and deletes some of what is there, with a mail program of their own."""
            while not stop.is_set():
                client.noop()
                _, answer = client.uid("SEARCH", None, "ALL")
                for uid in self.random.sample(answer[0].split(), min(3, len(answer[0].split()))):
                    _, got = client.uid("FETCH", uid, "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
                    part = [p for p in got if isinstance(p, tuple)]
                    if not part:
                        continue
                    number = int(part[0][1].split()[-1])
                    choice = self.random.randrange(3)
                    if choice == 0:
                        client.uid("STORE", uid, "+FLAGS", "(\\Seen)")
                    else:
                        removed.add(number)
                        if choice == 1:
                            client.uid("COPY", uid, "Junk")
                        client.uid("STORE", uid, "+FLAGS", "(\\Deleted)")
                        client.expunge()
                stop.wait(0.15)

        threads = [threading.Thread(target=writer), threading.Thread(target=person)]
        for thread in threads:
            thread.start()
        slowest = 0
        try:
            for _ in range(KILLS):
                # The random moment of the kill is what is tested.
                time.sleep(self.random.uniform(0.05, 0.6))
                self.desk.kill()
                slowest = max(slowest, self.desk.start())
        finally:
            stop.set()
            for thread in threads:
                thread.join(60)
        left = {f"Question {n}" for n in range(1, sent[0] + 1) if n not in removed}
        wait_for("every mail that was left alone", lambda: left <= set(self.subjects()), 120)
        found = self.subjects()
        self.assertEqual({s: n for s, n in found.items() if n > 1}, {}, f"doubled; seed {self.seed}")
        self.assertTrue(json.loads(self.desk.verify().stdout)["intact"])
        report, code = self.doctor()
        self.assertEqual(code, 0, report)
        self.figures(
            f"{KILLS} kills, {sent[0]} mails, {len(removed)} removed by a person, {len(found)} tickets, 0 lost, 0 double, "
            f"slowest start {slowest:.1f} s, seed {self.seed}")

    def test_a10_a_restored_mailbox_with_new_uids_adds_nothing_and_loses_nothing(self):
        self.begin(poll="1s")
        self.server.append("sara", [self.numbered(number) for number in range(30)])
        wait_for("30 tickets", lambda: len(self.subjects()) == 30)
        before = self.server.validity("sara")
        self.server.stop()
        self.server.start()
        self.server.renumber("sara")
        self.server.append("sara", [self.numbered(30)])
        wait_for("the mail that came with it", lambda: "Question 30" in self.subjects())
        wait_for("the new UIDVALIDITY to be read", lambda: self.doctor()[1] == 0)
        self.assertEqual(self.subjects(), {f"Question {n}": 1 for n in range(31)})
        self.assertNotEqual(self.server.validity("sara"), before)
        self.figures(f"UIDVALIDITY {before} → {self.server.validity('sara')}: 31 mails, 0 lost, 0 double")

    def test_a10_old_mail_of_a_first_contact_is_history_and_mails_nobody(self):
        old = time.time() - 400 * 86_400
        self.desk.with_sink()
        self.server.drop("sara", (self.numbered(n, at=old + n) for n in range(OLD)), at=lambda n: old + n)
        self.desk.configuration.mail(imap=self.mailbox("sara", import_since="2020-01-01"))
        began = time.monotonic()
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support")
        wait_for("all old mails", lambda: self.inbox()["waiting"] == 0 and len(self.subjects()) == OLD, 900)
        seconds = time.monotonic() - began
        self.assertEqual(self.desk.outbox(), [])
        self.assertEqual(self.desk.tickets("limit=10"), [], "no active ticket")
        self.server.append("sara", [self.numbered(OLD)])
        wait_for("the acknowledgement of a live mail", lambda: self.desk.sink.raw())
        self.assertEqual(len(self.desk.sink.raw()), 1)
        self.figures(f"{OLD} old mails in {seconds:.0f} s: closed, 0 outbox rows, 0 mails; 1 of today acknowledged")

    def test_a11_mails_that_imitate_the_protocol_have_the_bytes_of_the_server(self):
        tricks = [b"h1 OK done", b"* 1 FETCH (UID 2 BODY[] {5}", b")", b"{10}", b"* BYE", b"+ go", b"* 99 EXISTS", b'"', b"\\",
                  b"NIL", b"BODY[] NIL)", b"h999 NO", b"DONE", b"~{3}"]
        self.begin()
        count = 200
        mails = [self.numbered(n) + b"\r\n".join(self.random.choice(tricks) for _ in range(12)) + b"\r\n" for n in range(count)]
        self.server.append("sara", mails)
        wait_for("all tickets", lambda: len(self.subjects()) == count, 120)
        given = {raw.split(b"Message-ID: <")[1].split(b">")[0].decode(): raw for raw in self.server.raw("sara")}
        for id, raw in given.items():
            message = self.desk.get(f"/messages?inbox=support-mail&external_id={id}")["messages"][0]["id"]
            self.assertEqual(self.desk.api("GET", f"/messages/{message}/raw").body, raw)
        self.figures(f"{count} of {count} mails byte for byte, seed {self.seed}")


class Scale(ImapTest):
    def test_a12_a_large_mailbox_costs_little_when_nothing_is_new(self):
        self.server.drop("sara", (self.numbered(n) for n in range(LARGE)), at=time.time() - 10 * 86_400)
        self.assertEqual(self.server.count("sara"), LARGE)
        self.begin(idle=False, poll="1s")
        counter = Proxy(self.server.port)
        self.addCleanup(counter.close)
        # The polls of a connection that goes through a counting proxy.
        self.desk.configuration.lists["inbox"][0]["imap"]["url"] = f"imap://127.0.0.1:{counter.port}"
        self.desk.configuration.lists["inbox"][0]["imap"]["tls"] = "offered"
        self.desk.stop()
        self.start()
        lines, size = counter.commands, counter.received
        polls = 8
        wait_for("some polls", lambda: counter.commands >= lines + polls, 60)
        commands, got = counter.commands - lines, counter.received - size
        self.assertLessEqual(got / commands, 64 << 10)
        began = time.monotonic()
        self.server.append("sara", [self.numbered(LARGE)])
        wait_for("the ticket", lambda: f"Question {LARGE}" in self.subjects())
        waited = time.monotonic() - began
        self.assertLess(waited, 1 + 2)
        self.figures(f"{LARGE} mails: {got / commands:.0f} bytes a poll over {commands} writes (TLS records), new mail after {waited:.2f} s")

    def test_a13_a_silent_and_a_resetting_server_leave_the_others_alone_and_alarm_once(self):
        silent = Proxy(None)
        self.addCleanup(silent.close)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            closed = probe.getsockname()[1]
        for name, port in [("silent", silent.port), ("closed", closed), ("healthy", self.server.port)]:
            self.desk.configuration.mail(
                name, f"{name}@desk.example", auto_reply=False,
                imap=self.mailbox(name, url=f"imap://127.0.0.1:{port}", tls="offered"))
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support")
        self.settled("healthy")
        waits = []
        for number in range(10):
            began = time.monotonic()
            self.server.append("healthy", [self.numbered(number)])
            wait_for("the ticket", lambda: f"Question {number}" in self.subjects())
            waits.append(time.monotonic() - began)
        wait_for("the alarm", lambda: "inbox closed receives nothing" in self.desk.log_text())
        self.assertEqual(self.desk.log_text().count("inbox closed receives nothing"), 1)
        self.assertNotIn("inbox healthy receives", self.desk.log_text())
        # The server comes back.
        back = Proxy(self.server.port, port=closed)
        self.addCleanup(back.close)
        began = time.monotonic()
        wait_for("the closed one to be back", lambda: self.inbox("closed")["state"] == "ok", 120)
        self.assertIn("inbox closed receives again", self.desk.log_text())
        self.figures(f"healthy beside silent and closed: slowest of 10 mails {max(waits):.2f} s; 1 alarm; back {time.monotonic() - began:.1f} s after the server")

    def test_many_mailboxes_at_once(self):
        count = 60 if FULL else 25
        for number in range(count):
            self.desk.configuration.mail(
                f"mail-{number}", f"m{number}@desk.example", auto_reply=False, imap=self.mailbox(f"user{number}"))
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support")
        for number in range(count):
            self.settled(f"mail-{number}")
        began = time.monotonic()
        for number in range(count):
            self.server.append(f"user{number}", [self.numbered(number)])
        wait_for("all tickets", lambda: len(self.subjects()) == count)
        with open(f"/proc/{self.desk.process.pid}/status") as file:
            status = dict(line.split(":", 1) for line in file)
        self.figures(f"{count} mailboxes by IDLE: all tickets {time.monotonic() - began:.1f} s after the first mail; "
                     f"{status['Threads'].strip()} threads, RssAnon {status['RssAnon'].strip()}")


class TokenServer:
    """Just enough of an IMAP server for somebody who signs in with a token; its folder is empty."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.valid, self.seen, self.peers = None, [], []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            self.peers.append(peer)
            threading.Thread(target=self.speak, args=(peer,), daemon=True).start()

    def speak(self, peer):
        def say(text):
            peer.sendall(text.encode() + b"\r\n")
        try:
            say("* OK hello")
            for line in peer.makefile("r", newline="\r\n"):
                tag, verb, *rest = line.split()
                if verb == "CAPABILITY":
                    say("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                elif verb == "AUTHENTICATE":
                    token = base64.b64decode(rest[1]).split(b"Bearer ")[1].split(b"\1")[0].decode()
                    self.seen.append(token)
                    if token != self.valid:
                        say(f"{tag} NO [AUTHENTICATIONFAILED] old")
                        continue
                elif verb == "EXAMINE":
                    say("* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 1] x")
                say(f"{tag} OK done")
        except (OSError, ValueError):
            pass

    def drop(self):
        for peer in self.peers:
            try:
                peer.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.listener.close()
        self.drop()


class Proxy:
    """Hands bytes on and counts them; with no server behind it, it takes connections and says nothing."""

    def __init__(self, target, port=0):
        self.listener = socket.create_server(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]
        self.target = target
        self.commands = self.received = 0
        self.sockets = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            self.sockets.append(peer)
            if self.target is None:
                continue
            behind = socket.create_connection(("127.0.0.1", self.target))
            self.sockets.append(behind)
            threading.Thread(target=self.copy, args=(peer, behind, "commands"), daemon=True).start()
            threading.Thread(target=self.copy, args=(behind, peer, "received"), daemon=True).start()

    def copy(self, source, target, count):
        try:
            while data := source.recv(65536):
                setattr(self, count, getattr(self, count) + (1 if count == "commands" else len(data)))
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.listener.close()
        for end in self.sockets:
            end.close()


if __name__ == "__main__":
    unittest.main()
