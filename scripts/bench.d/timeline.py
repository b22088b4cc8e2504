"""A customer's timeline: its first page with 5,000 items and with 50, by HTTP, and the same rows by SQLite alone."""
import concurrent.futures
import http.client
import json
import smtplib
import sqlite3
import statistics
import time

from desk import Trouble
from rounds import say, shown, spread

ROUNDS = 7
CALLS = 30
PAGE = 50
SIZES = {"many": 5_000, "few": 50}
# Mails of one conversation: a customer writes again.
THREAD = 10

# What a page is made of: the places, then each message with its words, files and delivery.
MARKS = """SELECT m.happened_at, m.position, m.id FROM messages m JOIN tickets t ON t.number = m.ticket
WHERE m.customer = ? AND (m.happened_at, m.position) < (?, ?) AND t.hidden = 0
ORDER BY m.happened_at DESC, m.position DESC LIMIT ?"""
MOMENTS = """SELECT o.at, o.position FROM moments o WHERE o.customer = ? AND (o.at, o.position) < (?, ?)
ORDER BY o.at DESC, o.position DESC LIMIT ?"""
MESSAGE = "SELECT m.*, k.body FROM messages m LEFT JOIN contents k ON k.id = m.content WHERE m.id = ?"
NAME = "SELECT n.body FROM customers c LEFT JOIN contents n ON n.id = c.name WHERE c.id = ?"
FILES = "SELECT * FROM attachments WHERE message = ? ORDER BY place"
OUTBOX = "SELECT * FROM outbox WHERE message = ? ORDER BY id DESC LIMIT 1"
END = (1 << 62, 1 << 62)


def mail(name, number):
    first = number - number % THREAD
    lines = [f"From: {name} <{name}@bench.example>", "To: support@example.org", f"Subject: Order {first}",
             f"Message-ID: <{name}.{number}@bench.example>", "Date: Sun, 22 Nov 2026 10:00:00 +0000"]
    if number != first:
        lines.append(f"References: <{name}.{first}@bench.example>")
    text = f"Hello, this is message {number} about order {first}.\r\n" + "Some words that somebody wrote. " * 20
    return ("\r\n".join(lines) + "\r\n\r\n" + text + "\r\n").encode()


def fill(desk, name, count):
    """Threads in order, each by one connection, so that an answer finds what it answers."""
    def send(firsts):
        session = smtplib.LMTP(desk.lmtp)
        for first in firsts:
            for number in range(first, min(first + THREAD, count)):
                refused = session.sendmail(f"{name}@bench.example", ["support@example.org"], mail(name, number))
                if refused:
                    raise Trouble(f"a mail was refused: {refused}")
        session.quit()
    firsts = list(range(0, count, THREAD))
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        list(pool.map(send, [firsts[place::16] for place in range(16)]))


class Reader:
    """One connection, kept open, as the agent's screen has it."""

    def __init__(self, desk, token):
        self.connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path):
        self.connection.request("GET", "/api/v1" + path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise Trouble(f"GET {path}: {answer.status} {body[:200]!r}")
        return body


def floor(database, customer, place=END):
    """The rows of a page, fetched."""
    marks = database.execute(MARKS, (customer, *place, PAGE + 1)).fetchall()
    database.execute(MOMENTS, (customer, *place, PAGE + 1)).fetchall()
    for _, _, message in marks[:PAGE]:
        database.execute(MESSAGE, (message,)).fetchone()
        database.execute(NAME, (customer,)).fetchone()
        database.execute(FILES, (message,)).fetchall()
        database.execute(OUTBOX, (message,)).fetchone()


def timed(call):
    took = []
    for _ in range(CALLS):
        begun = time.perf_counter()
        call()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def timeline(bench):
    desk = bench.open(acknowledgements=False)
    desk.fresh()
    token = desk.command("agent", "add", "reader", "--team", "support").strip()
    desk.start()
    reader = Reader(desk, token)
    customers = {}
    for name, count in SIZES.items():
        say(f"{count} mails of one customer")
        fill(desk, name, count)
        found = json.loads(reader.get(f"/customers?q={name}@bench.example"))["customers"]
        customers[name] = found[0]["id"]
    database = sqlite3.connect(f"file:{desk.database}?mode=ro", uri=True, isolation_level=None)
    pages = {name: f"/customers/{id}/timeline?order=newest&limit={PAGE}" for name, id in customers.items()}
    first = json.loads(reader.get(pages["many"]))
    if len(first["timeline"]) != PAGE or not all(item["ticket"] for item in first["timeline"]):
        raise Trouble("the first page is not what it should be")
    # The place in the middle of the long history.
    middle = database.execute(
        "SELECT happened_at, position FROM messages WHERE customer = ? ORDER BY happened_at, position LIMIT 1 OFFSET ?",
        (customers["many"], SIZES["many"] // 2)).fetchone()
    pages["deep"] = pages["many"] + f"&cursor={middle[0]}.{middle[1]}"
    calls = {f"{name}_ms": (lambda path=path: reader.get(path)) for name, path in pages.items()}
    calls["floor_many_ms"] = lambda: floor(database, customers["many"])
    calls["floor_few_ms"] = lambda: floor(database, customers["few"])
    for call in calls.values():
        timed(call)
    rounds = []
    for number in range(ROUNDS):
        # Another order each time, so that nobody is always first.
        names = list(calls)[number % len(calls):] + list(calls)[:number % len(calls)]
        rounds.append({name: timed(calls[name]) for name in names})
        say(f"round {number + 1}: many {rounds[-1]['many_ms']:.2f} ms, few {rounds[-1]['few_ms']:.2f} ms")
    database.close()
    desk.stop()
    result = {"rounds": ROUNDS, "calls_per_round": CALLS, "page": PAGE, "items": SIZES,
              **{name: spread([r[name] for r in rounds]) for name in calls},
              "many_to_few": spread([r["many_ms"] / r["few_ms"] for r in rounds]),
              "deep_to_first": spread([r["deep_ms"] / r["many_ms"] for r in rounds]),
              "ratio": spread([r["many_ms"] / r["floor_many_ms"] for r in rounds])}
    lines = [
        f"{ROUNDS} rounds of {CALLS} calls in turns; a page of {PAGE} items, newest first; median [min–max]",
        f"first page of {SIZES['many']:,} items {shown(result['many_ms'], 2)} ms, of {SIZES['few']} items "
        f"{shown(result['few_ms'], 2)} ms, ratio {shown(result['many_to_few'], 2)}   (aim: 1.1)",
        f"a page from the middle {shown(result['deep_ms'], 2)} ms, {shown(result['deep_to_first'], 2)} of the first",
        f"floor (the same rows by SQLite from Python) {shown(result['floor_many_ms'], 2)} ms of {SIZES['many']:,}, "
        f"{shown(result['floor_few_ms'], 2)} ms of {SIZES['few']}; ours is {shown(result['ratio'], 1)} of it",
    ]
    return result, lines
