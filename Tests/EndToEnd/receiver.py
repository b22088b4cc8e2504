"""A program that hears of events: an HTTP server that answers as a test tells it to, and checks each signature itself."""
import base64
import hashlib
import hmac
import http.server
import json
import threading
import time


class Receiver:
    """Keeps every event it answered 2xx to, in that order. `answer(event)` gives the status; it may take its time."""

    def __init__(self, secret, port=0):
        self.secret = secret.encode()
        self.answer = lambda event: 204
        self.lock = threading.Lock()
        self.taken = []
        self.tried = []
        self.forged = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.take(self.headers, body)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

        self.server = Server(("127.0.0.1", port), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def is_signed(self, headers, body):
        stamp = headers["webhook-timestamp"]
        if abs(time.time() - int(stamp)) > 300:
            return False
        signed = f"{headers['webhook-id']}.{stamp}.".encode() + body
        mine = base64.b64encode(hmac.new(self.secret, signed, hashlib.sha256).digest()).decode()
        return f"v1,{mine}" in headers["webhook-signature"].split(" ")

    def take(self, headers, body):
        event = json.loads(body)
        if not self.is_signed(headers, body) or headers["webhook-id"] != event["id"]:
            with self.lock:
                self.forged.append(event)
            return 401
        with self.lock:
            self.tried.append(event)
        status = self.answer(event)
        if 200 <= status < 300:
            with self.lock:
                self.taken.append(event)
        return status

    def positions(self):
        with self.lock:
            return [event["position"] for event in self.taken]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
