"""Channel exec: adapters that are programs of anybody's, good ones and bad ones, in a real daemon."""
import collections
import glob
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time

from desk import FULL, HAMDELD, ROOT, DeskTest, wait_for
from wire import mail

ADAPTERS = os.path.join(ROOT, "Tests", "EndToEnd", "adapters.py")
DROPBOX = os.path.join(ROOT, "channels", "examples", "dropbox", "adapter.py")


def children(pid):
    """Pids of a process's children."""
    found = []
    for path in glob.glob(f"/proc/{pid}/task/*/children"):
        try:
            with open(path) as file:
                found += [int(word) for word in file.read().split()]
        except OSError:
            pass
    return found


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


class ExecTest(DeskTest):
    def exec_desk(self, kind, mail=False, **values):
        desk = self.new_desk()
        if mail:
            desk.configuration.mail()
        desk.configuration.inbox("own", "exec", command=[sys.executable, ADAPTERS, kind, desk.folder], **values)
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        return desk

    def adapter_pid(self, desk, word="adapter"):
        def look():
            for pid in children(desk.process.pid):
                try:
                    with open(f"/proc/{pid}/cmdline") as file:
                        if word in file.read():
                            return pid
                except OSError:
                    pass
        return wait_for(f"a child called {word}", look)

    def reply(self, desk, ticket, text):
        return desk.post(f"/tickets/{ticket}/replies", {"text": text})

    def inbox(self, desk, name="own"):
        return next(item for item in desk.get("/inboxes")["inboxes"] if item["name"] == name)


class Exec(ExecTest):
    def dropbox(self, desk):
        self.box = os.path.join(desk.folder, "box")
        os.makedirs(f"{self.box}/in", exist_ok=True)
        desk.configuration.inbox(
            "own", "exec", command=[DROPBOX], config={"folder": self.box})

    def put(self, id, text, **more):
        place = f"{self.box}/in/{id}"
        with open(place + ".part", "w", encoding="utf-8") as file:
            json.dump({"conversation": id, "sender": id, "text": text, **more}, file)
        os.rename(place + ".part", place + ".json")

    def test_a_message_comes_in_and_an_answer_goes_out(self):
        desk = self.new_desk()
        self.dropbox(desk)
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        text = "سلام، سفارش ۱۲۰۴ کجاست؟ 👩‍👩‍👧‍👦\n\u202bراست\u202c"
        with open(f"{desk.folder}/map.png", "wb") as file:
            file.write(bytes(range(256)) * 100)
        self.put("sara", text, name="سارا", attachments=[
            {"name": "نقشه.png", "content_type": "image/png", "path": f"{desk.folder}/map.png"}])
        tickets = wait_for("the ticket", desk.tickets)
        ticket = desk.get(f"/tickets/{tickets[0]['number']}")
        message = ticket["messages"][0]
        self.assertEqual(message["text"], text)
        self.assertEqual(message["channel"], "exec")
        self.assertEqual(message["attachments"][0]["name"], "نقشه.png")
        answer = desk.api("GET", f"/attachments/{message['attachments'][0]['id']}")
        self.assertEqual(answer.body, bytes(range(256)) * 100)
        self.reply(desk, ticket["number"], "به زودی 🙂")
        out = wait_for("the answer", lambda: glob.glob(f"{self.box}/out/*.json"))
        with open(out[0], encoding="utf-8") as file:
            self.assertEqual(json.load(file)["text"], "به زودی 🙂")
        wait_for("sent", lambda: [entry for entry in desk.outbox() if entry["state"] == "sent"])
        # The second message of the same conversation joins.
        self.put("sara", "و یک پرسش دیگر")
        # Same file name: the same id. It is the same message, whatever it says.
        wait_for("it was taken", lambda: not os.path.exists(f"{self.box}/in/sara.json"))
        self.assertEqual(len(desk.get(f"/tickets/{ticket['number']}")["messages"]), 2)
        self.assertTrue(json.loads(desk.verify().stdout)["intact"])

    def test_kills_of_adapter_and_daemon_lose_and_double_nothing(self):
        kills = 200 if FULL else 16
        seed = random.randrange(1 << 32)
        dice = random.Random(seed)
        desk = self.new_desk()
        self.dropbox(desk)
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        offered, stopping = [], threading.Event()

        def writer():
            number = 0
            while not stopping.is_set():
                number += 1
                self.put(f"{number:06d}", f"text {number}")
                offered.append(f"{number:06d}.json")
                time.sleep(0.02)

        thread = threading.Thread(target=writer, daemon=True)
        thread.start()
        for number in range(kills):
            # The random moment of the kill is what is being tested.
            time.sleep(dice.uniform(0.02, 0.5))
            if number % 2:
                child = self.adapter_pid(desk)
                desk.kill()
                wait_for("the adapter to die with the daemon", lambda: not alive(child))
                desk.start()
            else:
                for child in children(desk.process.pid):
                    os.kill(child, signal.SIGKILL)
        stopping.set()
        thread.join()
        wait_for("everything to be taken", lambda: not glob.glob(f"{self.box}/in/*.json"), 240)
        lost, doubled = [], []
        for name in offered:
            found = desk.get(f"/messages?inbox=own&external_id={name}")["messages"]
            if len(found) != 1:
                (doubled if found else lost).append(name)
        self.assertEqual((lost, doubled), ([], []), f"seed {seed}")
        self.assertTrue(json.loads(desk.verify().stdout)["intact"])
        self.figures(f"{kills} kills, {len(offered)} messages, 0 lost, 0 doubled, seed {seed}")

    def test_exit_78_is_not_started_again_before_a_reload(self):
        desk = self.exec_desk("misfit")
        starts = os.path.join(desk.folder, "starts")
        wait_for("the alarm", lambda: self.inbox(desk)["state"] == "down")
        self.assertIn("the account is closed: mend config.account", self.inbox(desk)["detail"])
        self.assertIn("mend the configuration", desk.log_text())
        time.sleep(3)  # twice the first waits of an adapter that is started again
        self.assertEqual(os.path.getsize(starts), 1)
        desk.configuration.lists["inbox"][0]["config"] = {"account": "another"}
        desk.write_configuration()
        desk.process.send_signal(signal.SIGHUP)
        wait_for("one more start", lambda: os.path.getsize(starts) == 2)

    def test_webhooks_are_handed_on_and_answered_after_the_commit(self):
        desk = self.exec_desk("webhook")
        self.adapter_pid(desk)

        def post(proof, id):
            return desk.http("POST", "/in/own?a=1", "سلام".encode(), {"X-Proof": proof, "X-Id": id})
        wait_for("the adapter", lambda: post("none", "0").status == 401)
        answer = post("it is me", "1")
        self.assertEqual((answer.status, answer.text), (201, "kept"))
        self.assertEqual(desk.get("/messages?inbox=own&external_id=webhook-1")["messages"][0]["text"], "سلام?a=1")
        self.assertEqual(post("it is me", "1").status, 201)
        self.assertEqual(len(desk.tickets()), 1)
        for child in children(desk.process.pid):
            os.kill(child, signal.SIGKILL)
        answer = wait_for("a refusal", lambda: (found := post("it is me", "2")).status != 201 and found or None)
        self.assertEqual(answer.status, 503)
        self.assertIn("Retry-After", answer.headers)
        wait_for("the next life", lambda: post("it is me", "2").status == 201)

    def test_receipts_land_on_what_was_sent(self):
        desk = self.exec_desk("receipts")
        number = wait_for("the ticket", desk.tickets)[0]["number"]
        self.reply(desk, number, "hello")

        def arrived():
            events = desk.get(f"/tickets/{number}/events?limit=500")["events"]
            return [event["type"] for event in events].count("delivery_receipt_arrived")
        wait_for("what it said after them", lambda: len(desk.tickets()) == 2)
        self.assertEqual(arrived(), 2)
        self.assertEqual([entry["state"] for entry in desk.outbox()], ["delivered"])
        self.assertTrue(json.loads(desk.verify().stdout)["intact"])

    def test_a_failed_receipt_brings_the_ticket_back(self):
        desk = self.exec_desk("failing")
        number = wait_for("the ticket", desk.tickets)[0]["number"]
        self.reply(desk, number, "hello")
        entry = wait_for("failed", lambda: [e for e in desk.outbox() if e["state"] == "failed"])[0]
        self.assertIn("handset is off", json.dumps(entry))
        ticket = desk.get(f"/tickets/{number}")
        self.assertNotEqual(ticket["status"], "pending")
        self.assertTrue(json.loads(desk.verify().stdout)["intact"])

    def test_files_come_from_the_spool_alone(self):
        desk = self.exec_desk("files")
        wait_for("both good ones", lambda: len(desk.tickets()) == 2)
        held = wait_for("the others", lambda: (found := desk.get("/quarantine")["quarantine"]) and len(found) == 7 and found)
        self.assertTrue(all("malformed" in json.dumps(item) for item in held))
        found = desk.get("/messages?inbox=own&external_id=files-0")["messages"][0]
        self.assertEqual(desk.api("GET", f"/attachments/{found['attachments'][0]['id']}").text, "the content")

    def test_a_malformed_message_holds_up_no_other(self):
        desk = self.exec_desk("malformed")
        wait_for("the good ones", lambda: len(desk.tickets()) == 2)
        self.assertEqual(len(desk.get("/quarantine")["quarantine"]), 2)
        found = desk.get("/messages?inbox=own&external_id=malformed-2")["messages"][0]
        self.assertEqual(found["text"], "a\u2400b")

    def test_secrets_go_nowhere(self):
        desk = self.new_desk()
        with open(f"{desk.folder}/token", "w") as file:
            file.write("geheim-0815")
        desk.configuration.inbox(
            "own", "exec", command=[sys.executable, ADAPTERS, "leak", desk.folder],
            secrets={"token": {"file": f"{desk.folder}/token"}})
        desk.environment["HAMDEL_TEST_SECRET"] = "of the daemon"
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        seen = wait_for("the adapter", lambda: os.path.exists(f"{desk.folder}/seen") and open(f"{desk.folder}/seen").read())
        seen = json.loads(seen)
        self.assertEqual(seen["secret"], "geheim-0815")
        self.assertNotIn("geheim", json.dumps([seen["argv"], seen["environ"]]))
        self.assertNotIn("HAMDEL_TEST_SECRET", seen["environ"])
        wait_for("its words", lambda: "signing in with [secret]" in desk.log_text())
        wait_for("its health", lambda: self.inbox(desk)["state"] == "degraded")
        self.assertNotIn("geheim", json.dumps(self.inbox(desk)) + desk.log_text())
        shown = desk.hamdeld("config", "show", check=0).stdout.decode()
        self.assertNotIn("geheim", shown)

    def test_health_that_flaps_is_told_once_a_second(self):
        desk = self.exec_desk("flapping")
        self.adapter_pid(desk)
        wait_for("the alarm", lambda: self.inbox(desk)["state"] == "down")
        # Until it has run for 5 s a good word counts for nothing; after that both are told.
        wait_for("a good word", lambda: self.inbox(desk)["state"] == "ok")
        began, mark = time.monotonic(), len(desk.log_text())
        time.sleep(3)
        lines = desk.log_text()[mark:].count("\n")
        self.assertLessEqual(lines, 3 * (time.monotonic() - began) + 6)
        self.figures(f"{lines} lines in the log of {time.monotonic() - began:.0f} s of it")

    def test_it_stops_with_the_daemon_and_dies_with_it(self):
        desk = self.exec_desk("fork")
        child = self.adapter_pid(desk)
        wait_for("its forty children", lambda: len(children(child)) == 40)
        family = [child] + children(child)
        began = time.monotonic()
        self.assertEqual(desk.stop(), 0)
        self.assertLess(time.monotonic() - began, 15)
        wait_for("nobody left", lambda: not any(alive(pid) for pid in family))
        desk.start()
        child = self.adapter_pid(desk)
        # Of what it started itself the daemon's death frees nobody but systemd; here the test does it.
        wait_for("its forty children", lambda: len(children(child)) == 40)
        orphans = children(child)
        desk.kill()
        wait_for("the child to die too", lambda: not alive(child))
        for pid in orphans:
            os.kill(pid, signal.SIGKILL)
        for pid in family:
            self.assertFalse(alive(pid))

    def test_quick_replies_go_to_who_shows_them(self):
        for kind, labels in [("buttons", 5), ("plain", 0)]:
            with self.subTest(kind):
                desk = self.new_desk()
                desk.configuration.inbox("own", "exec", command=[sys.executable, ADAPTERS, kind, desk.folder])
                desk.configuration.set("survey", delay="0s")
                desk.start()
                desk.add_agent("lead", "--role", "lead", "--team", "support")
                number = wait_for("the ticket", lambda: desk.tickets())[0]["number"]
                desk.hamdel("ticket", "reply", str(number), "--text", "It is so.", "--close")

                def survey():
                    with open(f"{desk.folder}/sends.jsonl", encoding="utf-8") as file:
                        return [line for line in map(json.loads, file) if line["purpose"] == "survey"]
                line = wait_for("the survey", survey)[0]
                self.assertIn("/s/", line["text"])
                self.assertEqual([choice["text"] for choice in line.get("choices", [])], ["1", "2", "3", "4", "5"][:labels])
                self.assertEqual("choices" in line, labels > 0)

    def test_capabilities_are_what_hello_says(self):
        desk = self.exec_desk("quiet")
        self.adapter_pid(desk)
        wait_for("well", lambda: self.inbox(desk)["state"] == "ok")
        self.assertEqual(desk.hamdeld("channel", "check", "own").returncode, 0)


BURNER = """
import sys, time
share = float(sys.argv[1])
while True:
    began = time.process_time()
    while time.process_time() - began < 0.02 * share: pass
    time.sleep(0.02 * (1 - share))
"""


def used(pid):
    """Seconds of processor time: of a process itself, and of its children that have ended."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            words = file.read().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0, 0.0
    tick = os.sysconf("SC_CLK_TCK")
    return (int(words[11]) + int(words[12])) / tick, (int(words[13]) + int(words[14])) / tick


Measured = collections.namedtuple("Measured", "growth alone beside burnt cost")


class BadAdapters(ExecTest):
    """A bad adapter costs the daemon at most 8 MiB, and the other inboxes nothing that they would notice.

    Machines are busy, and whatever runs on them takes processor time from the daemon: so each round measures three times, in turns:
    alone, beside the adapter, and beside a process that burns as much processor time as the adapter did and has nothing to
    do with the daemon. What the last two differ in is the daemon's own doing.
    """
    usual = None
    ROUNDS = int(os.environ.get("HAMDEL_ROUNDS", "12" if FULL else "1"))
    MAILS = 100

    def measured(self, kind):
        desk = self.desk = self.new_desk()
        desk.environment["MALLOC_ARENA_MAX"] = "2"  # as in the unit
        desk.configuration.mail()
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        # Warm: allocators, caches and pools have their size. A flood is kept, and what is kept fills the store's caches: they are full before.
        self.latencies(4000 if kind == "flood" else 100)
        before = self.resident()
        alone, beside, burnt, shares, costs = [], [], [], [], []
        for _ in range(self.ROUNDS):
            alone.append(self.latencies())
            figures, share, cost = self.beside(kind)
            beside.append(figures)
            shares.append(share)
            costs.append(cost)
            after = self.resident()
            self.assertEqual(desk.http("GET", "/readyz").status, 200)
            self.put_out()
            burnt.append(self.beside_burner(min(share, 1.0)))

        def middle(figures):
            return tuple(statistics.median(figure[place] for figure in figures) for place in (0, 1))
        found = Measured((after - before) / (1 << 20), middle(alone), middle(beside), middle(burnt), statistics.median(costs))
        self.figures(
            f"{kind}: {found.growth:+.1f} MiB; {self.ROUNDS} rounds of {self.MAILS} mails, medians of p50/p99 in ms: "
            f"alone {found.alone[0]:.1f}/{found.alone[1]:.1f}, beside it {found.beside[0]:.1f}/{found.beside[1]:.1f}, "
            f"beside a burner of {statistics.median(shares):.0%} {found.burnt[0]:.1f}/{found.burnt[1]:.1f}; "
            f"costs the daemon {found.cost:.0%} of a processor")
        return found

    def reload(self):
        self.desk.write_configuration()
        self.desk.process.send_signal(signal.SIGHUP)

    def beside(self, kind):
        """Latencies beside the adapter, the processor time of its processes, and that of the daemon for it alone; in processors."""
        pid, mark = self.desk.process.pid, len(self.desk.log_text())
        self.desk.configuration.inbox("own", "exec", command=[sys.executable, ADAPTERS, kind, self.desk.folder])
        self.reload()
        wait_for("the adapter", lambda: children(pid) or "own" in self.desk.log_text()[mark:])
        time.sleep(0.5)
        began, own, ended = time.monotonic(), *used(pid)
        running = {child: used(child)[0] for child in children(pid)}
        # Nobody else wants anything of the daemon: what it does now, it does for the adapter.
        time.sleep(1.5)
        cost = (used(pid)[0] - own) / (time.monotonic() - began)
        figures = self.latencies()
        spent = used(pid)[1] - ended + sum(max(0, used(child)[0] - was) for child, was in running.items())
        return figures, spent / (time.monotonic() - began), cost

    def put_out(self):
        inboxes = self.desk.configuration.lists["inbox"]
        inboxes[:] = [inbox for inbox in inboxes if inbox["name"] != "own"]
        self.reload()
        wait_for("nobody left", lambda: not children(self.desk.process.pid))

    def beside_burner(self, share):
        burner = subprocess.Popen([sys.executable, "-c", BURNER, str(share)])
        try:
            time.sleep(0.5)
            return self.latencies()
        finally:
            burner.kill()
            burner.wait()

    def latencies(self, count=MAILS):
        """p50 and p99 of mails one after the other."""
        times = []
        with self.desk.lmtp() as session:
            for number in range(count):
                raw = mail(f"s{number % 7}@outside.example", f"Subject {number}", "hello")
                began = time.monotonic()
                code, text = session.send(raw, ["support@desk.example"], "a@outside.example")[0]
                times.append((time.monotonic() - began) * 1000)
                self.assertEqual(code, 250, text)
        times.sort()
        return statistics.median(times), times[int(len(times) * 0.99) - 1]

    def resident(self):
        with open(f"/proc/{self.desk.process.pid}/status") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("RssAnon"))

    def check(self, kind, cost):
        found = self.measured(kind)
        # What the daemon itself grew by meanwhile: as many mails, as many reloads, and an adapter that does nothing wrong.
        if BadAdapters.usual is None:
            BadAdapters.usual = self.measured("quiet").growth
        self.assertLessEqual(found.growth - BadAdapters.usual, 8, kind)
        self.assertLess(found.cost, cost, kind)
        # The median of a busy machine moves: three times is what a broken bound shows.
        self.assertLess(found.beside[0], 3 * max(found.alone[0], found.burnt[0]) + 30, kind)

    def test_deaf(self):
        self.check("deaf", 0.2)

    def test_endless_line(self):
        self.check("endless", 0.3)

    def test_crash_loop(self):
        self.check("crash", 0.3)

    def test_fork(self):
        self.check("fork", 0.2)

    def test_noise(self):
        self.check("noise", 0.4)

    def test_flood(self):
        self.check("flood", 0.8)

    def test_chatter(self):
        self.check("chatter", 0.4)

    def test_receipts_of_nothing(self):
        self.check("tidings", 0.4)
