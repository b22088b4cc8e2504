"""The agent's screen in a real terminal (tmux), and in a bare pseudo-terminal that keeps every byte."""
import fcntl
import os
import pty
import shutil
import signal
import struct
import subprocess
import termios
import threading
import time

from desk import HAMDEL, wait_for

TMUX = shutil.which("tmux")


def surroundings(desk, agent, **more):
    """The environment of somebody at this desk: nothing of the machine's own settings."""
    base = {key: value for key, value in os.environ.items() if key in ("PATH", "TMPDIR")}
    return {
        **base, "HOME": desk.folder, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "TZ": "UTC",
        "XDG_STATE_HOME": f"{desk.folder}/state-{agent}", "XDG_CONFIG_HOME": f"{desk.folder}/config-{agent}",
        "HAMDEL_URL": desk.url, "HAMDEL_TOKEN": desk.tokens[agent], **more,
    }


class Screen:
    """`hamdel` in a tmux of its own: keys go in as from a keyboard, what is seen comes out as text."""

    def __init__(self, desk, agent="nima", columns=120, rows=40, start=True, **environment):
        self.socket = f"{desk.folder}/tmux-{time.monotonic_ns()}"
        self.environment = surroundings(desk, agent, **environment)
        settings = [f"{name}={value}" for name, value in self.environment.items()]
        shell = ["env", "-i", *settings, "PS1=shell> ", "ENV=", "/bin/sh"]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), *shell)
        for option in (["status", "off"], ["escape-time", "20"], ["focus-events", "on"]):
            self.tmux("set-option", "-g", *option)
        if start:
            self.start()

    def tmux(self, *words):
        done = subprocess.run(
            [TMUX, "-S", self.socket, *words], capture_output=True, text=True, timeout=60,
            env={**os.environ, "LC_ALL": "C.UTF-8", "TMUX": ""})
        if done.returncode:
            raise AssertionError(f"tmux {' '.join(words)}: {done.stderr}")
        return done.stdout

    def start(self):
        self.line(f"exec 3>&1; {HAMDEL}")
        return self

    def line(self, text):
        self.type(text)
        self.key("Enter")

    def type(self, text):
        """As typed, letter by letter."""
        self.tmux("send-keys", "-l", "--", text)

    def key(self, *names):
        self.tmux("send-keys", *names)

    def stop_writing(self):
        """Esc in the composer; waits for the question, so that the next key is not taken for Alt and a letter."""
        self.key("Escape")
        self.wait("send", "discard", "go on writing")

    def mend(self):
        """After a kill -9 the terminal is as the screen left it: given back by hand, as people do."""
        self.wait("Killed")
        self.type("stty sane; printf '\\033[?1049l\\033c'; clear")
        self.key("C-j")
        self.wait("shell>", gone=["Killed"])

    def seen(self):
        """The rows as they are seen, the cells of right-to-left text from left to right."""
        return self.tmux("capture-pane", "-p")

    def wait(self, *texts, gone=(), seconds=None):
        """Waits until all of these are seen, and none of `gone`; returns what is seen."""
        last = [""]

        def look():
            last[0] = self.seen()
            return all(text in last[0] for text in texts) and not any(text in last[0] for text in gone)
        try:
            wait_for(f"{texts} on the screen", look, seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}\n--- the screen:\n{last[0]}") from None
        return last[0]

    def pid(self):
        """The process of the screen."""
        shell = self.tmux("display-message", "-p", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", shell, "-x", "hamdel"], capture_output=True, text=True).stdout.split()
        return int(found[0]) if found else None

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def close(self):
        try:
            self.tmux("kill-server")
        except AssertionError:
            pass


class Pty:
    """`hamdel` on a bare pseudo-terminal: every byte that it writes is kept, with the time when it came."""

    def __init__(self, desk, agent="nima", columns=120, rows=40, words=(), program=HAMDEL, **environment):
        self.chunks = []
        self.began = time.monotonic()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.execve(program, [program, *words], surroundings(desk, agent, **environment))
        self.resize(columns, rows)
        self.lock = threading.Condition()
        self.is_over = False
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while True:
            try:
                data = os.read(self.descriptor, 65536)
            except OSError:
                data = b""
            with self.lock:
                if not data:
                    self.is_over = True
                    self.lock.notify_all()
                    return
                self.chunks.append((time.monotonic(), data))
                self.lock.notify_all()
            # A terminal that answers the last question, as every terminal does.
            if b"\x1b[c" in data:
                os.write(self.descriptor, b"\x1b[?62c")

    def resize(self, columns, rows):
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def write(self, data):
        os.write(self.descriptor, data)

    def bytes(self):
        with self.lock:
            return b"".join(data for _, data in self.chunks)

    def wait(self, text, since=0, seconds=None):
        """Waits for bytes after an offset; returns everything so far."""
        sought = text.encode() if isinstance(text, str) else text
        wait_for(f"{text!r} on the terminal", lambda: sought in self.bytes()[since:], seconds)
        return self.bytes()

    def quiet(self, seconds=0.3):
        """Waits until nothing has come for so long; returns everything so far."""
        while True:
            with self.lock:
                count = len(self.chunks)
                if not self.lock.wait_for(lambda: len(self.chunks) != count or self.is_over, seconds):
                    return b"".join(data for _, data in self.chunks)
                if self.is_over:
                    return b"".join(data for _, data in self.chunks)

    def close(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.descriptor)
