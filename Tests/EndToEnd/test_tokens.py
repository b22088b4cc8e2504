"""Tokens: for all, for looking, for putting in; named, last used, ended at once."""
import json

from desk import DeskTest
from wire import mail


class Tokens(DeskTest):
    def setUp(self):
        self.desk = self.new_desk()
        self.desk.configuration.mail(auto_reply=False).chat()
        self.desk.start()
        self.desk.add_agent("boss", "--role", "admin", "--team", "support")
        self.ticket = self.desk.deliver(mail("sara@outside.example"))["ticket"]

    def token(self, scope, name):
        self.desk.tokens[name] = self.desk.hamdeld(
            "agent", "token", "boss", "--scope", scope, "--name", name, check=0).stdout.decode().strip()
        return name

    def listed(self):
        return json.loads(self.desk.hamdeld("agent", "tokens", "boss", "--json", check=0).stdout)["tokens"]

    def test_a_token_may_do_what_it_is_for_and_no_more(self):
        reader, intake = self.token("read", "dashboard"), self.token("intake", "shop")
        note, message = f"/tickets/{self.ticket}/notes", {
            "external_id": "x1", "text": "Hello", "sender": {"kind": "visitor", "id": "v1"}}
        for agent, looks, changes, puts in [("boss", 200, 201, 201), (reader, 200, 403, 403), (intake, 403, 403, 201)]:
            with self.subTest(agent=agent):
                self.assertEqual(self.desk.api("GET", f"/tickets/{self.ticket}", agent=agent).status, looks)
                self.assertEqual(self.desk.api("POST", note, {"text": "x"}, agent=agent).status, changes)
                message["external_id"] += "x"
                self.assertIn(self.desk.api("POST", "/messages/site-chat", message, agent=agent).status, [puts, 200 if puts == 201 else puts])
        # What the law asks for is no dashboard's business.
        customer = self.desk.get(f"/tickets/{self.ticket}", agent="boss")["customer"]["id"]
        self.assertEqual(self.desk.api("GET", f"/customers/{customer}/export", agent=reader).status, 403)

    def test_a_revoked_token_is_nobodys_at_once(self):
        name = self.token("full", "laptop")
        self.assertEqual(self.desk.api("GET", "/me", agent=name).status, 200)
        entry = next(entry for entry in self.listed() if entry["name"] == "laptop")
        self.assertEqual(entry["state"], "live")
        self.assertIn("lastUsedAt", entry)
        self.desk.hamdeld("agent", "revoke", "boss", entry["id"], check=0)
        self.assertEqual(self.desk.api("GET", "/me", agent=name).status, 401)
        self.assertEqual(self.desk.api("GET", "/me", agent="boss").status, 200)
        self.assertEqual(next(entry for entry in self.listed() if entry["name"] == "laptop")["state"], "revoked")
        self.desk.hamdeld("agent", "revoke", "boss", "ffffffffffff", check=5)

    def test_nothing_kept_is_a_token(self):
        token = self.desk.tokens["boss"]
        self.desk.api("GET", "/me", agent="boss")
        self.desk.stop()
        for name in ["hamdel.db", "daemon.log"]:
            with open(f"{self.desk.folder}/{name}", "rb") as file:
                self.assertNotIn(token.encode(), file.read(), name)
