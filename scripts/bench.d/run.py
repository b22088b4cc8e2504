"""Runs one benchmark. usage: run.py NAME HAMDELD TOOLS FOLDER [--json]     (scripts/bench calls this)"""
import json
import signal
import subprocess
import sys

import benchmarks
from desk import Trouble
from rounds import Bench, machine, say


def main(name, binary, tools, folder, form):
    bench = Bench(folder, binary, tools)
    before = machine()
    try:
        result, lines = benchmarks.ALL[name](bench)
    except (Trouble, subprocess.SubprocessError) as trouble:
        say(f"{name}: {trouble}")
        return 1
    finally:
        bench.close()
    after = machine()
    if form == "json":
        print(json.dumps({"benchmark": name, **result, "machine": before,
                          "load_average_after": after["load_average"]}))
        return 0
    print(f"{name}: {lines[0]}")
    for line in lines[1:]:
        print(f"  {line}")
    print(f"  {before['date']}, {before['processors']} × {before['model']}, kernel {before['kernel']}, load average "
          f"{before['load_average'][0]:.1f} before and {after['load_average'][0]:.1f} after")
    return 0


def leave(*_):
    raise SystemExit(2)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, leave)
    sys.exit(main(*sys.argv[1:5], "json" if "--json" in sys.argv[5:] else "text"))
