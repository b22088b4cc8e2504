"""SIGKILL during intake: what was acknowledged is there once, whatever the moment."""
import json
import random
import threading
import time

from desk import FULL, DeskTest
from wire import chat, mail, post_webhook

KILLS = 20
SENDERS = 4


class Kills(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        self.desk.configuration.mail(auto_reply=False).chat()
        self.seed = random.randrange(1 << 32)
        self.random = random.Random(self.seed)
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        # External id → how often the daemon said yes to it as new.
        self.acknowledged = {}
        self.faults = []
        # A sender tries the same bytes again, not a mail with a new date.
        self.mails = {}

    def sender(self, number, offer):
        """Sends messages one after the other, each until it is taken; offer(id) → True, or False to try again."""
        count = 0
        while not self.stopping.is_set():
            count += 1
            id = f"kill-{number}-{count}@outside.example"
            while True:
                try:
                    if offer(id):
                        break
                except (OSError, ConnectionError, ValueError):
                    pass
                except AssertionError as fault:
                    self.faults.append(str(fault))
                    return
                if self.stopping.wait(0.02):
                    return

    def keep(self, id):
        with self.lock:
            self.acknowledged[id] = self.acknowledged.get(id, 0) + 1

    def by_mail(self, id):
        raw = self.mails.setdefault(id, mail(f"sender-{id}", f"Kill {id}", f"text {id}", id=id))
        with self.desk.lmtp(timeout=20) as session:
            code, text = session.send(raw, ["support@desk.example"], id)[0]
        if code == 250:
            self.keep(id)
            return True
        if not 400 <= code < 500:
            raise AssertionError(f"{id}: {code} {text}")
        return False

    def by_webhook(self, id):
        body = json.dumps(chat(id, f"text {id}", {"kind": "site", "id": f"visitor-{id}"})).encode()
        answer = post_webhook(self.desk, body, id=f"req-{id}")
        if answer.status == 200:
            self.keep(id)
            return True
        if answer.status != 503:
            raise AssertionError(f"{id}: {answer.status} {answer.text}")
        return False

    def run_kills(self, kills, offer, inbox):
        desk = self.desk
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        threads = [threading.Thread(target=self.sender, args=(number, offer), daemon=True) for number in range(SENDERS)]
        for thread in threads:
            thread.start()
        waits = []
        try:
            for _ in range(kills):
                waits.append(desk.start() if desk.process.poll() is not None else 0)
                # The random moment of the kill is what is being tested.
                time.sleep(self.random.uniform(0.02, 0.4))
                desk.kill()
            waits.append(desk.start())
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join(60)
        self.assertEqual(self.faults, [])
        doubled, lost = [], []
        for id in sorted(self.acknowledged):
            found = desk.get(f"/messages?inbox={inbox}&external_id={id}")["messages"]
            if not found:
                lost.append(id)
            elif len(found) > 1:
                doubled.append(id)
        self.assertEqual((lost, doubled), ([], []), f"seed {self.seed}")
        verified = json.loads(desk.verify().stdout)
        self.assertTrue(verified["intact"], verified)
        # One message may be kept whose sender was never told; each sender retried it, so it is acknowledged by now
        # unless the test ended first.
        kept = len(all_tickets(desk))
        self.assertLessEqual(kept - len(self.acknowledged), SENDERS)
        self.assertGreater(len(self.acknowledged), kills // 2, f"too little happened; seed {self.seed}")
        self.assertEqual(desk.stop(), 0)
        self.assertTrue(json.loads(desk.verify().stdout)["intact"])
        self.figures(
            f"{kills} kills, {len(self.acknowledged)} acknowledged, {len(lost)} lost, {len(doubled)} doubled, "
            f"{kept} kept, {verified['events']} events verified, longest start {max(waits):.1f} s, seed {self.seed}")

    def test_twenty_kills_during_lmtp_lose_and_double_nothing(self):
        self.run_kills(KILLS, self.by_mail, "support-mail")

    def test_kills_during_webhooks_lose_and_double_nothing(self):
        self.run_kills(200 if FULL else 6, self.by_webhook, "site-chat")


def all_tickets(desk):
    """The numbers of all tickets; here each message has one of its own."""
    found, cursor = [], ""
    while True:
        page = desk.get(f"/tickets?status=all&class=all&limit=500{cursor}")
        for ticket in page["tickets"]:
            found.append(ticket["number"])
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"
