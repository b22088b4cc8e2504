"""Manual pages: made of the programs' own descriptions and of Docs, whole, and without a complaint of groff's."""
import json
import os
import re
import subprocess
import unittest

from desk import HAMDEL, HAMDELD

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGES = [("hamdel.toml", "5", "Configuration"), ("hamdel-query", "7", "Queries"), ("hamdel-keys", "7", "Keys"),
         ("hamdel-channel", "7", "Adapter-Guide")]


def shown(roff):
    """As a terminal shows it, without bold and underlining; and what groff had to say."""
    done = subprocess.run(["groff", "-k", "-t", "-man", "-Tutf8", "-P-cbou", "-ww", "-rLL=100n"], input=roff, capture_output=True, check=True)
    return done.stdout.decode(), done.stderr.decode()


class Manuals(unittest.TestCase):
    def test_pages_of_docs_are_whole(self):
        for name, section, source in PAGES:
            with self.subTest(name):
                roff = subprocess.run([f"{ROOT}/scripts/lib/page", name, section, "1.0", "what it is about", f"{ROOT}/Docs/{source}.md"],
                                      capture_output=True, check=True).stdout
                text, complaints = shown(roff)
                self.assertIn(f"{name} - what it is about", text)
                self.assertEqual([line for line in complaints.split("\n") if line and "adjust line" not in line and "break line" not in line], [])
                with open(f"{ROOT}/Docs/{source}.md", encoding="utf-8") as file:
                    page = file.read()
                for heading in re.findall(r"^#{2,3} (.+)$", page, re.M):
                    self.assertIn(heading.replace("`", ""), text)
                for key in re.findall(r"^\| `([a-z_]+)` \|", page, re.M):
                    self.assertRegex(text, rf"(?m)^ +{re.escape(key)}\b")
                self.assertNotRegex(text, r"\]\(|^\|")

    def test_pages_of_programs_name_every_command(self):
        for program, section in [(HAMDEL, "1"), (HAMDELD, "8")]:
            described = subprocess.run([program, "--experimental-dump-help"], capture_output=True, check=True).stdout
            roff = subprocess.run(["python3", f"{ROOT}/scripts/lib/manual.py", section, "1.0"], input=described, capture_output=True,
                                  check=True).stdout
            text, complaints = shown(roff)
            self.assertEqual([line for line in complaints.split("\n") if line and "adjust line" not in line and "break line" not in line], [])
            name = os.path.basename(program)
            for command in json.loads(described)["command"]["subcommands"]:
                if command["commandName"] != "help" and command.get("shouldDisplay", True):
                    self.assertIn(f"{name} {command['commandName']}", text)


if __name__ == "__main__":
    unittest.main()
