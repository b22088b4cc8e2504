"""Surveys from outside: the page, its tokens, answers by chat and mail, requests, dispatch under SIGKILL."""
import http.client
import json
import os
import random
import re
import sqlite3
import threading
import time
import unittest
import urllib.parse

import browser
import tracing
from desk import FULL, PATIENCE, ROOT, DeskTest, wait_for
from wire import ReplyStub, chat, mail, new_id, parsed, plain, post_webhook

SARA = "sara@home.example"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# More than the daemon writes between a closing and the mark on its invitation.
MOST_WRITES = 200
UNSETTLED = ("queued", "sending", "retrying")
PICTURES = os.path.join(ROOT, ".build", "screenshots")


class SurveyTest(DeskTest):
    def desk_with(self, more="", **survey):
        self.stub = ReplyStub()
        self.addCleanup(self.stub.close)
        desk = self.new_desk().with_sink()
        desk.configuration.mail(from_name="Desk").chat(trust_identities=True, reply_url=self.stub.url).phones()
        desk.configuration.set("survey", **{"delay": "0s", "cooldown": "0s", **survey})
        desk.configuration.set("auto_reply", enabled=False)
        desk.configuration.extra += more
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        desk.add_agent("nima", "--team", "support", "--name", "Nima")
        return desk

    def invitations(self, desk, count=1):
        def found():
            mails = [m for m in map(parsed, desk.sink.raw()) if "/s/" in plain(m)]
            return mails if len(mails) >= count else None
        return wait_for(f"{count} survey mails", found)

    def answered(self, desk, text="Too high", sender=SARA):
        number = desk.deliver(mail(sender, "Bill", text, auth="pass"))["ticket"]
        desk.hamdel("ticket", "reply", str(number), "--text", "It is right.", "--close", agent="nima")
        return number

    def token(self, message):
        return re.search(r"/s/([A-Za-z0-9_-]+)", plain(message)).group(1)

    def events(self, desk, type):
        with sqlite3.connect(f"file:{desk.folder}/hamdel.db?mode=ro", uri=True) as database:
            return database.execute("SELECT COUNT(*) FROM events WHERE type = ?", [type]).fetchone()[0]


class Page(SurveyTest):
    def test_no_tampered_token_is_taken(self):
        desk = self.desk_with()
        self.answered(desk)
        token = self.token(self.invitations(desk)[0])
        rolls = random.Random(7)
        alphabet = "abcdefghijklmnopqrstuvwxyz234567ABCXYZ0189-_"
        count = 100_000 if FULL else 2_000
        connection = http.client.HTTPConnection("127.0.0.1", desk.configuration.port, timeout=60)
        taken = 0
        before = desk.position()
        for index in range(count):
            text = list(token)
            for _ in range(rolls.randint(1, 3)):
                text[rolls.randrange(len(text))] = rolls.choice(alphabet)
            tampered = "".join(text)
            if rolls.random() < 0.1:
                tampered = tampered[:rolls.randint(22, 41)]
            if tampered == token:
                continue
            post = index % 2
            connection.request("POST" if post else "GET", f"/s/{tampered}", "score=5" if post else None, FORM if post else {})
            answer = connection.getresponse()
            answer.read()
            taken += answer.status != 404
        self.assertEqual(taken, 0)
        self.assertEqual(desk.position(), before)
        self.assertEqual(desk.http("GET", f"/s/{token}").status, 200)
        self.figures(f"{count} tampered tokens, {taken} taken")

    def test_scanners_do_not_vote_and_a_crowd_votes_once(self):
        desk = self.desk_with()
        self.answered(desk)
        token = self.token(self.invitations(desk)[0])
        before = desk.position()
        looks = 1_000
        for index in range(looks):
            method = "HEAD" if index % 4 == 0 else "GET"
            self.assertEqual(desk.http(method, f"/s/{token}?score={index % 6}").status, 200)
        self.assertEqual(desk.position(), before)
        statuses = []
        def post():
            statuses.append(desk.http("POST", f"/s/{token}", "score=4", FORM).status)
        threads = [threading.Thread(target=post) for _ in range(100)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        self.assertEqual(set(statuses), {200})
        self.assertEqual(self.events(desk, "survey_answered"), 1)
        self.figures(f"{looks} looks without a vote; 100 posts at once, 1 answer")

    def test_the_page_is_small_private_and_can_be_corrected_until_it_is_stopped(self):
        desk = self.desk_with()
        number = self.answered(desk, text="The secret of my bill")
        invitation = self.invitations(desk)[0]
        token = self.token(invitation)
        self.assertEqual(invitation["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        html = [part for part in invitation.walk() if part.get_content_type() == "text/html"][0].get_content()
        self.assertEqual(len(re.findall(r"\?score=[1-5]\"", html)), 5, html)
        page = desk.http("GET", f"/s/{token}?score=2")
        self.assertLess(len(page.body), 14 * 1024)
        self.assertNotIn("secret", page.text)
        self.assertNotIn("<script", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        for score, comment in [(1, "rude"), (1, "very rude"), (5, "")]:
            body = urllib.parse.urlencode({"score": score, "comment": comment})
            self.assertEqual(desk.http("POST", f"/s/{token}", body, FORM).status, 200)
        self.assertEqual(self.events(desk, "survey_answered"), 3, "every answer is kept")
        self.assertEqual(desk.get(f"/tickets/{number}")["score"], 5)
        self.assertEqual(desk.cli("recovery", "list", "--state", "all")["recoveries"][0]["ending"], "corrected")
        stopped = desk.http("POST", f"/s/{token}", "List-Unsubscribe=One-Click", FORM)
        self.assertEqual(stopped.status, 200)
        other = self.answered(desk, text="Again")
        explained = desk.get(f"/tickets/{other}/explain")
        self.assertEqual([s["reason"] for s in explained["surveys"]], ["opted_out"])
        desk.verify()


@unittest.skipUnless(browser.PROGRAM, "NO CHROMIUM: scripts/setup --browser installs it; the page was not looked at")
class InChromium(SurveyTest):
    SIZES = {"phone": (360, 740, True), "desktop": (1280, 900, False)}

    def test_the_page_in_both_languages_sizes_and_lights(self):
        desk = self.desk_with("""
[[survey_policy]]
name = "nps"
kind = "nps"
ask = "request"
""")
        os.makedirs(PICTURES, exist_ok=True)
        self.answered(desk)
        self.answered(desk, text="سلام، صورت‌حساب من اشتباه است. لطفاً بررسی کنید.", sender="reza@home.example")
        mails = self.invitations(desk, 2)
        pages = {}
        for message in mails:
            language = "fa" if re.search("[\u0600-\u06ff]", plain(message)) else "en"
            pages[language] = self.token(message)
        self.assertEqual(sorted(pages), ["en", "fa"])
        desk.post("/invitations", {"kind": "nps", "address": "zari@home.example", "language": "fa"}, status=201)
        pages["fa-nps"] = self.token(self.invitations(desk, 3)[-1])
        chromium = browser.Browser()
        self.addCleanup(chromium.close)
        before = desk.position()
        least = 21
        for language, token in pages.items():
            for size, (width, height, mobile) in self.SIZES.items():
                for scheme in ["light", "dark"]:
                    chromium.look(width, height, scheme, mobile)
                    requests = chromium.open(f"{desk.url}/s/{token}?score=4")
                    chromium.screenshot(f"{PICTURES}/survey-{language}-{size}-{scheme}.png")
                    self.assertEqual([r for r in requests if "favicon" not in r], [f"{desk.url}/s/{token}?score=4"])
                    audit = chromium.evaluate(browser.AUDIT)
                    self.assertEqual(audit["faults"], [], (language, size, scheme))
                    self.assertEqual((audit["lang"], audit["dir"]), (language[:2], "rtl" if language[:2] == "fa" else "ltr"))
                    self.assertEqual(audit["checked"], ["4"])
                    least = min(least, audit["contrast"])
        self.assertEqual(desk.position(), before, "a browser that only loads votes for nothing")
        self.keys_alone(desk, chromium, pages["en"])
        self.figures(f"{len(pages) * 4} screenshots in {PICTURES}, least contrast {least:.2f}, no fault; answered by keys alone")

    def keys_alone(self, desk, chromium, token):
        chromium.open(f"{desk.url}/s/{token}")
        order = []
        for _ in range(4):
            chromium.press("Tab", 9)
            order.append(chromium.evaluate("document.activeElement.name || document.activeElement.type"))
        self.assertEqual(order, ["score", "comment", "submit", "stop"])
        chromium.open(f"{desk.url}/s/{token}")
        chromium.press("Tab", 9)
        chromium.press(" ", 32, " ")
        chromium.press("ArrowDown", 40)
        chromium.press("Tab", 9)
        chromium.press("Tab", 9)
        chromium.press("Enter", 13, "\r")
        chromium.wait("Page.loadEventFired")
        # Space took the first score, the arrow the second: a low one.
        self.assertIn("Thank you for being frank", chromium.evaluate("document.body.textContent"))
        self.assertEqual(chromium.evaluate("document.querySelector('input:checked').value"), "2")
        self.assertEqual(self.events(desk, "survey_answered"), 1)


class Channels(SurveyTest):
    def test_a_number_in_the_chat_is_an_answer_and_words_are_not(self):
        desk = self.desk_with()
        sender = {"kind": "site", "id": "visitor-7", "name": "Sara", "verified": True}
        number = post_webhook(desk, chat("c-1", "Hello?", sender, conversation="visit-1")).json["messages"][0]["ticket"]
        desk.hamdel("ticket", "reply", str(number), "--text", "Here I am.", "--close", agent="nima")
        question = wait_for("the question", lambda: [r for r in (json.loads(body) for _, body in list(self.stub.requests)) if r.get("purpose") == "survey"])[0]
        self.assertEqual([choice["text"] for choice in question["choices"]], ["1", "2", "3", "4", "5"])
        said = post_webhook(desk, chat("c-2", "عالی بود", sender, conversation="visit-1")).json["messages"][0]
        self.assertEqual(said["ticket"], number)
        self.assertIsNone(desk.get(f"/tickets/{number}")["score"])
        if desk.get(f"/tickets/{number}")["status"] != "closed":
            desk.hamdel("ticket", "close", str(number), agent="nima")
        post_webhook(desk, chat("c-3", "۵", sender, conversation="visit-1"))
        self.assertEqual(desk.get(f"/tickets/{number}")["score"], 5)
        ticket = desk.get(f"/tickets/{number}")
        self.assertEqual(ticket["status"], "closed")
        self.assertIn("۵", [m["text"] for m in ticket["messages"]], "kept as a message too")
        desk.verify()

    def test_a_request_from_outside_is_idempotent_and_obeys_the_policy(self):
        desk = self.desk_with(cooldown="7d")
        body = {"kind": "csat", "address": "buyer@shop.example"}
        first = desk.api("POST", "/invitations", body, headers={"Idempotency-Key": "purchase-1"})
        again = desk.api("POST", "/invitations", body, headers={"Idempotency-Key": "purchase-1"})
        self.assertEqual((first.status, first.json["decision"]), (201, "scheduled"))
        self.assertEqual(again.json["id"], first.json["id"])
        self.invitations(desk)
        other = desk.api("POST", "/invitations", body)
        self.assertEqual((other.status, other.json["decision"], other.json["reason"]), (201, "skipped", "cooldown"))
        self.assertEqual(desk.api("POST", "/invitations", body, agent="nima").status, 403)
        self.assertEqual(desk.api("POST", "/invitations", {"kind": "csat"}).status, 422)
        desk.verify()


class Once(SurveyTest):
    def test_closing_and_reopening_a_hundred_times_asks_once(self):
        """With a delay a reopening takes the question back; without one it went out with the first closing, and cooldown holds the rest."""
        asked = {}
        for delay in ["0s", "1h"]:
            desk = self.desk_with(delay=delay, cooldown="30d")
            number = self.answered(desk)
            for _ in range(100):
                desk.post(f"/tickets/{number}/reopen")
                desk.post(f"/tickets/{number}/close", {"reason": "solved"})
            counts = {kind: self.events(desk, kind) for kind in ["survey_scheduled", "survey_sent", "survey_cancelled", "survey_skipped"]}
            with sqlite3.connect(f"file:{desk.folder}/hamdel.db?mode=ro", uri=True) as database:
                open_ones = database.execute("SELECT COUNT(*) FROM invitations WHERE state IN ('scheduled', 'sent')").fetchone()[0]
            self.assertEqual(open_ones, 1, counts)
            self.assertLessEqual(counts["survey_sent"], 1)
            asked[delay] = counts
            desk.verify()
            self.assertEqual(desk.stop(), 0)
        self.assertEqual(asked["0s"]["survey_sent"], 1)
        self.assertEqual(asked["1h"]["survey_sent"], 0)
        self.figures(f"101 closings: sent at once {asked['0s']}, after an hour {asked['1h']}")


class DispatchKills(SurveyTest):
    def test_one_invitation_each_whatever_dies(self):
        desk = self.desk_with(delay="1s")
        rolls = random.Random(11)
        count, kills = (60, 20) if FULL else (12, 5)
        numbers = [self.answered(desk, sender=f"c{index}@home.example") for index in range(count)]
        for _ in range(kills):
            time.sleep(rolls.random() * 0.6)
            desk.kill()
            desk.start()
        wait_for("all invitations", lambda: self.events(desk, "survey_sent") >= count)
        wait_for("the outbox to be empty", lambda: not [o for o in desk.outbox() if o["state"] in UNSETTLED])
        with sqlite3.connect(f"file:{desk.folder}/hamdel.db?mode=ro", uri=True) as database:
            sent = dict(database.execute("SELECT ticket, COUNT(*) FROM events WHERE type = 'survey_sent' GROUP BY ticket"))
            queued = dict(database.execute(
                "SELECT ticket, COUNT(*) FROM events WHERE type = 'delivery_queued' AND data LIKE '%\"survey\"%' GROUP BY ticket"))
        self.assertEqual(sent, {number: 1 for number in numbers})
        self.assertEqual(queued, sent)
        ids = [m["Message-ID"] for m in map(parsed, desk.sink.raw()) if "/s/" in plain(m)]
        self.assertEqual(len(set(ids)), count)
        self.assertLessEqual(len(ids) - count, kills, "a copy only where we died between a mail and its mark, under the same id")
        desk.verify()
        self.figures(f"{kills} kills, {count} tickets, {len(set(ids))} invitations, {len(ids) - count} copies under the same Message-ID")


@unittest.skipUnless(tracing.possible(), "NO STRACE: scripts/setup installs it, and it must be allowed to trace; deaths before each write were not tried")
class DispatchDeaths(SurveyTest):
    """SIGKILL before each write of the daemon between the closing of a ticket and the mark on its invitation's mail."""

    def test_one_invitation_each_before_whatever_write_it_dies(self):
        desk = self.desk_with(delay="1s")
        twin = self.asked(desk, "twin@home.example")
        found, rounds = {}, 0
        for write in range(1, MOST_WRITES) if FULL else range(1, MOST_WRITES, 9):
            customer = f"before-{write}@home.example"
            number = self.unasked(desk, customer)
            with tracing.Death(desk.process.pid, write) as death:
                self.close(desk, number)
                wait_for("its death, or the end of its work", lambda: death.came() or self.settled(desk, number))
                died = death.came()
            if not died:
                break
            desk.process.wait(PATIENCE)
            rounds += 1
            step = self.step(desk, number)
            found[step] = found.get(step, 0) + 1
            desk.start()
            self.close(desk, number)
            wait_for(f"the invitation of {customer}", lambda: self.settled(desk, number))
            self.assertEqual(self.life(desk, number), twin, f"died before write {write}, {step}")
            copies = len(self.mails(desk, customer))
            self.assertIn(copies, (1, 2) if step == "being sent" else (1,), f"died before write {write}, {step}")
        else:
            self.fail(f"{MOST_WRITES} writes and no end: it never came through alive")
        self.assertGreaterEqual(len(found), 4 if FULL else 2, found)
        desk.verify()
        self.figures(f"{rounds} deaths: {found}; each lived on as the twin that did not die")

    def unasked(self, desk, customer):
        number = desk.deliver(mail(customer, "Bill", "Too high", auth="pass"))["ticket"]
        desk.hamdel("ticket", "reply", str(number), "--text", "It is right.", agent="nima")
        wait_for("the answer to have gone", lambda: not [o for o in desk.outbox() if o["state"] in UNSETTLED])
        return number

    def asked(self, desk, customer):
        number = self.unasked(desk, customer)
        self.close(desk, number)
        wait_for("the twin's invitation", lambda: self.settled(desk, number))
        return self.life(desk, number)

    def close(self, desk, number):
        """As an agent does whose daemon may die: whoever got no answer looks, and tries again after the restart."""
        try:
            if desk.get(f"/tickets/{number}")["status"] != "closed":
                desk.post(f"/tickets/{number}/close", {"reason": "solved"})
        except (OSError, http.client.HTTPException):
            pass

    def rows(self, desk, sql, number):
        with sqlite3.connect(f"file:{desk.folder}/hamdel.db?mode=ro", uri=True) as database:
            return database.execute(sql, [number]).fetchall()

    def life(self, desk, number):
        """All that happened to the question, and how often."""
        return self.rows(desk, """
            SELECT type, COUNT(*) FROM events
            WHERE ticket = ? AND (type LIKE 'survey%' OR type = 'delivery_queued' OR type = 'delivery_settled' AND data LIKE '%"sent"%')
            GROUP BY type ORDER BY type""", number)

    def settled(self, desk, number):
        return self.step(desk, number) == "told"

    def step(self, desk, number):
        """How far the question has come."""
        invited = self.rows(desk, "SELECT state FROM invitations WHERE ticket = ?", number)
        if not invited:
            return "not decided"
        sent = self.rows(desk, """
            SELECT o.state FROM outbox o JOIN invitations i ON o.invitation = i.id
            WHERE i.ticket = ? AND o.purpose = 'survey'""", number)
        if not sent:
            return invited[0][0]
        return {"queued": "queued", "sent": "told"}.get(sent[0][0], "being sent")

    def mails(self, desk, customer):
        mails = [m for m in map(parsed, desk.sink.raw()) if "/s/" in plain(m) and m["To"] == customer]
        self.assertLessEqual(len({m["Message-ID"] for m in mails}), 1)
        return mails
