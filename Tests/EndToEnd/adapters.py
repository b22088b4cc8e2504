#!/usr/bin/env python3
"""Adapters for the tests of channel exec: `adapters.py KIND [FOLDER]`. Most of them are bad, each in one way."""
import json
import os
import subprocess
import sys
import threading
import time

kind = sys.argv[1]
folder = sys.argv[2] if len(sys.argv) > 2 else "."


def say(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def hear():
    line = sys.stdin.readline()
    return json.loads(line) if line else {"type": "stop"}


def greet(**capabilities):
    hear()
    say({"type": "hello", "protocol": 1, "adapter": {"name": kind, "version": "1"}, "capabilities": capabilities})
    while True:
        line = hear()
        if line["type"] in ("start", "stop"):
            return line


def message(number, **more):
    return {"external_id": f"{kind}-{number}", "conversation": f"c-{number}", "text": f"text {number}",
            "sender": {"kind": "test", "id": f"visitor-{number}"}, **more}


def answer(line):
    """What every adapter answers; False when it is told to stop."""
    if line["type"] == "ping":
        say({"type": "pong", "n": line["n"]})
    elif line["type"] == "send":
        say({"type": "result", "id": line["id"], "status": "sent", "external_id": "out-" + line["id"]})
    return line["type"] != "stop"


def serve(extra=lambda line: None):
    while True:
        line = hear()
        if not answer(line):
            return
        extra(line)


def flood():
    number = int(greet().get("cursor") or 0)
    while True:
        number += 1
        say({"type": "deliver", "seq": number, "cursor": str(number), "messages": [message(f"{number}-{i}") for i in range(50)]})


def noise():
    greet()
    while True:
        os.write(1, b"not JSON at all " * 2000 + b"\n")
        os.write(2, b"and the log too " * 200 + b"\n")


def chatter():
    """Lines that cost the daemon nothing but the reading, without an end."""
    greet()
    while True:
        os.write(1, b'{"type":"murmur","words":["a","b"]}\n{"type":"health","state":"ok"}\n' * 100)


def flapping():
    greet()

    def flap():
        while True:
            for health in [{"state": "down", "detail": "signed out", "action": "relogin"}, {"state": "ok"}]:
                say({"type": "health", **health})
                time.sleep(0.002)
    threading.Thread(target=flap, daemon=True).start()
    serve()


def tidings():
    """Receipts of what nobody sent, without an end."""
    greet()
    number = 0
    while True:
        number += 1
        say({"type": "receipt", "external_id": f"nobody's-{number}", "kind": "delivered"})


def buttons():
    """Shows quick replies where its name says so, brings one message, and writes down what it is told to send."""
    greet(quick_replies=kind == "buttons")
    say({"type": "deliver", "seq": 1, "cursor": "1", "messages": [message(1)]})

    def note(line):
        if line["type"] == "send":
            with open(f"{folder}/sends.jsonl", "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
    while True:
        line = hear()
        note(line)
        if not answer(line):
            return


def deaf():
    greet()
    os.close(0)
    while True:
        time.sleep(60)


def endless():
    greet()
    while True:
        os.write(1, b'{"type":"deliver","seq":1,"messages":[' + b"x" * 65536)


def crash():
    greet()
    sys.exit(3)


def fork():
    greet()
    for _ in range(40):
        subprocess.Popen([sys.executable, "-c", "import time\nwhile True: time.sleep(1)"])
    serve()


def misfit():
    greet()
    print("E! the account is closed: mend config.account", file=sys.stderr)
    with open(os.path.join(folder, "starts"), "a") as file:
        file.write("x")
    sys.exit(78)


def receipts():
    greet()

    def extra(line):
        if line["type"] == "send":
            say({"type": "receipt", "external_id": "out-" + line["id"], "kind": "delivered"})
            say({"type": "receipt", "external_id": "out-" + line["id"], "kind": "read"})
            say({"type": "receipt", "external_id": "out-" + line["id"], "kind": "read"})
            say({"type": "receipt", "external_id": "nobody's", "kind": "failed"})
            say({"type": "deliver", "seq": 2, "cursor": None, "messages": [message(2)]})
    say({"type": "deliver", "seq": 1, "cursor": None, "messages": [message(1)]})
    serve(extra)


def failing():
    greet()

    def extra(line):
        if line["type"] == "send":
            say({"type": "receipt", "external_id": "out-" + line["id"], "kind": "failed", "detail": "handset is off"})
    say({"type": "deliver", "seq": 1, "cursor": None, "messages": [message(1)]})
    serve(extra)


def webhook():
    greet(webhook=True)
    waiting = {}

    def extra(line):
        if line["type"] == "webhook":
            with open(line["body_path"]) as file:
                body = file.read()
            if line["headers"].get("x-proof") != "it is me":
                say({"type": "webhook_reply", "req": line["req"], "status": 401, "body": "who are you?"})
                return
            waiting[len(waiting) + 1] = line["req"]
            number = len(waiting)
            say({"type": "deliver", "seq": number, "messages": [message(line["headers"]["x-id"], text=body + line["path"])]})
        elif line["type"] == "ack":
            say({"type": "webhook_reply", "req": waiting[line["seq"]], "status": 201, "body": "kept"})
    serve(extra)


def files():
    greet()
    line = {"spool": None}
    spool = os.getcwd()
    with open("in/good.txt", "w") as file:
        file.write("the content")
    os.symlink("/etc/passwd", "in/link")
    os.link("in/good.txt", "in/hard")
    os.unlink("in/hard")
    os.mkfifo("in/pipe")
    paths = ["in/good.txt", "../../../../etc/passwd", "/etc/passwd", "in/link", "in/../in/good.txt", "in/pipe", "in",
             "in/missing", spool + "/in/good.txt"]
    say({"type": "deliver", "seq": 1, "cursor": "1", "messages": [
        message(number, attachments=[{"name": "a.txt", "content_type": "text/plain", "path": path}])
        for number, path in enumerate(paths)]})
    serve()


def leak():
    start = greet()
    secret = start["secrets"]["token"]
    print(f"signing in with {secret}", file=sys.stderr, flush=True)
    print(f"plain {secret} on stdout", flush=True)
    say({"type": "health", "state": "degraded", "detail": f"refused {secret}", "action": "wait"})
    with open(os.path.join(folder, "seen"), "w") as file:
        file.write(json.dumps({"argv": sys.argv, "environ": dict(os.environ), "secret": secret}))
    serve()


def malformed():
    greet()
    say({"type": "deliver", "seq": 1, "cursor": "1", "later": {}, "messages": [
        message(1), {"external_id": "no sender", "text": "x"}, message(2, text="a\u0000b"), message(3, text=5)]})
    serve()


def quiet():
    greet(idempotent_send=True, max_text_bytes=100)
    serve()


plain = buttons

globals()[kind]()
