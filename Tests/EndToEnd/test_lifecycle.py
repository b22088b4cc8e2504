"""From start to stop: readiness, reload, drain, systemd's datagrams, one daemon for one store."""
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

from desk import DeskTest, HAMDELD, outcome, wait_for
from wire import Stream, mail, stuffed


class Lifecycle(DeskTest):
    def desk_with_mail(self):
        desk = self.new_desk()
        desk.configuration.mail(auto_reply=False)
        return desk

    def test_the_smallest_configuration_starts(self):
        desk = self.new_desk()
        with open(desk.file, "w") as file:
            file.write(f'[store]\nurl = "sqlite:{desk.folder}/hamdel.db"\n[http]\nsocket = "{desk.folder}/api.sock"\n'
                       '[[team]]\nname = "support"\n[[inbox]]\nname = "support-mail"\nchannel = "email"\nteam = "support"\n'
                       'address = "support@desk.example"\n')
        desk.write_configuration = lambda: None
        desk.configuration.mail()
        first = desk.start()
        kept = desk.deliver(mail("sara@home.example"))
        self.assertEqual(kept["ticket"], 1)
        self.assertEqual(desk.stop(), 0)
        second = desk.start()
        self.figures(f"ready after {first:.2f} s with an empty store, {second:.2f} s with a store")

    def test_health_readiness_and_metrics_answer_on_both_doors(self):
        desk = self.desk_with_mail()
        desk.start()
        for via in ["tcp", "socket"]:
            self.assertEqual(desk.http("GET", "/healthz", via=via).status, 200)
            ready = desk.http("GET", "/readyz", via=via)
            self.assertEqual((ready.status, ready.json["status"]), (200, "ready"))
        desk.deliver(mail("sara@home.example"))
        metrics = desk.http("GET", "/metrics")
        self.assertTrue(metrics.headers["Content-Type"].startswith("text/plain"))
        values = {}
        for line in metrics.text.splitlines():
            if line and not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                values[name] = float(value)
        self.assertGreater(values["hamdel_stream_position"], 0)
        self.assertNotIn("sara@home.example", metrics.text)
        self.figures(f"{len(values)} series, position {values['hamdel_stream_position']:.0f}")

    def test_sigterm_drains(self):
        desk = self.desk_with_mail()
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        stream = Stream(desk, "lead", after=0)
        self.addCleanup(stream.close)
        results, stopped = [], threading.Event()

        def send(number):
            count = 0
            while not stopped.is_set():
                count += 1
                id = f"drain-{number}-{count}@home.example"
                try:
                    with desk.lmtp(timeout=20) as session:
                        code, text = session.send(mail(f"d{number}@home.example", id=id), ["support@desk.example"])[0]
                except (OSError, ValueError):
                    continue
                results.append((id, code))

        self.addCleanup(stopped.set)
        threads = [threading.Thread(target=send, args=(number,), daemon=True) for number in range(4)]
        for thread in threads:
            thread.start()
        wait_for("some mails", lambda: len(results) > 20)
        idle = desk.lmtp()
        self.addCleanup(idle.close)
        began = time.monotonic()
        status = desk.stop(30)
        seconds = time.monotonic() - began
        stopped.set()
        for thread in threads:
            thread.join(30)
        self.assertEqual(status, 0, desk.log_tail())
        self.assertEqual(idle.reply()[0], 421, "who waits between two mails is told")
        self.assertFalse(os.path.exists(desk.configuration.sections["http"]["socket"]), "the socket is gone")
        self.assertTrue(json.loads(desk.verify().stdout)["intact"])
        desk.start()
        taken = [id for id, code in results if code == 250]
        lost = [id for id in taken if len(desk.get(f"/messages?inbox=support-mail&external_id={id}")["messages"]) != 1]
        self.assertEqual(lost, [])
        self.figures(f"exit 0 after {seconds:.2f} s under load, {len(taken)} acknowledged, 0 lost")

    def test_sighup_takes_a_new_inbox_and_refuses_a_wrong_file(self):
        desk = self.desk_with_mail()
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        with desk.lmtp() as session:
            self.assertEqual(session.send(mail("a@home.example"), ["sales@desk.example"])[0][0], 550)
        desk.configuration.mail("sales-mail", "sales@desk.example", auto_reply=False).team("sales")
        desk.write_configuration()
        desk.process.send_signal(signal.SIGHUP)
        inboxes = lambda: [inbox["name"] for inbox in desk.get("/inboxes")["inboxes"]]
        wait_for("the new inbox", lambda: "sales-mail" in inboxes())
        kept = desk.deliver(mail("a@home.example"), to="sales@desk.example")
        self.assertEqual(desk.get(f"/tickets/{kept['ticket']}")["inbox"], "sales-mail")
        self.assertIn("sales", [team["name"] for team in desk.get("/teams")["teams"]])
        with open(desk.file, "a") as file:
            file.write("\n[[inbox]]\nname = 7\n")
        wrong = desk.log_text().count("the one in force stays")
        desk.process.send_signal(signal.SIGHUP)
        wait_for("the refusal in the log", lambda: desk.log_text().count("the one in force stays") > wrong)
        self.assertRegex(desk.log_text(), r"hamdel\.toml:\d+:\d+: ")
        self.assertEqual(inboxes(), ["sales-mail", "support-mail"])
        desk.deliver(mail("b@home.example"), to="sales@desk.example")
        self.figures("1 inbox and 1 team added by SIGHUP, a wrong file refused with its place, the old one in force")

    def test_systemd_hears_ready_reloading_stopping_and_the_watchdog(self):
        desk = self.desk_with_mail()
        path = f"{desk.folder}/notify.sock"
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(listener.close)
        listener.bind(path)
        listener.settimeout(0.1)
        heard = []

        def said(word):
            while True:
                try:
                    heard.append(listener.recv(4096).decode())
                except socket.timeout:
                    break
            return [text for text in heard if word in text.split("\n")[0]]

        desk.environment = {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "600000"}
        desk.start()
        wait_for("READY=1", lambda: said("READY=1"))
        wait_for("3 pings of the watchdog", lambda: len(said("WATCHDOG=1")) >= 3)
        desk.process.send_signal(signal.SIGHUP)
        reloading = wait_for("RELOADING=1", lambda: said("RELOADING=1"))[0]
        self.assertIn("MONOTONIC_USEC=", reloading)
        wait_for("READY=1 again", lambda: len(said("READY=1")) >= 2)
        desk.stop()
        wait_for("STOPPING=1", lambda: said("STOPPING=1"))
        order = [text.split("\n")[0] for text in heard if not text.startswith("WATCHDOG")]
        # Opening a large database may take longer than the unit waits otherwise.
        self.assertEqual(
            [word for word in order if not word.startswith("STATUS")],
            ["EXTEND_TIMEOUT_USEC=1800000000", "READY=1", "RELOADING=1", "READY=1", "STOPPING=1"])
        self.figures(f"{len(heard)} datagrams, {len(said('WATCHDOG=1'))} of the watchdog: {order}")

    def test_a_second_daemon_on_the_same_store_refuses(self):
        desk = self.desk_with_mail()
        desk.start()
        began = time.monotonic()
        second = desk.hamdeld("serve")
        self.assertNotIn(second.returncode, [0, 78])
        self.assertIn("hamdel.db", second.stderr.decode())
        self.assertEqual(desk.http("GET", "/readyz", via="socket").status, 200, "the first goes on")
        desk.deliver(mail("a@home.example"))
        self.figures(f"exit {second.returncode} after {time.monotonic() - began:.2f} s: {second.stderr.decode().strip().splitlines()[-1]}")

    def test_agents_are_added_with_and_without_a_daemon(self):
        desk = self.desk_with_mail()
        desk.write_configuration()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        again = desk.hamdeld("agent", "add", "lead")
        self.assertEqual((again.returncode, again.stdout), (6, b""))
        self.assertNotEqual(desk.hamdeld("agent", "add", "Bad Name!").returncode, 0)
        self.assertNotEqual(desk.hamdeld("agent", "add", "x", "--team", "ghost").returncode, 0)
        desk.start()
        self.assertEqual(desk.get("/me")["agent"]["login"], "lead")
        desk.add_agent("nima", "--team", "support", "--skill", "billing=3", "--language", "fa", "--capacity", "4", "--email", "nima@desk.example",
                       "--timezone", "Asia/Tehran", "--extension", "201", "--name", "Nima")
        me = desk.get("/me", "nima")["agent"]
        self.assertEqual((me["skills"], me["languages"], me["capacity"], me["extension"], me["name"], me["timezone"]),
                         ([{"name": "billing", "level": 3}], ["fa"], 4, "201", "Nima", "Asia/Tehran"))
        self.assertEqual(desk.hamdeld("agent", "token", "ghost").returncode, 5)
        mode = os.stat(f"{desk.folder}/control.sock").st_mode & 0o777
        self.assertEqual(mode & 0o077, 0, f"the control socket is open to others: {mode:o}")
        desk.kill()
        desk.hamdeld("agent", "disable", "nima", check=0)
        desk.start()
        self.assertEqual(desk.api("GET", "/me", agent="nima").status, 401)
        self.figures("added without a daemon, with one, disabled after a SIGKILL without one; control socket mode " + f"{mode:o}")

    def test_the_unix_socket_names_agents_by_their_unix_user(self):
        desk = self.desk_with_mail()
        desk.configuration.set("http", mode="0666")
        desk.start()
        os.chmod(desk.folder, 0o711)
        path = desk.configuration.sections["http"]["socket"]
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o666)
        if os.getuid() != 0:
            user = pwd.getpwuid(os.getuid()).pw_name
            desk.add_agent("me", "--unix-user", user)
            self.assertEqual(desk.http("GET", "/api/v1/me", via="socket").json["agent"]["login"], "me")
            self.figures(f"{user} needs no token")
            return
        desk.add_agent("root-like", "--unix-user", "games", "--team", "support")
        script = ("import http.client, socket, sys\nc = http.client.HTTPConnection('x')\nc.sock = socket.socket(socket.AF_UNIX)\n"
                  f"c.sock.connect({path!r})\nc.request('GET', '/api/v1/me', headers=dict([a.split('=') for a in sys.argv[1:]]))\nr = c.getresponse()\n"
                  "print(r.status, r.read().decode())")

        # The python that runs the tests may live where only root can go.
        python = shutil.which("python3", path="/usr/bin:/bin") or sys.executable

        def ask(user, *headers):
            done = subprocess.run([python, "-c", script, *headers], user=user, capture_output=True, text=True, cwd="/", timeout=30)
            return done.stdout or done.stderr

        answers = {user: ask(user) for user in ["games", "daemon", "nobody", "root"]}
        self.assertTrue(answers["games"].startswith("200"), answers)
        self.assertIn('"root-like"', answers["games"])
        for user in ["daemon", "nobody", "root"]:
            self.assertTrue(answers[user].startswith("401"), answers)
        self.assertTrue(ask("games", "Authorization=Bearer wrong").startswith("401"), "a wrong token is not made good by the socket")
        self.assertEqual(desk.http("GET", "/api/v1/me").status, 401, "TCP names nobody")
        self.figures({user: answer[:3] for user, answer in answers.items()})

    def test_stale_sockets_of_a_killed_daemon_do_not_stop_the_next(self):
        desk = self.desk_with_mail()
        desk.start()
        desk.deliver(mail("a@home.example"))
        desk.kill()
        self.assertTrue(os.path.exists(desk.configuration.sections["http"]["socket"]))
        seconds = desk.start()
        self.assertEqual(desk.deliver(mail("b@home.example"))["ticket"], 2)
        desk.hamdeld("backup", f"{desk.folder}/copy.db", check=0)
        self.assertEqual(desk.hamdeld("backup", f"{desk.folder}/copy.db").returncode, 6)
        self.assertGreater(os.path.getsize(f"{desk.folder}/copy.db"), 0)
        self.figures(f"ready again after {seconds:.2f} s; a backup of {os.path.getsize(desk.folder + '/copy.db')} bytes while in use")

    def test_init_makes_a_desk_from_nothing(self):
        desk = self.new_desk()
        desk.configuration.mail()
        desk.write_configuration()
        done = desk.hamdeld("init", check=0)
        token = done.stdout.decode().strip()
        self.assertNotIn("\n", token)
        desk.start()
        self.assertEqual(desk.get("/me", token)["agent"]["role"], "admin")
        again = desk.hamdeld("init", check=0)
        self.assertEqual(again.stdout, b"")
        self.figures("init printed a token alone; again it changed nothing")

    def test_a_refused_relay_is_tried_again_until_it_answers(self):
        desk = self.new_desk().with_sink()
        # Order is kept per ticket: an acknowledgement that waits would hold the answer back.
        desk.configuration.set("auto_reply", enabled=False).mail()
        port = desk.sink.port
        desk.configuration.set("smtp", url="smtp://127.0.0.1:1")
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        number = desk.deliver(mail("sara@home.example"))["ticket"]
        desk.post(f"/tickets/{number}/replies", {"text": "First answer"})
        waiting = wait_for("a failed attempt", lambda: [e for e in desk.outbox() if e["attempts"] >= 1 and e["state"] != "sending"])[0]
        self.assertTrue(waiting["detail"], "why it waits is said")
        desk.configuration.set("smtp", url=f"smtp://127.0.0.1:{port}")
        desk.write_configuration()
        desk.kill()
        desk.start()
        self.assertTrue(desk.outbox(), "the outbox outlives a kill")
        for entry in desk.outbox():
            desk.hamdeld("outbox", "retry", str(entry["id"]))
        wait_for("the mail", desk.sink.raw)
        wait_for("the outbox to know", lambda: desk.outbox()[0]["state"] == "sent")
        self.assertEqual([b"First answer" in raw for raw in desk.sink.raw()], [True], "sent once")
        self.figures(f"attempt {waiting['attempts']} failed ({waiting['detail'][:60]}), sent after the relay came")
