"""SIGHUP: inboxes come, change, drain and go, and the others notice nothing."""
import os
import signal
import sys

from desk import DeskTest, wait_for
from test_exec import ADAPTERS, ExecTest, alive
from wire import chat, mail, post_webhook


class Reload(ExecTest):
    def reload(self, desk, times=1):
        desk.write_configuration()
        before = desk.log_text().count("configuration reloaded")
        desk.process.send_signal(signal.SIGHUP)
        wait_for("the reload", lambda: desk.log_text().count("configuration reloaded") == before + times)

    def started(self):
        desk = self.new_desk()
        desk.configuration.mail().chat()
        desk.configuration.inbox("own", "exec", command=[sys.executable, ADAPTERS, "quiet", desk.folder])
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        self.adapter_pid(desk)
        return desk

    def hook(self, desk, number, inbox="site-chat"):
        body = chat(f"m-{number}", f"text {number}", {"kind": "site", "id": f"v-{number}"})
        return post_webhook(desk, body, inbox=inbox).status

    def test_an_inbox_that_comes_changes_and_goes_touches_no_other(self):
        desk = self.started()
        child = self.adapter_pid(desk)
        with desk.lmtp() as session:
            # A session that was there before works through all of it.
            def deliver(number):
                raw = mail(f"a{number}@outside.example", f"Subject {number}")
                return session.send(raw, ["support@desk.example"], "a@outside.example")[0][0]
            self.assertEqual(deliver(1), 250)
            desk.configuration.chat("second-chat")
            self.reload(desk)
            self.assertEqual(self.hook(desk, 1, "second-chat"), 200)
            desk.configuration.lists["inbox"][-1]["trust_identities"] = True
            self.reload(desk)
            self.assertEqual(self.hook(desk, 2, "second-chat"), 200)
            desk.configuration.lists["inbox"].pop()
            self.reload(desk)
            self.assertEqual(self.hook(desk, 3, "second-chat"), 404)
            self.assertEqual(deliver(2), 250)
        self.assertEqual(self.hook(desk, 4), 200)
        self.assertEqual(self.adapter_pid(desk), child)

    def test_what_changed_is_started_anew_and_what_went_is_stopped(self):
        desk = self.started()
        first = self.adapter_pid(desk)
        desk.configuration.lists["inbox"][-1]["config"] = {"a": 1}
        self.reload(desk)
        wait_for("its end", lambda: not alive(first))
        second = wait_for("another child", lambda: (pid := self.adapter_pid(desk)) != first and pid)
        self.assertTrue(alive(second))
        desk.configuration.lists["inbox"].pop()
        self.reload(desk)
        wait_for("its end", lambda: not alive(second))
        self.assertEqual(self.hook(desk, 1), 200)

    def test_a_secret_that_changed_is_a_change(self):
        desk = self.new_desk()
        with open(f"{desk.folder}/token", "w") as file:
            file.write("first-token")
        desk.configuration.inbox(
            "own", "exec", command=[sys.executable, ADAPTERS, "quiet", desk.folder],
            secrets={"token": {"file": f"{desk.folder}/token"}})
        desk.start()
        first = self.adapter_pid(desk)
        self.reload(desk)
        self.assertEqual(self.adapter_pid(desk), first)
        with open(f"{desk.folder}/token", "w") as file:
            file.write("second-token")
        self.reload(desk)
        wait_for("its end", lambda: not alive(first))

    def test_a_draining_inbox_takes_nothing_and_sends_what_waits(self):
        desk = self.started()
        desk.configuration.mail(name="going", address="going@desk.example", drain=True)
        desk.configuration.lists["inbox"][1]["drain"] = True
        self.reload(desk)
        self.assertEqual(self.hook(desk, 1), 503)
        raw = mail("a@outside.example")
        with desk.lmtp() as session:
            code, text = session.send(raw, ["going@desk.example"], "a@outside.example")[0]
            self.assertTrue(400 <= code < 500, text)
            self.assertEqual(session.send(raw, ["support@desk.example"], "a@outside.example")[0][0], 250)
        desk.configuration.lists["inbox"][1]["drain"] = False
        self.reload(desk)
        self.assertEqual(self.hook(desk, 1), 200)

    def test_a_draining_adapter_still_sends(self):
        desk = self.exec_desk("receipts")
        number = wait_for("the ticket", desk.tickets)[0]["number"]
        desk.configuration.lists["inbox"][0]["drain"] = True
        self.reload(desk)
        self.adapter_pid(desk)
        self.reply(desk, number, "still there")
        wait_for("it went out", lambda: [e for e in desk.outbox() if e["state"] in ("sent", "delivered")])

    def test_a_wrong_configuration_changes_nothing(self):
        desk = self.started()
        child = self.adapter_pid(desk)
        desk.configuration.lists["inbox"][-1]["command"] = ["relative/path"]
        desk.write_configuration()
        desk.process.send_signal(signal.SIGHUP)
        wait_for("the word", lambda: "the one in force stays" in desk.log_text())
        self.assertEqual(self.adapter_pid(desk), child)
        self.assertEqual(self.hook(desk, 9), 200)
