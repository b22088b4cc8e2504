#!/usr/bin/env python3
"""feed: the entries of an Atom or RSS feed (reviews, a forum, a status page's comments) become messages. It only receives.

What was kept is remembered in the cursor: short hashes of the newest entries' ids. A feed holds some ten or hundred entries, so
REMEMBERED of them are enough.
"""
import hashlib
import html
import json
import os
import queue
import re
import sys
import threading
import time
import urllib.request
import xml.etree.ElementTree as tree
from email.utils import parsedate_to_datetime

REMEMBERED = 300
MOST_BYTES = 8 << 20
MOST_TEXT = 100_000  # characters: a line has at most 1 MiB


def say(kind, **members):
    line = json.dumps({"type": kind, **members}, ensure_ascii=False)
    sys.stdout.buffer.write(line.encode(errors="replace") + b"\n")
    sys.stdout.buffer.flush()


def log(words):
    print(words, file=sys.stderr, flush=True)


def give_up(words):
    log("E! " + words)
    os._exit(78)  # whatever the listener does


def listen(lines):
    for line in map(json.loads, sys.stdin.buffer):
        lines.put(line)
        if line["type"] == "stop":
            return
    lines.put({"type": "stop"})  # the daemon is gone


def fetch(address):
    if address.startswith("/"):
        with open(address, "rb") as file:
            return file.read(MOST_BYTES)
    request = urllib.request.Request(address, headers={"User-Agent": "hamdel-feed/1"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read(MOST_BYTES)


def plain(text, kind):
    """The words of an entry; of HTML without its tags."""
    if kind in ("html", "xhtml"):
        text = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"(?i)<(br|/p|/div|/li)[^>]*>", "\n", text)))
    return text


def entries(document):
    """(id, author, title, text, link, time) of each, oldest first: feeds begin with the newest."""
    root = tree.fromstring(document)
    atom = "{http://www.w3.org/2005/Atom}"
    found = []
    for entry in list(root.iter(atom + "entry")) + list(root.iter("item")):
        def of(*names):
            for name in names:
                node = entry.find(name)
                if node is not None and "".join(node.itertext()):
                    return "".join(node.itertext()), node.get("type", "html" if name == "description" else "text")
            return None, "text"
        body, kind = of(atom + "content", atom + "summary", "description")
        link = entry.find(atom + "link")
        found.append({
            "id": of(atom + "id", "guid", "link", atom + "title", "title")[0],
            "author": of(f"{atom}author/{atom}name", "author", "{http://purl.org/dc/elements/1.1/}creator")[0],
            "title": of(atom + "title", "title")[0], "text": plain(body or "", kind),
            "link": link.get("href") if link is not None else of("link")[0],
            "time": of(atom + "published", atom + "updated", "pubDate")[0],
        })
    return [entry for entry in reversed(found) if entry["id"]]


def moment(text):
    """RFC 3339; of RSS, which writes dates as mail does, made so."""
    if text and "T" in text:
        return text
    try:
        return parsedate_to_datetime(text).strftime("%Y-%m-%dT%H:%M:%SZ") if text else None
    except (TypeError, ValueError):
        return None


def mark(identifier):
    return hashlib.sha256(identifier.encode()).hexdigest()[:8]


class Feed:
    def __init__(self, start):
        config = start["config"]
        self.address, every = config.get("feed"), config.get("every_s", 300)
        if not isinstance(self.address, str) or not self.address.startswith(("/", "https://", "http://")):
            give_up("config.feed must be the address of a feed, or the path of a file")
        if not isinstance(every, int) or isinstance(every, bool) or every < 1:
            give_up("config.every_s must be a number of seconds")
        self.every, self.credit = every, start["credit"]
        self.known = [word for word in (start["cursor"] or "").split(",") if word]
        self.waiting, self.unacked, self.seq = [], {}, 0
        self.next, self.later, self.is_well = 0, 0, None

    def look(self):
        now = time.monotonic()
        if now >= self.next and not self.waiting and not self.unacked:
            self.next = now + self.every
            self.read()
        # One at a time: a cursor covers all that were said before it.
        if self.waiting and not self.unacked and self.credit and now >= self.later:
            entry = self.waiting.pop(0)
            self.seq += 1
            self.unacked[self.seq] = entry
            self.known = (self.known + [mark(entry["id"])])[-REMEMBERED:]
            say("deliver", seq=self.seq, cursor=",".join(self.known), messages=[self.message(entry)])

    def read(self):
        try:
            fresh = [entry for entry in entries(fetch(self.address)) if mark(entry["id"]) not in self.known]
        except FileNotFoundError:
            fresh = []
        except Exception as error:  # the network, or what came is no feed: later again
            log(f"W! {error}")
            self.tell("degraded", f"the feed cannot be read: {error}")
            return
        self.tell("ok", None)
        self.waiting = fresh

    def tell(self, state, detail):
        if state != self.is_well:
            self.is_well = state
            say("health", state=state, detail=detail, action=None if state == "ok" else "wait")

    def message(self, entry):
        return {
            "external_id": "entry-" + hashlib.sha256(entry["id"].encode()).hexdigest()[:40],
            "conversation": mark(entry["id"]), "subject": (entry["title"] or "")[:500] or None,
            "sender": {"kind": "feed", "id": (entry["author"] or "unknown")[:200], "name": (entry["author"] or "")[:200] or None},
            "sent_at": moment(entry["time"]), "text": (entry["text"] or entry["title"] or entry["link"] or "-")[:MOST_TEXT],
        }

    def nack(self, line):
        self.later = time.monotonic() + line["retry_after_ms"] / 1000
        entry = self.unacked.pop(line["seq"])
        self.known = [word for word in self.known if word != mark(entry["id"])]
        self.waiting.insert(0, entry)


def main():
    hello = json.loads(sys.stdin.buffer.readline())
    if 1 not in hello["protocol"]:
        give_up("this adapter speaks version 1 of hamdel-channel")
    say("hello", protocol=1, adapter={"name": "feed", "version": "1"},
        capabilities={"send": False, "attachments": False, "liveness": "deferred"},
        config_schema={"required": ["feed"], "properties": {"feed": {"type": "string"}, "every_s": {"type": "integer"}}})
    lines, feed = queue.Queue(), None
    threading.Thread(target=listen, args=(lines,), daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=0.2)
        except queue.Empty:
            line = {"type": "nothing"}
        kind = line["type"]
        if kind == "stop":
            return
        if kind == "start":
            feed = Feed(line)
        elif kind == "ack":
            feed.unacked.pop(line["seq"])
        elif kind == "nack":
            feed.nack(line)
        elif kind == "send":
            say("result", id=line["id"], status="rejected", code="unsupported", detail="a feed only receives")
        elif kind == "ping":
            say("pong", n=line["n"])
        if feed:
            feed.look()


main()
