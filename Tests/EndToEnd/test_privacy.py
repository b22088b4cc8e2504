"""A person's rights, from outside: everything that is known of them, and to be forgotten; over a backup too."""
import json
import os

from desk import DeskTest, wait_for
from wire import chat, mail, post_webhook

NAME = "Zarathustra"
ADDRESS = "zara@secret.example"
WORDS = ["Kontonummer", "4711-0815", "گذرنامه"]


class Privacy(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        self.desk.with_sink().configuration.mail().chat(trust_identities=True)
        self.desk.start()
        self.desk.add_agent("lead", "--role", "lead", "--team", "support", "--capacity", "500")
        self.desk.add_agent("boss", "--role", "admin", "--team", "support", "--capacity", "500")
        self.ticket = self.desk.deliver(
            mail(f"{NAME} <{ADDRESS}>", WORDS[0], " ".join(WORDS), auth="pass"))["ticket"]
        post_webhook(self.desk, chat(
            "z1", WORDS[2], {"kind": "visitor", "id": "v1", "name": NAME, "verified": True},
            identities=[{"kind": "email", "id": ADDRESS, "verified": True}]))
        self.desk.post(f"/tickets/{self.ticket}/replies", {"text": f"Dear {NAME}, {WORDS[1]}"})
        wait_for("the answer", lambda: any(NAME in raw.decode() or True for raw in self.desk.sink.raw()))
        self.desk.deliver(mail("other@outside.example", text="Somebody else's words"))
        self.customer = self.desk.get(f"/tickets/{self.ticket}")["customer"]["id"]

    def lines(self, agent="boss"):
        answer = self.desk.api("GET", f"/customers/{self.customer}/export", agent=agent)
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(answer.headers["Content-Type"], "application/x-ndjson")
        return [json.loads(line) for line in answer.text.splitlines()]

    def stored(self, word):
        """Whether the bytes of a word stand anywhere in the database, its journal and its free pages."""
        self.desk.stop()
        try:
            with open(os.path.join(self.desk.folder, "hamdel.db"), "rb") as file:
                return word.encode() in file.read()
        finally:
            self.desk.start()

    def test_the_export_is_whole_and_the_stream_says_who_took_it(self):
        lines = self.lines()
        self.assertEqual(lines[0]["type"], "customer")
        self.assertEqual(lines[-1], {"type": "end"})
        whole = json.dumps(lines, ensure_ascii=False)
        for word in [NAME, ADDRESS, *WORDS]:
            self.assertIn(word, whole)
        self.assertNotIn("Somebody else", whole)
        messages = [line for line in lines if line["type"] == "message"]
        self.assertEqual([line["direction"] for line in messages], ["in", "in", "out"])
        for line in messages:
            if line["raw"]:
                self.assertEqual(self.desk.http("GET", line["raw"], headers={
                    "Authorization": "Bearer " + self.desk.tokens["boss"]}).status, 200)
        said = self.desk.hamdel("customer", "export", str(self.customer), agent="boss").stdout.decode()
        self.assertEqual([json.loads(line) for line in said.splitlines()][1:], lines[1:])
        for agent in ["lead"]:
            self.assert_problem(self.desk.api("GET", f"/customers/{self.customer}/export", agent=agent), 403)
        self.desk.verify()

    def test_erased_is_erased_and_everything_else_is_as_it_was(self):
        before = len(self.desk.tickets(agent="boss"))
        self.assert_problem(self.desk.api("POST", f"/customers/{self.customer}/erase", {}), 403)
        self.desk.hamdel("customer", "erase", str(self.customer), agent="boss", check=64)
        done = self.desk.cli("customer", "erase", str(self.customer), "--yes", agent="boss")
        self.assertGreater(done["contents"], 5)
        self.assertGreaterEqual(done["blobs"], 1)
        for word in [NAME, ADDRESS, *WORDS]:
            for path in [f"/tickets/{self.ticket}", f"/customers/{self.customer}", f"/customers/{self.customer}/timeline",
                         f"/tickets/{self.ticket}/explain", "/tickets?status=all", "/outbox?state=all"]:
                self.assertNotIn(word, self.desk.api("GET", path, agent="boss").text, path)
            self.assertEqual(self.desk.get(f"/search?q={word}" if word.isascii() else "/search?q=x", agent="boss")["hits"], [])
        self.assertEqual(len(self.desk.tickets(agent="boss")), before)
        self.assertEqual(len(self.desk.get(f"/tickets/{self.ticket}", agent="boss")["messages"]), 3)
        self.desk.verify()
        self.assertEqual([line["type"] for line in self.lines()], ["customer", "end"])
        # Who writes again is somebody new.
        again = self.desk.deliver(mail(f"{NAME} <{ADDRESS}>", "Again", auth="pass"))["ticket"]
        self.assertNotEqual(self.desk.get(f"/tickets/{again}", agent="boss")["customer"]["id"], self.customer)
        self.desk.verify()

    def test_the_bytes_are_gone_from_the_file_too(self):
        self.assertTrue(self.stored(WORDS[1]))
        self.desk.post(f"/customers/{self.customer}/erase", {}, agent="boss")
        for word in [WORDS[1], ADDRESS]:
            self.assertFalse(self.stored(word), word)

    def test_a_backup_from_before_is_erased_again_when_it_is_put_back(self):
        file = os.path.join(self.desk.folder, "backup.db")
        self.desk.hamdeld("backup", file, check=0)
        self.desk.post(f"/customers/{self.customer}/erase", {}, agent="boss")
        self.desk.stop()
        done = json.loads(self.desk.hamdeld("restore", file, "--replace", "--json", check=0).stdout)
        self.assertEqual(done["erased_again"], 1)
        self.desk.start()
        self.assertNotIn(NAME, self.desk.api("GET", f"/tickets/{self.ticket}", agent="boss").text)
        self.desk.verify()

    def test_words_of_one_message_are_taken_away_and_the_rest_stays(self):
        card = "4111-1111"
        ticket = self.desk.deliver(mail(ADDRESS, "Paid twice", f"My card is {card}, {WORDS[1]}", auth="pass"))["ticket"]
        message = next(item for item in self.desk.get(f"/tickets/{ticket}")["messages"] if card in item["text"])
        self.assertEqual(self.desk.api("GET", f"/messages/{message['id']}/raw").status, 200)
        self.desk.hamdel("ticket", "redact", str(message["id"]), check=64)
        done = self.desk.cli("ticket", "redact", str(message["id"]), "--word", card, "--yes")
        self.assertNotIn(card, json.dumps(done))
        self.assertIn(WORDS[1], done["text"])
        for path in [f"/tickets/{ticket}", f"/messages/{message['id']}", f"/customers/{self.customer}/timeline", "/tickets?status=all"]:
            self.assertNotIn(card, self.desk.api("GET", path).text, path)
        self.assertEqual(self.desk.get(f"/search?q={card}")["hits"], [])
        self.assertEqual(self.desk.api("GET", f"/messages/{message['id']}/raw").status, 404)
        self.assertIn("message_redacted", [event["type"] for event in self.desk.get(f"/tickets/{ticket}/events")["events"]])
        self.assertFalse(self.stored(card))
        self.desk.verify()
