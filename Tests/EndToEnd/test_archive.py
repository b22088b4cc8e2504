"""Moving out and in (Docs/Archive.md): a lively desk in one archive, another desk made of it, and nobody hears of it."""
import base64
import datetime
import hashlib
import json
import os
import random
import re
import subprocess
import urllib.parse

from desk import FULL, HAMDELD, DeskTest, wait_for
from receiver import Receiver
from test_main_job import asterisk_row
from wire import ReplyStub, chat, mail, new_id, parsed, plain, post_webhook

SARA = "Sara Ahmadi <sara@home.example>"
PERSIAN = "سلام، چراغ مودم قرمز است. ۱۲۳"
HOOK = "webhooks-secret-of-the-tests"


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def by_id(lines):
    """Everything that must be equal on both sides. What must differ: the header (who wrote it, when), and of agents the role
    (nobody becomes a lead by an archive)."""
    found = {}
    for line in lines:
        if line["type"] in ("archive", "end"):
            continue
        line = dict(line)
        if line["type"] == "agent":
            line.pop("role")
        found[(line["type"], line["id"])] = line
    return found


class Archives(DeskTest):
    def desk_with(self, survey=True):
        self.stub = ReplyStub()
        self.addCleanup(self.stub.close)
        desk = self.new_desk().with_sink()
        configuration = desk.configuration
        configuration.team("support").team("second").team("people", private=True)
        configuration.mail(from_name="Desk").chat(trust_identities=True, reply_url=self.stub.url).phones()
        configuration.set("survey", delay="0s", cooldown="0s", enabled=survey)
        return desk

    def hearing(self, desk):
        """A webhook out that hears of everything."""
        with open(f"{desk.folder}/out.secret", "w") as file:
            file.write(HOOK + "\n")
        receiver = Receiver(HOOK)
        self.addCleanup(receiver.close)
        desk.configuration.lists.setdefault("webhook_out", []).append({
            "name": "crm", "url": receiver.url, "secret": {"file": f"{desk.folder}/out.secret"}, "timeout": "2s"})
        return receiver

    def staffed(self, desk):
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support", "--team", "second", "--capacity", "500")
        desk.add_agent("nima", "--team", "support", "--name", "Nima", "--extension", "201", "--capacity", "500")
        return desk

    def lively(self):
        """Mail, chat, phone, notes, files, closes, scores, repairs, merges, splits, people: whatever a desk sees."""
        desk = self.staffed(self.desk_with())
        self.first = new_id("home.example")
        number = desk.deliver(mail(SARA, "Router broken", "The light is red.", id=self.first, auth="pass"))["ticket"]
        post_webhook(desk, chat(
            "chat-1", PERSIAN, {"kind": "site", "id": "visitor-7", "name": "سارا", "verified": True},
            identities=[{"kind": "email", "id": "sara@home.example", "verified": True},
                        {"kind": "tel", "id": "+989121234567", "verified": True}], conversation="visit-1"))
        start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=20)
        log = f"{desk.folder}/Master.csv"
        with open(log, "w") as file:
            file.write(asterisk_row("09121234567", "201", start, answered=True, talk=95))
            file.write(asterisk_row("09127654321", "201", start, answered=False, id="pbx-1.2"))
        desk.hamdeld("import", "phone-log", log, "--inbox", "phones", check=0)
        messages = desk.get(f"/tickets/{number}")["messages"]
        desk.post(f"/tickets/{number}/replies", {"text": "در حال بررسی", "answers": messages[1]["id"]}, agent="nima")
        desk.post(f"/tickets/{number}/notes", {"text": "Third time this week ‌"}, agent="nima")
        upload = desk.api("POST", "/attachments?name=plan.bin", random.Random(5).randbytes(2_000_000),
                          headers={"Content-Type": "application/octet-stream"}).json
        desk.post(f"/tickets/{number}/replies", {
            "text": "Here is the plan.", "inbox": "support-mail", "attachments": [upload["id"]]})
        desk.hamdel("ticket", "tag", str(number), "+router", "+خراب", "-router")
        desk.hamdel("ticket", "priority", str(number), "high")
        desk.hamdel("ticket", "watch", str(number))
        self.with_file(desk)
        self.scored(desk)
        self.people(desk)
        desk.post(f"/tickets/{number}/transfer", {"team": "second", "brief": "knows routers"})
        self.settled(desk)
        self.number = number
        return desk

    def with_file(self, desk):
        data = base64.encodebytes(random.Random(6).randbytes(30_000)).decode().replace("\n", "\r\n")
        raw = mail("Mina <mina@else.example>", "Invoice", "", id="invoice-1@else.example", auth="pass").decode()
        head = raw.split("\r\nMIME-Version")[0]
        raw = (head + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
               "See the file.\r\n--b\r\nContent-Type: application/pdf; name=\"صورت.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
               f"{data}\r\n--b--\r\n").encode()
        number = desk.deliver(raw)["ticket"]
        desk.post(f"/tickets/{number}/snooze", {"until": "2099-01-01T08:00:00Z"})
        bulk = desk.deliver(mail("shop@spam.example", "Buy", "Cheap things"))["ticket"]
        desk.hamdel("ticket", "spam", str(bulk))

    def scored(self, desk):
        number = desk.deliver(mail("Low <low@home.example>", "Bill", "Too high", auth="pass"))["ticket"]
        desk.hamdel("ticket", "reply", str(number), "--text", "It is right.", "--close", agent="nima")
        survey = wait_for("the survey", lambda: [m for m in map(parsed, desk.sink.raw()) if "/s/" in plain(m)])[0]
        token = re.search(r"/s/([A-Za-z0-9_-]+)", plain(survey)).group(1)
        self.token = token
        desk.http("POST", f"/s/{token}", "score=1&comment=%D8%A8%D8%AF", {"Content-Type": "application/x-www-form-urlencoded"})
        recovery = str(wait_for("the repair", lambda: desk.cli("recovery", "list")["recoveries"])[0]["id"])
        desk.cli("recovery", "take", recovery)
        desk.cli("recovery", "done", recovery, "--outcome", "rang and apologised")

    def people(self, desk):
        sara2 = desk.deliver(mail("Sara A. <sara@work.example>", "Router", "It is me again", auth="pass"))
        other = desk.get(f"/tickets/{sara2['ticket']}")["customer"]["id"]
        sara = desk.get("/tickets/1")["customer"]["id"]
        desk.cli("customer", "merge", str(other), str(sara), "--reason", "same voice")
        desk.hamdel("customer", "set", str(sara), "plan_name=gold", "City=شیراز")
        desk.api("PATCH", f"/customers/{sara}", {"vip": True, "segments": ["gold"], "external_id": "K/7"})
        first = new_id("home.example")
        one = desk.deliver(mail("Two <two@home.example>", "First", "One", auth="pass", id=first))
        two = desk.deliver(mail("Two <two@home.example>", "Second", "Two", auth="pass", id=new_id()))
        desk.cli("ticket", "merge", str(two["ticket"]), str(one["ticket"])) if two["ticket"] != one["ticket"] else None
        late = desk.deliver(mail("Two <two@home.example>", "Third", "Three", auth="pass", in_reply_to=first, references=[first]))
        new = desk.cli("ticket", "split", str(one["ticket"]), str(late["message"]), "--subject", "The late one")["number"]
        desk.cli("ticket", "merge", str(new), str(one["ticket"]))
        desk.cli("ticket", "undo", str(one["ticket"]))
        gone = desk.deliver(mail("Gone <gone@home.example>", "Private", "Forget this Kontonummer", auth="pass"))
        gone = desk.get(f"/tickets/{gone['ticket']}")["customer"]["id"]
        desk.cli("customer", "erase", str(gone), "--yes")
        desk.api("PUT", "/macros/refund", {
            "title": "Refund", "teams": [], "texts": {"fa": "سلام {customer}", "en": "Dear {customer}"},
            "actions": {"add_tags": ["refund"]}})

    def settled(self, desk):
        """Nothing is on its way any more: both archives tell of the same."""
        final = {"sent", "delivered", "failed", "cancelled"}
        wait_for("the outbox to be empty", lambda: all(entry["state"] in final for entry in desk.outbox()))

    def archive(self, desk, name):
        path = os.path.join(desk.folder, name)
        desk.hamdeld("export", "archive", path, check=0)
        return path

    def take(self, desk, path, *words, check=0):
        done = desk.hamdeld("import", "archive", path, "--json", *words, check=check)
        return json.loads(done.stdout)

    def assert_equal_archives(self, first, second):
        one, other = by_id(read(first)), by_id(read(second))
        self.assertEqual(sorted(one.keys() - other.keys()), [])
        for key, line in one.items():
            self.assertEqual(line, other[key], key)
        return len(one)

    def test_a_lively_desk_moves_whole_and_nobody_hears_of_it(self):
        old = self.lively()
        path = self.archive(old, "old.jsonl")
        lines = read(path)
        kinds = {line["type"] for line in lines}
        self.assertEqual(lines[0]["format"], "hamdel-archive")
        self.assertEqual(lines[-1], {"type": "end", "records": len(lines) - 1})
        self.assertLessEqual({"agent", "team", "macro", "customer", "customer_merged", "blob", "ticket", "message", "reply", "note",
                              "change", "delivery", "survey", "survey_answer", "recovery", "recovery_taken", "recovery_done"}, kinds)
        whole = json.dumps(lines, ensure_ascii=False)
        self.assertIn(PERSIAN, whole)
        self.assertNotIn("Kontonummer", whole)
        old.verify()
        before = old.position()
        self.assertEqual(self.take(old, path)["imported"], 0, "our own archive is here already")
        self.assertEqual(old.position(), before)

        new = self.desk_with()
        receiver = self.hearing(new)
        new.start()
        new.add_agent("lead", "--role", "admin", "--team", "support", "--team", "second", "--capacity", "500")
        wait_for("the cursor", lambda: new.get("/webhooks")["webhooks"][0]["position"] is not None)
        # A dry run writes nothing, and says what would come.
        dry = self.take(new, path, "--dry-run")
        self.assertEqual((dry["rejected"], new.tickets()), ([], []))
        said = new.hamdeld("import", "archive", path, "--dry-run", check=0).stdout.decode()
        self.assertIn("nothing was written", said)
        self.assertIn(f"{sum(line['type'] == 'ticket' for line in lines)} ticket", said)
        report = self.take(new, path)
        self.assertEqual(report["rejected"], [])
        self.assertEqual(report["imported"], dry["imported"])
        again = self.archive(new, "new.jsonl")
        count = self.assert_equal_archives(path, again)
        new.verify()
        position = new.position()
        repeated = self.take(new, path)
        self.assertEqual((repeated["imported"], repeated["rejected"], new.position()), (0, [], position))

        self.same_on_both_sides(old, new)
        self.answers_find_their_tickets(old, new)
        # Everything that this desk sent or told is of what happened here.
        self.assertEqual({str(parsed(raw)["To"]) for raw in new.sink.raw()}, {"fresh@home.example"})
        self.assertTrue(all(event["position"] > position for event in receiver.taken))
        self.assertEqual(self.stub.requests, [])
        new.verify()
        self.figures(f"{len(lines)} lines, {count} records equal on both sides, 0 sent, 0 told, 0 new events by the second import")

    def same_on_both_sides(self, old, new):
        """What people see of tickets and customers."""
        def ticket(desk, summary):
            whole = desk.get(f"/tickets/{summary['number']}")
            messages = [{key: message[key] for key in (
                "direction", "kind", "channel", "inbox", "sender_auth", "sent_at", "received_at", "subject", "text", "full_text",
                "external_id", "call", "email")} | {
                    "author": message["author"]["name"], "files": [file["sha256"] for file in message["attachments"]],
                    "delivery": message["delivery"] and message["delivery"]["state"]} for message in whole["messages"]]
            keys = ("number", "subject", "status", "priority", "team", "assignee", "tags", "channels", "created_at", "closed_at",
                    "snoozed_until", "score", "related")
            return {key: whole[key] for key in keys} | {"messages": messages}
        ours = [ticket(old, summary) for summary in old.tickets()]
        theirs = [ticket(new, summary) for summary in new.tickets()]
        for one, other in zip(ours, theirs):
            self.assertEqual(one, other)
        self.assertEqual(len(ours), len(theirs))
        for kind in ("csat",):
            one, other = (desk.cli("report", kind) for desk in (old, new))
            self.assertEqual(one["n"], other["n"])
        # Files come back byte for byte.
        for desk in (old, new):
            for summary in desk.tickets():
                for message in desk.get(f"/tickets/{summary['number']}")["messages"]:
                    for file in message["attachments"]:
                        answer = desk.api("GET", f"/attachments/{file['id']}")
                        self.assertEqual(hashlib.sha256(answer.body).hexdigest(), file["sha256"])
        self.assertEqual([hit["ticket"]["number"] if isinstance(hit["ticket"], dict) else hit["ticket"]
                          for hit in new.get("/search?q=" + urllib.parse.quote("مودم"))["hits"]], [self.number])

    def answers_find_their_tickets(self, old, new):
        """By the customer's own mail, and by ours that the old desk sent."""
        self.assertEqual(new.sink.raw(), [])
        kept = new.deliver(mail(SARA, "Re: something", "Any news of my router?", auth="pass", in_reply_to=self.first, references=[self.first]))
        self.assertEqual(kept["ticket"], self.number)
        ours = [parsed(raw) for raw in old.sink.raw() if b"Here is the plan." in raw][0]["Message-ID"].strip("<>")
        kept = new.deliver(mail(SARA, "Re: plan", "And the plan is wrong?", auth="pass", in_reply_to=ours, references=[ours]))
        self.assertEqual(kept["ticket"], self.number)
        # The workers run: what is new here is acknowledged, and only that.
        new.deliver(mail("Fresh <fresh@home.example>", "Brand new", "Hello", auth="pass"))
        wait_for("the acknowledgement", lambda: any("fresh@" in str(parsed(raw)["To"]) for raw in new.sink.raw()))

    # ---- an archive that another program wrote

    def converted(self, path, tickets, source="zammad.example"):
        """What a converter would write: customers, and tickets of three messages."""
        records = [{"type": "archive", "format": "hamdel-archive", "version": 1, "source": source,
                    "written": "2026-01-01T00:00:00.000Z", "program": "test", "unknown": 1}]
        for n in range(tickets // 4 + 1):
            records.append({
                "type": "customer", "id": f"{source}/user/{n}", "at": "2020-01-01T00:00:00Z", "name": f"Customer {n}", "vip": False,
                "blocked": False, "segments": [], "attributes": {"old_id": str(n)}, "identities": [{
                    "id": f"{source}/mail/{n}", "kind": "email", "address": f"c{n}@customers.example", "verified": True,
                    "evidence": "imported", "shared": False}]})
        for n in range(1, tickets + 1):
            person, when = n // 4, f"2021-02-{n % 28 + 1:02d}T10:{n % 60:02d}:00Z"
            ticket = f"{source}/ticket/{n}"
            by = {"kind": "customer", "id": f"{source}/user/{person}"}
            records.append({
                "type": "ticket", "id": ticket, "number": n, "at": when, "by": by, "customer": by["id"], "team": "support",
                "private": False, "inbox": "support-mail", "channel": "email", "origin": "live", "class": "regular",
                "status": "new", "priority": "normal", "subject": f"Old matter {n}"})
            records.append({
                "type": "message", "id": f"{ticket}/a", "at": when, "by": by, "ticket": ticket, "inbox": "support-mail",
                "channel": "email", "kind": "message", "author": "customer", "identity": f"{source}/mail/{person}",
                "sender": "verified", "automatic": "no", "origin": "live", "attachments": [], "fingerprint": f"f{n}",
                "threading": {"rule": "none", "outcome": "opened"}, "words": {
                    "external": f"old-{n}@customers.example", "text": f"{PERSIAN} {n}", "files": [], "mail": {
                        "id": f"old-{n}@customers.example", "from": [{"address": f"c{person}@customers.example"}], "to": [], "cc": [],
                        "reply_to": [], "in_reply_to": [], "references": []}}})
            records.append({
                "type": "reply", "id": f"{ticket}/b", "at": when, "by": {"kind": "agent", "id": "oldie"}, "ticket": ticket,
                "inbox": "support-mail", "channel": "email", "agent": "oldie", "attachments": [],
                "words": {"text": f"Solved {n}", "files": []}})
            records.append({
                "type": "change", "id": f"{ticket}/c", "at": when, "by": {"kind": "agent", "id": "oldie"}, "ticket": ticket,
                "what": "status", "from": "open", "to": "closed", "reason": "solved", "cause": "agent"})
        records.append({"type": "end", "records": len(records)})
        with open(path, "w", encoding="utf-8") as file:
            for record in records:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        return len(records)

    def test_a_killed_import_is_run_again_and_nothing_is_twice(self):
        count = 4_000 if FULL else 600
        whole, torn = self.staffed(self.desk_with()), self.staffed(self.desk_with())
        path = os.path.join(whole.folder, "converted.jsonl")
        lines = self.converted(path, count)
        self.assertEqual(self.take(whole, path)["rejected"], [])
        rolls = random.Random(11)
        kills = 0
        for _ in range(8 if FULL else 3):
            start = torn.position()
            work = subprocess.Popen([HAMDELD, "import", "archive", path, "--config", torn.file],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait_for("some of it", lambda: work.poll() is not None or torn.position() > start + rolls.randint(1, 600))
            if work.poll() is not None:
                break
            victim = rolls.choice(["daemon", "command"])
            if victim == "daemon":
                torn.kill()
                self.assertNotEqual(work.wait(120), 0)
                torn.start()
            else:
                work.kill()
                work.wait()
            kills += 1
        report = self.take(torn, path)
        self.assertEqual(report["rejected"], [])
        self.assertGreater(report["duplicates"], 0)
        self.assert_equal_archives(self.archive(whole, "a.jsonl"), self.archive(torn, "b.jsonl"))
        self.assertEqual(self.take(torn, path)["imported"], 0)
        torn.verify()
        self.assertEqual((torn.sink.raw(), whole.sink.raw()), ([], []))
        self.figures(f"{lines} lines, {kills} kills, equal to the import that nobody disturbed")

    def test_what_is_wrong_is_said_by_its_line_and_the_rest_comes_in(self):
        desk = self.staffed(self.desk_with())
        taken = desk.deliver(mail("C <c0@customers.example>", "I was here before", "Hello", auth="pass"))["ticket"]
        here = desk.get(f"/tickets/{taken}")["customer"]["id"]
        path = os.path.join(desk.folder, "bad.jsonl")
        self.converted(path, 3)
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        lines.insert(2, "{ this is no record")
        lines.insert(3, json.dumps({"type": "note", "id": "x/1", "at": "2020-01-01T00:00:00Z", "by": {"kind": "system"},
                                    "ticket": "nowhere/1", "agent": "oldie", "words": {"text": "x", "files": []}}))
        lines.insert(4, json.dumps({"type": "from_the_future", "id": "x/2"}))
        lines[-1] = json.dumps({"type": "end", "records": len(lines) - 1})
        foreign = json.loads(lines[5]) | {"id": "x/3", "team": "nobody-knows", "number": 77}
        lines.insert(-1, json.dumps(foreign))
        lines[-1] = json.dumps({"type": "end", "records": len(lines) - 1})
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        dry = self.take(desk, path, "--dry-run", check=7)
        report = self.take(desk, path, check=7)
        self.assertEqual([entry["line"] for entry in report["rejected"]], [3, 4, 5, len(lines) - 1])
        self.assertEqual([entry["line"] for entry in dry["rejected"]], [entry["line"] for entry in report["rejected"]])
        self.assertIn("nowhere/1", report["rejected"][1]["reason"])
        self.assertIn("--team", report["rejected"][3]["reason"])
        # Number 1 was taken: the old number is a tag. The customer was here: the tickets are theirs.
        moved = desk.tickets("status=all&tag=was-1")
        self.assertEqual(len(moved), 1)
        self.assertNotEqual(moved[0]["number"], 1)
        self.assertEqual({ticket["number"] for ticket in desk.tickets()} & {2, 3}, {2, 3})
        self.assertEqual({ticket["customer"]["id"] for ticket in desk.tickets()}, {here})
        # Run again with a team, only what was missing comes.
        once_more = self.take(desk, path, "--team", "second", check=7)
        self.assertEqual(once_more["imported"], 1)
        self.assertEqual([ticket["team"] for ticket in desk.tickets("status=all") if ticket["number"] == 77], ["second"])
        for first, status in [({"format": "hamdel-archive", "version": 2}, 65), ({"format": "other", "version": 1}, 65)]:
            with open(path, "w") as file:
                file.write(json.dumps({"type": "archive", "source": "x", "written": "2026-01-01T00:00:00Z", **first}) + "\n")
            said = desk.hamdeld("import", "archive", path, check=status).stderr.decode()
            self.assertIn("line 1", said)
        desk.verify()
        self.figures("4 bad lines named, the rest is in; one number mapped, one customer found again; a newer version refused")

    def test_it_works_without_a_daemon_and_through_a_pipe(self):
        desk = self.staffed(self.desk_with())
        path = os.path.join(desk.folder, "converted.jsonl")
        self.converted(path, 8)
        desk.stop()
        with open(path, "rb") as file:
            data = file.read()
        report = json.loads(desk.hamdeld("import", "archive", "-", "--json", stdin=data, check=0).stdout)
        self.assertEqual(report["rejected"], [])
        out = desk.hamdeld("export", "archive", "-", check=0).stdout.decode()
        self.assertEqual(json.loads(out.splitlines()[-1])["type"], "end")
        cut = json.loads(desk.hamdeld("import", "archive", "-", "--json", stdin=data[:-40], check=7).stdout)
        self.assertIn("cut short", cut["rejected"][-1]["reason"])
        desk.hamdeld("verify", check=0)
        self.figures("imported and exported with no daemon; an archive that was cut short is said to be")
