"""Reports against an independent computation in Python over a generated year, and how long they take.

The year (scripts/lib/year.py) goes into the store as events, written and projected by the store itself (bench-story); what is
compared is what HTTP says with what Python counts in the list of what happened, by the definitions of Docs/Reports.md.
"""
import csv
import datetime
import html.parser
import io
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import time

from desk import BUILD, FULL, HAMDEL, HAMDELD, ROOT, Desk, DeskTest

sys.path.append(os.path.join(ROOT, "scripts", "lib"))
from year import TEAMS, Year  # noqa: E402

Z = 1.959963984540054
# A year as a real desk has it; its events take minutes to write (an optimised bench-story: five).
COUNT = int(os.environ.get("HAMDEL_YEAR", 20_000 if FULL else 4_000))
# The same year, written earlier on the same day.
WRITTEN = os.environ.get("HAMDEL_YEAR_STORE")
BESIDE = os.path.join(os.path.dirname(HAMDELD), "bench-story")
STORY = os.environ.get("HAMDEL_BENCH_STORY", BESIDE if os.path.exists(BESIDE) else os.path.join(BUILD, "bench-story"))
KINDS = {"csat": (4, 2), "own": (4, 2), "ces": (5, 3), "nps": (9, 6)}


def rank(values, percent):
    values = sorted(values)
    return values[math.ceil(len(values) * percent / 100) - 1] if values else None


def wilson(part, count):
    if not count:
        return None
    share = part / count
    centre = (share + Z * Z / (2 * count)) / (1 + Z * Z / count)
    half = Z / (1 + Z * Z / count) * math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    return (0 if part == 0 else centre - half, 1 if part == count else centre + half)


def net(promoters, detractors, count):
    up, down = (promoters + 0.75) / (count + 3), (detractors + 0.75) / (count + 3)
    half = Z * math.sqrt((up + down - (up - down) ** 2) / (count + 3))
    return (max(-1, up - down - half), min(1, up - down + half))


def share(part, whole):
    return part / whole if whole else None


def agent_of(ticket):
    """Who answered last, else who was given it last."""
    writers = [agent for _, agent in ticket.written if agent]
    return writers[-1] if writers else ticket.given[-1][1] if ticket.given else None


def solved(ticket):
    """Closings that count: what is closed as a duplicate was not solved."""
    return [at for at, reason in ticket.closings if reason != "duplicate"]


class Known:
    """Of each ticket, what is asked of it again and again."""

    def __init__(self, ticket):
        self.ticket, self.agent, self.team, self.counted = ticket, agent_of(ticket), ticket.team, ticket.counted
        closings = solved(ticket)
        self.opened, self.closed = ticket.opened, closings[0] if closings else None
        self.reopened = any(at > self.closed for at in ticket.reopenings) if closings else False
        self.resolution = closings[-1] - ticket.opened if closings and not ticket.open else None
        self.first_contact = len(ticket.written) <= 1 and not ticket.handovers and not self.reopened
        first = ticket.arrived[0] if ticket.arrived and ticket.origin == "live" else (None, None)
        self.replied, self.by = first


class Expected:
    """The definitions of Docs/Reports.md, once more."""

    def __init__(self, year, start, end, sees, team=None, agent=None):
        self.year, self.start, self.end, self.team, self.agent, self.sees = year, start, end, team, agent, sees

    @property
    def previous(self):
        return Expected(self.year, 2 * self.start - self.end, self.start, self.sees, self.team, self.agent)

    def sees_team(self, team):
        return self.sees == "all" or not TEAMS[team]

    def shown(self, known, agent):
        return (known.counted and self.sees_team(known.team) and self.team in (None, known.team)
                and self.agent in (None, agent))

    def within(self, at):
        return at is not None and self.start <= at < self.end

    def opened(self):
        return [known for known in self.year.known if self.within(known.opened) and self.shown(known, known.agent)]

    def figures(self):
        known = self.year.known
        waits = [k.replied - k.opened for k in known if self.within(k.replied) and self.shown(k, k.by)]
        closed = [k for k in known if self.within(k.closed) and self.shown(k, k.agent)]
        resolutions = [k.resolution for k in closed if k.resolution is not None]
        result = {"opened": len(self.opened()), "closed": len(closed)}
        for name, values in [("first_response", waits), ("resolution", resolutions)]:
            result[f"{name}_median"] = rank(values, 50)
            result[f"{name}_p90"] = rank(values, 90)
            result[f"{name}_mean"] = sum(values) // len(values) if values else None
        result["first_contact_resolution"] = share(sum(k.first_contact for k in closed), len(closed))
        result["reopen_rate"] = share(sum(k.reopened for k in closed), len(closed))
        result["handovers_per_ticket"] = share(sum(k.ticket.handovers for k in closed), len(closed))
        return result

    def asked_about(self, survey):
        """Whose survey it is: the team and agent that were asked about; hidden like the ticket is now."""
        return ((survey.ticket is None or self.sees_team(survey.ticket.team)) and self.team in (None, survey.team)
                and self.agent in (None, survey.agent))

    def surveys(self, kind):
        return [survey for survey in self.year.surveys if survey.kind == kind and self.asked_about(survey)]

    def scores(self, kind, mine):
        given = [survey.score for survey in mine if self.within(survey.answered)]
        asked = [survey for survey in mine if self.within(survey.asked)]
        good, bad = KINDS[kind]
        up, down = len([s for s in given if s >= good]), len([s for s in given if s <= bad])
        result = {
            "n": len(given), "sent": len(asked), "response_rate": share(sum(s.answered is not None for s in asked), len(asked)),
            "satisfied": share(up, len(given)), "dissatisfied": share(down, len(given)),
            "mean": statistics.fmean(given) if given else None, "interval": wilson(up, len(given)),
            "nps": None, "nps_interval": None}
        if kind == "nps" and given:
            result["nps"] = (up - down) / len(given)
            result["nps_interval"] = net(up, down, len(given))
        return result

    def funnel(self):
        decided = [survey for survey in self.year.surveys if self.within(survey.decided) and self.asked_about(survey)]
        result = {"decided": len(decided), "asked": 0, "answered": 0, "waiting": 0, "cancelled": 0}
        for survey in decided:
            if survey.state in ("sent", "answered"):
                result["asked"] += 1
                result["answered"] += survey.state == "answered"
            elif survey.state == "skipped":
                name = f"skipped: {survey.reason}"
                result[name] = result.get(name, 0) + 1
            else:
                result[survey.state] += 1
        return result

    def recoveries(self, now):
        mine = [r for r in self.year.recoveries if self.within(r.opened) and self.asked_about(r.survey)]
        done = [r for r in mine if r.done]
        mended = [r for r in done if r.ending == "corrected"
                  or r.second is not None and r.second > KINDS[r.survey.kind][1]]
        late = [r for r in mine if r.due < (r.done or now)]
        return {"recoveries": len(mine), "recoveries_done": share(len(done), len(mine)),
                "recovery_rate": share(len(mended), len(done)), "recoveries_late": share(len(late), len(mine))}


class Page(html.parser.HTMLParser):
    """What a page is made of."""

    VOID = {"meta", "rect", "line", "polyline"}

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.attributes, self.links, self.cells, self.policy = {}, [], {}, [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.attributes.setdefault(tag, values)
        self.links += [values.get(name) for name in ("href", "src", "action")]
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "td" or values.get("scope") == "row":
            self.cells.append("")

    def handle_startendtag(self, tag, attributes):
        self.tags[tag] = self.tags.get(tag, 0) + 1

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if {"td", "tbody"} & set(self.open) and {"td", "th"} & set(self.open):
            self.cells[-1] += data


class Reports(DeskTest):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk()
        cls.addClassCleanup(cls.desk.close)
        configuration = cls.desk.configuration
        for team, private in TEAMS.items():
            configuration.team(team, private=private)
        configuration.mail()
        cls.year = Year(COUNT, seed=5)
        if WRITTEN:
            shutil.copy(WRITTEN, f"{cls.desk.folder}/hamdel.db")
        else:
            cls.year.write(f"{cls.desk.folder}/hamdel.db", STORY)
        cls.desk.start()
        cls.desk.add_agent("lead", "--role", "lead", "--team", "support")
        cls.desk.add_agent("boss", "--role", "lead", "--team", "people")
        cls.desk.stop()
        cls.year.known = [Known(ticket) for ticket in cls.year.tickets]
        cls.desk.start()
        cls.period = (cls.text(cls.year.start), cls.text(cls.year.end))

    @staticmethod
    def text(at):
        return datetime.datetime.fromtimestamp(at / 1000, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def close(self, found, wanted, what):
        if wanted is None or found is None:
            return self.assertEqual(found, wanted, what)
        self.assertTrue(math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-12), f"{what}: {found} is not {wanted}")

    def query(self, **more):
        return "&".join(f"{key}={value}" for key, value in {"from": self.period[0], "to": self.period[1], **more}.items())

    def expected(self, sees="open", **more):
        return Expected(self.year, self.year.start, self.year.end, sees, **more)

    def figures_equal(self, report, now, before, what):
        figures = {figure["name"]: figure for figure in report["figures"]}
        for name, value in now.items():
            self.close(figures[name]["value"], value, (what, name))
            self.close(figures[name]["previous"], before[name], (what, name, "previous"))
        return 2 * len(now)

    def test_every_figure_equals_python_s(self):
        compared = 0
        for agent, sees in [("lead", "open"), ("boss", "all")]:
            for more in [{}, {"team": "support"}, {"agent": "nima"}, {"team": "people"}, {"team": "sales", "agent": "leila"}]:
                wanted = self.expected(sees, **more)
                report = self.desk.get(f"/reports/overview?{self.query(**more)}", agent)
                compared += self.figures_equal(report, wanted.figures(), wanted.previous.figures(), (agent, more))
                for kind in KINDS:
                    compared += self.compare_scores(kind, wanted, agent, more)
        self.figures(f"{len(self.year.tickets)} tickets, {len(self.year.surveys)} surveys: {compared} figures equal Python's")

    def compare_scores(self, kind, wanted, agent, more):
        report = self.desk.get(f"/reports/{kind}?{self.query(**more)}", agent)
        mine = wanted.surveys(kind)
        compared = self.compare(report, wanted.scores(kind, mine), (agent, more, kind))
        keys = {"agents": lambda s: [s.agent], "teams": lambda s: [s.team],
                "channels": lambda s: [s.ticket and s.ticket.channel], "topics": lambda s: s.ticket.tags if s.ticket else []}
        for name, key in keys.items():
            parts = {}
            for survey in mine:
                if wanted.within(survey.answered) or wanted.within(survey.asked):
                    for word in key(survey):
                        parts.setdefault(word, []).append(survey)
            parts.pop(None, None)
            self.assertEqual({part["key"] for part in report[name]}, set(parts), (agent, more, kind, name))
            for part in report[name]:
                own = wanted.scores(kind, parts[part["key"]])
                compared += self.compare(part, own, (agent, more, kind, part["key"]))
        return compared

    def compare(self, found, wanted, what):
        for name, value in wanted.items():
            if name not in found:
                continue
            if name.endswith("interval"):
                pair = found[name] and (found[name]["low"], found[name]["high"])
                self.assertEqual(pair is None, value is None, what)
                for one, other in zip(pair or (), value or ()):
                    self.close(one, other, (what, name))
            else:
                self.close(found[name], value, (what, name))
        return len(wanted)

    def rows(self, report, name="tables", place=0):
        return {row[0]: row[1] for row in report[name][place]["rows"]}

    def test_breakdowns_equal_python_s(self):
        for more in [{}, {"team": "sales"}, {"agent": "omid"}]:
            wanted = self.expected(**more)
            for name, key in [("channels", lambda t: [t.channel]), ("topics", lambda t: t.tags)]:
                report = self.desk.get(f"/reports/{name}?{self.query(**more)}")
                counts, before = [], []
                for period, into in [(wanted, counts), (wanted.previous, before)]:
                    into += [word for known in period.opened() for word in key(known.ticket)]
                self.assertEqual(self.rows(report), {word: counts.count(word) for word in set(counts)})
                for row in report["tables"][0]["rows"]:
                    self.assertEqual(row[3], before.count(row[0]))
            heat = self.desk.get(f"/reports/hours?{self.query(**more)}")["tables"][0]["rows"]
            by_hour = [[0] * 24 for _ in range(7)]
            for known in wanted.opened():
                at = datetime.datetime.fromtimestamp(known.opened / 1000, datetime.timezone.utc)
                by_hour[at.weekday()][at.hour] += 1
            self.assertEqual([row[1:] for row in heat], by_hour)
            line = self.desk.get(f"/reports/overview?{self.query(**more)}")["tables"][0]["rows"]
            self.assertEqual(sum(row[1] for row in line), len(wanted.opened()))

    def test_agents_equal_python_s(self):
        agents = self.desk.get(f"/reports/agents?{self.query()}")["tables"][0]
        names = [column["name"] for column in agents["columns"]]
        self.assertEqual(len(agents["rows"]), 8)
        for row in agents["rows"]:
            own = dict(zip(names, row))
            wanted = self.expected(agent=own["agent"])
            for name in ["closed", "first_response_median", "resolution_median", "first_contact_resolution", "reopen_rate",
                         "handovers_per_ticket"]:
                self.close(own[name], wanted.figures()[name], (own["agent"], name))
            scores = wanted.scores("csat", wanted.surveys("csat"))
            for name, value in [("n", scores["n"]), ("satisfied", scores["satisfied"]), ("low", scores["interval"][0]),
                                ("high", scores["interval"][1]), ("response_rate", scores["response_rate"])]:
                self.close(own[f"csat_{name}"], value, (own["agent"], name))

    def test_promises_backlog_and_surveys_equal_python_s(self):
        year, now = self.year, int(time.time() * 1000)
        known = {k.ticket.number: k for k in year.known}
        for more in [{}, {"team": "support"}, {"agent": "mina"}]:
            wanted = self.expected(**more)

            def mine(ticket):
                return wanted.shown(known[ticket.number], known[ticket.number].agent)

            clocks = [(target, policy, met) for ticket, policy, target, met, at in year.clocks
                      if wanted.within(at) and mine(ticket)]
            report = self.desk.get(f"/reports/sla?{self.query(**more)}")
            figures = {figure["name"]: figure["value"] for figure in report["figures"]}
            for target in ["first_response", "resolution"]:
                ended = [met for of, _, met in clocks if of == target]
                self.close(figures[f"{target}_met"], share(sum(ended), len(ended)), target)
            for policy, target, met, missed, _ in report["tables"][0]["rows"]:
                own = [good for of, under, good in clocks if (of, under) == (target, policy)]
                self.assertEqual((met, missed), (sum(own), len(own) - sum(own)))

            told = [(state, anew) for ticket, until, state, anew in year.promises if wanted.within(until) and mine(ticket)]
            report = self.desk.get(f"/reports/promises?{self.query(**more)}")
            figures = {figure["name"]: figure["value"] for figure in report["figures"]}
            kept = len([1 for state, _ in told if state == "kept"])
            ended = len([1 for state, _ in told if state in ("kept", "broken")])
            self.assertEqual(figures["promises"], len(told))
            self.close(figures["promises_kept"], share(kept, ended), more)
            self.assertEqual(figures["promises_revised"], sum(anew for _, anew in told))

            backlog = self.desk.get(f"/reports/backlog?{self.query(**more)}")
            open_now = [t for t in year.tickets if t.open and t.counted and wanted.sees_team(t.team)
                        and wanted.team in (None, t.team) and wanted.agent in (None, t.holder)]
            self.assertEqual(backlog["figures"][0]["value"], len(open_now))
            ages = [sum(low <= (now - t.opened) / 3_600_000 < high for t in open_now)
                    for low, high in [(0, 4), (4, 24), (24, 72), (72, 168), (168, 720), (720, math.inf)]]
            self.assertEqual([row[1] for row in backlog["tables"][0]["rows"]], ages)

            report = self.desk.get(f"/reports/funnel?{self.query(**more)}")
            self.assertEqual(self.rows(report), wanted.funnel())
            self.figures_equal(report, wanted.recoveries(now), wanted.previous.recoveries(now), more)

    def test_the_terminal_csv_and_lines_say_the_same(self):
        names = ["overview", "csat", "nps", "ces", "own", "agents", "topics", "sla", "backlog", "promises", "channels", "hours", "funnel"]
        for name in names:
            words = self.desk.hamdel("report", name, "--from", self.period[0], "--to", self.period[1])
            self.assertTrue(words.stdout if hasattr(words, "stdout") else words)
        rows = list(csv.reader(io.StringIO(self.text_of("report", "overview", "-o", "csv"))))
        self.assertEqual(rows[0], ["figure", "unit", "value", "n", "low", "high", "previous"])
        lines = [json.loads(line) for line in self.text_of("report", "agents", "-o", "jsonl").splitlines()]
        self.assertEqual({line["table"] for line in lines}, {"agents"})
        self.assertEqual(self.desk.api("GET", "/reports/nothing").status, 404)

    def test_pages_hold_the_same_figures_and_nothing_foreign(self):
        for name in ["overview", "csat", "nps", "agents", "topics", "hours", "funnel"]:
            for language, way in [("en", "ltr"), ("fa", "rtl")]:
                page = Page(self.text_of("report", name, "-o", "html", "--language", language))
                self.assertEqual(page.attributes["html"], {"lang": language, "dir": way})
                self.assertEqual(page.open, [], "every element is closed")
                self.assertEqual(page.tags["table"], page.tags["caption"])
                self.assertFalse({"script", "link", "img", "iframe", "object"} & set(page.tags))
                self.assertFalse([value for value in page.links if value], "nothing is fetched")
                self.assertIn("default-src 'none'", page.policy)
        report = json.loads(self.text_of("report", "overview", "-o", "json"))
        shown = Page(self.text_of("report", "overview", "-o", "html", "--language", "en"))
        opened = report["figures"][0]
        self.assertEqual(shown.cells[:2], ["opened", f"{opened['value']:.0f}"])
        refused = self.desk.hamdel("ticket", "list", "-o", "html", check=None)
        self.assertEqual(refused.returncode, 64)

    def text_of(self, *words):
        result = self.desk.hamdel(*words, "--from", self.period[0], "--to", self.period[1])
        text = result.stdout if hasattr(result, "stdout") else result
        return text.decode() if isinstance(text, bytes) else text

    def test_an_overview_of_the_year_is_there_at_once(self):
        command = [HAMDEL, "report", "overview", "--from", self.period[0], "--to", self.period[1], "-o", "json"]
        environment = {"HAMDEL_URL": self.desk.url, "HAMDEL_TOKEN": self.desk.tokens["lead"], "HOME": self.desk.folder, "LC_ALL": "C.UTF-8"}
        times = []
        for _ in range(9):
            began = time.monotonic()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
            times.append((time.monotonic() - began) * 1000)
        began = time.monotonic()
        self.desk.get(f"/reports/overview?{self.query()}")
        self.figures(f"{len(self.year.tickets)} tickets: hamdel report overview median {statistics.median(times):.0f} ms, best {min(times):.0f} ms;"
                     f" the request alone {(time.monotonic() - began) * 1000:.0f} ms")
        if COUNT >= 200_000:
            self.assertLess(statistics.median(times), 200)


class Stories(DeskTest):
    def test_a_story_is_a_stream_like_any_other(self):
        desk = self.new_desk()
        for team, private in TEAMS.items():
            desk.configuration.team(team, private=private)
        desk.configuration.mail()
        desk.start()
        desk.stop()
        year = Year(300, seed=6)
        self.figures(year.write(f"{desk.folder}/hamdel.db", STORY))
        verified = json.loads(desk.verify().stdout)
        self.assertTrue(verified["intact"], verified)
        refused = subprocess.run(
            [STORY, f"{desk.folder}/hamdel.db"], input="5\twrite\t1\tnima\n7\tsleep\t1\t-\t1\n", text=True, capture_output=True)
        self.assertEqual((refused.returncode, "line 2: nobody knows the verb sleep" in refused.stderr), (65, True), refused.stderr)
