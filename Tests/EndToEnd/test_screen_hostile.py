"""What strangers write, seen through a pseudo-terminal: only our own sequences, and the next column never moves."""
import random
import re
import unicodedata

from desk import FULL, DeskTest, wait_for
from terminal import TMUX, Pty, Screen
from wire import chat, post_webhook

ATTACKS = [
    "\x1b[2J", "\x1b]0;owned\x07", "\u009b31m", "\x1b]52;c;b3duZWQ=\x07", "\x1bP+q544e\x1b\\", "\x1b[6n", "\x1b[c",
    "\x1b]8;;http://evil.example\x07", "\x08\x08\x08", "\r\n", "\r", "\x0e", "\u202egnp.exe", "\u2066x", "\u2069",
    "a\u200b\ufeffb", "\u2028", "\u2029", "❤️👨‍👩‍👧‍👦🇮🇷", "e" + "\u0301" * 30, "你好你好", "\t\t\t", "\u115f\u3164",
    "سلام (x) #12", "\U000e0001", "1\ufe0f\u20e3", "\u0000", "\x7f", "\u0085", "\x9d0;t\x9c", "\x1b[?1049l", "\x1b[8h",
    "\x1bc", "\x1b[31m", "\x1b[?25h", "\x1b7", "\x1b#8", "\x1b[999;999H", "אבג", "\u061c", "\u2067", "ﷺ", "ʬ", "\U0001f9d1\u200d\U0001f680",
]
# Everything the screen may write besides text: what FrameEncoder, TerminalModes and the probe write, and nothing else.
OURS = re.compile(
    rb"\x1b\[\d+;\d+H|\x1b\[[0-9;]*m|\x1b\[2?K|\x1b\[2J|\x1b\[\?(?:25|1049|7|2004|1004|2026|2027|1002|1006)[hl]"
    rb"|\x1b\[8\$p|\x1b\[\?(?:2026|2027)\$p|\x1b\[\?u|\x1b\[c|\x1b\[>5u|\x1b\[<u|\x1b\[8[hl]|\x1b\]2;hamdel\x1b\\|\x07")
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]")


def cells(text):
    """How many cells a text takes: marks none, wide characters two."""
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


def fence_columns(row):
    return [cells(row[:place]) for place, letter in enumerate(row) if letter == "│"]


class HostileScreen(DeskTest):
    def test_hostile_words_in_every_field(self):
        seed = random.randrange(1 << 32)
        dice = random.Random(seed)
        strings = 100_000 if FULL else 2_000
        desk = self.new_desk()
        desk.configuration.chat(trust_identities=True)
        desk.start()
        desk.add_agent("nima", "--team", "support", "--role", "lead", "--capacity", "1000")
        desk.hamdel("presence", "online", agent="nima")
        words = lambda: " ".join(dice.choice(ATTACKS) for _ in range(dice.randint(1, 5)))
        # Each message brings a name, a subject and two lines of text: four strings at least. Addresses with control
        # characters are refused at the door.
        used = count = 0
        while used < strings:
            body = {"messages": [
                chat(f"h-{count}-{index}", words() + "\n" + words(),
                     {"kind": "site", "id": f"visitor-{count}-{index}", "name": words(), "verified": True},
                     subject=words(), conversation=f"c-{count}-{index}")
                for index in range(50)]}
            answer = post_webhook(desk, body)
            self.assertLess(answer.status, 300, answer.text)
            used += 200
            count += 1
        screen = Pty(desk, columns=140, rows=45)
        self.addCleanup(screen.close)
        screen.wait("live")
        rows = min(count * 50, 20_000 if FULL else 300)
        for _ in range(rows // 10):
            screen.write(b"jjjjjjjjjj")
            if dice.random() < 0.3:
                screen.write(dice.choice([b"T", b"e", b"o", b"\x0b", b"?"]))
                screen.quiet(0.05)
                screen.write(b"\x1b")
                screen.quiet(0.05)
        data = screen.quiet(1)
        left = OURS.sub(b"", data).decode("utf-8")
        found = STEERING.search(left)
        self.assertIsNone(found, f"seed {seed}: {left[max(found.start() - 40, 0):found.end() + 20]!r}" if found else "")
        self.figures(f"{used} hostile strings, {len(data)} bytes written, only our own sequences (seed {seed})")

    def test_the_next_column_never_moves(self):
        if not TMUX:
            self.skipTest("tmux is not installed: run scripts/setup")
        seed = random.randrange(1 << 32)
        dice = random.Random(seed)
        desk = self.new_desk()
        desk.configuration.chat(trust_identities=True)
        desk.start()
        desk.add_agent("nima", "--team", "support", "--role", "lead", "--capacity", "1000")
        desk.hamdel("presence", "online", agent="nima")
        # Clusters are left to the pictures: tmux's own idea of their width is another matter.
        attacks = [text for text in ATTACKS if not re.search("[\U0001f000-\U0001ffff\ufe0f\u20e3]", text)]
        words = lambda: " ".join(dice.choice(attacks) for _ in range(dice.randint(1, 5)))
        for index in range(60):
            body = chat(f"h-{index}", words(), {"kind": "site", "id": f"v-{index}", "name": words(), "verified": True},
                        subject=words(), conversation=f"c-{index}")
            self.assertLess(post_webhook(desk, body).status, 300)
        screen = Screen(desk, columns=140, rows=45)
        self.addCleanup(screen.close)
        screen.wait("live", "Customer")
        for _ in range(60):
            screen.type("j")

        def at_the_end():
            """Where the cursor was at the end of a page before the next had come, it stayed there."""
            if "#1 " in screen.seen():
                return True
            screen.type("j")
            return False
        wait_for("the last ticket", at_the_end)
        for row in screen.seen().split("\n")[1:44]:
            fences = fence_columns(row)
            if cells(row) > 44:
                self.assertIn(44, fences, f"seed {seed}: {row!r}")
        self.figures(f"60 tickets with hostile names and subjects, fences straight (seed {seed})")
