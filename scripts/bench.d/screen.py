"""The agent's screen through a pseudo-terminal: from the key press to the last byte of the frame that answers it."""
import fcntl
import os
import pty
import select
import signal
import smtplib
import struct
import termios
import threading
import time

from desk import Trouble
from rounds import say, shown, spread

TICKETS = int(os.environ.get("HAMDEL_BENCH_TICKETS", "10000"))
MESSAGES = int(os.environ.get("HAMDEL_BENCH_MESSAGES", "5000"))
COLUMNS, ROWS = 200, 50
KEYS = 400
STARTS = 9
# What a terminal answers that holds its picture while a frame arrives: so the end of a frame can be seen.
ANSWERS = b"\x1b[?2026;2$y\x1b[?62c"
FRAME_END = b"\x1b[?2026l"


class Terminal:
    """`hamdel` on a pseudo-terminal of 200 × 50."""

    def __init__(self, client, environment):
        self.began = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            # The size must be there before the screen asks for it.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(client, [client], environment)
        self.seen = b""
        self.frame(60, answering=True)
        self.first_frame = self.last - self.began

    def frame(self, patience, quiet=0.05, answering=False):
        """Reads until a frame has ended and nothing came for a moment; returns the bytes, `last` is when they ended."""
        data = b""
        deadline = time.perf_counter() + patience
        while True:
            wait = quiet if data.endswith(FRAME_END) else deadline - time.perf_counter()
            if wait <= 0 or not select.select([self.descriptor], [], [], wait)[0]:
                if data.endswith(FRAME_END) or not data:
                    return data
                raise Trouble(f"the screen stopped within a frame: {data[-80:]!r}")
            chunk = os.read(self.descriptor, 1 << 20)
            self.last = time.perf_counter()
            if answering and b"\x1b[c" in chunk:
                os.write(self.descriptor, ANSWERS)
            data += chunk

    def press(self, key, patience=5):
        """Milliseconds to the last byte of the answer, and how many bytes; (None, 0) when nothing was written."""
        begun = time.perf_counter()
        os.write(self.descriptor, key)
        data = self.frame(patience, quiet=0.015)
        return ((self.last - begun) * 1000, len(data)) if data else (None, 0)

    def settle(self):
        while self.frame(0.4):
            pass

    def resident(self):
        with open(f"/proc/{self.pid}/status") as file:
            for line in file:
                if line.startswith("VmRSS"):
                    return int(line.split()[1]) * 1024
        return 0

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.descriptor)


def deliver(path, mails):
    """Mails over several LMTP connections."""
    pending = iter(mails)
    lock = threading.Lock()
    faults = []

    def work():
        try:
            with smtplib.LMTP(path) as session:
                while True:
                    with lock:
                        mail = next(pending, None)
                    if mail is None:
                        return
                    session.sendmail("c@home.example", ["support@example.org"], mail)
        except (OSError, smtplib.SMTPException) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise Trouble(f"a mail was not taken: {faults[0]}")


def text(id, sender, subject, after=None):
    references = f"References: <{after}>\r\nIn-Reply-To: <{after}>\r\n" if after else ""
    return (f"From: {sender}\r\nTo: support@example.org\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n{references}"
            f"Date: Sun, 29 Nov 2026 10:00:00 +0000\r\n\r\nHello, this is message {id}.\r\n\r\n"
            "The router was restarted twice, and its light is still red.\r\nWhat shall I do next?\r\n").encode()


def fill(desk):
    say(f"{TICKETS:,} tickets, and one with {MESSAGES:,} messages")
    deliver(desk.lmtp, (text(f"t{n}@home.example", f"Customer {n} <c{n}@home.example>", f"Question number {n}")
                        for n in range(TICKETS - 1)))
    deliver(desk.lmtp, [text("long@home.example", "Sara <sara@home.example>", "The long one")])
    deliver(desk.lmtp, (text(f"l{n}@home.example", "Sara <sara@home.example>", "Re: The long one", "long@home.example")
                        for n in range(MESSAGES - 1)))


def measure(terminal, keys):
    """Milliseconds for each key that changed something, and the most bytes one of them took."""
    times, most = [], 0
    for key in keys:
        milliseconds, count = terminal.press(key)
        if milliseconds is not None:
            times.append(milliseconds)
            most = max(most, count)
    return times, most


def p99(times):
    return sorted(times)[min(len(times) * 99 // 100, len(times) - 1)] if times else float("nan")


def screen(bench):
    client = os.environ.get("HAMDEL") or os.path.join(os.path.dirname(bench.binary), "hamdel")
    if not os.access(client, os.X_OK):
        raise Trouble(f"{client} is no program: HAMDEL names a release build of hamdel")
    desk = bench.open(acknowledgements=False)
    desk.fresh()
    desk.start()
    token = desk.command("agent", "add", "screen", "--team", "support", "--role", "lead", "--capacity", "0").strip()
    fill(desk)
    environment = {
        "PATH": os.environ["PATH"], "HOME": desk.folder, "TERM": "xterm-256color",
        "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8",
        "XDG_STATE_HOME": f"{desk.folder}/state", "XDG_CONFIG_HOME": f"{desk.folder}/config",
        "HAMDEL_URL": f"http://127.0.0.1:{desk.port}", "HAMDEL_TOKEN": token,
    }
    starts = []
    for _ in range(STARTS):
        terminal = Terminal(client, environment)
        starts.append(terminal.first_frame * 1000)
        terminal.close()
    terminal = Terminal(client, environment)
    terminal.settle()
    terminal.press(b"V")
    terminal.press(b"all active")
    terminal.press(b"\r")
    terminal.settle()
    # Down through the pages of the queue, so that all of it is loaded, then up and down.
    while True:
        _, count = terminal.press(b"G")
        terminal.settle()
        if not count:
            break
    queue, queue_bytes = measure(terminal, [b"k", b"j", b"\x15", b"\x04"] * (KEYS // 4))
    terminal.settle()
    terminal.press(b":")
    terminal.press(f"{TICKETS}".encode())
    terminal.press(b"\r")
    terminal.settle()
    terminal.press(b"+")
    thread, thread_bytes = measure(terminal, [b"k", b"k", b"\x15", b"\x02", b"\x04", b"j"] * (KEYS // 6))
    terminal.press(b"gg")
    jumps, _ = measure(terminal, [b"G", b"g", b"g"] * 20)
    nothing = terminal.press(b"\x11", patience=0.3)[1]
    resident = terminal.resident()
    terminal.close()
    result = {
        "tickets": TICKETS, "messages": MESSAGES, "columns": COLUMNS, "rows": ROWS,
        "start_ms": spread(starts), "queue_ms": spread(queue), "queue_p99_ms": p99(queue),
        "thread_ms": spread(thread), "thread_p99_ms": p99(thread), "jump_ms": spread(jumps),
        "scroll_bytes": max(queue_bytes, thread_bytes), "unchanged_bytes": nothing, "resident_bytes": resident,
    }
    lines = [
        f"{TICKETS:,} tickets, a thread of {MESSAGES:,} messages, {COLUMNS} × {ROWS}; median [min–max]",
        f"start to the first frame   {shown(result['start_ms'], 1)} ms   (aim: 100)",
        f"a key in the queue         {shown(result['queue_ms'], 1)} ms, p99 {result['queue_p99_ms']:.1f} ms   (aim: 10)",
        f"a key in the thread        {shown(result['thread_ms'], 1)} ms, p99 {result['thread_p99_ms']:.1f} ms   (aim: 10)",
        f"to its end and beginning   {shown(result['jump_ms'], 1)} ms",
        f"the most bytes of a scroll {result['scroll_bytes']:,}   (aim: 8,192)",
        f"an unchanged frame         {nothing} bytes   (aim: 0)",
        f"resident                   {resident / 1e6:.1f} MB   (aim: 40)",
    ]
    return result, lines
