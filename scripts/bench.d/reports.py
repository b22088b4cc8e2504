"""Reports over a generated year: `hamdel report overview` as a person runs it, each report by HTTP, and the same counts by SQLite alone."""
import datetime
import json
import math
import os
import pwd
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

from desk import Trouble
from rounds import say, shown, spread

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from year import AGENTS, Year  # noqa: E402

# A year of a real desk is 200,000, and takes some minutes to write.
TICKETS = int(os.environ.get("HAMDEL_BENCH_TICKETS", 20_000))
# The same year, written earlier on the same day.
WRITTEN = os.environ.get("HAMDEL_YEAR_STORE")
CALLS = 20
ROUNDS = 5
REPORTS = ["overview", "csat", "nps", "ces", "own", "agents", "topics", "sla", "backlog", "promises", "channels", "hours", "funnel"]

WHERE = "(f.hidden = 0)"
OPENED = f"SELECT count(*) FROM ticket_figures f WHERE counted = 1 AND opened_at >= ? AND opened_at < ? AND {WHERE}"
WAITS = f"SELECT reply_wait FROM ticket_figures f WHERE counted = 1 AND replied_at >= ? AND replied_at < ? AND {WHERE}"
CLOSED = (f"SELECT reopenings, handovers, written, resolution FROM ticket_figures f WHERE counted = 1 AND first_closed_at >= ?"
          f" AND first_closed_at < ? AND {WHERE}")
SCORES = "SELECT score, count(*) FROM invitations f WHERE kind = 'csat' AND answered_at >= ? AND answered_at < ? AND f.hidden = 0 GROUP BY 1"
ASKED = "SELECT count(*), sum(answered_at IS NOT NULL) FROM invitations f WHERE kind = 'csat' AND asked_at >= ? AND asked_at < ? AND f.hidden = 0"
BACKLOG = "SELECT opened_at FROM tickets WHERE class = 'regular' AND status = ? AND origin <> 'history' AND hidden = 0"


def rank(values, percent):
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1] if values else None


def floor(database, start, end):
    """What an overview is made of, this period and the one before."""
    told = {}
    for name, (low, high) in {"now": (start, end), "before": (2 * start - end, start)}.items():
        waits = [row[0] for row in database.execute(WAITS, (low, high))]
        closed = database.execute(CLOSED, (low, high)).fetchall()
        resolutions = [row[3] for row in closed if row[3] is not None]
        told[name] = (database.execute(OPENED, (low, high)).fetchone()[0], len(closed), rank(waits, 50), rank(waits, 90),
                      rank(resolutions, 50), rank(resolutions, 90), sum(row[0] > 0 for row in closed),
                      database.execute(SCORES, (low, high)).fetchall(), database.execute(ASKED, (low, high)).fetchone())
    for status in ("new", "open", "pending"):
        database.execute(BACKLOG, (status,)).fetchall()
    return told


def timed(call, count=CALLS):
    took = []
    for _ in range(count):
        begun = time.perf_counter()
        call()
        took.append((time.perf_counter() - begun) * 1000)
    return took


def text(at):
    return datetime.datetime.fromtimestamp(at / 1000, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def person():
    """Whose hamdel it is: the socket knows agents by their Unix user, and root is nobody."""
    return "games" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


def fill(desk, story):
    with open(desk.file) as file:
        text = file.read()
    with open(desk.file, "w") as file:
        file.write(text.replace("[http]\n", '[http]\nmode = "0666"\n'))
        file.write('[[team]]\nname = "sales"\n[[team]]\nname = "people"\nprivate = true\n')
    for folder in (desk.folder, os.path.dirname(desk.folder)):
        os.chmod(folder, 0o711)
    desk.empty()
    say(f"a year of {TICKETS:,} tickets")
    begun = time.monotonic()
    year = Year(TICKETS, seed=5)
    told = time.monotonic()
    say(f"told in {told - begun:.0f} s: {year.lines:,} lines; writing it")
    if WRITTEN:
        shutil.copy(WRITTEN, desk.database)
    else:
        say(f"{year.write(desk.database, story)}, written in {time.monotonic() - told:.0f} s")
    writing = None if WRITTEN else time.monotonic() - told
    desk.command("agent", "add", "lead", "--role", "lead", "--team", "support", "--unix-user", person())
    return year, writing


def reports(bench):
    beside = os.path.dirname(bench.binary)
    story = os.environ.get("HAMDEL_BENCH_STORY", os.path.join(beside, "bench-story"))
    client = os.environ.get("HAMDEL", os.path.join(beside, "hamdel"))
    for program in (story, client):
        if not os.access(program, os.X_OK):
            raise Trouble(f"{program} is not there (swift build -c release --product {os.path.basename(program)})")
    desk = bench.open(acknowledgements=False)
    year, writing = fill(desk, story)
    # Where anybody may run it from.
    client = shutil.copy(client, os.path.join(desk.folder, "hamdel"))
    os.chmod(client, 0o755)
    period = ["--from", text(year.start), "--to", text(year.end)]
    environment = {"HAMDEL_SOCKET": f"{desk.folder}/api.sock", "HOME": "/", "LC_ALL": "C.UTF-8",
                   "PATH": os.environ.get("PATH", "")}

    def command(*words):
        done = subprocess.run([client, *words], env=environment, user=person() if os.getuid() == 0 else None, cwd="/", capture_output=True)
        if done.returncode:
            raise Trouble(f"hamdel {' '.join(words)} ended with {done.returncode}: {done.stderr.decode()}")
        return done.stdout

    def overview():
        return command("report", "overview", *period, "-o", "json")

    cold = []
    for _ in range(ROUNDS):
        desk.start()
        cold += timed(overview, 1)
        desk.stop()
    desk.start()
    database = sqlite3.connect(f"file:{desk.database}?mode=ro", uri=True, isolation_level=None)
    told = floor(database, year.start, year.end)
    figures = {figure["name"]: figure["value"] for figure in json.loads(overview())["figures"]}
    if (figures["opened"], figures["closed"], figures["first_response_median"]) != (told["now"][0], told["now"][1], told["now"][2]):
        raise Trouble("the report does not say what the rows say")
    warm = timed(overview)
    start = timed(lambda: command("--help"))
    each = {name: timed(lambda name=name: command("report", name, *period, "-o", "json")) for name in REPORTS}
    # What the command asks for when nobody says a period.
    last = ["--from", text(year.end - 30 * 86_400_000), "--to", text(year.end)]
    month = timed(lambda: command("report", "overview", *last, "-o", "json"))
    agent = timed(lambda: command("report", "overview", *period, "--agent", AGENTS[0], "-o", "json"))
    rounds = []
    for number in range(ROUNDS):
        calls = [("ours", overview), ("floor", lambda: floor(database, year.start, year.end))]
        took = {name: statistics.median(timed(call, 5)) for name, call in calls[number % 2:] + calls[:number % 2]}
        rounds.append(took)
    database.close()
    size = os.path.getsize(desk.database)
    desk.stop()
    result = {
        "tickets": TICKETS, "story_lines": year.lines, "writing_seconds": writing, "database_bytes": size, "calls": CALLS,
        "overview_cold_ms": spread(cold), "overview_ms": spread(warm), "overview_of_30_days_ms": spread(month), "overview_of_an_agent_ms": spread(agent),
        "client_start_ms": spread(start), "reports_ms": {name: spread(took) for name, took in each.items()},
        "floor_ms": spread([r["floor"] for r in rounds]), "ratio": spread([r["ours"] / r["floor"] for r in rounds]),
    }
    lines = [
        f"{TICKETS:,} tickets ({year.lines:,} lines of story, a database of {size >> 20:,} MiB{f', written in {writing:.0f} s' if writing else ''}); "
        f"hamdel over the unix socket, {CALLS} calls each; median [min–max]",
        f"hamdel report overview (30 days) {shown(result['overview_of_30_days_ms'])} ms   (aim: 200)",
        f"of the whole year {shown(result['overview_ms'])} ms; after a start of the daemon "
        f"{shown(result['overview_cold_ms'])} ms",
        f"of one agent {shown(result['overview_of_an_agent_ms'])} ms; hamdel --help alone {shown(result['client_start_ms'])} ms",
        *(f"{name:<9} {shown(took)} ms" for name, took in result["reports_ms"].items()),
        f"floor (the same rows by SQLite from Python) {shown(result['floor_ms'])} ms; the whole command is "
        f"{shown(result['ratio'], 1)} of it, {ROUNDS} rounds in turns",
    ]
    return result, lines
