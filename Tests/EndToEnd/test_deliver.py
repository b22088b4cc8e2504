"""`hamdeld deliver` in a mail server's pipe: which exit status says what (reliability row A8)."""
import json
import os
import signal
import socket
import subprocess
import threading
import time

from desk import DeskTest, HAMDELD
from wire import mail


class Deliver(DeskTest):
    def deliver(self, raw, *words, desk=None, **options):
        desk = desk or self.desk
        return desk.hamdeld("deliver", "--inbox", "support-mail", *words, stdin=raw, **options)

    def fake(self, desk, *answers, after=0.0):
        """A daemon's LMTP socket that says these lines, one to each command, and then hangs up."""
        path = desk.lmtp_path
        if os.path.exists(path):
            os.unlink(path)
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        server.listen(1)

        def serve():
            client, _ = server.accept()
            server.close()
            with client, client.makefile("rb") as reader:
                for answer in answers:
                    client.sendall(answer.encode() + b"\r\n")
                    if answer.startswith("354"):
                        while reader.readline() not in (b".\r\n", b""):
                            pass
                    elif not reader.readline():
                        return
                time.sleep(after)

        threading.Thread(target=serve, daemon=True).start()
        self.addCleanup(server.close)

    def test_a8_pipe_exit_codes(self):
        self.desk = desk = self.new_desk()
        desk.configuration.mail(auto_reply=False).set("limits", message_size="64KiB")
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        seen = {}

        def expect(name, status, done):
            seen[name] = done.returncode
            self.assertEqual(done.returncode, status, f"{name}: {done.stdout} {done.stderr}")
            if status == 75:
                self.assertTrue(done.stderr.strip(), f"{name}: 75 says why")

        raw = mail("pipe@outside.example", id="pipe-1@outside.example")
        done = self.deliver(raw, "--json")
        expect("kept", 0, done)
        kept = json.loads(done.stdout)
        self.assertEqual((kept["outcome"], kept["ticket"]), ("ticketed", 1))
        done = self.deliver(raw, "--json")
        expect("kept before", 0, done)
        self.assertEqual(json.loads(done.stdout)["outcome"], "duplicate")
        done = self.deliver(b"", "--json")
        expect("empty", 0, done)
        self.assertEqual(json.loads(done.stdout)["outcome"], "quarantined")
        large = raw + b"x" * 70_000 + b"\r\n"
        expect("over the limit", 65, self.deliver(large))
        # The pipe's own copy of the limit may be older than the daemon's: the daemon's 552 means the same.
        smaller = desk.configuration.text().replace('message_size = "64KiB"', 'message_size = "1MiB"')
        other = os.path.join(desk.folder, "other.toml")
        with open(other, "w") as file:
            file.write(smaller)
        expect("over the daemon's limit", 65, self.deliver(large, file=other))
        # Bare LF line ends are a pipe's own.
        expect("LF line ends", 0, self.deliver(mail("lf@outside.example").replace(b"\r\n", b"\n")))

        expect("no such inbox", 75, desk.hamdeld("deliver", "--inbox", "nowhere", stdin=raw))
        expect("no such configuration", 75, self.deliver(raw, file=desk.folder + "/missing.toml"))
        broken = os.path.join(desk.folder, "broken.toml")
        with open(broken, "w") as file:
            file.write("[store\nurl=")
        expect("broken configuration", 75, self.deliver(raw, file=broken))
        with open(broken, "w") as file:
            file.write(desk.configuration.text() + "\n[unknown]\nkey = 1\n")
        expect("unknown key", 75, self.deliver(raw, file=broken))
        no_words = subprocess.run([HAMDELD, "deliver", "--config", desk.file], input=raw, capture_output=True, timeout=60)
        expect("no --inbox", 75, no_words)
        wrong = subprocess.run([HAMDELD, "deliver", "--inbox", "support-mail", "--frob"], input=raw, capture_output=True, timeout=60)
        expect("unknown option", 75, wrong)
        expect("hostile sender", 0, self.deliver(raw, "--sender", "a@b>\r\nRCPT TO:<x@y"))
        closed = subprocess.run(["sh", "-c", f"{HAMDELD} deliver --inbox support-mail --config {desk.file} <&-"], capture_output=True, timeout=60)
        expect("no stdin", 75, closed)

        # The daemon is there and cannot.
        desk.process.send_signal(signal.SIGSTOP)
        slow = subprocess.Popen([HAMDELD, "deliver", "--inbox", "support-mail", "--config", desk.file], stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        slow.stdin.write(mail("stopped@outside.example"))
        slow.stdin.close()
        time.sleep(0.3)
        self.assertIsNone(slow.poll(), "it waits")
        slow.kill()
        self.assertEqual(slow.wait(), -signal.SIGKILL, "killed by a signal: mail servers try again (pipe(8))")
        slow.stdout.close()
        slow.stderr.close()
        seen["killed"] = "signal 9"
        desk.process.send_signal(signal.SIGCONT)
        desk.kill()
        expect("no daemon, socket left", 75, self.deliver(raw))
        os.unlink(desk.lmtp_path)
        expect("no daemon, no socket", 75, self.deliver(raw))
        for name, answers in {
            "421 at the door": ["421 4.7.0 Too many connections"],
            "452 at MAIL": ["220 x", "250 x", "452 4.3.1 Not enough space"],
            "451 at MAIL": ["220 x", "250 x", "451 4.3.2 Too much mail at once"],
            "550 at RCPT": ["220 x", "250 x", "250 x", "550 5.1.1 No inbox has this address"],
            "500 at LHLO": ["220 x", "500 what"],
            "451 at the end": ["220 x", "250 x", "250 x", "250 x", "354 x", "451 4.3.0 Could not be stored"],
            "452 at the end": ["220 x", "250 x", "250 x", "250 x", "354 x", "452 4.3.1 Not enough space"],
            "cut before the answer": ["220 x", "250 x", "250 x", "250 x", "354 x"],
            "cut at once": [],
            "nonsense": ["this is no LMTP at all"],
        }.items():
            self.fake(desk, *answers)
            expect(name, 75, self.deliver(raw))
        for name, answers in {
            "552 at MAIL": ["220 x", "250 x", "552 5.3.4 Mail too large"],
            "552 at the end": ["220 x", "250 x", "250 x", "250 x", "354 x", "552 5.3.4 Mail too large"],
        }.items():
            self.fake(desk, *answers)
            expect(name, 65, self.deliver(raw))
        desk.start()
        subjects = {t["subject"] for t in desk.tickets()}
        self.assertIn("A question", subjects)
        self.figures(f"{len(seen)} situations: {json.dumps(seen)}")
