"""What all benchmarks share: the tools, the mails, running the load and the floor, medians and their spread."""
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time

from desk import Desk, Trouble

# A benchmark takes no more than this many seconds; rounds that no longer fit are left out, and that is said.
BUDGET = float(os.environ.get("HAMDEL_BENCH_SECONDS", "170"))
CONNECTIONS = 50


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


class Bench:
    def __init__(self, folder, binary, tools):
        self.folder, self.binary, self.tools = folder, binary, tools
        self.begun = time.monotonic()
        self.mails = os.path.join(folder, "mails.bin")
        self.desk = None
        self.sink = None

    def open(self, acknowledgements=True):
        """The daemon's folder, with a mail server that takes its acknowledgements."""
        self.sink = subprocess.Popen(
            [os.path.join(self.tools, "sink")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        port = int(self.sink.stdout.readline())
        self.desk = Desk(self.folder, self.binary, port, acknowledgements)
        self.desk.make_template()
        return self.desk

    def close(self):
        if self.desk:
            self.desk.kill()
        if self.sink:
            self.sink.kill()
            self.sink.wait()

    def left(self):
        return BUDGET - (time.monotonic() - self.begun)

    def write_mails(self, count):
        say(f"writing {count} mails")
        subprocess.run(
            [sys.executable, os.path.join(os.path.dirname(__file__), "mails.py"), self.mails, str(count)],
            check=True, stderr=subprocess.DEVNULL)

    def tool(self, name, *words):
        done = subprocess.run(
            [os.path.join(self.tools, name), *map(str, words)], capture_output=True, text=True,
            timeout=max(BUDGET, 60))
        if not done.stdout:
            raise Trouble(f"{name} failed: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def reading_rounds(self, rounds):
        """CPU seconds of our reader and of GMime alone over the same mails, in turns; nothing where the tool is not there."""
        if not os.path.exists(os.path.join(self.tools, "bench-reading")):
            return []
        return self.tool("bench-reading", self.mails, rounds)["rounds"]

    def load(self, first, count, connections, rate=None, seed=1):
        words = [self.desk.lmtp, self.mails, first, count, connections]
        if rate:
            words += [f"{rate:.3f}", seed]
        figures = self.tool("load", *words)
        if figures["accepted"] != figures["messages"]:
            raise Trouble(f"{figures['refused']} of {figures['messages']} mails were refused, the first with: "
                          f"{figures['first_refusal']}")
        return figures

    def daemon_round(self, count):
        """All connections at once on a fresh store; the daemon is killed with the last acknowledgement, and what it
        acknowledged must be there."""
        desk = self.desk
        desk.fresh()
        desk.start()
        cpu, transactions = desk.cpu(), desk.transactions()
        figures = self.load(0, count, CONNECTIONS)
        figures["cpu_seconds"] = desk.cpu() - cpu
        figures["transactions"] = desk.transactions() - transactions
        figures["resident_peak"] = desk.memory()[2]
        desk.kill()
        figures["store"] = desk.figures()
        if figures["store"]["messages"] != count:
            raise Trouble(f"{count} mails were acknowledged and {figures['store']['messages']} are stored")
        figures["rate"] = count / figures["seconds"]
        figures["group"] = count / figures["transactions"] if figures["transactions"] else None
        return figures

    def floor_round(self, count, group):
        """The same mails and rows as the daemon's last round, on a store of its own."""
        target = os.path.join(self.folder, "floor.db")
        for path in (target, target + "-wal", target + "-shm"):
            if os.path.exists(path):
                os.unlink(path)
        shutil.copyfile(self.desk.template, target)
        os.sync()
        figures = self.tool("floor", self.mails, count, self.desk.database, target, max(1, round(group)))
        figures["rate"] = figures["messages"] / figures["seconds"]
        return figures

    def probe(self):
        """A short round that warms up and says how fast this machine is today."""
        self.write_mails(600)
        return self.daemon_round(600)


def spread(values):
    """Median, least and most."""
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def column(rounds, *keys):
    values = []
    for value in rounds:
        for key in keys:
            value = value[key]
        values.append(value)
    return values


def shown(figure, digits=0, unit=""):
    text = f"{figure['median']:,.{digits}f}{unit}"
    return f"{text} [{figure['min']:,.{digits}f}–{figure['max']:,.{digits}f}]"


def machine():
    model = "unknown"
    try:
        with open("/proc/cpuinfo") as file:
            model = next((line.partition(":")[2].strip() for line in file if line.startswith("model name")), model)
    except OSError:
        pass
    return {"date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "processors": os.cpu_count(), "model": model,
            "kernel": platform.release(), "load_average": list(os.getloadavg())}
