"""The main job: a mail, a chat message and a phone log of one customer become one ticket with one history."""
import datetime
import json
import re
import urllib.parse

from desk import DeskTest, wait_for
from wire import ReplyStub, chat, mail, new_id, parsed, plain, post_webhook, signature

SARA = "Sara Ahmadi <sara@home.example>"
PHONE = "+989121234567"


def asterisk_row(source, destination, start, *, answered, talk=0, id="pbx-1.1", context="from-trunk"):
    """A row of Asterisk's Master.csv."""
    begin = start.strftime("%Y-%m-%d %H:%M:%S")
    end = (start + datetime.timedelta(seconds=talk + 5)).strftime("%Y-%m-%d %H:%M:%S")
    disposition = "ANSWERED" if answered else "NO ANSWER"
    fields = ["", source, destination, context, f'""Caller"" <{source}>', "PJSIP/trunk-0001",
              f"PJSIP/{destination}-0002", "Dial", f"PJSIP/{destination}", begin, begin if answered else "", end]
    row = ",".join(f'"{field}"' for field in fields)
    return f'{row},{talk + 5},{talk},"{disposition}","DOCUMENTATION","{id}",""\n'


class MainJob(DeskTest):
    def setUp(self):
        self.stub = ReplyStub()
        self.addCleanup(self.stub.close)
        self.desk = self.new_desk().with_sink()
        configuration = self.desk.configuration
        configuration.mail(from_name="Desk").chat(trust_identities=True, reply_url=self.stub.url).phones()
        configuration.set("survey", delay="0s", cooldown="0s")
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support", "--capacity", "1")
        self.desk.add_agent("nima", "--team", "support", "--name", "Nima", "--extension", "201")
        for agent in ["nima"]:
            self.desk.hamdel("presence", "online", agent=agent)
        self.desk.hamdel("presence", "offline", agent="lead")

    def sent(self, count):
        """The mails of the sink, once there are so many."""
        wait_for(f"{count} mails in the sink", lambda: len(self.desk.sink.raw()) >= count)
        return [parsed(raw) for raw in self.desk.sink.raw()]

    def come_in(self):
        """Mail, chat and phone log; returns the ticket's number and the mail's id."""
        first_id = new_id("home.example")
        kept = self.desk.deliver(mail(SARA, "Router broken", "The light is red.", id=first_id, auth="pass"))
        number = kept["ticket"]
        body = chat("chat-1", "It is still red, any news?", {"kind": "site", "id": "visitor-7", "name": "Sara", "verified": True},
                    identities=[{"kind": "email", "id": "sara@home.example", "verified": True},
                                {"kind": "tel", "id": PHONE, "verified": True}], conversation="visit-1")
        answer = post_webhook(self.desk, body)
        self.assertEqual(answer.status, 200, answer.text)
        outcome = answer.json["messages"][0]
        self.assertEqual((outcome["outcome"], outcome["ticket"]), ("ticketed", number), "the chat joins the mail's ticket")
        start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=20)
        log = f"{self.desk.folder}/Master.csv"
        with open(log, "w") as file:
            file.write(asterisk_row("09121234567", "201", start, answered=True, talk=95))
        done = self.desk.hamdeld("import", "phone-log", log, "--inbox", "phones", "--json", check=0)
        self.assertIn('"imported":1', done.stdout.decode().replace(" ", ""))
        return number, first_id

    def test_one_customer_on_three_channels_is_one_ticket_and_one_timeline(self):
        desk = self.desk
        number, _ = self.come_in()
        self.assertEqual([ticket["number"] for ticket in desk.tickets()], [number])
        ticket = desk.cli("ticket", "show", str(number))
        self.assertEqual(ticket["channels"], ["email", "chat-webhook", "phone-log"])
        self.assertEqual([message["kind"] for message in ticket["messages"]], ["message", "message", "call"])
        self.assertEqual([message["sender_auth"] for message in ticket["messages"][:2]], ["verified", "verified"])
        self.assertEqual(ticket["assignee"], "nima")
        customer = ticket["customer"]["id"]
        card = desk.cli("customer", "show", str(customer))
        identities = {(entry["kind"], entry["id"], entry["verified"]) for entry in card["identities"]}
        self.assertLessEqual({("email", "sara@home.example", True), ("tel", PHONE, True)}, identities)
        timeline = desk.cli("customer", "history", str(customer))["timeline"]
        said = [(item["kind"], item["channel"]) for item in timeline if item["kind"] in ("message", "call")]
        # The call began before the others were written, though it was told of last.
        self.assertEqual(said, [("call", "phone-log"), ("message", "email"), ("message", "chat-webhook")])
        self.assertEqual([item["at"] for item in timeline], sorted(item["at"] for item in timeline))
        self.assertEqual([c["id"] for c in desk.cli("customer", "find", "sara@home.example")["customers"]], [customer])
        call = next(item["message"]["call"] for item in timeline if item["kind"] == "call")
        self.assertEqual((call["direction"], call["outcome"], call["duration_s"]), ("inbound", "answered", 95), call)
        self.figures(f"3 channels, 1 ticket, 1 customer, {len(timeline)} entries on the timeline")

    def test_explain_says_why_it_was_threaded_and_assigned(self):
        desk = self.desk
        number, _ = self.come_in()
        why = desk.cli("ticket", "explain", str(number))
        rules = [(entry["rule"], entry["outcome"]) for entry in why["threading"]]
        self.assertEqual(rules, [("none", "opened"), ("continuity", "joined"), ("continuity", "joined")])
        self.assertEqual(why["threading"][2]["mark"], "call_by_number")
        self.assertTrue(all(entry["sentence"] and entry["steps"] for entry in why["threading"]))
        decision = why["routing"][0]
        self.assertEqual((decision["outcome"], decision["agent"]), ("assigned", "nima"))
        candidates = {entry["agent"]: entry for entry in decision["candidates"]}
        self.assertEqual(candidates["nima"]["verdict"], "chosen")
        self.assertEqual(candidates["lead"]["verdict"], "offline")
        text = desk.hamdel("ticket", "explain", str(number)).stdout.decode()
        self.assertIn("nima", text.lower())
        self.assertIn("offline", text)
        self.figures(f"{len(rules)} threadings and {len(candidates)} candidates explained")

    def test_replies_go_out_on_the_channel_that_was_used(self):
        desk, stub = self.desk, self.stub
        number, first_id = self.come_in()
        self.sent(1)
        messages = desk.get(f"/tickets/{number}")["messages"]
        reply = desk.post(f"/tickets/{number}/replies", {"text": "Please restart it.", "answers": messages[1]["id"]}, agent="nima")
        self.assertEqual((reply["direction"], reply["channel"], reply["inbox"]), ("out", "chat-webhook", "site-chat"))
        wait_for("the chat answer", lambda: stub.requests)
        headers, body = stub.requests[0]
        headers = {name.lower(): value for name, value in headers.items()}
        posted = json.loads(body)
        self.assertEqual((posted["text"], posted["conversation"]), ("Please restart it.", "visit-1"))
        self.assertEqual(headers["webhook-signature"].split(" ")[0],
                         signature("chat-secret-of-the-tests", headers["webhook-id"], headers["webhook-timestamp"], body))
        desk.hamdel("ticket", "reply", str(number), "--inbox", "support-mail", "--text", "Is it better?\n", agent="nima")
        out = [m for m in self.sent(2) if "Is it better?" in plain(m)]
        self.assertEqual(len(out), 1)
        sent = out[0]
        self.assertIn("sara@home.example", sent["To"])
        token = sent["Message-ID"].strip("<>").split("@")[0]
        self.assertGreaterEqual(len(token), 22)
        self.assertRegex(str(sent["Reply-To"]), r"support\+[^@]+@desk\.example")
        self.assertIn(f"<{first_id}>", sent["References"])
        self.assertIn(f"#{number}", sent["Subject"])
        self.assertIsNone(sent["Auto-Submitted"])
        settled = wait_for("the delivery to be marked", lambda: [
            m for m in desk.get(f"/tickets/{number}")["messages"]
            if m["direction"] == "out" and m["delivery"]["state"] == "sent"][1:])
        self.assertEqual(settled[0]["delivery"]["attempts"], 1)
        # The customer's answer to the token joins, whatever subject it has.
        kept = desk.deliver(mail(SARA, "Re: hm", "Yes, thanks, but what was it?", auth="pass",
                                 in_reply_to=sent["Message-ID"].strip("<>"), references=[sent["Message-ID"].strip("<>")]))
        self.assertEqual(kept["ticket"], number)
        address = re.search(r"support\+[^@>]+@desk\.example", str(sent["Reply-To"])).group()
        kept = desk.deliver(mail(SARA, "By address alone", "And one more thing", auth="pass", to=address), to=address)
        self.assertEqual(kept["ticket"], number)
        why = desk.get(f"/tickets/{number}/explain")["threading"]
        self.assertEqual([entry["rule"] for entry in why[-2:]], ["token", "token"])
        self.figures(f"1 chat POST, {len(self.sent(2))} mails, 2 answers joined by token")

    def test_closing_asks_and_a_low_score_opens_a_recovery(self):
        desk = self.desk
        number = desk.deliver(mail(SARA, "Bill", "Too high", auth="pass"))["ticket"]
        desk.hamdel("ticket", "reply", str(number), "--text", "It is right.", "--close", agent="nima")
        survey = wait_for("the survey mail", lambda: [m for m in map(parsed, desk.sink.raw()) if "/s/" in plain(m)])[0]
        link = re.search(r"http://\S+/s/([A-Za-z0-9_-]+)", plain(survey))
        token = link.group(1)
        self.assertGreaterEqual(len(token), 22)
        self.assertTrue(link.group(0).startswith(desk.url + "/s/"))
        self.assertEqual(survey["Auto-Submitted"], "auto-generated")
        before = desk.position()
        for path in [f"/s/{token}", f"/s/{token}?score=5"]:
            page = desk.http("GET", path)
            self.assertEqual(page.status, 200)
            self.assertIn("<form", page.text)
        self.assertEqual(desk.http("HEAD", f"/s/{token}").status, 200)
        self.assertEqual(desk.position(), before, "looking at the page records nothing")
        self.assertEqual(desk.http("GET", "/s/" + "x" * 32).status, 404)
        self.assertEqual(desk.http("GET", "/s/" + token[:-1] + ("a" if token[-1] != "a" else "b")).status, 404)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertEqual(desk.http("POST", f"/s/{token}", "comment=x", form).status, 400)
        self.assertEqual(desk.http("POST", f"/s/{token}", "score=9", form).status, 400)
        posted = desk.http("POST", f"/s/{token}", urllib.parse.urlencode({"score": 1, "comment": "Nobody listened"}), form)
        self.assertEqual(posted.status, 200, posted.text)
        self.assertEqual(desk.get(f"/tickets/{number}")["score"], 1)
        recoveries = desk.cli("recovery", "list")["recoveries"]
        self.assertEqual([(r["ticket"], r["score"], r["comment"], r["state"]) for r in recoveries],
                         [(number, 1, "Nobody listened", "open")])
        id = str(recoveries[0]["id"])
        again = desk.http("POST", f"/s/{token}", "score=1&comment=Nobody+listened", form)
        self.assertEqual(again.status, 200)
        self.assertEqual(len(desk.cli("recovery", "list", "--state", "all")["recoveries"]), 1)
        self.assertEqual(desk.cli("recovery", "take", id)["owner"], "lead")
        done = desk.cli("recovery", "done", id, "--outcome", "rang and apologised")
        self.assertEqual((done["state"], done["outcome"]), ("done", "rang and apologised"))
        self.assertEqual(desk.cli("recovery", "list")["recoveries"], [])
        report = desk.cli("report", "csat")
        self.assertEqual((report["n"], report["dissatisfied"], report["satisfied"]), (1, 1, 0))
        self.assertTrue(0 <= report["interval"]["low"] <= report["interval"]["high"] <= 1)
        # "Still broken" as an answer to the survey mail reopens the ticket.
        kept = desk.deliver(mail(SARA, "Re: survey", "It is still wrong!", auth="pass",
                                 references=[survey["Message-ID"].strip("<>")]))
        self.assertEqual(kept["ticket"], number)
        self.assertEqual(desk.get(f"/tickets/{number}")["status"], "open")
        self.figures("1 survey mail, 3 looks without a vote, score 1, 1 recovery opened, taken and done, csat n=1")

    def test_a_missed_call_asks_for_a_call_back(self):
        desk = self.desk
        start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=30)
        log = f"{desk.folder}/missed.csv"
        with open(log, "w") as file:
            file.write(asterisk_row("02188776655", "201", start, answered=False, id="a"))
            file.write(asterisk_row("02188776655", "201", start + datetime.timedelta(minutes=3), answered=False, id="b"))
        desk.hamdeld("import", "phone-log", log, "--inbox", "phones", check=0)
        tickets = desk.tickets()
        self.assertEqual(len(tickets), 1, "several missed calls within 10 minutes are one")
        self.assertEqual(tickets[0]["callback"]["calls"], 2)
        number = str(tickets[0]["number"])
        self.assertEqual([t["number"] for t in desk.cli("ticket", "list", "--is", "callback")["tickets"]], [int(number)])
        desk.hamdel("callback", "done", number, "--note", "rang back", agent="nima")
        self.assertIsNone(desk.get(f"/tickets/{number}")["callback"])
        self.figures("2 missed calls, 1 ticket, 1 call-back done")

    def test_the_last_served_agent_gets_the_customers_next_ticket(self):
        desk = self.desk
        desk.add_agent("ziba", "--team", "support")
        number = desk.deliver(mail(SARA, "One", "one", auth="pass"))["ticket"]
        desk.hamdel("ticket", "assign", str(number), "ziba")
        desk.hamdel("ticket", "reply", str(number), "--text", "ok", "--close", agent="ziba")
        desk.deliver(mail("other@home.example", "Filler", "load for ziba", auth="pass"))
        second = desk.deliver(mail(SARA, "Two", "two", auth="pass"))["ticket"]
        self.assertNotEqual(second, number)
        why = desk.get(f"/tickets/{second}/explain")["routing"][0]
        self.assertEqual(why["agent"], "ziba", why["sentence"])
        self.assertIn("last", why["sentence"])
        self.figures(why["sentence"])
