"""What is wrong gets the answer that CONTRACT names, with place and reason, and loses nothing."""
import json
import os
import re
import subprocess
import time

from desk import DeskTest, HAMDELD
from wire import CONTROL, chat, mail, post_webhook


class BadWebhooks(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        self.desk.configuration.mail().chat()
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support")

    def test_bad_webhooks_are_refused_with_place_and_reason(self):
        desk = self.desk
        before = desk.position()
        good = chat("w-1", "hello", {"kind": "site", "id": "v"})
        malformed = [b"", b"{", b"[]", b"null", b'{"external_id":1}', b'{"external_id":"a","text":"x","sender":"me"}',
                     b'{"external_id":"a","text":"\xff","sender":{}}', b"{" * 5000, b'{"messages":[]}',
                     json.dumps({**good, "text": ""}).encode(), json.dumps({**good, "sent_at": "yesterday"}).encode(),
                     json.dumps({**good, "kind": "fax"}).encode(), json.dumps({"messages": [good, {**good, "external_id": None}]}).encode()]
        places = []
        for body in malformed:
            answer = post_webhook(desk, body)
            self.assert_problem(answer, 400)
            self.assertTrue(answer.json["detail"], body)
            places.append(answer.json["detail"])
        self.assertIn("messages[1]", places[-1])
        self.assertTrue(any("sent_at" in place for place in places))
        refused = [post_webhook(desk, good, secret="another"), post_webhook(desk, good, at=time.time() - 301),
                   post_webhook(desk, good, at=time.time() + 400), post_webhook(desk, good, headers={"webhook-signature": "v1,AAAA"}),
                   post_webhook(desk, good, headers={"webhook-timestamp": "soon"}), desk.http("POST", "/in/site-chat", json.dumps(good))]
        for answer in refused:
            self.assert_problem(answer, 401)
        self.assert_problem(post_webhook(desk, good, inbox="nowhere"), 404)
        self.assert_problem(post_webhook(desk, good, inbox="support-mail"), 404)
        large = chat("w-2", "x" * (2 << 20), {"kind": "site", "id": "v"})
        self.assertIn(post_webhook(desk, large).status, [400, 413])
        self.assertEqual(desk.position(), before, "nothing was kept")
        self.assertEqual(post_webhook(desk, good).status, 200)
        self.figures(f"{len(malformed)} malformed 400, {len(refused)} unsigned 401, 2 unknown 404, 0 events")

    def test_bad_requests_to_the_api_name_what_is_wrong(self):
        desk = self.desk
        number = desk.deliver(mail("sara@home.example"))["ticket"]
        cases = [
            ("POST", f"/tickets/{number}/replies", b"{", 400), ("POST", f"/tickets/{number}/replies", {}, 422),
            ("POST", f"/tickets/{number}/notes", {"text": 7}, 422), ("POST", f"/tickets/{number}/notes", {"text": ""}, 422),
            ("GET", "/tickets?status=lost", None, 400), ("GET", "/tickets?limit=0", None, 400), ("GET", "/tickets?limit=many", None, 400),
            ("GET", "/tickets?cursor=x", None, 400), ("GET", "/search", None, 400), ("GET", "/tickets/999999", None, 404),
            ("GET", "/tickets/abc", None, 404), ("GET", "/tickets/99999999999999999999999", None, 404), ("GET", "/nothing/here", None, 404),
            ("POST", f"/tickets/{number}/assign", {"assignee": "ghost"}, 404), ("POST", f"/tickets/{number}/transfer", {"team": "ghost"}, 404),
            ("POST", f"/tickets/{number}/snooze", {"until": "later"}, 422), ("POST", "/tickets", {"subject": "x"}, 422),
            ("GET", "/stream?after=-1", None, 400), ("GET", "/reports/nothing", None, 404), ("GET", "/messages?inbox=support-mail", None, 400),
        ]
        wrong = []
        for method, path, body, status in cases:
            answer = desk.api(method, path, body)
            allowed = {status, 400} if status == 422 else {status, 422} if status == 404 and method == "POST" else {status}
            if answer.status not in allowed or answer.headers["Content-Type"] != "application/problem+json" or not answer.json.get("detail"):
                wrong.append((method, path, body, status, answer.status, answer.text))
        self.assertEqual(wrong, [])
        self.figures(f"{len(cases)} bad requests, each a problem document with a reason")


class BadMail(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        self.desk.configuration.mail()
        self.desk.configuration.set("limits", message_size="64KiB")
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support")

    def test_unknown_recipients_and_large_mails_are_refused(self):
        desk = self.desk
        before = desk.position()
        large = mail("sara@home.example", "Large", "x" * 70 + "\n" + ("y" * 70 + "\n") * 1000)
        with desk.lmtp() as session:
            code, text = session.send(mail("a@home.example"), ["nobody@desk.example"])[0]
            self.assertEqual((code, text[:5]), (550, "5.1.1"))
            code, text = session.send(large, ["support@desk.example"])[0]
            self.assertEqual((code, text[:5]), (552, "5.3.4"))
            code, text = session.command("MAIL FROM:<a@b.example> SIZE=70000")
            self.assertEqual((code, text[:5]), (552, "5.3.4"))
            self.assertEqual(desk.position(), before)
            self.assertEqual(session.send(mail("a@home.example"), ["support@desk.example"])[0][0], 250, "the session goes on")
        self.figures("550 5.1.1, 552 5.3.4 by content and by SIZE, then 250 in the same session")

    def test_deliver_says_by_its_exit_code_who_is_at_fault(self):
        desk = self.desk
        good = mail("pipe@home.example", "By pipe", "x").replace(b"\r\n", b"\n")
        done = desk.hamdeld("deliver", "--inbox", "support-mail", "--json", stdin=good, check=0)
        kept = json.loads(done.stdout)
        self.assertEqual(set(kept) >= {"outcome", "message", "ticket", "reason"}, True)
        self.assertEqual((kept["outcome"], kept["reason"]), ("ticketed", None))
        self.assertEqual(desk.get(f"/messages/{kept['message']}")["subject"], "By pipe")
        codes = {"kept": 0}
        codes["over the limit"] = desk.hamdeld("deliver", "--inbox", "support-mail", stdin=b"Subject: x\n\n" + b"x" * 70_000).returncode
        codes["unknown inbox"] = desk.hamdeld("deliver", "--inbox", "nowhere", stdin=good).returncode
        bad = desk.file + ".bad"
        with open(bad, "w") as file:
            file.write("[store]\nurl = 7\n")
        codes["bad configuration"] = desk.hamdeld("deliver", "--inbox", "support-mail", stdin=good, file=bad).returncode
        codes["no configuration"] = desk.hamdeld("deliver", "--inbox", "support-mail", stdin=good, file=bad + ".none").returncode
        odd = desk.hamdeld("deliver", "--inbox", "support-mail", "--json", stdin=b"", check=0)
        self.assertEqual(json.loads(odd.stdout)["outcome"], "quarantined")
        self.assertTrue(json.loads(odd.stdout)["reason"])
        desk.stop()
        codes["no daemon"] = desk.hamdeld("deliver", "--inbox", "support-mail", stdin=good).returncode
        self.assertEqual(codes, {"kept": 0, "over the limit": 65, "unknown inbox": 75, "bad configuration": 75, "no configuration": 75, "no daemon": 75})
        self.figures(str(codes))

    def test_what_is_no_mail_is_quarantined_listed_and_replayable(self):
        desk = self.desk
        bombs = [b"", b"\r\n\r\nno headers at all\r\n", bytes(range(256)) * 4]
        kept = []
        for raw in bombs:
            answer = desk.deliver(raw)
            if "quarantine" in answer:
                kept.append((answer["quarantine"], raw))
        self.assertGreaterEqual(len(kept), 2, "the crafted mails were read")
        self.assertEqual(desk.deliver(mail("next@home.example"))["ticket"] > 0, True, "the next mail is not stopped")
        entries = desk.get("/quarantine")["quarantine"]
        self.assertEqual({entry["id"] for entry in entries}, {id for id, _ in kept})
        for entry in entries:
            self.assertEqual((entry["inbox"], entry["state"]), ("support-mail", "kept"))
            self.assertTrue(entry["code"] and entry["detail"])
        listed = json.loads(desk.hamdeld("quarantine", "list", "--json", check=0).stdout)["quarantine"]
        self.assertEqual({entry["id"] for entry in listed}, {id for id, _ in kept})
        id, raw = kept[1]
        shown = desk.hamdeld("quarantine", "show", str(id), check=0).stdout
        self.assertIn(b"no headers at all", shown)
        self.assertEqual(desk.hamdeld("quarantine", "replay", str(id)).returncode, 1, "it still cannot be read")
        self.assertEqual(desk.hamdeld("quarantine", "replay", "9999").returncode, 5)
        self.assertEqual(len(desk.get("/quarantine")["quarantine"]), len(kept), "a failed replay loses nothing")
        desk.hamdeld("quarantine", "drop", str(kept[0][0]), check=0)
        left = json.loads(desk.hamdeld("quarantine", "list", "--json", check=0).stdout)["quarantine"]
        self.assertNotIn(kept[0][0], [entry["id"] for entry in left if entry["state"] != "dropped"])
        self.assertTrue(json.loads(desk.verify().stdout)["intact"])
        self.figures(f"{len(kept)} of {len(bombs)} quarantined, shown, replay said why not, 1 dropped")

    def test_hostile_mails_never_stop_the_intake(self):
        desk = self.desk
        groups = "To: " + "a:" * 4000 + ";" * 4000
        hostile = [
            mail("a@home.example", headers=[groups]),
            mail("b@home.example", "=?utf-8?B?" + "4pi6" * 200 + "?=", "x"),
            mail("c@home.example", headers=["X-Long: " + "y" * 20_000]),
            b"From: d@home.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n" * 5000,
            b"From: e@home.example\r\nContent-Type: message/rfc822\r\n\r\n" * 200 + b"x\r\n",
            b"From: f@home.example\r\nSubject: \xff\xfe\x00\x01\r\n\r\n\x00\x00\xff\r\n",
            b"From: g@home.example\r\nContent-Type: text/html\r\n\r\n" + b"<div>" * 8000,
            b"From: h@home.example\r\nContent-Transfer-Encoding: base64\r\n\r\n====%%%%\r\n",
        ]
        outcomes = [desk.deliver(raw) for raw in hostile]
        self.assertEqual(desk.http("GET", "/readyz").status, 200)
        self.assertTrue(all("ticket" in o or "quarantine" in o for o in outcomes), outcomes)
        for found in outcomes:
            if "ticket" in found:
                desk.get(f"/tickets/{found['ticket']}")
        self.assertTrue(json.loads(desk.verify().stdout)["intact"])
        self.figures(f"{len(hostile)} hostile mails, {sum('ticket' in o for o in outcomes)} tickets, verify intact")


class BadFiles(DeskTest):
    def test_bad_rows_are_named_and_the_good_ones_kept(self):
        desk = self.new_desk()
        mapping = {"id": "ID", "started_at": "Start", "from": "From", "to": "To", "direction": "Dir", "outcome": "Status", "duration": "Talk"}
        desk.configuration.phones(preset="generic", mapping=mapping)
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() - 600))
        log = f"{desk.folder}/calls.csv"
        with open(log, "wb") as file:
            file.write(b"ID,Start,From,To,Dir,Status,Talk\n")
            file.write(f"1,{now},09121110001,201,in,answered,30\n".encode())
            file.write(b"2,some day,09121110002,201,in,answered,30\n")
            file.write(f"3,{now},09121110003,201,in,sang,30\n".encode())
            file.write(b"4\n\xff\xfe,,,\n")
            file.write(f"5,{now},09121110005,201,in,missed,0\n".encode())
        done = desk.hamdeld("import", "phone-log", log, "--inbox", "phones", "--json")
        self.assertEqual(done.returncode, 7, done.stdout + done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual(report["imported"], 2)
        lines = [entry["line"] for entry in report["rejected"]]
        self.assertEqual(lines, [3, 4, 5, 6])
        self.assertTrue(all(entry["reason"] for entry in report["rejected"]))
        self.assertIn("some day", report["rejected"][0]["reason"])
        self.assertEqual(len(desk.tickets()), 2)
        self.assertNotEqual(desk.hamdeld("import", "phone-log", log + ".none", "--inbox", "phones").returncode, 0)
        self.assertEqual(desk.hamdeld("import", "phone-log", log, "--inbox", "nowhere").returncode, 78)
        self.figures(f"exit 7, 2 imported, rejected lines {lines}: {report['rejected'][0]['reason']}")

    def test_a_wrong_configuration_says_file_line_and_column(self):
        desk = self.new_desk()
        desk.configuration.mail()
        good = desk.configuration.team("support").text()
        cases = {
            "unknown key": (good.replace("[limits]", "[limits]\nspeed = 9"), "speed"),
            "wrong type": (good.replace("api_per_minute = 0", 'api_per_minute = "many"'), "api_per_minute"),
            "unknown team": (good.replace('team = "support"', 'team = "suport"'), "team"),
            "no address": (good.replace('address = "support@desk.example"\n', ""), "address"),
            "syntax": (good + "\n[limits\n", ""),
            "unknown section": (good + "\n[speed]\nx = 1\n", "speed"),
        }
        said = []
        for name, (text, key) in cases.items():
            with open(desk.file, "w") as file:
                file.write(text)
            for words in [["config", "check"], ["serve"]]:
                done = desk.hamdeld(*words)
                self.assertEqual(done.returncode, 78, (name, words, done.stderr))
                error = done.stderr.decode()
                self.assertRegex(error, re.escape(desk.file) + r":\d+:\d+: ", name)
                self.assertIn(key, error)
            said.append(error.splitlines()[0].replace(desk.folder, "…"))
        self.assertIn("support", said[2], "it says what would have been right")
        self.assertFalse(os.path.exists(f"{desk.folder}/hamdel.db"), "a wrong configuration creates nothing")
        with open(desk.file, "w") as file:
            file.write(subprocess.run([HAMDELD, "config", "example"], capture_output=True, text=True, check=True).stdout)
        done = desk.hamdeld("config", "show")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.figures(f"{len(cases)} faults, exit 78 each; e.g. {said[1]}")


def on_terminal(words):
    """What a command writes to a terminal."""
    leader, follower = os.openpty()
    child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=follower, stderr=follower)
    os.close(follower)
    written = b""
    while True:
        try:
            piece = os.read(leader, 65_536)
        except OSError:
            break
        if not piece:
            break
        written += piece
    os.close(leader)
    child.wait()
    return written.decode("utf-8", "replace")


class ControlCharacters(DeskTest):
    HOSTILE = "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b5n \u202eevil\u2066 \x08\x7f\r"

    def test_no_control_character_of_a_customer_reaches_a_terminal(self):
        desk = self.new_desk()
        desk.configuration.mail(auto_reply=False).chat().phones()
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support", "--name", "Lead" + self.HOSTILE.replace("\r", ""))
        body = chat("x-1", "text " + self.HOSTILE, {"kind": "site", "id": "v1", "name": "Name " + self.HOSTILE}, subject="Subject " + self.HOSTILE)
        answer = post_webhook(desk, body)
        self.assertEqual(answer.status, 200, answer.text)
        first = answer.json["messages"][0]["ticket"]
        raw = mail('"Eve \x1b[31m\x07" <eve@home.example>', "Hi \x1b]0;owned\x07\x1b[2J =?utf-8?B?G1syShtbMzFt?=", "Body \x1b[2J\x1b]52;c;AAAA\x07 \u202e and \x9b31m end")
        second = desk.deliver(raw)["ticket"]
        latin = b"From: l@home.example\r\nSubject: =?iso-8859-1?Q?a=9B31mb=1B[2J?=\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>\x9b31m&#27;[2J&#155;x</p>\r\n"
        third = desk.deliver(latin)["ticket"]
        customers = [desk.get(f"/tickets/{number}")["customer"]["id"] for number in (first, second, third)]
        commands = [["ticket", "list"], ["search", "text"], ["search", "body"], ["customer", "find", "eve"], ["watch", "--after", "0", "--count", "12"],
                    ["presence"], ["api", "GET", "/agents"], ["api", "GET", "/quarantine"]]
        for number in (first, second, third):
            commands += [["ticket", "show", str(number)], ["ticket", "show", str(number), "--full"], ["ticket", "history", str(number)], ["ticket", "explain", str(number)]]
        for customer in customers:
            commands += [["customer", "show", str(customer)], ["customer", "history", str(customer)]]
        outputs, seen = 0, 0
        for words in commands:
            for output in ["table", "json", "jsonl", "csv", "ids"]:
                done = desk.hamdel(*words, "-o", output)
                for stream in (done.stdout, done.stderr):
                    text = stream.decode("utf-8")
                    found = CONTROL.search(text)
                    self.assertIsNone(found, (words, output, found and text[max(0, found.start() - 40):found.end() + 20]))
                    # U+0085 and friends hide in valid UTF-8 too; CONTROL has them, a raw 0x9b byte would not decode.
                outputs += 1
                seen += "owned" in done.stdout.decode()
        self.assertGreater(seen, 0, "the text itself is shown, without its teeth")
        failing = desk.hamdel("ticket", "list", "--team", "\x1b[31mx", check=None)
        self.assertIsNone(CONTROL.search(failing.stderr.decode()))
        for words in [["agent", "list"], ["quarantine", "list"], ["outbox", "list"]]:
            self.assertIsNone(CONTROL.search(desk.hamdeld(*words).stdout.decode().replace("\t", "")), words)
        # What could not be read is shown to ops: on a terminal it must not steer it either.
        id = desk.deliver(("no mail " + self.HOSTILE + "\r\n").encode())["quarantine"]
        shown = on_terminal([HAMDELD, "quarantine", "show", str(id), "--config", desk.file])
        self.assertIn("no mail", shown)
        self.assertIsNone(CONTROL.search(shown.replace("\r\n", "\n")), repr(shown))
        self.figures(f"{outputs} outputs of {len(commands)} commands in 5 formats, no control character")
