"""A daemon of the benchmarks: its configuration, its stores, its start and end, and what the system says about it.

The daemon is reached by its sockets and its two files only; what it keeps is read from its database after it is gone.
"""
import os
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import time

AGENTS = 10
PATIENCE = 60
TICKS = os.sysconf("SC_CLK_TCK")


class Trouble(Exception):
    """Something outside the benchmark's figures went wrong; the text says what."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Desk:
    """One folder with one configuration; `fresh` gives it a new store, `start` and `kill` a process."""

    def __init__(self, folder, binary, smtp_port, acknowledgements=True):
        self.folder = folder
        self.binary = binary
        self.port = free_port()
        self.database = os.path.join(folder, "hamdel.db")
        self.template = os.path.join(folder, "template.db")
        self.lmtp = os.path.join(folder, "lmtp.sock")
        self.file = os.path.join(folder, "hamdel.toml")
        self.process = None
        # What packaging/hamdeld.service sets.
        self.environment = dict(os.environ, MALLOC_ARENA_MAX="2", HAMDEL_CONFIG=self.file)
        with open(self.file, "w") as file:
            file.write(f"""
[store]
url = "sqlite:{self.database}"
[http]
socket = "{folder}/api.sock"
listen = "127.0.0.1:{self.port}"
public_url = "http://127.0.0.1:{self.port}"
[lmtp]
socket = "{self.lmtp}"
[smtp]
url = "smtp://127.0.0.1:{smtp_port}"
[limits]
tickets_per_sender_hour = 0
api_per_minute = 0
[auto_reply]
enabled = {"true" if acknowledgements else "false"}
[[team]]
name = "support"
[[inbox]]
name = "support-mail"
channel = "email"
team = "support"
address = "support@example.org"
""")

    def make_template(self):
        """A store as it is before the first mail: with its agents, and started once."""
        for number in range(AGENTS):
            self.command("agent", "add", f"agent{number}", "--team", "support", "--capacity", "10000")
        self.start()
        self.stop()
        self.remove_sidecars(self.database)
        shutil.move(self.database, self.template)

    def command(self, *words):
        done = subprocess.run(
            [self.binary, *words], env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode:
            raise Trouble(f"hamdeld {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def fresh(self):
        """The store of the template, again."""
        self.empty()
        shutil.copyfile(self.template, self.database)
        # What is copied now must not be written back during a round.
        os.sync()

    def empty(self):
        """No store at all."""
        for path in (self.database, self.database + "-wal", self.database + "-shm"):
            if os.path.exists(path):
                os.unlink(path)

    @staticmethod
    def remove_sidecars(database):
        with sqlite3.connect(database) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def start(self):
        """Seconds from exec to the first 200 of /readyz."""
        log = open(os.path.join(self.folder, "daemon.log"), "ab")
        begun = time.monotonic()
        with log:
            self.process = subprocess.Popen(
                [self.binary, "serve", "--config", self.file], env=self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        while not self.is_ready():
            if self.process.poll() is not None:
                raise Trouble(f"hamdeld ended with {self.process.returncode} at start:\n{self.last_words()}")
            if time.monotonic() - begun > PATIENCE:
                raise Trouble(f"hamdeld was not ready within {PATIENCE} s:\n{self.last_words()}")
            time.sleep(0.001)
        return time.monotonic() - begun

    def is_ready(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as peer:
                peer.sendall(b"GET /readyz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
                return peer.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None

    def kill(self):
        """At once, so that the store is what it was at the last acknowledgement."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def last_words(self):
        with open(os.path.join(self.folder, "daemon.log"), errors="replace") as file:
            return "".join(file.readlines()[-15:])

    def cpu(self):
        """Seconds of processor time so far, to a hundredth."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        """Resident and anonymous bytes now, and the most that was ever resident."""
        found = {}
        with open(f"/proc/{self.process.pid}/status") as file:
            for line in file:
                key, _, value = line.partition(":")
                if key in ("VmRSS", "RssAnon", "VmHWM"):
                    found[key] = int(value.split()[0]) * 1024
        return found["VmRSS"], found["RssAnon"], found["VmHWM"]

    def transactions(self):
        """How many transactions the WAL has seen: `iChange` of its index (SQLite's file format, section 4.1)."""
        try:
            with open(self.database + "-shm", "rb") as file:
                return struct.unpack("=I", file.read(12)[8:])[0]
        except (OSError, struct.error):
            return 0

    def figures(self):
        """What a store holds; for a daemon that is gone."""
        connection = sqlite3.connect(self.database)
        try:
            (messages,) = connection.execute("SELECT count(*) FROM messages").fetchone()
            (tickets,) = connection.execute("SELECT count(*) FROM tickets").fetchone()
            (events,) = connection.execute("SELECT count(*) FROM events").fetchone()
            (outbox,) = connection.execute("SELECT count(*) FROM outbox").fetchone()
            (waiting,) = connection.execute("SELECT count(*) FROM outbox WHERE state = 'queued'").fetchone()
        finally:
            connection.close()
        return {"messages": messages, "tickets": tickets, "events": events, "outbox": outbox,
                "outbox_waiting": waiting}
