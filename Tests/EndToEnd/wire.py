"""The protocols, spoken from the other side: HTTP over a unix socket, LMTP, server-sent events, signed webhooks, mails."""
import base64
import email
import email.policy
import email.utils
import hashlib
import hmac
import http.client
import http.server
import itertools
import json
import re
import socket
import threading
import time
import urllib.parse

COUNTER = itertools.count(1)


class Answer:
    """What an HTTP request was answered with."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.title().replace("Etag", "ETag"): value for name, value in headers.items()}
        self.body = body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Lmtp:
    """An LMTP session that sends exactly the bytes it is told to; smtplib would mend line ends."""

    def __init__(self, path, timeout=60, greet=True):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(timeout)
        self.socket.connect(path)
        self.reader = self.socket.makefile("rb")
        if greet:
            code, text = self.reply()
            if code != 220:
                raise ConnectionError(f"greeted with {code} {text}")
            self.extensions = self.command("LHLO tester")[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.reader.close()
        self.socket.close()

    def write(self, data):
        self.socket.sendall(data)

    def reply(self):
        """(code, text); lines of a longer reply are joined by line ends."""
        lines = []
        while True:
            line = self.reader.readline(8192)
            if not line.endswith(b"\r\n"):
                raise ConnectionError("the connection ended within a reply")
            text = line[:-2].decode("utf-8")
            lines.append(text[4:])
            if text[3:4] != "-":
                return int(text[:3]), "\n".join(lines)

    def command(self, line):
        self.write(line.encode() + b"\r\n")
        return self.reply()

    def send(self, mail, recipients, sender=""):
        """One mail; a reply for each recipient: its RCPT's where that was refused."""
        code, text = self.command(f"MAIL FROM:<{sender}>")
        if code != 250:
            return [(code, text)] * len(recipients)
        taken = [self.command(f"RCPT TO:<{recipient}>") for recipient in recipients]
        if not any(code == 250 for code, _ in taken):
            self.command("RSET")
            return taken
        code, text = self.command("DATA")
        if code != 354:
            return [(code, text)] * len(recipients)
        self.write(stuffed(mail))
        return [self.reply() if code == 250 else (code, text) for code, text in taken]


def stuffed(mail):
    """The content as it goes over the wire: dots doubled at the beginning of lines (RFC 5321 section 4.5.2)."""
    wire = mail.replace(b"\r\n.", b"\r\n..")
    if wire.startswith(b"."):
        wire = b"." + wire
    return wire + (b"" if wire.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def mail(sender, subject="A question", text="Hello, can you help me?", *, to="support@desk.example", id=None,
         auth=None, references=(), in_reply_to=None, at=None, headers=()):
    """A mail's bytes. auth: the DMARC verdict that our own server states."""
    address = email.utils.parseaddr(sender)[1]
    lines = []
    if auth:
        domain = address.partition("@")[2]
        lines.append(f"Authentication-Results: mx.desk.example; dmarc={auth} header.from={domain}")
    lines += [f"From: {sender}", f"To: {to}", f"Subject: {subject}"]
    lines.append(f"Date: {email.utils.formatdate(at or time.time())}")
    lines.append(f"Message-ID: <{id or new_id()}>")
    if in_reply_to:
        lines.append(f"In-Reply-To: <{in_reply_to}>")
    if references:
        lines.append("References: " + " ".join(f"<{item}>" for item in references))
    lines += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    lines += list(headers)
    return ("\r\n".join(lines) + "\r\n\r\n" + text.replace("\n", "\r\n") + "\r\n").encode()


def new_id(domain="outside.example"):
    return f"m{next(COUNTER)}.{time.time_ns()}@{domain}"


def parsed(raw):
    """A mail of the sink; its envelope is in `envelope`."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    message.envelope = message.get_all("X-Envelope", [])
    return message


def plain(message):
    part = message.get_body(("plain",))
    return part.get_content() if part else ""


def chat(external_id, text, sender, *, identities=(), **members):
    """The body of a webhook: one InboundMessage."""
    return {"external_id": external_id, "text": text, "sender": sender, "identities": list(identities), **members}


def signature(secret, id, timestamp, body):
    signed = f"{id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


def post_webhook(desk, body, id=None, *, inbox="site-chat", secret="chat-secret-of-the-tests", at=None, headers=None):
    """A signed POST /in/INBOX."""
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    id = id or f"msg_{new_id()}"
    at = str(int(at or time.time()))
    fields = {
        "Content-Type": "application/json", "webhook-id": id, "webhook-timestamp": at,
        "webhook-signature": signature(secret, id, at, body),
    }
    return desk.http("POST", f"/in/{inbox}", body, {**fields, **(headers or {})})


class ReplyStub:
    """A reply_url: takes what is posted and remembers it."""

    def __init__(self):
        stub = self
        self.requests = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stub.requests.append((dict(self.headers), body))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/replies"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Stream:
    """GET /stream as a list that grows: each item is {"id", "event", "data"}. `screen="open"`: as the screen reads it."""

    def __init__(self, desk, agent="lead", after=None, last_event_id=None, screen=None):
        self.items = []
        self.socket = socket.create_connection(("127.0.0.1", desk.configuration.port), timeout=60)
        wanted = {"after": after, "screen": screen}
        query = "?" + urllib.parse.urlencode({name: value for name, value in wanted.items() if value is not None})
        request = f"GET /api/v1/stream{query} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {desk.tokens[agent]}\r\n"
        if last_event_id is not None:
            request += f"Last-Event-ID: {last_event_id}\r\n"
        self.socket.sendall((request + "Accept: text/event-stream\r\n\r\n").encode())
        self.response = http.client.HTTPResponse(self.socket)
        self.response.begin()
        self.status = self.response.status
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        item = {}
        try:
            while line := self.response.readline():
                line = line.rstrip(b"\r\n").decode()
                if not line:
                    if "data" in item:
                        self.items.append({**item, "data": json.loads(item["data"])})
                    item = {}
                elif not line.startswith(":"):
                    name, _, value = line.partition(":")
                    item[name] = value.removeprefix(" ")
        except (OSError, ValueError, http.client.HTTPException):
            pass

    def events(self):
        return [item["data"] for item in list(self.items) if item.get("event") == "event"]

    def close(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()


CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
