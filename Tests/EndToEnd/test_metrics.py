"""/metrics as Prometheus reads it, the files in packaging/ that name its metrics, and a log that tells nothing it should not."""
import json
import os
import re
import time

from desk import DeskTest, ROOT, SECRET, wait_for
from wire import chat, mail, post_webhook

LINE = re.compile(r'^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(.*)\})? (\S+)$')
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)')
NAME = re.compile(r'\b((?:hamdel|process)_[a-z0-9_]+)\b')
SUFFIXES = ("_bucket", "_sum", "_count")


def parse(text):
    """{name: {"type", "help", "samples": [(suffix, labels, value)]}} by the exposition format 0.0.4; anything else is an error."""
    metrics, current = {}, None
    assert text.endswith("\n"), "the last line must end"
    for line in text[:-1].split("\n"):
        if line.startswith("# HELP "):
            _, _, name, help = line.split(" ", 3)
            assert name not in metrics, f"{name} is there twice"
            metrics[name] = {"help": help, "type": None, "samples": []}
            current = name
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name == current, f"{name} has no HELP before its TYPE"
            assert kind in ("counter", "gauge", "histogram"), line
            metrics[name]["type"] = kind
        else:
            match = LINE.match(line)
            assert match, f"not a sample: {line!r}"
            name, labels, value = match.group(1), match.group(3) or "", float(match.group(4))
            base = name
            if metrics[current]["type"] == "histogram":
                base = next((name[:-len(end)] for end in SUFFIXES if name.endswith(end)), name)
            assert base == current, f"{name} stands under {current}"
            found = LABEL.findall(labels)
            assert "".join(f'{key}="{text}",' for key, text in found).rstrip(",") == labels.rstrip(","), line
            metrics[current]["samples"].append((name[len(base):], dict(found), value))
    return metrics


class Metrics(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        self.desk.with_sink().configuration.mail().chat().phones()

    def run_desk(self):
        self.desk.start()
        self.desk.add_agent("lead", "--role", "admin", "--team", "support", "--capacity", "500")
        ticket = self.desk.deliver(mail("sara@outside.example", auth="pass"))["ticket"]
        self.desk.post(f"/tickets/{ticket}/replies", {"text": "An answer"})
        wait_for("the answer", lambda: any(entry["state"] == "sent" for entry in self.desk.outbox()))

    def scrape(self):
        answer = self.desk.http("GET", "/metrics")
        self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        return parse(answer.text)

    def test_every_metric_keeps_to_the_conventions(self):
        self.run_desk()
        first = self.scrape()
        time.sleep(0.5)
        metrics = self.scrape()
        for name, metric in metrics.items():
            with self.subTest(name=name):
                self.assertTrue(metric["help"] and metric["type"], name)
                self.assertRegex(name, r"^(hamdel|process)_[a-z0-9_]+$")
                if metric["type"] == "counter":
                    self.assertTrue(name.endswith("_total"), "counters end in _total")
                else:
                    self.assertFalse(name.endswith("_total"), "only counters end in _total")
                if metric["type"] == "histogram":
                    self.assertTrue(name.endswith("_seconds"), "units are in the name")
                    self.check_histogram(metric)
                for unit in ["_ms", "_milliseconds", "_minutes", "_kb", "_mb"]:
                    self.assertFalse(name.endswith(unit), "base units only")
        # Counters never go back, and what happened is counted.
        for name, metric in first.items():
            if metric["type"] == "counter":
                later = {json.dumps(labels, sort_keys=True): value for _, labels, value in metrics[name]["samples"]}
                for _, labels, value in metric["samples"]:
                    self.assertGreaterEqual(later[json.dumps(labels, sort_keys=True)], value, name)

        def value(name, **labels):
            return sum(v for suffix, found, v in metrics[name]["samples"] if suffix == "" and found.items() >= labels.items())

        self.assertEqual(value("hamdel_events_total", type="message_received"), 1)
        self.assertEqual(value("hamdel_build_info"), 1)
        self.assertGreater(value("process_resident_memory_bytes"), 1 << 20)
        self.assertGreater(value("process_open_fds"), 5)
        self.assertGreater(value("hamdel_store_free_bytes"), 0)
        self.assertEqual(value("hamdel_stream_position"), self.desk.position())
        self.assertLess(abs(value("process_start_time_seconds") - time.time()), 600)
        for name in ["hamdel_store_commit_duration_seconds", "hamdel_pool_lateness_seconds", "hamdel_lmtp_delivery_duration_seconds"]:
            count = sum(v for suffix, _, v in metrics[name]["samples"] if suffix == "_count")
            self.assertGreater(count, 0, name)

    def check_histogram(self, metric):
        series = {}
        for suffix, labels, value in metric["samples"]:
            key = json.dumps({k: v for k, v in labels.items() if k != "le"}, sort_keys=True)
            series.setdefault(key, []).append((suffix, labels.get("le"), value))
        for samples in series.values():
            buckets = [value for suffix, _, value in samples if suffix == "_bucket"]
            self.assertEqual(buckets, sorted(buckets), "buckets are cumulative")
            self.assertEqual([le for suffix, le, _ in samples if suffix == "_bucket"][-1], "+Inf")
            self.assertEqual(buckets[-1], next(value for suffix, _, value in samples if suffix == "_count"))

    def test_files_for_others_name_what_exists_and_leave_nothing_out(self):
        self.run_desk()
        known = set(self.scrape())
        bases = known | {name + end for name in known for end in SUFFIXES}
        named = {}
        for path in ["packaging/grafana/hamdel.json", "packaging/prometheus/hamdel.rules.yml", "Docs/Operations.md"]:
            with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                words = set(NAME.findall(file.read()))
            named[path] = words
            # Metrics of mailboxes are there only where one is read.
            fetched = {"hamdel_inbox_up", "hamdel_inbox_success_age_seconds", "hamdel_inbox_waiting"}
            unknown = {word for word in words if word not in bases and word not in fetched and not word.startswith("process_cpu")
                       and word not in ("hamdel_pat_", "hamdel_db", "hamdel_0")}
            self.assertEqual(unknown, set(), path)
        self.assertEqual(known - named["Docs/Operations.md"], set(), "the manual leaves some out")
        shown = {word for path in ["packaging/grafana/hamdel.json", "packaging/prometheus/hamdel.rules.yml"] for word in named[path]}
        stripped = shown | {word[:-len(end)] for word in shown for end in SUFFIXES if word.endswith(end)}
        self.assertEqual(known - stripped, set(), "neither the dashboard nor the alerts show some")
        with open(os.path.join(ROOT, "packaging/grafana/hamdel.json"), encoding="utf-8") as file:
            dashboard = json.load(file)
        self.assertTrue(dashboard["panels"])


class Logs(DeskTest):
    CANARIES = ["canaryword", "kanarienvogel", "قناری"]

    def exercise(self, desk):
        """Says the canaries in every way that something can be said, right and wrong."""
        word = self.CANARIES
        desk.with_sink().configuration.mail().chat()
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support", "--name", word[0])
        ticket = desk.deliver(mail(f"{word[1]} <{word[0]}@outside.example>", word[1], word[2], auth="pass"))["ticket"]
        desk.post(f"/tickets/{ticket}/replies", {"text": " ".join(word)})
        desk.post(f"/tickets/{ticket}/notes", {"text": word[0]})
        desk.api("POST", f"/tickets/{ticket}/replies", {"text": word[0], word[1]: word[2]})
        desk.api("POST", "/tickets", b"{\"" + word[2].encode())
        desk.api("GET", f"/search?q={word[0]}", agent=word[0] * 3)
        post_webhook(desk, chat("c1", word[0], {"kind": "visitor", "id": word[1], "name": word[2]}))
        post_webhook(desk, chat("c2", word[1], {"kind": "visitor", "id": word[1]}), secret="wrong-" + word[0])
        with desk.lmtp() as session:
            session.command(f"MAIL FROM:<{word[0]}>")
            session.command(f"RCPT TO:<{word[1]}@nowhere.example>")
            session.command(word[0].upper())
        desk.hamdeld("deliver", "--inbox", "support-mail", stdin=b"\x00\xff" + word[0].encode())
        desk.http("GET", f"/{word[0]}?x={word[1]}")
        desk.http("GET", f"/s/{word[0]}")
        wait_for("the answer", lambda: len(desk.sink.raw()) >= 2)

    def test_no_form_of_the_log_holds_secrets_or_what_people_wrote(self):
        for form in ["text", "json", "logfmt"]:
            with self.subTest(form=form):
                desk = self.new_desk()
                desk.configuration.set("log", format=form, level="debug")
                self.exercise(desk)
                tokens = list(desk.tokens.values())
                desk.stop()
                text = desk.log_text()
                self.assertIn("serving", text)
                for secret in self.CANARIES + [SECRET] + tokens:
                    self.assertNotIn(secret.lower(), text.lower(), form)
                for line in text.splitlines():
                    if form == "json":
                        entry = json.loads(line)
                        self.assertLessEqual({"time", "level", "message"}, set(entry))
                    elif form == "logfmt":
                        self.assertRegex(line, r'^time=\S+ level=\w+ msg=')
                if form == "json":
                    ids = [json.loads(line).get("message_id") for line in text.splitlines()]
                    self.assertTrue(any(id and re.fullmatch("[0-9a-f]{32}", id) for id in ids))
