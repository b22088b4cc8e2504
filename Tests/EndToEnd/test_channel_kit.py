"""`hamdeld channel`: the kit with good adapters and with bad ones, one for each check; new, run, list."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from desk import FULL, HAMDELD, ROOT, DeskTest

EXAMPLES = os.path.join(ROOT, "channels", "examples")
# Fewer kills than the 50 of a level that counts: the examples are put through all of them in the full run.
ROUNDS = "50" if FULL else "6"


def kit(folder, *words, rounds=ROUNDS):
    done = subprocess.run(
        [HAMDELD, "channel", "test", folder, "--rounds", rounds, *words], capture_output=True, text=True, timeout=900,
        stdin=subprocess.DEVNULL)
    lines = done.stdout.strip().split("\n")
    failed = [line.split(" - ", 1)[1] for line in lines if line.startswith("not ok")]
    return done.returncode, lines[-1], failed, done.stdout + done.stderr


class Good(DeskTest):
    def assert_gold(self, folder, *words):
        code, level, failed, text = kit(folder, *words)
        self.assertEqual((code, level, failed), (0, "level: gold", []), text)
        self.assertTrue(text.startswith("TAP version 13\n"))
        return text

    def test_the_adapter_of_the_guide_is_gold_and_short(self):
        with open(os.path.join(ROOT, "Docs", "Adapter-Guide.md"), encoding="utf-8") as file:
            code = re.search(r"```python\n(.*?)```", file.read(), re.S).group(1)
        lines = len(code.strip().split("\n"))
        self.assertLess(lines, 60)
        with tempfile.TemporaryDirectory() as folder:
            # As a newcomer would: the folder that `channel new` makes, and the guide's code in it.
            done = subprocess.run([HAMDELD, "channel", "new", "newcomer", "--python", "--in", folder], capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            with open(f"{folder}/newcomer/adapter.py", "w", encoding="utf-8") as file:
                file.write(code)
            text = self.assert_gold(f"{folder}/newcomer")
            self.figures(f"{lines} lines of Python, {ROUNDS} kills, {text.strip().split(chr(10))[-2][2:]}, gold")

    def test_everything_that_ships_is_gold(self):
        """Each built-in adapter, each preset by itself, each example."""
        done = subprocess.run([HAMDELD, "channel", "list", "--json"], capture_output=True, check=True)
        ships = []
        for row in json.loads(done.stdout)["channels"]:
            ships.append((f"channels/{row['kind']}",))
            ships += [(f"channels/{row['kind']}", "--preset", preset) for preset in row["presets"]]
        ships += [(f"channels/examples/{name}",) for name in sorted(os.listdir(EXAMPLES)) if os.path.isdir(f"{EXAMPLES}/{name}")]
        self.assertGreaterEqual(len(ships), 4 + 7 + 7 + 3)
        for folder, *words in ships:
            name = " ".join([folder, *words[1:]])
            with self.subTest(name):
                text = self.assert_gold(os.path.join(ROOT, folder), *words)
                skipped = sum("# SKIP" in line for line in text.split("\n"))
                if "examples" not in folder and "exec" not in folder:
                    self.assertEqual(skipped, 0, text)
                self.figures(f"{name}: {text.strip().split(chr(10))[-1]}, {text.count(chr(10) + 'ok ')} checks, {skipped} skipped")

    def test_a_preset_that_is_none(self):
        for folder, preset in [("chat-webhook", "asterisk"), ("email", "generic"), ("exec", "generic")]:
            code, _, _, text = kit(os.path.join(ROOT, "channels", folder), "--preset", preset)
            self.assertEqual(code, 64, text)
            self.assertIn(preset, text)

    def test_what_new_makes_passes(self):
        with tempfile.TemporaryDirectory() as folder:
            for language in ["python", "sh", "preset"]:
                name = f"my-{language}"
                done = subprocess.run(
                    [HAMDELD, "channel", "new", name, f"--{language}", "--in", folder], capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stdout.strip()), (0, f"{folder}/{name}"), done.stderr)
                words = [] if language == "preset" else ["--check", "hello", "--check", "byte for byte", "--check", "loads"]
                self.assert_gold(f"{folder}/{name}", *words)
            again = subprocess.run([HAMDELD, "channel", "new", "my-sh", "--sh", "--in", folder], capture_output=True)
            self.assertEqual(again.returncode, 64)
            done = subprocess.run([HAMDELD, "channel", "new", "my-swift", "--swift", "--in", folder], capture_output=True)
            self.assertEqual(done.returncode, 0)
            with open(f"{folder}/my-swift/MySwiftChannel.swift") as file:
                self.assertIn("struct MySwiftChannel", file.read())

    def test_templates_are_the_examples(self):
        script = os.path.join(ROOT, "scripts", "generate-channel-templates")
        templates = os.path.join(ROOT, "Sources", "hamdeld", "Channel", "Templates")
        before = {name: open(os.path.join(templates, name)).read() for name in os.listdir(templates)}
        subprocess.run([script], check=True)
        after = {name: open(os.path.join(templates, name)).read() for name in os.listdir(templates)}
        self.assertEqual(before, after, "run scripts/generate-channel-templates")

    def test_list_names_every_kind(self):
        done = subprocess.run([HAMDELD, "channel", "list", "--json"], capture_output=True, check=True)
        kinds = [item["kind"] for item in json.loads(done.stdout)["channels"]]
        self.assertEqual(kinds, ["email", "chat-webhook", "phone-log", "exec"])

    def test_run_talks_by_hand_and_records(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(os.path.join(EXAMPLES, "dropbox"), f"{folder}/box")
            done = subprocess.run(
                [HAMDELD, "channel", "run", f"{folder}/box", "--record", "first"], capture_output=True, text=True,
                input="put سلام\nsend hi\nping\n", timeout=60)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn('"type":"hello"', done.stdout)
            with open(f"{folder}/box/testcases/first.jsonl", encoding="utf-8") as file:
                kinds = [json.loads(line)["type"] for line in file]
            self.assertEqual(kinds[0], "hello")


# Each spoils the good adapter in one place, and names the check that must find it.
FAULTS = {
    "says hello": ('say("hello", protocol=1,', 'say("hello", protocol=2,'),
    "says the same hello each time": ('{"name": "dropbox", "version": "1"}', '{"name": "dropbox%d" % os.getpid(), "version": "1"}'),
    "takes version 1 where others are offered": ("protocol=1,", "protocol=max(hello['protocol']),"),
    "gives up where only unknown versions are offered": ('if 1 not in hello["protocol"]: give_up', 'if 0: give_up'),
    "passes over what it does not know": ('if line["type"] == "ping"', 'assert not line["type"].startswith("from")\n    if line["type"] == "ping"'),
    "answers pings": ('say("pong", n=line["n"])', 'say("pong", n=1)'),
    "says what is missing in its configuration": ("if not isinstance(folder, str): give_up", "folder = folder or '/tmp'\nif 0: give_up"),
    "says what is of the wrong type in its configuration": ("if not isinstance(folder, str): give_up", "folder = str(folder)\nif folder == 'None': give_up"),
    "brings what customers write": ('"conversation": note["conversation"], "text"', '"text"'),
    "brings texts byte for byte": ('"text": text,', '"text": text.replace("\\u200c", ""),'),
    "brings long texts whole": ("[:150_000]", "[:5_000]"),
    "shows U+0000 as U+2400": ('"text": text,', '"text": text.replace("\\0", ""),'),
    "keeps the order within a conversation": ("- set(unacked.values())):", "- set(unacked.values()), reverse=True):"),
    "numbers its deliver lines upwards": ('say("deliver", seq=seq,', 'say("deliver", seq=100 - seq,'),
    "keeps within its credit": ("len(unacked) >= credit", "False"),
    "says it again after a nack": ("later = time.monotonic() + line[\"retry_after_ms\"] / 1000", "later = 0"),
    "kill -9 before the ack: says it again": ('say("deliver", seq=seq, cursor=name', 'os.path.exists(f"{folder}/done") and os.makedirs(f"{folder}/gone", exist_ok=True)\n        note = message(name); os.replace(f"{folder}/in/{name}", f"{folder}/gone/{name}"); say("deliver", seq=seq, cursor=name'),
    "does not say again what was acknowledged": ('if line["type"] == "ack": os.replace', 'if line["type"] == "ack": unacked.pop(line["seq"]) and 0\n    if 0: os.replace'),
    "kill -9 at random moments": ('"external_id": name,', '"external_id": name + str(os.getpid()),'),
    "survives a text that no line can hold": ("[:150_000]", "[:9_000_000]"),
    "brings files": ('"attachments": files,', '"attachments": [],'),
    "sends what agents write, byte for byte": ("json.dump({key: line[key]", "line['text'] = line['text'].strip('\\n').replace('\\t', ' ')\n            json.dump({key: line[key]"),
    "answers a send that it cannot carry": ("def send(line):", "def send(line):\n    line['text'] = line['text'][:1000]"),
    "knows a send again": ("place = f\"{folder}/out/{line['id']}\"", "place = f\"{folder}/out/{line['id']}-{line['attempt']}\""),
    "sends files": ("for number, item in enumerate(line[\"attachments\"]):", "line['attachments'] = []\n        for number, item in enumerate(line[\"attachments\"]):"),
    "shows quick replies": ('{"idempotent_send": True}', '{"idempotent_send": True, "quick_replies": True}'),
    "stops within its grace": ('while line["type"] != "stop":', 'while True:'),
    "ends when its stdin does": ('lines.put({"type": "stop"})', 'pass'),
    "leaves nothing running": ("threading.Thread(", "import subprocess; subprocess.Popen(['sleep', '20'], start_new_session=True, stdin=-3, stdout=-3, stderr=-3)\nthreading.Thread("),
    "nothing but JSON on stdout": ("threading.Thread(", "print('started', flush=True)\nthreading.Thread("),
}


class Bad(DeskTest):
    """A check that cannot fail checks nothing."""

    def spoiled(self, folder, old, new):
        shutil.copytree(os.path.join(EXAMPLES, "dropbox"), folder)
        with open(f"{folder}/adapter.py", encoding="utf-8") as file:
            code = file.read()
        self.assertIn(old, code)
        with open(f"{folder}/adapter.py", "w", encoding="utf-8") as file:
            file.write(code.replace(old, new, 1))

    def assert_fails(self, check, folder):
        code, level, failed, text = kit(folder, "--check", check)
        self.assertTrue([name for name in failed if check in name], f"{check} did not fail:\n{text}")
        self.assertNotEqual(level, "level: gold", text)

    def test_every_check_has_an_adapter_that_fails_it(self):
        for check, (old, new) in FAULTS.items():
            with self.subTest(check), tempfile.TemporaryDirectory() as folder:
                self.spoiled(f"{folder}/bad", old, new)
                self.assert_fails(check, f"{folder}/bad")

    def test_a_folder_that_is_not_whole(self):
        for check, path in [("README", "README.md"), ("the sample loads", "sample.toml"), ("README", "testcases/message.json")]:
            with self.subTest(path), tempfile.TemporaryDirectory() as folder:
                shutil.copytree(os.path.join(EXAMPLES, "dropbox"), f"{folder}/bad")
                if path == "sample.toml":
                    with open(f"{folder}/bad/{path}", "a") as file:
                        file.write("no_such_key = 1\n")
                else:
                    os.unlink(f"{folder}/bad/{path}")
                self.assert_fails(check, f"{folder}/bad")

    def test_secrets_that_leak(self):
        for place in ["print(start_line, file=sys.stderr)", "say('health', state='ok', detail=start_line)"]:
            with self.subTest(place), tempfile.TemporaryDirectory() as folder:
                self.spoiled(f"{folder}/bad", "folder, credit,", f"start_line = json.dumps(line['secrets']); {place}\nfolder, credit,")
                with open(f"{folder}/bad/testcases/kit.toml", "a") as file:
                    file.write('secrets = ["api_key"]\n')
                code, level, failed, text = kit(f"{folder}/bad", "--check", "secrets", "--check", "answers pings")
                self.assertIn("keeps its secrets", failed, text)
                self.assertEqual((code, level), (1, "level: none"))

    def test_a_secret_that_nobody_misses(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(os.path.join(EXAMPLES, "dropbox"), f"{folder}/bad")
            with open(f"{folder}/bad/testcases/kit.toml", "a") as file:
                file.write('secrets = ["api_key"]\n')
            self.assert_fails("which secret is missing", f"{folder}/bad")

    def test_a_preset_that_believes_anybody(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([HAMDELD, "channel", "new", "p", "--preset", "--in", folder], check=True, capture_output=True)
            path = f"{folder}/p/testcases/message.json"
            with open(path, encoding="utf-8") as file:
                case = json.load(file)
            case["messages"][0]["text"] = "something else"
            with open(path, "w", encoding="utf-8") as file:
                json.dump(case, file)
            self.assert_fails("takes what providers post", f"{folder}/p")
            case["headers"]["x-signature"] = "0" * 64
            with open(path, "w", encoding="utf-8") as file:
                json.dump(case, file)
            self.assert_fails("takes what providers post", f"{folder}/p")
            with open(f"{folder}/p/preset.toml", "a") as file:
                file.write("[nonsense]\na = 1\n")
            code, level, failed, text = kit(f"{folder}/p")
            self.assertEqual((code, level), (1, "level: none"), text)

    def test_no_folder_at_all(self):
        code, _, _, text = kit("/nonexistent")
        self.assertEqual(code, 64)
        self.assertIn("sample.toml", text)
