"""A real daemon in a temporary folder, and everything a test needs to speak to it from outside.

Nothing here knows the daemon's code: it is reached by sockets, by its two programs and by signals alone.
"""
import glob
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from wire import Answer, Lmtp, UnixConnection

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.path.join(ROOT, ".build", "debug")
HAMDELD = os.environ.get("HAMDELD", os.path.join(BUILD, "hamdeld"))
HAMDEL = os.environ.get("HAMDEL", os.path.join(BUILD, "hamdel"))
FULL = os.environ.get("HAMDEL_FULL") == "1"

AUTHSERV = "mx.desk.example"
SECRET = "chat-secret-of-the-tests"
# How long anything may take before a test calls it lost. Generous: machines are busy.
PATIENCE = float(os.environ.get("HAMDEL_PATIENCE", "60"))


def wait_for(what, check, seconds=None):
    """The first true value of check(); an AssertionError that names what was awaited when time is over."""
    deadline = time.monotonic() + (seconds or PATIENCE)
    pause = 0.01
    while True:
        value = check()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.2)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def toml(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


class Configuration:
    """The smallest configuration with the inboxes a test asks for; sections and lists can be changed before start."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        with open(os.path.join(folder, "chat.secret"), "w") as file:
            file.write(SECRET + "\n")
        self.sections = {
            "store": {"url": f"sqlite:{folder}/hamdel.db"},
            "http": {
                "socket": f"{folder}/api.sock", "listen": f"127.0.0.1:{self.port}",
                "public_url": f"http://127.0.0.1:{self.port}",
            },
            "limits": {
                "api_per_minute": 0, "webhook_per_second": 0, "survey_posts_per_minute": 0,
                "tickets_per_sender_hour": 0,
            },
        }
        self.lists = {"team": [], "inbox": []}
        self.extra = ""

    def set(self, section, **values):
        self.sections.setdefault(section, {}).update(values)
        return self

    def team(self, name, **values):
        self.lists["team"].append({"name": name, **values})
        return self

    def inbox(self, name, channel, team="support", **values):
        self.lists["inbox"].append({"name": name, "channel": channel, "team": team, **values})
        return self

    def mail(self, name="support-mail", address="support@desk.example", **values):
        return self.inbox(name, "email", address=address, **{"authserv_id": AUTHSERV, **values})

    def chat(self, name="site-chat", **values):
        secret = {"file": f"{self.folder}/chat.secret"}
        return self.inbox(name, "chat-webhook", **{"preset": "generic", "secret": secret, **values})

    def phones(self, name="phones", **values):
        return self.inbox(
            name, "phone-log", **{"preset": "asterisk", "region": "IR", "timezone": "UTC", **values})

    def text(self):
        lines = []
        for name, values in self.sections.items():
            lines.append(f"[{name}]")
            lines += [f"{key} = {toml(value)}" for key, value in values.items()]
        for name, entries in self.lists.items():
            for entry in entries:
                lines.append(f"[[{name}]]")
                lines += [f"{key} = {toml(value)}" for key, value in entry.items()]
        return "\n".join(lines) + "\n" + self.extra


class Desk:
    """One daemon. Give it a configuration through `configuration`, then start() it; close() ends it and its folder."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="hamdel-e2e-")
        self.configuration = Configuration(self.folder)
        self.file = os.path.join(self.folder, "hamdel.toml")
        self.tokens = {}
        self.process = None
        self.sink = None
        self.environment = {}

    # ---- life

    def write_configuration(self):
        text = self.configuration.text()
        if not self.configuration.lists["team"]:
            text = self.configuration.team("support").text()
        with open(self.file + ".part", "w") as file:
            file.write(text)
        os.rename(self.file + ".part", self.file)

    def with_sink(self):
        self.sink = Sink(self.folder)
        self.configuration.set("smtp", url=f"smtp://127.0.0.1:{self.sink.port}", tls="off")
        return self

    def start(self, ready=True):
        """Starts the daemon; returns the seconds until /readyz said yes."""
        self.write_configuration()
        began = time.monotonic()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [HAMDELD, "serve", "--config", self.file], stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, env={**os.environ, **self.environment})
        if ready:
            wait_for("the daemon to be ready", self.is_ready)
        return time.monotonic() - began

    def is_ready(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the daemon ended with {self.process.returncode}: {self.log_tail()}")
        try:
            if self.has_mail:
                Lmtp(self.lmtp_path).close()
            return self.http("GET", "/readyz", via="socket").status == 200
        except OSError:
            return False

    @property
    def has_mail(self):
        return any(inbox["channel"] == "email" for inbox in self.configuration.lists["inbox"])

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, patience=PATIENCE):
        """SIGTERM; returns the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(patience)

    def close(self):
        if self.process and self.process.poll() is None:
            try:
                self.stop(20)
            except subprocess.TimeoutExpired:
                self.kill()
        if self.sink:
            self.sink.close()
        if os.environ.get("HAMDEL_KEEP") == "1":
            print(f"kept {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def log(self):
        return os.path.join(self.folder, "daemon.log")

    def log_text(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()

    def log_tail(self):
        return self.log_text()[-2000:]

    # ---- programs

    def hamdeld(self, *words, stdin=b"", check=None, file=None, environment=None):
        """Runs `hamdeld WORDS --config FILE`."""
        done = subprocess.run(
            [HAMDELD, *words, "--config", file or self.file], input=stdin, capture_output=True,
            timeout=600, env={**os.environ, **self.environment, **(environment or {})})
        if check is not None and done.returncode != check:
            raise AssertionError(
                f"hamdeld {' '.join(words)} ended with {done.returncode}, not {check}: "
                f"{done.stdout.decode()} {done.stderr.decode()}")
        return done

    def hamdel(self, *words, agent="lead", stdin=b"", check=0, environment=None):
        """Runs `hamdel WORDS` as an agent over TCP; returns the CompletedProcess."""
        settings = {"HAMDEL_URL": self.url, "HAMDEL_TOKEN": self.tokens.get(agent, ""), "LC_ALL": "C.UTF-8"}
        base = {key: value for key, value in os.environ.items() if not key.startswith("HAMDEL_")}
        done = subprocess.run(
            [HAMDEL, *words], input=stdin, capture_output=True, timeout=120,
            env={**base, "HOME": self.folder, **settings, **(environment or {})})
        if check is not None and done.returncode != check:
            raise AssertionError(
                f"hamdel {' '.join(words)} ended with {done.returncode}, not {check}: "
                f"{done.stdout.decode()} {done.stderr.decode()}")
        return done

    def cli(self, *words, agent="lead", **options):
        """The JSON that `hamdel WORDS -o json` prints."""
        return json.loads(self.hamdel(*words, "-o", "json", agent=agent, **options).stdout)

    def add_agent(self, login, *options):
        """Adds an agent and keeps the token; returns it."""
        done = self.hamdeld("agent", "add", login, *options, check=0)
        token = done.stdout.decode().strip()
        assert token and "\n" not in token and " " not in token, f"not a token alone: {token!r}"
        self.tokens[login] = token
        return token

    # ---- HTTP

    @property
    def url(self):
        return f"http://127.0.0.1:{self.configuration.port}"

    def http(self, method, path, body=None, headers=None, via="tcp", timeout=60):
        if via == "socket":
            connection = UnixConnection(self.configuration.sections["http"]["socket"], timeout)
        else:
            connection = http.client.HTTPConnection(
                "127.0.0.1", self.configuration.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def api(self, method, path, body=None, agent="lead", headers=None, via="tcp"):
        """One request below /api/v1, with a JSON body where a dict is given."""
        fields = dict(headers or {})
        if agent is not None:
            fields["Authorization"] = "Bearer " + self.tokens.get(agent, agent)
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            fields["Content-Type"] = "application/json"
        return self.http(method, "/api/v1" + path, body, fields, via)

    def get(self, path, agent="lead"):
        """The document at a path; it must be there."""
        answer = self.api("GET", path, agent=agent)
        assert answer.status == 200, f"GET {path}: {answer.status} {answer.text}"
        return answer.json

    def post(self, path, body=None, agent="lead", status=None):
        answer = self.api("POST", path, body if body is not None else {}, agent=agent)
        expected = [status] if status else [200, 201]
        assert answer.status in expected, f"POST {path}: {answer.status} {answer.text}"
        return answer.json

    def tickets(self, query="status=all&class=all&limit=500", agent="lead"):
        return self.get("/tickets?" + query, agent)["tickets"]

    def position(self, agent="lead"):
        return self.get("/me", agent)["position"]

    def outbox(self, agent="lead"):
        return self.get("/outbox?state=all&limit=500", agent)["outbox"]

    # ---- mail

    @property
    def lmtp_path(self):
        return os.path.join(self.folder, "lmtp.sock")

    def lmtp(self, **options):
        return Lmtp(self.lmtp_path, **options)

    def deliver(self, mail, to="support@desk.example", sender="sender@outside.example"):
        """One mail by LMTP that must be taken; returns {"message": …, "ticket": …} as the 250 says."""
        with self.lmtp() as session:
            replies = session.send(mail, [to], sender)
        code, text = replies[0]
        assert code == 250, f"LMTP answered {code} {text}"
        return outcome(text)

    def verify(self):
        return self.hamdeld("verify", "--json", check=0)


def outcome(text):
    """What the text of a 250 names."""
    result = {}
    for word in text.split():
        name, _, value = word.partition("=")
        if value.isdigit():
            result[name] = int(value)
    return result


class Sink:
    """scripts/lib/mail-sink.py, and what lies in its folder."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "sink")
        os.mkdir(self.folder)
        port_file = os.path.join(folder, "sink.port")
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(ROOT, "scripts", "lib", "mail-sink.py"), self.folder, port_file])
        wait_for("the mail sink", lambda: os.path.exists(port_file))
        with open(port_file) as file:
            self.port = int(file.read())

    def close(self):
        self.process.terminate()
        self.process.wait()

    def raw(self):
        """The bytes of each mail, in the order of arrival."""
        result = []
        for path in sorted(glob.glob(os.path.join(self.folder, "*.eml"))):
            with open(path, "rb") as file:
                result.append(file.read())
        return result


class DeskTest(unittest.TestCase):
    """Base of all tests here: prints figures, and shows the daemon's log where one failed."""

    maxDiff = None

    def figures(self, text):
        print(f"    {type(self).__name__}.{self._testMethodName}: {text}", flush=True)

    def new_desk(self):
        desk = Desk()
        self.addCleanup(desk.close)
        return desk

    def assert_problem(self, answer, status, code=None):
        self.assertEqual(answer.status, status, answer.text)
        self.assertEqual(answer.headers.get("Content-Type"), "application/problem+json")
        problem = answer.json
        for key in ["type", "title", "status", "detail"]:
            self.assertIn(key, problem)
        self.assertEqual(problem["status"], status)
        if code:
            self.assertEqual(problem.get("code"), code)
