"""A mail server that takes everything and writes each mail into a folder: what the demo and tests send to.

usage: mail-sink.py FOLDER PORTFILE     (listens on a free port of 127.0.0.1 and writes the number to PORTFILE)
"""
import itertools
import os
import socketserver
import sys
import threading

folder, port_file = sys.argv[1], sys.argv[2]
numbers = itertools.count(1)
lock = threading.Lock()


class Session(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        self.say("220 sink ready")
        envelope = []
        while True:
            line = self.rfile.readline(4096)
            if not line:
                return
            verb = line.strip().upper()
            if verb.startswith((b"EHLO", b"HELO")):
                envelope = []
                self.say("250-sink")
                self.say("250 8BITMIME")
            elif verb.startswith((b"MAIL", b"RCPT")):
                envelope.append(line.strip().decode("utf-8", "replace"))
                self.say("250 fine")
            elif verb.startswith(b"DATA"):
                self.say("354 go on")
                body = bytearray()
                while True:
                    line = self.rfile.readline(1 << 20)
                    if not line:
                        return
                    if line == b".\r\n":
                        break
                    body += line[1:] if line.startswith(b".") else line
                self.keep(envelope, body)
                envelope = []
                self.say("250 kept")
            elif verb.startswith(b"QUIT"):
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def keep(self, envelope, body):
        with lock:
            number = next(numbers)
        name = os.path.join(folder, f"{number:06}.eml")
        with open(name + ".part", "wb") as file:
            for line in envelope:
                file.write(f"X-Envelope: {line}\n".encode())
            file.write(body)
        os.rename(name + ".part", name)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


with Server(("127.0.0.1", 0), Session) as server:
    with open(port_file + ".part", "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(port_file + ".part", port_file)
    server.serve_forever()
