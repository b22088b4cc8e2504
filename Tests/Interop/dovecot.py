"""A real Dovecot in a temporary folder, on loopback ports of its own, started and stopped by whoever runs the tests: any user,
also root (its mail then belongs to nobody, because Dovecot lets no mail belong to root)."""
import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time

PROGRAM = "/usr/sbin/dovecot"


def is_there():
    return os.access(PROGRAM, os.X_OK) and os.access("/usr/lib/dovecot/imap", os.X_OK)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Dovecot:
    """One server; every user name exists, with its own maildir and the one password."""

    PASSWORD = "correct-horse"

    def __init__(self, extra=""):
        self.folder = tempfile.mkdtemp(prefix="hamdel-dovecot-")
        self.port = free_port()
        self.tls_port = free_port()
        self.extra = extra
        self.process = None
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.mail_uid, self.mail_gid = nobody.pw_uid, nobody.pw_gid
        else:
            self.mail_uid, self.mail_gid = os.geteuid(), os.getegid()
        os.chmod(self.folder, 0o755)
        for name in ["run", "state", "mail"]:
            os.mkdir(f"{self.folder}/{name}")
        os.chown(f"{self.folder}/mail", self.mail_uid, self.mail_gid)
        self.certificate = f"{self.folder}/cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=dovecot", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{self.folder}/key.pem",
             "-out", self.certificate], check=True, capture_output=True)
        with open(f"{self.folder}/dovecot.conf", "w") as file:
            file.write(self.configuration())

    def configuration(self):
        own = ""
        if os.geteuid() != 0:
            me, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
            own = f"default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group = {group}\n"
        return f"""
protocols = imap
listen = 127.0.0.1
base_dir = {self.folder}/run
state_dir = {self.folder}/state
log_path = {self.folder}/dovecot.log
{own}
ssl = yes
ssl_cert = <{self.certificate}
ssl_key = <{self.folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:{self.folder}/mail/%u
mail_max_userip_connections = 100
mailbox_list_index = no
mail_fsync = never
first_valid_uid = 1
passdb {{
  driver = static
  args = password={self.PASSWORD}
}}
userdb {{
  driver = static
  args = uid={self.mail_uid} gid={self.mail_gid} home={self.folder}/mail/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 0
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = {self.tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
{self.extra}
"""

    # ---- life

    def start(self):
        self.process = subprocess.Popen(
            [PROGRAM, "-F", "-c", f"{self.folder}/dovecot.conf"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=open(f"{self.folder}/stderr.log", "ab"))
        deadline = time.monotonic() + 30
        while True:
            try:
                self.client("probe").logout()
                return self
            except (OSError, imaplib.IMAP4.error):
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"Dovecot does not answer: {self.log_tail()}")
                time.sleep(0.05)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def close(self):
        self.stop()
        if os.environ.get("HAMDEL_KEEP") == "1":
            print(f"kept {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def log_tail(self):
        text = ""
        for name in ["dovecot.log", "stderr.log"]:
            if os.path.exists(f"{self.folder}/{name}"):
                with open(f"{self.folder}/{name}", errors="replace") as file:
                    text += file.read()[-1500:]
        return text

    # ---- mail

    def client(self, user, folder=None, read_only=True):
        """Another mail program beside ours."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=60)
        client.login(user, self.PASSWORD)
        if folder:
            client.select(folder, readonly=read_only)
        return client

    def append(self, user, mails, folder="INBOX", at=None):
        """Puts mails in as a person's program would; they are there when this returns."""
        client = self.client(user)
        if folder != "INBOX":
            client.create(folder)
        for raw in mails:
            when = imaplib.Time2Internaldate(at or time.time())
            status, answer = client.append(folder, None, when, raw)
            assert status == "OK", answer
        client.logout()

    def drop(self, user, mails, at=None, flags=""):
        """Puts mails into the maildir behind the server's back, which is how many of them are made quickly.
        `at`: when the server received them; a function of the number, or one time for all."""
        home = f"{self.folder}/mail/{user}"
        for name in ["", "/cur", "/new", "/tmp"]:
            if not os.path.isdir(home + name):
                os.mkdir(home + name)
                os.chown(home + name, self.mail_uid, self.mail_gid)
        count = 0
        stamp = time.time_ns()
        for number, raw in enumerate(mails):
            moment = at(number) if callable(at) else at or time.time()
            path = f"{home}/cur/{stamp + number}.{number:07}.hamdel:2,{flags}"
            with open(path, "wb") as file:
                file.write(raw)
            os.utime(path, (moment, moment))
            os.chown(path, self.mail_uid, self.mail_gid)
            count += 1
        return count

    def count(self, user, folder="INBOX"):
        client = self.client(user)
        status, answer = client.select(folder, readonly=True)
        client.logout()
        return int(answer[0]) if status == "OK" else -1

    def flags(self, user, folder="INBOX"):
        """The flags of each mail, in order."""
        client = self.client(user, folder)
        _, answer = client.fetch("1:*", "(FLAGS)")
        client.logout()
        return [imaplib.ParseFlags(line) for line in answer if line]

    def raw(self, user, folder="INBOX"):
        """Every mail's bytes as the server gives them, without marking any."""
        client = self.client(user, folder)
        _, answer = client.fetch("1:*", "(BODY.PEEK[])")
        client.logout()
        return [part[1] for part in answer if isinstance(part, tuple)]

    def renumber(self, user):
        """What restoring a mailbox does: the same mails with new UIDs and another UIDVALIDITY."""
        home = f"{self.folder}/mail/{user}"
        old = self.validity(user)
        for name in os.listdir(home):
            if name.startswith("dovecot") :
                os.unlink(f"{home}/{name}")
        # UIDVALIDITY is made of the time in seconds.
        while self.validity(user) == old:
            for name in os.listdir(home):
                if name.startswith("dovecot"):
                    os.unlink(f"{home}/{name}")
            time.sleep(0.3)

    def validity(self, user, folder="INBOX"):
        client = self.client(user, folder)
        value = int(client.response("UIDVALIDITY")[1][0])
        client.logout()
        return value

    def trust(self):
        context = ssl.create_default_context(cafile=self.certificate)
        return context
