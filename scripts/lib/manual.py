"""Man pages of a program out of its own description of itself (swift-argument-parser's --experimental-dump-help).

usage: PROGRAM --experimental-dump-help | manual.py SECTION VERSION > PROGRAM.SECTION
"""
import json
import sys

ORDER = {"option": 0, "flag": 1, "positional": 2}


def escape(text):
    """Roff reads backslashes, and a line that begins with a dot or an apostrophe."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in text.split("\n"))


def name(argument):
    names = argument.get("names") or []
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return f"\\fI{escape(value)}\\fR"
    words = [("\\-" if item["kind"] == "short" else "\\-\\-") + escape(item["name"]) for item in names]
    shown = ", ".join(f"\\fB{word}\\fR" for word in words)
    return shown if argument["kind"] == "flag" else f"{shown} \\fI{escape(value)}\\fR"


def arguments(command):
    found = [item for item in command.get("arguments") or [] if item.get("shouldDisplay", True)]
    for argument in sorted(found, key=lambda item: ORDER.get(item["kind"], 3)):
        if argument.get("names") and argument["names"][0]["name"] in ("help", "h", "version"):
            continue
        yield argument


def synopsis(path, command):
    words = [f"\\fB{escape(path)}\\fR"]
    for argument in arguments(command):
        shown = name(argument)
        words.append(f"[{shown}]" if argument.get("isOptional") or argument["kind"] == "flag" else shown)
    if command.get("subcommands"):
        words.append("\\fISUBCOMMAND\\fR ...")
    return " ".join(words)


def describe(path, command, lines):
    lines += [".SS \"" + path.replace('"', "") + "\"", synopsis(path, command), ".PP"]
    for key in ("abstract", "discussion"):
        if command.get(key):
            lines += [escape(command[key]), ".PP"]
    for argument in arguments(command):
        text = argument.get("abstract") or argument.get("discussion") or ""
        if argument.get("allValues"):
            text += " One of: " + ", ".join(argument["allValues"]) + "."
        if argument.get("defaultValue"):
            text += f" Default: {argument['defaultValue']}."
        lines += [".TP", name(argument), escape(text.strip() or "-")]
    for child in command.get("subcommands") or []:
        if child["commandName"] != "help" and child.get("shouldDisplay", True):
            describe(f"{path} {child['commandName']}", child, lines)


def page(document, section, version):
    command = document["command"]
    program = command["commandName"]
    lines = [
        f'.TH {program.upper()} {section} "" "Hamdel {version}" "Hamdel"', ".SH NAME",
        f"{program} \\- {escape(command.get('abstract', '')).rstrip('.')}", ".SH SYNOPSIS",
        f"\\fB{program}\\fR \\fISUBCOMMAND\\fR ...",
    ]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", escape(command["discussion"])]
    lines.append(".SH COMMANDS")
    for child in command.get("subcommands") or []:
        if child["commandName"] != "help" and child.get("shouldDisplay", True):
            describe(f"{program} {child['commandName']}", child, lines)
    lines += [".SH FILES", ".TP", "\\fI/etc/hamdel/hamdel.toml\\fR", "The configuration.", ".TP",
              "\\fI/var/lib/hamdel/hamdel.db\\fR", "Everything: the one file to back up."]
    other = ("hamdeld", 8) if program == "hamdel" else ("hamdel", 1)
    lines += [".SH SEE ALSO", f"\\fB{other[0]}\\fR({other[1]})"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page(json.load(sys.stdin), sys.argv[1], sys.argv[2]))
