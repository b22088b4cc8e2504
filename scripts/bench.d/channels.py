"""Benchmarks of channels besides mail: a phone log that is imported, chats that come by webhook."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import threading
import time

from desk import Trouble
from rounds import column, say, shown, spread

ROUNDS = 5
CONNECTIONS = 16
SECRET = "bench-secret-of-the-chat"
PHONES = """
[[inbox]]
name = "phones"
channel = "phone-log"
team = "support"
preset = "asterisk"
region = "IR"
timezone = "UTC"
"""


def chat_inbox(folder):
    with open(os.path.join(folder, "chat.secret"), "w") as file:
        file.write(SECRET)
    return f"""
[[inbox]]
name = "chat"
channel = "chat-webhook"
team = "support"
secret = {{ file = "{folder}/chat.secret" }}
[limits]
tickets_per_sender_hour = 0
webhook_per_second = 0
"""


def opened(bench, more):
    """The daemon's folder with one more inbox; a second [limits] takes the place of the first."""
    desk = bench.open(acknowledgements=False)
    with open(desk.file) as file:
        text = file.read()
    if "[limits]" in more:
        text = text.replace("[limits]\ntickets_per_sender_hour = 0\n", "")
    with open(desk.file, "w") as file:
        file.write(text + more)
    return desk


# ---- phone-log

def write_log(path, count, seed=1405):
    """Calls of a working day, over and over: answered, missed, out, within the house; 40,000 callers."""
    dice = random.Random(seed)
    at = time.time() - 30 * 86_400
    with open(path, "w") as file:
        for number in range(count):
            at += dice.expovariate(1 / 2.0)
            start = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at))
            caller = f"0912{dice.randrange(40_000):07d}"
            inner = str(dice.randrange(201, 230))
            kind = dice.random()
            talk = dice.randrange(5, 600)
            end = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at + talk + 10))
            if kind < 0.55:
                row = ["", caller, inner, "from-trunk", caller, f"PJSIP/trunk-{number:x}", f"PJSIP/{inner}-{number:x}", "Dial", "", start, start, end, talk + 10, talk, "ANSWERED"]
            elif kind < 0.75:
                row = ["", caller, inner, "from-trunk", caller, f"PJSIP/trunk-{number:x}", f"PJSIP/{inner}-{number:x}", "Dial", "", start, "", end, 30, 0, "NO ANSWER"]
            else:
                row = ["", inner, caller, "from-internal", inner, f"PJSIP/{inner}-{number:x}", f"PJSIP/trunk-{number:x}", "Dial", "", start, start, end, talk + 10, talk, "ANSWERED"]
            row += ["DOCUMENTATION", f"pbx-{number}", ""]
            file.write(",".join(f'"{field}"' if isinstance(field, str) else str(field) for field in row) + "\n")


def fill(bench, tickets):
    """As many tickets, by the real way in: calls that nobody took, each from a number of its own, in one import, and once more."""
    path = os.path.join(bench.folder, "missed.csv")
    at = time.time() - 300 * 86_400
    with open(path, "w") as file:
        for number in range(tickets):
            at += 25
            start = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at))
            end = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at + 30))
            caller = f"09{100_000_000 + number}"
            row = ["", caller, "201", "from-trunk", caller, f"PJSIP/trunk-{number:x}", f"PJSIP/201-{number:x}", "Dial", "",
                   start, "", end, 30, 0, "NO ANSWER", "DOCUMENTATION", f"pbx-{number}", ""]
            file.write(",".join(f'"{field}"' if isinstance(field, str) else str(field) for field in row) + "\n")
    say(f"importing {tickets:,} calls")
    runs = []
    for _ in range(2):
        begun = time.monotonic()
        done = subprocess.run(
            [bench.desk.binary, "import", "phone-log", path, "--inbox", "phones", "--json"], env=bench.desk.environment,
            capture_output=True, text=True)
        if done.returncode:
            raise Trouble(f"the import ended with {done.returncode}: {done.stderr[-500:]}")
        runs.append({"seconds": time.monotonic() - begun, **json.loads(done.stdout)})
        say(f"imported {runs[-1]['imported']:,} in {runs[-1]['seconds']:.0f} s")
    os.unlink(path)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    database = sqlite3.connect(bench.desk.database)
    try:
        count = database.execute("SELECT COUNT(*) FROM tickets").fetchone()[0]
    finally:
        database.close()
    return {"tickets": count, "import_seconds": runs[0]["seconds"], "import_resident_peak_bytes": peak,
            "imported_again": runs[1]["imported"], "import_again_seconds": runs[1]["seconds"]}


def import_round(bench, path):
    """Rows a second, and the most memory that the command had."""
    desk = bench.desk
    desk.fresh()
    begun = time.monotonic()
    done = subprocess.run(
        [desk.binary, "import", "phone-log", path, "--inbox", "phones", "--json"], env=desk.environment,
        capture_output=True, text=True)
    seconds = time.monotonic() - begun
    if done.returncode:
        raise Trouble(f"the import ended with {done.returncode}: {done.stderr[-500:]}")
    summary = json.loads(done.stdout)
    return {"seconds": seconds, **{key: summary[key] for key in ("imported", "duplicates", "skipped")}}


def raw_round(bench, calls, group=256):
    """The daemon's own rows, every table and index, by prepared statements, `group` calls in a transaction."""
    target = os.path.join(bench.folder, "raw.db")
    for path in (target, target + "-wal", target + "-shm"):
        if os.path.exists(path):
            os.unlink(path)
    shutil.copyfile(bench.desk.template, target)
    reference = sqlite3.connect(bench.desk.database)
    database = sqlite3.connect(target, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -16384", "wal_autocheckpoint = 4000"):
        database.execute("PRAGMA " + pragma)
    tables = []
    for (name,) in reference.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_index%'"):
        before = database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]
        rows = reference.execute(f'SELECT * FROM "{name}"').fetchall()
        if len(rows) > before and len(rows) > 10:
            places = ",".join("?" * len(rows[0]))
            tables.append((f'INSERT OR REPLACE INTO "{name}" VALUES ({places})', rows))
    docs = next((rows for statement, rows in tables if '"search_docs"' in statement), [])
    reference.close()
    count = sum(len(rows) for _, rows in tables)
    begun = time.monotonic()
    done = [0] * len(tables)
    words = 0
    for first in range(0, calls, group):
        share = min(1.0, (first + group) / calls)
        database.execute("BEGIN IMMEDIATE")
        for place, (statement, rows) in enumerate(tables):
            until = int(len(rows) * share)
            database.executemany(statement, rows[done[place]:until])
            done[place] = until
        until = int(len(docs) * share)
        database.executemany(
            "INSERT INTO search_index (rowid, text) VALUES (?, ?)", [(row[0], row[-1]) for row in docs[words:until]])
        words = until
        database.execute("COMMIT")
    seconds = time.monotonic() - begun
    database.close()
    return {"seconds": seconds, "rows": count}


def phone_log(bench):
    """Calls a second of `hamdeld import phone-log`, and of the same rows put into SQLite by nobody who thinks."""
    opened(bench, PHONES)
    wanted = int(os.environ.get("HAMDEL_BENCH_ROWS", "0"))
    path = os.path.join(bench.folder, "Master.csv")
    write_log(path, 2_000)
    probe = import_round(bench, path)
    count = wanted or int(max(2_000, min(100_000, 2_000 / probe["seconds"] * (bench.left() - 20) / (ROUNDS * 2.2))))
    rounds_wanted = 1 if wanted else ROUNDS
    write_log(path, count)
    ours, raw = [], []
    for number in range(1, rounds_wanted + 1):
        ours.append(import_round(bench, path))
        calls = ours[-1]["imported"]
        again = None
        if number == 1:
            desk = bench.desk
            again = json.loads(subprocess.run(
                [desk.binary, "import", "phone-log", path, "--inbox", "phones", "--json"], env=desk.environment,
                capture_output=True, text=True).stdout)
            if again["imported"]:
                raise Trouble(f"imported again, {again['imported']} calls were new")
        raw.append(raw_round(bench, calls))
        say(f"round {number}: {count / ours[-1]['seconds']:,.0f} rows/s, raw {count / raw[-1]['seconds']:,.0f} rows/s")
    # Of all children so far: the imports are by far the largest.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    ratios = [theirs["seconds"] / mine["seconds"] for mine, theirs in zip(ours, raw)]
    result = {
        "rows": count, "rounds": len(ours), "imported": ours[-1]["imported"],
        "rows_per_second": spread([count / r["seconds"] for r in ours]),
        "raw_rows_per_second": spread([count / r["seconds"] for r in raw]), "ratio": spread(ratios),
        "sqlite_rows_per_call": raw[-1]["rows"] / max(1, ours[-1]["imported"]), "resident_peak_bytes": peak,
        "imported_again": 0,
    }
    return result, [
        f"{count:,} rows, {len(ours)} rounds import/raw in turns; median [min–max]",
        f"import   {shown(result['rows_per_second'])} rows/s",
        f"raw      {shown(result['raw_rows_per_second'])} rows/s (the same {result['sqlite_rows_per_call']:.1f} rows of SQLite for each call, 256 calls in a transaction)",
        f"ratio    {shown(result['ratio'], 2)}   (aim: 0.33)",
        f"resident at most {peak / (1 << 20):,.0f} MiB   (aim: 256); imported again: nothing new",
    ]


# ---- webhook

def signed(number, body):
    ident = f"msg_{number}"
    at = str(int(time.time()))
    code = hmac.new(SECRET.encode(), f"{ident}.{at}.".encode() + body, hashlib.sha256).digest()
    return {"Content-Type": "application/json", "webhook-id": ident, "webhook-timestamp": at,
            "webhook-signature": "v1," + base64.b64encode(code).decode()}


def post_all(desk, numbers, times):
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=60)
    for number in numbers:
        body = json.dumps({
            "external_id": f"m-{number}", "conversation": f"c-{number}", "text": f"سلام، پرسش {number} " + "کلمه " * 30,
            "sender": {"kind": "site", "id": f"v-{number}", "name": "سارا"}}, ensure_ascii=False).encode()
        headers = signed(number, body)
        begun = time.monotonic()
        connection.request("POST", "/in/chat", body, headers)
        answer = connection.getresponse()
        answer.read()
        times.append((time.monotonic() - begun) * 1000)
        if answer.status != 200:
            raise Trouble(f"a webhook was answered with {answer.status}")
    connection.close()


def webhook_round(bench, count):
    desk = bench.desk
    desk.fresh()
    desk.start()
    times, threads = [], []
    begun = time.monotonic()
    for part in range(CONNECTIONS):
        threads.append(threading.Thread(target=post_all, args=(desk, range(part, count, CONNECTIONS), times)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begun
    peak = desk.memory()[2]
    desk.kill()
    with sqlite3.connect(desk.database) as store:
        kept = store.execute("SELECT COUNT(*) FROM messages").fetchone()[0]
    store.close()
    if kept != count or len(times) != count:
        raise Trouble(f"{len(times)} webhooks were acknowledged and {kept} are stored")
    times.sort()
    return {"rate": count / seconds, "seconds": seconds, "p50": statistics.median(times),
            "p99": times[int(len(times) * 0.99) - 1], "resident_peak": peak}


def webhook(bench):
    """Signed webhooks a second over 16 connections, and the same rows put into SQLite."""
    opened(bench, chat_inbox(bench.folder))
    probe = webhook_round(bench, 400)
    count = int(max(400, min(5_000, probe["rate"] * (bench.left() - 20) / (ROUNDS * 2))))
    ours, raw = [], []
    for number in range(1, ROUNDS + 1):
        ours.append(webhook_round(bench, count))
        raw.append(raw_round(bench, count, group=8))
        say(f"round {number}: {ours[-1]['rate']:,.0f}/s, raw {count / raw[-1]['seconds']:,.0f}/s")
    ratios = [theirs["seconds"] / mine["seconds"] for mine, theirs in zip(ours, raw)]
    result = {
        "webhooks_per_round": count, "rounds": len(ours), "webhooks_per_second": spread(column(ours, "rate")),
        "raw_per_second": spread([count / r["seconds"] for r in raw]), "ratio": spread(ratios),
        "acknowledged_after_ms": {"p50": spread(column(ours, "p50")), "p99": spread(column(ours, "p99"))},
        "resident_peak_bytes": max(column(ours, "resident_peak")),
    }
    return result, [
        f"{count:,} signed webhooks, {CONNECTIONS} connections, {len(ours)} rounds daemon/raw in turns; median [min–max]",
        f"daemon   {shown(result['webhooks_per_second'])} webhooks/s, the sender (Python) on the same processors",
        f"raw      {shown(result['raw_per_second'])} /s (the same rows, 8 webhooks in a transaction)",
        f"ratio    {shown(result['ratio'], 2)}",
        f"answered after {shown(result['acknowledged_after_ms']['p50'], 1)} ms p50, {shown(result['acknowledged_after_ms']['p99'], 1)} ms p99",
        f"resident at most {result['resident_peak_bytes'] / (1 << 20):,.0f} MiB",
    ]
