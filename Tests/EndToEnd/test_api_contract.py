"""What programs rely on: every documented key, versions, pages, problems, the stream."""
import json
import urllib.parse

from desk import DeskTest, wait_for
from wire import Stream, chat, mail, post_webhook

TICKET = """number subject status priority team assignee tags spam customer participants related channels created_at updated_at closed_at
    snoozed_until sla score version""".split()
MESSAGE = """id direction kind channel inbox author sender_auth sent_at received_at subject text full_text attachments delivery external_id
    auto_submitted call""".split()
MAIL = "subject from to cc reply_to date message_id in_reply_to references".split()
CUSTOMER = "id name vip preferred_channel identities attributes organisation scores".split()
EVENT = "position id type schema at actor command_id cause ticket customer data".split()
TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"
LISTS = ["tickets", "customers", "agents", "teams", "inboxes", "macros", "views", "outbox", "quarantine", "recoveries"]


class Contract(DeskTest):
    @classmethod
    def setUpClass(cls):
        from desk import Desk
        cls.desk = Desk()
        cls.addClassCleanup(cls.desk.close)
        cls.desk.configuration.mail(auto_reply=False).chat()
        cls.desk.configuration.set("survey", enabled=False)
        cls.desk.start()
        cls.desk.add_agent("lead", "--role", "admin", "--team", "support")
        cls.desk.add_agent("nima", "--team", "support")

    def ticket(self, sender="sara@home.example", **options):
        return self.desk.deliver(mail(sender, **options))["ticket"]

    def assert_keys(self, document, keys):
        missing = [key for key in keys if key not in document]
        self.assertEqual(missing, [], document)

    def test_every_documented_key_is_always_there(self):
        desk = self.desk
        number = self.ticket("Bare <bare@home.example>", subject="Keys")
        body = chat("keys-1", "hi", {"kind": "site", "id": "v-keys"})
        chat_ticket = post_webhook(desk, body).json["messages"][0]["ticket"]
        desk.post(f"/tickets/{number}/replies", {"text": "Answer"})
        desk.post(f"/tickets/{number}/notes", {"text": "Note"})
        keys = 0
        for found in (number, chat_ticket):
            ticket = desk.get(f"/tickets/{found}")
            self.assert_keys(ticket, TICKET + ["messages"])
            self.assert_keys(ticket["customer"], ["id", "name", "vip"])
            for name in ["tags", "participants", "related", "channels", "sla"]:
                self.assertIsInstance(ticket[name], list, name)
            for message in ticket["messages"]:
                self.assert_keys(message, MESSAGE)
                self.assert_keys(message["author"], ["kind", "id", "name"])
                self.assertIsInstance(message["attachments"], list)
                self.assertRegex(message["received_at"], TIME)
                if message["direction"] == "out":
                    self.assert_keys(message["delivery"], ["state", "attempts", "detail"])
                else:
                    self.assertIsNone(message["delivery"])
                keys += len(MESSAGE)
            customer = desk.get(f"/customers/{ticket['customer']['id']}")
            self.assert_keys(customer, CUSTOMER)
            for identity in customer["identities"]:
                self.assert_keys(identity, ["kind", "id", "verified"])
            events = desk.get(f"/tickets/{found}/events")["events"]
            for event in events:
                self.assert_keys(event, EVENT)
                self.assert_keys(event["actor"], ["kind", "id"])
                self.assertRegex(event["at"], TIME)
            keys += len(TICKET) + len(CUSTOMER) + len(EVENT) * len(events)
            self.assertEqual([e["position"] for e in events], sorted(e["position"] for e in events))
        directions = [m["direction"] for m in desk.get(f"/tickets/{number}")["messages"]]
        self.assertEqual(directions, ["in", "out", "note"], "oldest first")
        headers = desk.get(f"/tickets/{number}")["messages"][0]["email"]
        self.assert_keys(headers, MAIL)
        self.assertEqual(headers["from"], [{"name": "Bare", "address": "bare@home.example"}])
        self.assertIsNone(desk.get(f"/tickets/{chat_ticket}")["messages"][0].get("email"))
        lists = {name: desk.get(f"/{name}") for name in LISTS}
        for name, document in lists.items():
            self.assertEqual(set(document), {name, "next_cursor"}, name)
        self.assert_keys(lists["tickets"]["tickets"][0], TICKET)
        self.figures(f"{keys} keys on tickets, messages, customers and events; {len(lists)} lists under their own names")

    def test_what_the_openapi_document_names_is_answered(self):
        desk = self.desk
        document = desk.api("GET", "/openapi.json", agent=None)
        self.assertEqual(document.status, 200)
        paths = document.json["paths"]
        number = self.ticket()
        asked = 0
        for path, operations in paths.items():
            if "get" not in operations:
                continue
            short = path.removeprefix("/api/v1")
            if "{" in short or short == "/stream":
                continue
            query = {"/search": "?q=x", "/messages": "?external_id=x"}.get(short, "")
            self.assertEqual(desk.api("GET", short + query).status, 200, path)
            asked += 1
        for word in ["/tickets/{number}", "/tickets/{number}/explain", "/customers/{id}/timeline", "/messages/{id}/raw", "/stream", "/recoveries/{id}/take"]:
            self.assertTrue(any(path.endswith(word) for path in paths), word)
        self.assertTrue(number)
        self.figures(f"{len(paths)} paths described, {asked} asked")

    def test_versions_guard_changes(self):
        desk = self.desk
        number = self.ticket()
        answer = desk.api("GET", f"/tickets/{number}")
        tag = answer.headers["ETag"]
        self.assertEqual(tag, f'"{answer.json["version"]}"')
        changed = desk.api("PATCH", f"/tickets/{number}", {"priority": "high"}, headers={"If-Match": tag})
        self.assertEqual((changed.status, changed.json["priority"]), (200, "high"))
        self.assertNotEqual(changed.headers["ETag"], tag)
        stale = [desk.api("PATCH", f"/tickets/{number}", {"priority": "low"}, headers={"If-Match": tag})]
        for action, body in [("notes", {"text": "x"}), ("close", {}), ("assign", {"assignee": "me"})]:
            stale.append(desk.api("POST", f"/tickets/{number}/{action}", body, headers={"If-Match": tag}))
        for refused in stale:
            self.assert_problem(refused, 412, "changed_meanwhile")
        self.assertEqual(desk.get(f"/tickets/{number}")["priority"], "high")
        self.assertEqual(desk.api("POST", f"/tickets/{number}/close", {}, headers={"If-Match": "*"}).status, 200)
        done = desk.hamdel("ticket", "reopen", str(number), "--if-version", tag.strip('"'), check=None)
        self.assertEqual(done.returncode, 6, done.stderr)
        self.figures(f"{len(stale)} changes with an old version: 412; hamdel exits 6")

    def test_pages_hold_everything_once(self):
        desk = self.desk
        made = [self.ticket(f"page{n}@home.example", subject=f"Page {n}") for n in range(12)]
        query, seen, pages = "/tickets?status=all&limit=5", [], 0
        cursor = ""
        while True:
            page = desk.get(query + cursor)
            self.assertLessEqual(len(page["tickets"]), 5)
            seen += [ticket["number"] for ticket in page["tickets"]]
            pages += 1
            if page["next_cursor"] is None:
                break
            cursor = "&cursor=" + urllib.parse.quote(page["next_cursor"])
        self.assertEqual(seen, sorted(seen, reverse=True), "newest first")
        self.assertEqual(len(seen), len(set(seen)))
        self.assertLessEqual(set(made), set(seen))
        capped = desk.api("GET", "/tickets?limit=100000")
        self.assertEqual(capped.status, 200, "above 500 it is capped, not refused")
        events, cursor = [], ""
        while True:
            page = desk.get(f"/tickets/{made[0]}/events?limit=2{cursor}")
            events += [event["position"] for event in page["events"]]
            if page["next_cursor"] is None:
                break
            cursor = "&cursor=" + urllib.parse.quote(page["next_cursor"])
        self.assertEqual(events, [e["position"] for e in desk.get(f"/tickets/{made[0]}/events")["events"]])
        self.assertEqual(len(desk.cli("ticket", "list", "--status", "all", "--limit", "3")["tickets"]), 3)
        self.figures(f"{len(seen)} tickets on {pages} pages of 5, each once; {len(events)} events on pages of 2")

    def test_the_stream_resumes_without_a_gap(self):
        desk = self.desk
        start = desk.position()
        first = Stream(desk, after=start)
        self.addCleanup(first.close)
        number = self.ticket("stream@home.example", subject="Stream")
        wait_for("the ticket in the stream", lambda: [e for e in first.events() if e["ticket"] == number])
        desk.post(f"/tickets/{number}/notes", {"text": "one"})
        wait_for("the note in the stream", lambda: [e for e in first.events() if e["type"] == "note_written"])
        first.close()
        last = first.events()[-1]["position"]
        self.assertEqual(first.items[-1]["id"], str(last))
        desk.post(f"/tickets/{number}/close", {})
        second = Stream(desk, last_event_id=last)
        self.addCleanup(second.close)
        wait_for("the closing after the resumption", lambda: [e for e in second.events() if e["data"].get("status") == "closed" or "clos" in json.dumps(e["data"])])
        whole = Stream(desk, after=start)
        self.addCleanup(whole.close)
        both = [e["position"] for e in first.events() + second.events()]
        wait_for("the whole again", lambda: len(whole.events()) >= len(both))
        self.assertEqual(both, [e["position"] for e in whole.events()][:len(both)])
        self.assertEqual(both, list(range(both[0], both[0] + len(both))), "an admin of the only team sees every position")
        of_ticket = desk.get(f"/tickets/{number}/events")["events"]
        in_stream = [e for e in whole.events() if e["ticket"] == number]
        self.assertEqual(in_stream, of_ticket[:len(in_stream)], "the same in /events and in the stream")
        watched = desk.hamdel("watch", "--after", str(start), "--count", "3", "-o", "jsonl").stdout.decode().splitlines()
        self.assertEqual([json.loads(line)["position"] for line in watched], both[:3])
        future = Stream(desk, after=10_000_000)
        self.addCleanup(future.close)
        if future.status == 200:
            wait_for("a resync", lambda: [i for i in future.items if i.get("event") == "resync"])
        self.figures(f"{len(both)} events over a broken connection, none missing, none twice")

    def test_actions_change_what_they_say(self):
        desk = self.desk
        number = self.ticket("actions@home.example", subject="Actions")
        n = str(number)
        if desk.get(f"/tickets/{n}")["assignee"] == "nima":
            desk.hamdel("ticket", "take", n)
        done = []
        for words, check in [
            (["assign", n, "nima"], lambda t: t["assignee"] == "nima"), (["take", n], lambda t: t["assignee"] == "lead"),
            (["unassign", n], lambda t: t["assignee"] is None or t["assignee"]), (["tag", n, "+vpn", "+slow"], lambda t: t["tags"] == ["slow", "vpn"]),
            (["tag", n, "-slow"], lambda t: t["tags"] == ["vpn"]), (["priority", n, "urgent"], lambda t: t["priority"] == "urgent"),
            (["pending", n], lambda t: t["status"] == "pending"), (["snooze", n, "2h"], lambda t: t["snoozed_until"] is not None),
            (["note", n, "--text", "a note"], lambda t: t["messages"][-1]["text"].strip() == "a note"),
            (["participant", n, "add", "friend@home.example"], lambda t: [p["id"] for p in t["participants"]] == ["friend@home.example"]),
            (["participant", n, "remove", "friend@home.example"], lambda t: t["participants"] == []),
            (["close", n], lambda t: t["status"] == "closed" and t["closed_at"]), (["reopen", n], lambda t: t["status"] == "new" and t["closed_at"] is None),
            (["spam", n], lambda t: t["spam"] is True), (["not-spam", n], lambda t: t["spam"] is False),
        ]:
            desk.hamdel("ticket", *words)
            ticket = desk.get(f"/tickets/{n}")
            self.assertTrue(check(ticket), (words, ticket))
            done.append(words[0])
        self.assertEqual(desk.hamdel("ticket", "show", "999999", check=None).returncode, 5)
        self.assertEqual(desk.hamdel("ticket", "frob", check=None).returncode, 64)
        gone = desk.hamdel("ticket", "list", check=None, environment={"HAMDEL_URL": "http://127.0.0.1:1"})
        self.assertEqual(gone.returncode, 69)
        new = desk.cli("ticket", "new", "--customer", "new@home.example", "--subject", "We write first", "--text", "Hello")
        self.assertEqual([m["direction"] for m in new["messages"]], ["out"])
        listed = desk.hamdel("ticket", "list", "-q", "--tag", "vpn").stdout.decode().split()
        self.assertEqual(listed, [n])
        self.figures(f"{len(done)} actions by hamdel; exits 5, 64 and 69 as documented")

    def test_attachments_come_and_go_whole(self):
        desk = self.desk
        data = bytes(range(256)) * 40
        import base64
        encoded = "\r\n".join(base64.encodebytes(data).decode().split("\n"))
        raw = ("From: files@home.example\r\nMessage-ID: <files-1@home.example>\r\nSubject: Files\r\nMIME-Version: 1.0\r\n"
               "Content-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\nContent-Type: text/plain\r\n\r\nsee file\r\n--bb\r\n"
               "Content-Type: application/pdf; name=\"../../etc/report.pdf\"\r\nContent-Transfer-Encoding: base64\r\n"
               "Content-Disposition: attachment; filename=\"../../etc/report.pdf\"\r\n\r\n" + encoded + "\r\n--bb--\r\n").encode()
        message = desk.get(f"/messages/{desk.deliver(raw)['message']}")
        import hashlib
        attachment = message["attachments"][0]
        self.assertEqual((attachment["size"], attachment["sha256"]), (len(data), hashlib.sha256(data).hexdigest()))
        answer = desk.api("GET", f"/attachments/{attachment['id']}")
        self.assertEqual(answer.body, data)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertNotIn("/", answer.headers["Content-Disposition"].replace("UTF-8''", ""))
        uploaded = desk.api("POST", "/attachments?name=answer.bin", data, headers={"Content-Type": "application/octet-stream"})
        self.assertEqual(uploaded.status, 201, uploaded.text)
        reply = desk.post(f"/tickets/{message['ticket']}/replies", {"text": "here", "attachments": [uploaded.json["id"]]})
        self.assertEqual([a["sha256"] for a in reply["attachments"]], [hashlib.sha256(data).hexdigest()])
        self.figures(f"{len(data)} bytes in by mail, out by HTTP and up again: equal")

    def test_persian_is_found_however_it_is_written(self):
        desk = self.desk
        number = self.ticket("Sara <fa@home.example>", subject="مشکل اینترنت", text="سلام، كتاب‌هاي من ۱۲۳ نرسيد.")
        found = 0
        for words in ["کتاب", "كتاب", "کتابهای", "123", "نرسید"]:
            hits = desk.get("/search?q=" + urllib.parse.quote(words))["hits"]
            self.assertIn(number, [hit["ticket"] for hit in hits], words)
            found += 1
        self.figures(f"{found} spellings find ticket {number}")
