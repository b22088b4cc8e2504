// Written by scripts/generate-channel-templates from channels/examples/dropbox: change it there.
// swift-format-ignore-file

extension ChannelTemplate {
    static let pythonExample = "dropbox"
    static let python: [File] = [
        .text("README.md", ##"""
            # dropbox: messages as files

            For whatever can write and read files: a form on a web server, an old program with an export folder, a script in cron. A message of a customer
            is a JSON file in `FOLDER/in`; an answer becomes a JSON file in `FOLDER/out`. It needs python3 and no network.

            ```json
            {"conversation": "order-1204", "sender": "sara", "name": "سارا", "text": "…", "attachments": [{"name": "a.png", "content_type": "image/png", "path": "/…/a.png"}]}
            ```

            Write the file under another name (`.part`) and rename it to `.json`: then it is taken whole or not at all. Its name is the id of the message and must not
            come twice; the order of names is the order of messages. What was kept moves to `FOLDER/done`, yours to delete.

            An answer is `{"conversation", "text", "attachments"}`, its files beside it. The same answer never comes twice, whatever dies in between.

            **Setup** `sample.toml`. **Limits** text 150,000 bytes, longer ones are cut. **Test** `hamdeld channel test channels/examples/dropbox`.

            """##),
        .program("adapter.py", ##"""
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

            """##),
        .text("sample.toml", ##"""
            # Messages as JSON files in a folder: for whatever can write and read files.
            [[inbox]]
            name = "dropbox"
            channel = "exec"
            team = "support"
            command = ["/usr/lib/hamdel/channels/dropbox/adapter.py"]

            # Its folders in, out and done are made; the daemon's user must be able to write there.
            config = { folder = "/var/spool/dropbox" }

            """##),
        .text("testcases/kit.toml", ##"""
            # What `hamdeld channel test` needs of this adapter: Docs/Adapter-Guide.md
            command = ["./adapter.py"]
            config = { folder = "{work}/box" }
            provider = ["./testcases/provider", "{work}/box"]

            """##),
        .text("testcases/message.json", ##"""
            {"conversation": "order-1204", "sender": "sara", "name": "سارا", "text": "سلام، سفارش ۱۲۰۴ کجاست؟ 🙂", "attachments": []}

            """##),
        .program("testcases/provider", ##"""
            #!/usr/bin/env python3
            """The other side of the drop box, for the kit: `provider FOLDER put` (a message on stdin) and `provider FOLDER sent`."""
            import glob, json, os, sys, time

            folder, verb = sys.argv[1:3]
            if verb == "put":
                os.makedirs(f"{folder}/in", exist_ok=True)
                place = f"{folder}/in/{time.time_ns():020d}"
                with open(place + ".part", "w", encoding="utf-8") as file:
                    json.dump(json.load(sys.stdin), file)
                os.replace(place + ".part", place + ".json")
            else:
                for path in sorted(glob.glob(f"{folder}/out/*.json")):
                    with open(path, encoding="utf-8") as file:
                        print(json.dumps(json.load(file)))

            """##),
    ]
}
