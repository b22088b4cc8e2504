"""The benchmarks: each takes a Bench and returns what it measured and how to say it."""
import os
import statistics
import time

import channels
from rounds import CONNECTIONS, column, say, shown, spread
from reports import reports
from screen import screen
from timeline import timeline

ROUNDS = 5
STARTS = 9
# Messages a second at which memory has an aim.
STEADY = 1_000


def intake(bench):
    """Mails a second through LMTP, and through the floor, in turns."""
    bench.open()
    probe = bench.probe()
    # A pair of rounds on this machine must fit into a share of the time; at most 4,000 mails.
    count = int(max(600, min(4_000, probe["rate"] * 0.6 * (bench.left() - 20) / (ROUNDS + 1))))
    bench.write_mails(count)
    daemon, floor, longest = [], [], 0.0
    for number in range(1, ROUNDS + 1):
        if daemon and bench.left() < longest * 1.2:
            say(f"no time for round {number}")
            break
        begun = time.monotonic()
        daemon.append(bench.daemon_round(count))
        floor.append(bench.floor_round(count, daemon[-1]["group"] or 1))
        longest = max(longest, time.monotonic() - begun)
        say(f"round {number}: daemon {daemon[-1]['rate']:,.0f}/s, floor {floor[-1]['rate']:,.0f}/s")
    ratios = [ours["rate"] / theirs["rate"] for ours, theirs in zip(daemon, floor)]
    result = {
        "messages_per_round": count, "connections": CONNECTIONS, "rounds": len(daemon),
        "daemon_per_second": spread(column(daemon, "rate")),
        "floor_per_second": spread(column(floor, "rate")),
        "ratio": spread(ratios),
        "daemon_cpu_ms_per_message": spread([r["cpu_seconds"] * 1000 / count for r in daemon]),
        "floor_cpu_ms_per_message": spread([r["cpu_seconds"] * 1000 / count for r in floor]),
        "messages_per_transaction": spread([r["group"] or 0 for r in daemon]),
        "acknowledged_after_ms": {"p50": spread(column(daemon, "p50")), "p99": spread(column(daemon, "p99"))},
        "resident_peak_bytes": max(column(daemon, "resident_peak")),
        "floor_phases_ms_per_message": {
            phase: statistics.median(r[f"{phase}_seconds"] * 1000 / count for r in floor)
            for phase in ("parse", "rows", "commit")},
        "rows_per_message": floor[-1]["rows"] / count,
        "store": daemon[-1]["store"],
    }
    reading = bench.reading_rounds(ROUNDS)
    if reading:
        result["reading_ms_per_message"] = spread([r["reading_seconds"] * 1000 / count for r in reading])
        result["gmime_ms_per_message"] = spread([r["gmime_seconds"] * 1000 / count for r in reading])
        result["reading_ratio"] = spread([r["reading_seconds"] / r["gmime_seconds"] for r in reading])
    phases = result["floor_phases_ms_per_message"]
    lines = [
        f"{count:,} mails, {CONNECTIONS} connections, {len(daemon)} rounds daemon/floor in turns; median [min–max]",
        f"daemon   {shown(result['daemon_per_second'])} messages/s",
        f"floor    {shown(result['floor_per_second'])} messages/s",
        f"ratio    {shown(result['ratio'], 2)}   (aim: 0.5)",
        f"processor time per message: daemon {shown(result['daemon_cpu_ms_per_message'], 2)} ms, "
        f"floor {shown(result['floor_cpu_ms_per_message'], 2)} ms",
        f"messages per transaction {shown(result['messages_per_transaction'], 1)}, "
        f"rows per message {result['rows_per_message']:.1f}",
        f"acknowledged after {shown(result['acknowledged_after_ms']['p50'], 1)} ms p50, "
        f"{shown(result['acknowledged_after_ms']['p99'], 1)} ms p99",
        f"floor per message: parse {phases['parse']:.3f} ms, rows {phases['rows']:.3f} ms, commit {phases['commit']:.3f} ms",
    ]
    if reading:
        lines.append(
            f"reading one mail: ours {shown(result['reading_ms_per_message'], 3)} ms, GMime alone "
            f"{shown(result['gmime_ms_per_message'], 3)} ms (parse, headers, texts and files decoded; nothing hashed), "
            f"ratio {shown(result['reading_ratio'], 2)}   (aim: 1.3)")
    else:
        lines.append("reading one mail: not measured (no bench-reading beside the daemon)")
    return result, lines


def latency(bench):
    """How long an LMTP acknowledgement takes: alone, and at shares of the rate that all connections reach."""
    bench.open()
    probe = bench.probe()
    shares = (0.1, 0.5, 0.9)
    stretch = max(1.0, min(4.0, (bench.left() - 25) / (ROUNDS * 6)))
    full = int(min(probe["rate"] * stretch, 4_000))
    alone = int(max(30, min(300, stretch * 1000 / max(probe["p50"] / CONNECTIONS * 3, 1))))
    bench.write_mails(int(full * (1 + sum(shares)) * 1.6) + alone + 100)
    rounds, longest = [], 0.0
    for number in range(1, ROUNDS + 1):
        if rounds and bench.left() < longest * 1.2:
            say(f"no time for round {number}")
            break
        begun = time.monotonic()
        rounds.append(latency_round(bench, number, full, alone, stretch, shares))
        longest = max(longest, time.monotonic() - begun)
        say(f"round {number}: alone {rounds[-1]['alone']['p50']:.1f} ms, full rate {rounds[-1]['rate']:,.0f}/s")
    names = ["alone"] + [f"{share:.0%}" for share in shares]
    result = {
        "rounds": len(rounds), "rate_per_second": spread(column(rounds, "rate")), "mails_alone": alone,
        "acknowledged_after_ms": {
            name: {part: spread(column(rounds, name, part)) for part in ("p50", "p99")} for name in names}}
    lines = [
        f"{len(rounds)} rounds; median [min–max] of the rounds",
        f"all {CONNECTIONS} connections: {shown(result['rate_per_second'])} messages/s",
    ]
    for name in names:
        figures = result["acknowledged_after_ms"][name]
        label = "one connection alone" if name == "alone" else f"at {name} of that rate"
        aim = "   (aim: p50 under 10 ms)" if name == "alone" else ""
        lines.append(f"{label:22} p50 {shown(figures['p50'], 1)} ms   p99 {shown(figures['p99'], 1)} ms{aim}")
    return result, lines


def latency_round(bench, number, full, alone, stretch, shares):
    desk = bench.desk
    desk.fresh()
    desk.start()
    first = full
    figures = {"rate": full / bench.load(0, full, CONNECTIONS)["seconds"]}
    time.sleep(1)
    figures["alone"] = bench.load(first, alone, 1)
    first += alone
    for share in shares:
        rate = figures["rate"] * share
        count = int(max(20, min(rate * stretch, full * 1.6 * share)))
        figures[f"{share:.0%}"] = bench.load(first, count, CONNECTIONS, rate, number)
        first += count
        time.sleep(0.5)
    desk.kill()
    return figures


def start(bench):
    """From exec to the first 200 of /readyz: making the store, and finding one; with HAMDEL_BENCH_TICKETS, a full one too."""
    tickets = int(os.environ.get("HAMDEL_BENCH_TICKETS", "0"))
    desk = channels.opened(bench, channels.PHONES) if tickets else bench.open()
    making, finding = [], []
    for _ in range(STARTS):
        desk.empty()
        making.append(desk.start() * 1000)
        desk.stop()
        desk.fresh()
        finding.append(desk.start() * 1000)
        desk.stop()
    result = {"starts": STARTS, "store_made_ms": spread(making), "store_found_ms": spread(finding)}
    lines = [
        f"{STARTS} starts each, in turns; median [min–max] from exec to 200 at /readyz (aim: 300 ms)",
        f"no store yet (made and migrated)  {shown(result['store_made_ms'])} ms",
        f"empty store                       {shown(result['store_found_ms'])} ms",
    ]
    if tickets:
        desk.fresh()
        result.update(channels.fill(bench, tickets))
        full = []
        for _ in range(STARTS):
            full.append(desk.start() * 1000)
            if len(full) == 1:
                time.sleep(5)
                result["full_idle"] = {"resident_mb": desk.memory()[0] / 1e6, "anonymous_mb": desk.memory()[1] / 1e6}
            desk.stop()
        result["store_full_ms"] = spread(full)
        lines += [
            f"{result['tickets']:,} tickets         {shown(result['store_full_ms'])} ms   (aim: 150 ms)",
            f"imported in {result['import_seconds']:.0f} s with {result['import_resident_peak_bytes'] / (1 << 20):.0f} MiB resident at most; "
            f"again: {result['imported_again']} new in {result['import_again_seconds']:.0f} s",
            f"idle with them for 5 s            {result['full_idle']['resident_mb']:.1f} MB resident, "
            f"{result['full_idle']['anonymous_mb']:.1f} MB anonymous   (aim: 80, 40)",
        ]
    return result, lines


def memory(bench):
    """What the daemon holds when idle, at 1,000 messages a second, under full load, and 5 seconds after it."""
    desk = bench.open()
    probe = bench.probe()
    count = int(max(600, min(4_000, probe["rate"] * (bench.left() - 30) / (ROUNDS * 3))))
    bench.write_mails(count)
    rounds = []
    for number in range(1, ROUNDS + 1):
        if rounds and bench.left() < 25:
            say(f"no time for round {number}")
            break
        desk.fresh()
        desk.start()
        time.sleep(5)
        idle = desk.memory()
        steady = bench.load(0, count, CONNECTIONS, rate=STEADY, seed=number)
        paced = desk.memory()
        desk.stop()
        desk.fresh()
        desk.start()
        bench.load(0, count, CONNECTIONS)
        loaded = desk.memory()
        time.sleep(5)
        after = desk.memory()
        desk.stop()
        rounds.append({"idle": idle[:2], "steady": (paced[2], paced[1]), "load": (loaded[2], loaded[1]),
                       "after": after[:2], "steady_rate": count / steady["seconds"]})
        say(f"round {number}: idle {idle[0] / 1e6:.0f} MB")
    result = {"rounds": len(rounds), "messages_per_round": count}
    lines = [f"{len(rounds)} rounds of {count:,} mails over {CONNECTIONS} connections; median [min–max], MB of 10⁶ bytes"]
    for name, label in (("idle", "idle for 5 s"), ("steady", f"at {STEADY:,}/s"), ("load", "under load"), ("after", "5 s after the load")):
        resident, anonymous = (spread([r[name][place] / 1e6 for r in rounds]) for place in (0, 1))
        result[name] = {"resident_mb": resident, "anonymous_mb": anonymous}
        aim = "   (aim: 80, 40)" if name == "idle" else "   (resident: the peak; aim: 150)" if name == "steady" else "   (resident: the peak)" if name == "load" else ""
        lines.append(f"{label:18} resident {shown(resident, 1)}   anonymous {shown(anonymous, 1)}{aim}")
    result["steady_messages_per_second"] = spread([r["steady_rate"] for r in rounds])
    lines.append(f"taken at that rate: {shown(result['steady_messages_per_second'])} messages/s")
    return result, lines


ALL = {
    "intake": intake, "latency": latency, "webhook": channels.webhook, "phone-log": channels.phone_log, "start": start,
    "memory": memory, "timeline": timeline, "screen": screen, "reports": reports,
}
