"""What the shells offer at Tab, asked of a running desk: by bash, zsh and fish themselves."""
import os
import subprocess
import tempfile

from desk import HAMDEL, DeskTest
from terminal import Screen
from wire import mail

BASH = r"""
source "$1"; shift
COMP_WORDS=(hamdel "$@"); COMP_CWORD=$#; COMP_LINE="hamdel $*"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
_hamdel hamdel "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\n' "${COMPREPLY[@]}"
"""


class Completions(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        self.desk.configuration.team("support").team("billing")
        self.desk.configuration.mail(auto_reply=False)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support", "--capacity", "0")
        self.desk.add_agent("nima", "--team", "support", "--name", "Nima Karimi")
        self.number = self.desk.deliver(mail("Sara <sara@home.example>", "Router; $(touch gone) `broken`", "red"))["ticket"]
        self.desk.hamdel("macro", "set", "late", "--text", "en=Sorry", check=0)
        self.folder = tempfile.mkdtemp(dir=self.desk.folder)

    def reach(self):
        return {"HAMDEL_URL": self.desk.url, "HAMDEL_TOKEN": self.desk.tokens["nima"], "LC_ALL": "C.UTF-8"}

    def ask(self, *command, **more):
        environment = {**os.environ, **self.reach(), **more,
                       "PATH": f"{os.path.dirname(HAMDEL)}:{os.environ['PATH']}", "TMPDIR": self.folder}
        done = subprocess.run(command, env=environment, cwd=self.folder, capture_output=True, text=True, timeout=60)
        return done.stdout

    def script(self, shell):
        path = f"{self.folder}/hamdel.{shell}"
        with open(path, "w") as file:
            file.write(self.ask(HAMDEL, "--generate-completion-script", shell))
        return path

    def test_bash(self):
        script = self.script("bash")

        def offered(*words):
            return [word for word in self.ask("bash", "-c", BASH, "bash", script, *words).split("\n") if word]

        self.assertIn(str(self.number), offered("ticket", "show", ""))
        self.assertEqual(offered("ticket", "assign", "1", "n"), ["nima"])
        self.assertEqual(sorted(offered("ticket", "transfer", "1", "")[:2]), ["billing", "support"])
        self.assertEqual(offered("macro", "apply", "l"), ["late"])
        self.assertIn("reply", offered("ticket", "re"))
        self.assertEqual(os.path.exists(f"{self.folder}/gone"), False)

    def shell(self, *lines, **environment):
        """A terminal with a shell in it: a list of choices is only ever drawn on one."""
        path = f"{os.path.dirname(HAMDEL)}:{os.environ['PATH']}"
        screen = Screen(self.desk, start=False, PATH=path, TMPDIR=self.folder, **environment)
        self.addCleanup(screen.close)
        screen.wait("shell>")
        for line in lines:
            screen.line(line)
        screen.wait("ready")
        return screen

    def test_fish(self):
        screen = self.shell("exec fish --no-config", f"cd {self.folder}; source {self.script('fish')}; clear; echo rea\\dy")
        screen.type("hamdel ticket show ")
        screen.key("Tab")
        screen.wait("hamdel ticket show 1")
        screen.key("C-u")
        screen.type("hamdel ticket assign 1 ")
        screen.key("Tab")
        screen.wait("lead", "nima", "Nima Karimi")

    def test_zsh(self):
        screen = self.shell(
            "exec zsh -f -i", f"cd {self.folder}; autoload -U compinit; compinit -u -d {self.folder}/dump",
            f"source {self.script('zsh')}; compdef _hamdel hamdel; clear; echo rea\\dy")
        screen.type("hamdel ticket assign 1 ")
        screen.key("Tab")
        screen.wait("lead", "nima", "Nima Karimi")
        screen.key("C-u")
        screen.type("hamdel macro apply ")
        screen.key("Tab")
        screen.wait("hamdel macro apply late")
        self.desk.deliver(mail("Sara <sara@home.example>", "Router; $(touch gone) `touch gone`", "red"))
        screen.key("C-u")
        screen.type("hamdel ticket show ")
        screen.key("Tab")
        screen.wait("Router; $(touch gone)")
        screen.key("Tab", "Enter")
        screen.wait("#")
        self.assertEqual(os.path.exists(f"{self.folder}/gone"), False)

    def test_a_desk_that_is_away_offers_nothing_and_says_nothing(self):
        script = self.script("bash")
        self.assertEqual(self.desk.stop(), 0)
        done = subprocess.run(["bash", "-c", BASH, "bash", script, "ticket", "assign", "1", ""], capture_output=True, text=True, timeout=60,
                              env={**os.environ, **self.reach(),
                                   "PATH": f"{os.path.dirname(HAMDEL)}:{os.environ['PATH']}"})
        self.assertNotIn("nima", done.stdout)
        self.assertEqual(done.stderr, "")
