"""The agent's screen against a real daemon, typed at as an agent would through a shift."""
import datetime
import glob
import os
import re
import signal
import socket
import threading
import time
import unittest
import urllib.parse

from desk import FULL, DeskTest, wait_for
from terminal import TMUX, Screen
from test_main_job import asterisk_row
from wire import chat, mail, parsed, plain, post_webhook

SARA = "Sara Ahmadi <sara@home.example>"
MINA = "=?utf-8?B?2YXbjNmG2Kcg2LHYttin24zbjA==?= <mina@home.example>"


@unittest.skipUnless(TMUX, "tmux is not installed: run scripts/setup")
class ScreenTest(DeskTest):
    def setUp(self):
        self.desk = self.new_desk().with_sink()
        configuration = self.desk.configuration
        configuration.team("support").team("billing")
        configuration.mail(from_name="Desk").chat(trust_identities=True).phones()
        configuration.set("survey", delay="0s", cooldown="0s")
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support", "--team", "billing", "--capacity", "1")
        self.desk.add_agent("nima", "--team", "support", "--name", "Nima", "--extension", "201")
        self.desk.hamdel("presence", "online", agent="nima")
        self.desk.hamdel("presence", "offline", agent="lead")

    def screen(self, settings=None, **options):
        agent = options.get("agent", "nima")
        folder = f"{self.desk.folder}/config-{agent}/hamdel"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/config.toml", "w") as file:
            file.write(settings if settings is not None else 'send_delay = "0s"\n')
        screen = Screen(self.desk, **options)
        self.addCleanup(screen.close)
        return screen

    def mail(self, subject="Router broken", text="The light is red.", sender=SARA, **options):
        return self.desk.deliver(mail(sender, subject, text, auth="pass", **options))["ticket"]

    def sent_texts(self, word):
        """The texts of mails that went out with this word."""
        return [plain(found) for found in map(parsed, self.desk.sink.raw()) if word in plain(found)]

    def messages(self, number):
        return self.desk.get(f"/tickets/{number}")["messages"]

    def drafts(self, agent="nima"):
        return glob.glob(f"{self.desk.folder}/state-{agent}/hamdel/drafts/*.json")


class Shift(ScreenTest):
    def come_in(self):
        """One customer by mail, by chat and on the phone."""
        number = self.mail(text="The light of my router is red.\n\nSara")
        body = chat("chat-1", "It is still red, any news?",
                    {"kind": "site", "id": "visitor-7", "name": "Sara", "verified": True},
                    identities=[{"kind": "email", "id": "sara@home.example", "verified": True},
                                {"kind": "tel", "id": "+989121234567", "verified": True}], conversation="visit-1")
        self.assertEqual(post_webhook(self.desk, body).status, 200)
        start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=20)
        log = f"{self.desk.folder}/Master.csv"
        with open(log, "w") as file:
            file.write(asterisk_row("09121234567", "201", start, answered=True, talk=95))
        self.desk.hamdeld("import", "phone-log", log, "--inbox", "phones", "--json", check=0)
        return number

    def test_a_shift_from_the_first_look_to_the_score(self):
        number = self.come_in()
        screen = self.screen()
        screen.wait("live", "Router broken", "It is still red", "Sara Ahmadi")
        # The history on every channel.
        screen.key("Enter")
        screen.wait("The light of my router", "chat", "call")
        screen.type("T")
        screen.wait("Everything about", "mail", "chat", "phone")
        screen.type("q")
        screen.type("e")
        screen.wait("Why #", "Nima" if "Nima" in screen.seen() else "nima")
        screen.type("q")
        # A note, then a reply by mail.
        screen.type("i")
        screen.wait("INTERNAL NOTE")
        screen.type("A red light is a broken cable.")
        screen.key("C-s")
        screen.wait("noted on", "A red light is a broken cable.")
        screen.type("r")
        screen.wait("the customer sees this", " by ")
        screen.type("Dear Sara, a new cable is on its way.")
        screen.stop_writing()
        screen.type(":")
        screen.line("by support-mail")
        screen.wait("by mail to sara@home.example")
        screen.key("C-s")
        screen.wait("answered by mail to sara@home.example")
        wait_for("the answer in the sink", lambda: self.sent_texts("a new cable"))
        # The prepared answer of a lead, with what else it does: all of it or nothing.
        self.desk.hamdel("macro", "set", "cable", "--title", "A cable is sent", "--text", "en=Dear {customer}, track it here.",
                         "--tag", "+sent", "--priority", "high", agent="lead", check=0)
        screen.type("m")
        screen.wait("A cable is sent")
        screen.key("Enter")
        screen.wait("track it here.", "with it (C-x: without)")
        screen.type(" Nima")
        # Somebody else writes on it too: both see it.
        said = self.desk.api("PUT", f"/tickets/{number}/attention", {"state": "writing"}, agent="lead")
        self.assertEqual(said.status, 200, said.text)
        screen.wait("is writing")
        wait_for("the others to hear of nima", lambda: [
            one for one in self.desk.get(f"/tickets/{number}/attention")["agents"]
            if (one["agent"], one["state"]) == ("nima", "writing")])
        screen.key("C-s")
        screen.wait("answered by", "track it here. Nima", "tags +sent by nima")
        self.assertEqual(self.desk.get(f"/tickets/{number}")["priority"], "high")
        # Handed over, and back.
        screen.type("a")
        screen.wait("Who takes")
        screen.type("lead")
        screen.key("Enter")
        screen.wait("is with lead")
        screen.type("u")
        wait_for("the ticket to be nima's again",
                 lambda: self.desk.get(f"/tickets/{number}")["assignee"] == "nima")
        # Tagged, and closed as solved.
        screen.type("t")
        screen.line("+cable")
        screen.wait("has the tags: cable")
        screen.type("x")
        screen.wait("why?")
        screen.key("Enter")
        screen.wait("closed: solved")
        # The customer is asked, answers with 1, and the agent sees it.
        survey = wait_for("the survey mail", lambda: [
            found for found in map(parsed, self.desk.sink.raw()) if "/s/" in plain(found)])[0]
        token = re.search(r"/s/([A-Za-z0-9_-]+)", plain(survey)).group(1)
        form = urllib.parse.urlencode({"score": "1", "comment": "Too slow"})
        answer = self.desk.http("POST", f"/s/{token}", form, {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertLess(answer.status, 400)
        screen.type(f":{number}")
        screen.key("Enter")
        screen.wait("score 1", "gave a score of 1")
        screen.type("W")
        screen.wait("Customers to win back", "Too slow", "score 1")
        screen.type("A")
        screen.wait("@nima")
        screen.type("x")
        screen.wait("what came of it")
        screen.line("rang her, said sorry")
        screen.wait("Nobody: every customer is content")
        screen.type("q")
        # How it went is for leads, with plots.
        screen.type("M")
        screen.wait("not allowed (it takes the role lead)", gone=["How it goes"])
        lead = self.screen(agent="lead")
        lead.wait("live")
        lead.type("M")
        lead.wait("How it goes: overview", "opened", "first response")
        lead.type(":report csat")
        lead.key("Enter")
        lead.wait("How it goes: csat", "CSAT, 1 answers to", "score 1")
        lead.type("q")
        screen.type("q")
        screen.type("q")
        screen.wait("shell>")

    def test_in_persian_with_a_persian_keyboard(self):
        number = self.mail("سفارش 88213 نرسیده است", "سلام،\nسفارش من هنوز نرسیده است.\nمینا", sender=MINA)
        screen = self.screen(
            'send_delay = "0s"\ndigits = "persian"\ncalendar = "jalali"\n', columns=100, rows=30)
        # Put in order and joined: «ﺳﻠ» of «سلام», from left to right.
        screen.wait("live", "\ufee0\ufeb3")
        # ق is under r, ط under t: the layout needs no switch.
        screen.type("ق")
        screen.wait("the customer sees this", "mina@home.example")
        screen.type("مینای گرامی، سفارش شما امروز می‌رسد.")
        screen.key("C-s")
        screen.wait("answered by mail")
        found = wait_for("the answer in the sink", lambda: self.sent_texts("مینای گرامی"))
        self.assertIn("می‌رسد", found[0], "what is sent is in stored order, joiners kept")
        screen.type("ظ")
        screen.wait("Put #")
        screen.type("another")
        screen.key("Enter")
        screen.line("فردا ۹")
        screen.wait("is back")
        ticket = self.desk.get(f"/tickets/{number}")
        self.assertTrue(ticket["snoozed_until"].endswith("T09:00:00.000Z") or "T09:00" in ticket["snoozed_until"],
                        ticket["snoozed_until"])

    def test_keys_bound_anew_and_a_theme_of_ones_own(self):
        number = self.mail()
        folder = f"{self.desk.folder}/config-nima/hamdel"
        os.makedirs(f"{folder}/themes", exist_ok=True)
        with open(f"{folder}/themes/night.toml", "w") as file:
            file.write('inherits = "light"\nground = "#010203"\n')
        with open(f"{folder}/keys.toml", "w") as file:
            file.write('reply = ["b", "x"]\n')
        screen = self.screen('theme = "night"\ncolour = "truecolor"\nsend_delay = "0s"\n', columns=100, rows=30)
        screen.wait("keys.toml:1:15", "in the queue «x» is", "close = []", "shell>")
        with open(f"{folder}/keys.toml", "w") as file:
            file.write('reply = ["b", "B b"]\nnext-ticket = []\n\n[queue]\nopen = "J"\n')
        screen.key("C-l")
        screen.start()
        screen.wait("live", " b reply", " J open", gone=[" r reply"])
        self.assertIn("48;2;1;2;3", screen.tmux("capture-pane", "-p", "-e"))
        screen.type("J")
        screen.wait("Esc back", f"#{number}")
        screen.type("Bb")
        screen.wait("the customer sees this")
        screen.key("C-c")
        screen.wait("shell>")

    def test_many_at_once_and_back(self):
        numbers = [self.mail(f"Question {count}", sender=f"Guest {count} <g{count}@home.example>") for count in range(5)]
        screen = self.screen()
        screen.wait("live", "Question 4", "Question 0")
        screen.type("*")
        screen.wait("5 marked")
        screen.type("x")
        screen.wait("Close 5 tickets")
        screen.key("Enter")
        screen.wait("5 of 5 closed: solved")
        self.assertEqual({self.desk.get(f"/tickets/{n}")["status"] for n in numbers}, {"closed"})
        screen.type("u")
        screen.wait("5 of 5 taken back")
        self.assertNotIn("closed", {self.desk.get(f"/tickets/{n}")["status"] for n in numbers})

    def test_filter_in_the_query_language_and_find_in_the_thread(self):
        self.mail("Alpha", "first line\n\nthe needle is here\n", sender="A <a@home.example>")
        self.mail("Beta", "nothing", sender="B <b@home.example>")
        screen = self.screen()
        screen.wait("live", "Alpha", "Beta")
        screen.type("/")
        screen.line("status:new alpha")
        screen.wait("/status:new alpha", "Alpha", gone=["Beta"])
        screen.key("Enter")
        screen.type("/")
        screen.line("NEEDLE")
        screen.wait("n next")
        screen.type("n")
        screen.wait("from the beginning again")
        screen.type("/")
        screen.key("C-u")
        screen.line("haystack")
        screen.wait("not in this thread")


class Sending(ScreenTest):
    def test_a_reply_is_held_and_can_be_taken_back(self):
        number = self.mail()
        screen = self.screen('send_delay = "30s"\n')
        screen.wait("live", "The light is red.")
        screen.type("r")
        screen.wait("the customer sees this")
        screen.type("Too hasty")
        screen.key("C-s")
        screen.wait("goes in", "takes it back")
        self.assertEqual(len(self.drafts()), 1, "held, it is on disk")
        screen.type("u")
        screen.wait("not sent: it is yours again", "Too hasty")
        self.assertEqual([m["direction"] for m in self.messages(number)], ["in"])
        screen.stop_writing()
        screen.type("d")
        wait_for("the draft to go", lambda: not self.drafts())

    def test_the_editor_writes_and_a_review_follows(self):
        self.mail()
        script = f"{self.desk.folder}/editor"
        with open(script, "w") as file:
            file.write('#!/bin/sh\nprintf "Written in an editor.\\nSecond line.\\n" >>"$1"\n')
        os.chmod(script, 0o700)
        screen = self.screen(EDITOR=script)
        screen.wait("live", "The light is red.")
        screen.type("E")
        seen = screen.wait("Second line.", "by mail to sara@home.example", "send", "discard")
        self.assertIn("customer", seen)
        screen.type("y")
        screen.wait("answered by mail")
        wait_for("the answer in the sink", lambda: self.sent_texts("Written in an editor."))

    def test_files_are_attached_saved_and_piped(self):
        number = self.mail()
        path = f"{self.desk.folder}/plan.txt"
        with open(path, "w") as file:
            file.write("the plan\n")
        screen = self.screen()
        screen.wait("live", "The light is red.")
        screen.type("r")
        screen.wait("the customer sees this")
        screen.type("See the file.")
        screen.stop_writing()
        screen.type("a")
        screen.line(path)
        screen.wait("with plan.txt")
        screen.key("C-s")
        screen.wait("answered by mail", "plan.txt")
        self.assertEqual([a["name"] for a in self.messages(number)[-1]["attachments"]], ["plan.txt"])
        screen.type("o")
        screen.wait("Files and links", "plan.txt")
        screen.key("Enter")
        screen.key("Enter")
        screen.wait("saved as")
        with open(f"{self.desk.folder}/plan-1.txt") as file:
            self.assertEqual(file.read(), "the plan\n", "beside the file of that name, which stays as it is")
        screen.type("|")
        screen.line(f"cat >{self.desk.folder}/piped")
        screen.wait("done")
        with open(f"{self.desk.folder}/piped") as file:
            self.assertIn("See the file.", file.read())


class Robustness(ScreenTest):
    """Whatever breaks: no crash, no draft lost, nothing sent twice, and the terminal is given back."""

    def write(self, screen, text):
        screen.type("r")
        screen.wait("the customer sees this")
        screen.type(text)

    def answers(self, number, word):
        return [m for m in self.messages(number) if m["direction"] == "out" and word in m["text"]]

    def test_a_draft_survives_kill_9(self):
        number = self.mail()
        screen = self.screen()
        screen.wait("live", "The light is red.")
        self.write(screen, "A long and careful answer")
        wait_for("the draft on disk", lambda: [
            path for path in self.drafts() if "careful answer" in open(path).read()])
        os.kill(screen.pid(), signal.SIGKILL)
        screen.mend()
        screen.start()
        screen.wait("live", "not sent")
        screen.type("r")
        screen.wait("A long and careful answer")
        screen.key("C-s")
        screen.wait("answered by mail")
        wait_for("the draft to go", lambda: not self.drafts())
        self.assertEqual(len(self.answers(number, "careful")), 1)

    def test_a_draft_is_found_at_another_seat_and_goes_once(self):
        number = self.mail()
        screen = self.screen()
        screen.wait("live", "The light is red.")
        self.write(screen, "Begun at the office")
        wait_for("the draft on the desk", lambda: [
            draft for draft in self.desk.get("/drafts", agent="nima")["drafts"] if draft["text"] == "Begun at the office"])
        wait_for("this seat to know", lambda: [path for path in self.drafts() if '"same"' in open(path).read()])
        os.kill(screen.pid(), signal.SIGKILL)
        # Another machine: nothing of the first one's files.
        home = self.screen(XDG_STATE_HOME=f"{self.desk.folder}/state-home")
        home.wait("live", "not sent")
        home.type("r")
        home.wait("Begun at the office")
        home.type(", sent from home")
        home.key("C-s")
        home.wait("answered by mail")
        self.assertEqual(len(self.answers(number, "sent from home")), 1)
        # Back at the office nothing is left of it, though its file is there.
        self.assertEqual(len(self.drafts()), 1)
        screen.mend()
        screen.start()
        screen.wait("live", "sent from home")
        wait_for("the office's copy to go", lambda: not self.drafts())
        self.assertNotIn("not sent", screen.seen())

    def test_killed_while_the_answer_is_on_its_way_it_is_sent_once(self):
        number = self.mail()
        screen = self.screen()
        screen.wait("live", "The light is red.")
        self.write(screen, "Said once")
        # The daemon holds its breath: the request is out and has no answer.
        self.desk.process.send_signal(signal.SIGSTOP)
        screen.key("C-s")
        screen.wait("sending")
        os.kill(screen.pid(), signal.SIGKILL)
        self.desk.process.send_signal(signal.SIGCONT)
        screen.mend()
        screen.start()
        screen.wait("live", "Said once" if self.answers(number, "Said once") else "Router broken")
        if "not sent" in screen.seen():
            # It had not arrived when the screen came back: sent again it is the same request.
            screen.type("r")
            screen.wait("Said once")
            screen.key("C-s")
            seen = wait_for("sent, or something new to read first", lambda: [
                text for text in [screen.seen()]
                if "answered by mail" in text or "read it" in text])
            if "read it" in seen[0]:
                screen.key("C-s")
                screen.wait("answered by mail")
        self.assertEqual(len(self.answers(number, "Said once")), 1)
        wait_for("the mail", lambda: self.sent_texts("Said once"))
        self.assertEqual(len(self.sent_texts("Said once")), 1)

    def test_the_daemon_restarts_and_the_screen_goes_on(self):
        number = self.mail()
        screen = self.screen('send_delay = "1s"\n')
        screen.wait("live", "The light is red.")
        self.desk.stop()
        screen.wait("offline since", "The light is red.")
        self.write(screen, "While you were away")
        screen.key("C-s")
        screen.wait("to be sent")
        self.desk.start()
        screen.wait("live", gone=["offline since", "to be sent"])
        wait_for("the answer", lambda: self.answers(number, "While you were away"))
        second = self.mail("Later", "After the restart", sender="Late <late@home.example>")
        screen.wait("Later")
        self.assertEqual(len(self.answers(number, "While you were away")), 1)
        self.assertGreater(second, number)

    def test_a_link_that_is_cut_for_a_while(self):
        number = self.mail()
        proxy = Proxy(self.desk.configuration.port)
        self.addCleanup(proxy.close)
        screen = self.screen(HAMDEL_URL=f"http://127.0.0.1:{proxy.port}")
        screen.wait("live", "The light is red.")
        proxy.cut()
        screen.wait("offline since", "Router broken")
        self.mail("Meanwhile", "While the link was cut", sender="M <m@home.example>")
        self.write(screen, "Written while away")
        # What holds for a moment holds for the half minute of a train in a tunnel.
        cut = time.monotonic() + (30 if FULL else 0)
        wait_for("the end of the cut", lambda: time.monotonic() >= cut, 60)
        screen.wait("offline since", "Written while away")
        proxy.mend()
        screen.wait("live", "Meanwhile", "Written while away")
        screen.key("C-s")
        screen.wait("answered by mail")
        self.assertEqual(len(self.answers(number, "Written while away")), 1)

    def test_one_by_one_and_back(self):
        self.mail()
        screen = self.screen()
        screen.wait("live", "The light is red.")
        self.write(screen, "Small")
        for columns, rows in [(1, 1), (2, 2), (5, 3), (200, 50), (1, 60), (300, 1), (80, 24)]:
            screen.resize(columns, rows)
        screen.wait("Small")
        screen.key("C-s")
        screen.wait("answered by mail")

    def test_a_mail_of_ten_megabytes_is_opened(self):
        line = "The quick brown fox jumps over the lazy dog, and over again. " * 2
        self.mail("Large", "\n".join([line] * (10_000_000 // len(line))))
        screen = self.screen()
        screen.wait("live", "Large", "quick brown fox")
        screen.key("Enter")
        screen.type("gg")
        screen.wait("quick brown fox")
        screen.type("v")
        screen.type("G")
        screen.wait("and more: hamdel ticket show")
        with open(f"/proc/{screen.pid()}/status") as file:
            peak = int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) // 1024
        self.figures(f"10 MB mail, {peak} MB resident at most")

    def test_the_connection_drops_in_the_middle_of_a_reply(self):
        self.mail()
        screen = self.screen()
        screen.wait("live", "The light is red.")
        self.write(screen, "Half a sen")
        os.kill(screen.pid(), signal.SIGHUP)
        screen.wait("shell>")
        wait_for("the draft on disk", lambda: [path for path in self.drafts() if "Half a sen" in open(path).read()])
        screen.start()
        screen.wait("live", "not sent")
        screen.type("r")
        screen.wait("Half a sen")

    def test_the_terminal_is_given_back_after_a_crash(self):
        self.mail()
        # The runtime's own report of a crash would read what is typed meanwhile.
        screen = self.screen(SWIFT_BACKTRACE="enable=no")
        screen.wait("live", "The light is red.")
        os.kill(screen.pid(), signal.SIGSEGV)
        screen.wait("Segmentation fault", gone=["Router broken"])
        screen.line("stty -a | grep -q ' echo ' && echo given-back-$((1+1))")
        screen.wait("given-back-2")
        self.assertEqual(screen.tmux("display-message", "-p", "#{alternate_on}").strip(), "0")


class Proxy:
    """TCP between the screen and the daemon that can be cut, as a link is: nothing goes through, nobody says so."""

    def __init__(self, port):
        self.target = port
        self.is_cut = False
        self.pairs = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.target))
            self.pairs += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(source, sink), daemon=True).start()

    def carry(self, source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        self.is_cut = True
        for end in self.pairs:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.pairs = []

    def mend(self):
        self.is_cut = False

    def close(self):
        self.cut()
        self.listener.close()
