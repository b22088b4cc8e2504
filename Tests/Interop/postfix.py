"""A Postfix of our own: its configuration, queue and log in a temporary folder, its SMTP on a free port of loopback. The
Postfix that may be installed and running on this machine is not touched."""
import os
import pwd
import shutil
import subprocess
import tempfile

from desk import free_port, wait_for

MASTER = """\
127.0.0.1:{port} inet n - n - 60 smtpd
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
showq     unix  n - n - - showq
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
lmtp      unix  - - n - - lmtp
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
hamdel    unix  - n n - - pipe
  flags=Rq user={user} argv={deliver}
"""

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = mx.desk.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
biff = no
smtputf8_enable = yes
recipient_delimiter = +
message_size_limit = 52428800
queue_minfree = 0
# The desk's mail goes to the desk; everything else to the next server.
virtual_mailbox_domains = desk.example
virtual_mailbox_maps = static:all
virtual_transport = {inward}
default_transport = {outward}
relay_transport = {outward}
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = {restrictions}
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
default_process_limit = 60
lmtp_destination_concurrency_limit = 20
lmtp_destination_recipient_limit = 50
hamdel_destination_recipient_limit = 1
# The desk is killed again and again: try soon, and never give up on its account.
default_destination_concurrency_failed_cohort_limit = 0
minimal_backoff_time = 1s
maximal_backoff_time = 2s
transport_retry_time = 1s
queue_run_delay = 1s
{extra}
"""


def why_not():
    """Why no Postfix can be started here; None when one can."""
    if not shutil.which("postfix", path="/usr/sbin:/usr/bin:/sbin:/bin"):
        return "Postfix is not installed; run scripts/setup --interop"
    if os.geteuid() != 0:
        return "Postfix's master must be started by root; run this as root"
    return None


class Postfix:
    def __init__(self, inward, outward="discard:", restrictions="permit_mynetworks, reject", extra="", deliver="/bin/false", user="nobody"):
        self.folder = tempfile.mkdtemp(prefix="hamdel-postfix-")
        os.chmod(self.folder, 0o755)
        self.port = free_port()
        for name in ["etc", "queue", "data"]:
            os.mkdir(f"{self.folder}/{name}")
        owner = pwd.getpwnam("postfix")
        os.chown(f"{self.folder}/data", owner.pw_uid, owner.pw_gid)
        self.write("main.cf", MAIN.format(
            folder=self.folder, inward=inward, outward=outward, restrictions=restrictions, extra=extra))
        self.write("master.cf", MASTER.format(port=self.port, deliver=deliver, user=user))
        self.command("postfix", "start")
        try:
            wait_for("Postfix to listen", lambda: "220" in self.greeting())
        except AssertionError:
            self.close()
            raise

    def write(self, name, text):
        with open(f"{self.folder}/etc/{name}", "w") as file:
            file.write(text)

    def command(self, program, *words):
        done = subprocess.run(
            [f"/usr/sbin/{program}", "-c", f"{self.folder}/etc", *words], capture_output=True, text=True,
            timeout=120)
        if done.returncode:
            raise AssertionError(f"{program} {words} ended with {done.returncode}: {done.stderr} {self.log()[-2000:]}")
        return done.stdout

    def greeting(self):
        import socket
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as connection:
                return connection.recv(200).decode()
        except OSError:
            return ""

    def log(self):
        try:
            with open(f"{self.folder}/mail.log", errors="replace") as file:
                return file.read()
        except OSError:
            return ""

    def queued(self):
        """Mails that are still in the queue, in whatever folder of it."""
        count = 0
        for name in ["maildrop", "incoming", "active", "deferred", "hold", "corrupt"]:
            for _, _, files in os.walk(f"{self.folder}/queue/{name}"):
                count += len(files)
        return count

    def flush(self):
        self.command("postqueue", "-f")

    def close(self):
        try:
            self.command("postfix", "stop")
        except (AssertionError, subprocess.TimeoutExpired) as fault:
            print(f"    Postfix did not stop: {fault}")
        if os.environ.get("HAMDEL_KEEP") == "1":
            print(f"kept {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
