"""`hamdeld doctor`: each thing that can be wrong is made wrong, and must be named with what to do."""
import json
import os
import shutil
import socket
import sqlite3
import ssl
import struct
import subprocess
import threading
import time
import unittest

from desk import DeskTest, free_port, wait_for
from test_outbound import Server
from wire import mail

MX, TXT = 15, 16


class NameServer:
    """A name server on loopback: `records[(name, type)]` is a list of data, what is not there does not exist."""

    def __init__(self, records):
        self.records = records
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.socket.getsockname()[1]
        self.asked = []
        threading.Thread(target=self.serve, daemon=True).start()

    def close(self):
        self.socket.close()

    def serve(self):
        while True:
            try:
                query, peer = self.socket.recvfrom(4096)
            except OSError:
                return
            labels, place = [], 12
            while query[place]:
                labels.append(query[place + 1:place + 1 + query[place]].decode())
                place += 1 + query[place]
            name, (kind,) = ".".join(labels), struct.unpack(">H", query[place + 1:place + 3])
            self.asked.append((name, kind))
            question = query[12:place + 5]
            found = self.records.get((name, kind), [])
            code = 0 if any(known == name for known, _ in self.records) else 3
            answer = query[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(found), 0, 0) + question
            for data in found:
                answer += b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(data)) + data
            self.socket.sendto(answer, peer)


def text(value):
    """TXT data, in strings of at most 255 bytes."""
    raw = value.encode()
    return b"".join(bytes([len(raw[i:i + 255])]) + raw[i:i + 255] for i in range(0, len(raw), 255))


def exchanger(host, preference=10):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in host.split("."))
    return struct.pack(">H", preference) + labels + b"\0"


GOOD = {
    ("desk.example", MX): [exchanger("mx.desk.example")],
    ("desk.example", TXT): [text("v=spf1 mx -all")],
    ("s1._domainkey.desk.example", TXT): [text("v=DKIM1; k=rsa; p=" + "M" * 300)],
    ("_dmarc.desk.example", TXT): [text("v=DMARC1; p=reject")],
}


class Doctor(DeskTest):
    def setUp(self):
        self.relay = Server().up()
        self.addCleanup(self.relay.down)
        self.desk = self.new_desk()
        self.desk.configuration.mail(auto_reply=False).chat().set(
            "smtp", url=f"smtp://127.0.0.1:{self.relay.port}", tls="off")
        os.chmod(os.path.join(self.desk.folder, "chat.secret"), 0o600)

    def doctor(self, *words, records=GOOD, code=None):
        server = NameServer(records)
        try:
            done = self.desk.hamdeld("doctor", "-o", "json", "--resolver", server.address, *words)
        finally:
            server.close()
        if code is not None:
            self.assertEqual(done.returncode, code, done.stdout.decode() + done.stderr.decode())
        return json.loads(done.stdout)["findings"]

    def states(self, findings, check):
        return [finding["state"] for finding in findings if finding["check"] == check]

    def the(self, findings, check, state):
        found = [item for item in findings if item["check"] == check and item["state"] == state]
        self.assertTrue(found, f"no {state} of {check}: {findings}")
        for finding in found:
            self.assertTrue(finding["advice"] or state == "fine", finding)
        return found[0]

    def test_a_healthy_desk_has_nothing_wrong(self):
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support")
        self.desk.deliver(mail("sara@outside.example"))
        findings = self.doctor(code=0)
        checks = {finding["check"] for finding in findings}
        for check in ["permissions", "disk", "clock", "daemon", "state", "way", "mx", "spf", "dkim", "dmarc"]:
            self.assertIn(check, checks)
        self.assertNotIn("problem", [finding["state"] for finding in findings])
        for check in ["mx", "spf", "dkim", "dmarc", "permissions", "daemon", "state", "way"]:
            self.assertEqual(set(self.states(findings, check)), {"fine"}, check)
        for finding in findings:
            self.assertEqual(
                set(finding), {"check", "state", "subject", "text", "advice", "figures"}, finding)
            self.assertEqual(finding["advice"] is None, finding["state"] == "fine", finding)
        # For people: the same, each with its arrow where something is to be done.
        shown = self.desk.hamdeld("doctor", "--only", "daemon", check=0).stdout.decode()
        self.assertIn("it runs and answers its commands", shown)

    def test_dns_that_loses_mail_is_named(self):
        bad = {
            ("desk.example", TXT): [text("v=spf1 +all")],
            ("_dmarc.desk.example", TXT): [text("v=DMARC1; p=none")],
        }
        self.desk.write_configuration()
        findings = self.doctor("--only", "dns", records=bad, code=1)
        self.the(findings, "mx", "problem")
        self.the(findings, "spf", "problem")
        self.the(findings, "dmarc", "warning")
        self.the(findings, "dkim", "warning")
        named = self.doctor("--only", "dns", "--dkim-selector", "other", records=GOOD, code=0)
        self.assertIn("other", self.the(named, "dkim", "warning")["text"])

    def test_a_silent_name_server_is_one_warning(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
            deaf.bind(("127.0.0.1", 0))
            began = time.monotonic()
            done = self.desk_written("doctor", "-o", "json", "--only", "dns", "--resolver", "127.0.0.1:%d" % deaf.getsockname()[1])
        findings = json.loads(done.stdout)["findings"]
        self.assertEqual([finding["state"] for finding in findings], ["warning"])
        self.assertIn("does not answer", findings[0]["text"])
        self.assertLess(time.monotonic() - began, 30)

    def desk_written(self, *words):
        self.desk.write_configuration()
        return self.desk.hamdeld(*words)

    def test_open_permissions_are_named_with_their_remedy(self):
        self.desk.start()
        secret = os.path.join(self.desk.folder, "chat.secret")
        os.chmod(secret, 0o644)
        database = os.path.join(self.desk.folder, "hamdel.db")
        os.chmod(database, 0o640)
        findings = self.doctor("--only", "permissions", code=1)
        advice = [finding["advice"] for finding in findings]
        self.assertIn(f"chmod 640 {secret}", advice)
        self.assertIn(f"chmod 600 {database}", advice)

    def test_a_relay_that_is_down_and_what_waits_for_it(self):
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support")
        ticket = self.desk.deliver(mail("sara@outside.example", auth="pass"))["ticket"]
        self.relay.down()
        self.desk.post(f"/tickets/{ticket}/replies", {"text": "An answer"})
        wait_for("the outage", lambda: self.states(self.doctor("--only", "state"), "way_down"))
        findings = self.doctor("--only", "state", "--only", "way", code=1)
        self.assertEqual(self.the(findings, "way_down", "problem")["subject"], "support-mail")
        self.assertIn("support-mail", [item["subject"] for item in findings if item["check"] == "way"])
        metrics = self.desk.http("GET", "/metrics").text
        self.assertIn('hamdel_alarms{kind="way_down"} 1', metrics)
        wait_for("the alarm in the log", lambda: "nothing can be sent" in self.desk.log_text())
        self.relay.up()
        wait_for("its end", lambda: not self.states(self.doctor("--only", "state"), "way_down"))
        wait_for("its end in the log", lambda: "over: nothing can be sent" in self.desk.log_text())

    def test_a_mailbox_gone_silent_is_found_by_what_does_not_come(self):
        """Reliability I14. Two quiet hours where 40 mails came in the same two hours of each of the last two weeks."""
        self.desk.start()
        for number in range(80):
            self.desk.deliver(mail(f"s{number}@outside.example"))
        self.desk.stop()
        now = int(time.time() * 1000)
        hour, week = 3_600_000, 7 * 86_400_000
        with sqlite3.connect(os.path.join(self.desk.folder, "hamdel.db")) as database:
            for weeks in [1, 2]:
                for step in range(39):
                    database.execute(
                        "UPDATE messages SET received_at = ? WHERE id = ?",
                        (now - weeks * week - 2 * hour + (step + 1) * 2 * hour // 40, (weeks - 1) * 39 + step + 1))
            database.execute("UPDATE messages SET received_at = ? WHERE id > 78", (now - 2 * hour,))
        database.close()
        self.desk.start()
        finding = self.the(self.doctor("--only", "state", code=1), "inbox_silent", "problem")
        self.assertEqual(finding["subject"], "support-mail")
        self.desk.deliver(mail("again@outside.example"))
        self.assertEqual(self.states(self.doctor("--only", "state"), "inbox_silent"), [])

    def test_a_webhook_the_daemon_does_not_know_and_doors_that_do_not_answer(self):
        self.desk.start()
        self.desk.configuration.chat("new-chat")
        self.desk.write_configuration()
        finding = self.the(self.doctor("--only", "daemon", code=1), "daemon", "problem")
        self.assertEqual(finding["subject"], "new-chat")
        self.desk.configuration.set("http", public_url=f"http://127.0.0.1:{free_port()}")
        self.desk.write_configuration()
        subjects = [item["subject"] for item in self.doctor("--only", "daemon", code=1) if item["state"] == "problem"]
        self.assertEqual(len(subjects), 2, subjects)
        self.desk.stop()
        self.assertIn("no daemon runs", self.the(self.doctor("--only", "daemon", code=0), "daemon", "warning")["text"])

    @unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
    def test_certificates_that_end(self):
        for days, state in [(3, "warning"), (90, "fine")]:
            with self.subTest(days=days):
                port = self.tls_server(days)
                self.desk.configuration.set("smtp", url=f"smtps://127.0.0.1:{port}", tls="require")
                self.desk.write_configuration()
                finding = self.the(self.doctor("--only", "certificate"), "certificate", state)
                self.assertIn(f"{days - 1} days" if state == "warning" else "valid for", finding["text"])

    def tls_server(self, days):
        folder = os.path.join(self.desk.folder, f"tls-{days}")
        os.mkdir(folder)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=relay.example",
             "-days", str(days), "-keyout", f"{folder}/key", "-out", f"{folder}/cert"],
            check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{folder}/cert", f"{folder}/key")
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)

        def serve():
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                try:
                    with context.wrap_socket(client, server_side=True) as secured:
                        secured.sendall(b"220 relay\r\n")
                        while line := secured.recv(1024):
                            secured.sendall(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 fine\r\n")
                except OSError:
                    pass

        threading.Thread(target=serve, daemon=True).start()
        return listener.getsockname()[1]

    def test_words_that_mean_nothing_are_usage_errors(self):
        self.desk.write_configuration()
        self.assertEqual(self.desk.hamdeld("doctor", "--only", "everything").returncode, 64)
        self.assertEqual(self.desk.hamdeld("doctor", "--resolver", "not an address").returncode, 64)
