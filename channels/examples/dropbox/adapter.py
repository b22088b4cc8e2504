#!/usr/bin/env python3
"""dropbox: what customers write comes as JSON files in FOLDER/in; answers become JSON files in FOLDER/out."""
import json, os, queue, shutil, sys, threading, time

lines, unacked, later = queue.Queue(), {}, 0

def say(kind, **members):
    sys.stdout.buffer.write(json.dumps({"type": kind, **members}, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()

def give_up(words):
    print("E! " + words, file=sys.stderr, flush=True)
    os._exit(78)  # whatever the listener does

def listen():
    for line in map(json.loads, sys.stdin.buffer):
        lines.put(line)
        if line["type"] == "stop": return
    lines.put({"type": "stop"})  # the daemon is gone

def message(name):
    note, files = json.load(open(f"{folder}/in/{name}", encoding="utf-8")), []
    for number, item in enumerate(note.get("attachments", [])):
        shutil.copyfile(item["path"], f"{spool}/in/{name}.{number}")
        files.append({"name": item["name"], "content_type": item["content_type"], "path": f"in/{name}.{number}"})
    text = note["text"].encode()[:150_000].decode(errors="ignore")  # a line has at most 1 MiB
    return {"external_id": name, "conversation": note["conversation"], "text": text, "attachments": files,
            "sender": {"kind": "dropbox", "id": note["sender"], "name": note.get("name")}}

def send(line):
    place = f"{folder}/out/{line['id']}"
    if not os.path.exists(place + ".json"):  # else it went out at an earlier attempt
        for number, item in enumerate(line["attachments"]):
            item["path"] = shutil.copyfile(item["path"], f"{place}.{number}")
        with open(place + ".part", "w", encoding="utf-8") as file:
            json.dump({key: line[key] for key in ("conversation", "text", "attachments")}, file)
        os.replace(place + ".part", place + ".json")
    say("result", id=line["id"], status="sent", external_id=line["id"])

hello = json.loads(sys.stdin.buffer.readline())
if 1 not in hello["protocol"]: give_up("this adapter speaks version 1 of hamdel-channel")
say("hello", protocol=1, adapter={"name": "dropbox", "version": "1"}, capabilities={"idempotent_send": True},
    config_schema={"required": ["folder"], "properties": {"folder": {"type": "string"}}})
threading.Thread(target=listen, daemon=True).start()
while (line := lines.get())["type"] != "start": line["type"] == "stop" and sys.exit(0)
folder, credit, spool, seq = line["config"].get("folder"), line["credit"], hello["spool"], 0
if not isinstance(folder, str): give_up("config.folder must be the path of a folder")
for part in ("in", "out", "done"): os.makedirs(f"{folder}/{part}", exist_ok=True)
while line["type"] != "stop":
    for name in sorted(set(os.listdir(f"{folder}/in")) - set(unacked.values())):
        if not name.endswith(".json") or len(unacked) >= credit or time.monotonic() < later: continue
        unacked[seq := seq + 1] = name
        say("deliver", seq=seq, cursor=name, messages=[message(name)])
    try: line = lines.get(timeout=0.2)
    except queue.Empty: continue
    if line["type"] == "ack": os.replace(f"{folder}/in/{unacked[line['seq']]}", f"{folder}/done/{unacked.pop(line['seq'])}")
    if line["type"] == "nack": later = time.monotonic() + line["retry_after_ms"] / 1000; unacked.pop(line["seq"])
    if line["type"] == "send": send(line)
    if line["type"] == "ping": say("pong", n=line["n"])
