"""A process that dies before a write of our choice: SIGKILL by strace, at the entry of a system call."""
import functools
import os
import shutil
import signal
import subprocess
import tempfile

# What changes a file, makes it last, or speaks to another process.
WRITES = "pwrite64,write,writev,fdatasync,fsync,ftruncate,sendto,sendmsg"


@functools.cache
def possible():
    """Whether strace is there and allowed to hold a process that it did not start."""
    if not shutil.which("strace"):
        return False
    held = subprocess.Popen(["sleep", "600"])
    tracer = subprocess.Popen(
        ["strace", "-p", str(held.pid), "-o", os.devnull], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        return "attached" in tracer.stderr.readline()
    finally:
        held.kill()
        held.wait()
        tracer.communicate()


class Death:
    """While it is entered, the traced process dies before the `number`-th write that one of its threads begins."""

    def __init__(self, pid, number):
        self.pid = pid
        self.log = tempfile.NamedTemporaryFile(prefix="hamdel-trace-", mode="r")
        self.tracer = subprocess.Popen(
            ["strace", "-f", "-p", str(pid), "-o", self.log.name, "-e", f"trace={WRITES}",
             "-e", f"inject={WRITES}:signal=KILL:when={number}"],
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def __enter__(self):
        # It says so on its standard error once every thread is held.
        line = self.tracer.stderr.readline()
        assert "attached" in line, line
        return self

    def came(self):
        """Whether the process has died; the tracer ends with it."""
        return self.tracer.poll() is not None

    def __exit__(self, *_):
        if not self.came():
            self.tracer.send_signal(signal.SIGINT)
        self.tracer.communicate()
        self.log.close()
