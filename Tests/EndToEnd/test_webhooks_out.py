"""Webhooks out (CONTRACT): signed, at least once, in order per ticket, whatever becomes of the daemon and of the other end."""
import time

from desk import DeskTest, wait_for
from receiver import Receiver
from wire import mail

SECRET = "webhooks-secret-of-the-tests"


class WebhooksOut(DeskTest):
    def set_up(self, endpoints=("crm",), **keys):
        desk = self.new_desk()
        desk.configuration.mail()
        with open(f"{desk.folder}/out.secret", "w") as file:
            file.write(SECRET + "\n")
        receivers = {}
        for name in endpoints:
            receivers[name] = Receiver(SECRET)
            self.addCleanup(receivers[name].close)
            desk.configuration.lists.setdefault("webhook_out", []).append({
                "name": name, "url": receivers[name].url, "secret": {"file": f"{desk.folder}/out.secret"},
                "timeout": "2s", **keys})
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        wait_for("the cursors", lambda: all(
            webhook["position"] is not None for webhook in desk.get("/webhooks")["webhooks"]))
        return desk, receivers

    def stream(self, desk):
        """Every event, ticket by ticket, as the API has them."""
        events = []
        for ticket in desk.tickets():
            cursor = ""
            while True:
                page = desk.get(f"/tickets/{ticket['number']}/events?limit=500{cursor}")
                events += page["events"]
                if not page["next_cursor"]:
                    break
                cursor = f"&cursor={page['next_cursor']}"
        return sorted(events, key=lambda event: event["position"])

    def assert_in_order(self, taken):
        """Of every ticket the first times that its events came are in order."""
        lanes = {}
        for event in taken:
            lane = lanes.setdefault(event["ticket"], [])
            if event["position"] not in lane:
                lane.append(event["position"])
        for ticket, lane in lanes.items():
            if ticket is not None:
                self.assertEqual(lane, sorted(lane), f"ticket {ticket}")

    def all_taken(self, desk, receiver):
        wanted = {event["position"] for event in self.stream(desk)}
        # After some failures an event, and an endpoint that took none of three, wait for minutes before they are tried again.
        wait_for("every event", lambda: wanted <= set(receiver.positions()), 300)

    def test_every_event_comes_signed_as_the_api_has_it(self):
        desk, receivers = self.set_up()
        receiver = receivers["crm"]
        for index in range(5):
            desk.deliver(mail(f"c{index}@home.example", auth="pass"))
        self.all_taken(desk, receiver)
        self.assertEqual(receiver.forged, [])
        self.assert_in_order(receiver.taken)
        by_position = {event["position"]: event for event in receiver.taken}
        for event in self.stream(desk):
            self.assertEqual(by_position[event["position"]], event)
        listed = desk.get("/webhooks")["webhooks"][0]
        self.assertEqual((listed["name"], listed["state"], listed["waiting"], listed["dead"]), ("crm", "active", 0, 0))
        self.assertEqual(desk.api("GET", "/webhooks", agent=None).status, 401)
        desk.verify()

    def test_a_killed_daemon_and_a_stumbling_receiver_lose_nothing(self):
        desk, receivers = self.set_up()
        receiver = receivers["crm"]
        count = [0]

        def stumble(event):
            count[0] += 1
            if count[0] % 7 == 0:
                return 503
            if count[0] % 11 == 0:
                time.sleep(3)  # longer than it is waited for: taken here, and unknown there
            return 200

        receiver.answer = stumble
        for turn in range(4):
            for index in range(6):
                desk.deliver(mail(f"k{turn}-{index}@home.example", auth="pass"))
            desk.kill()
            desk.start()
        for ticket in desk.tickets()[:5]:
            desk.post(f"/tickets/{ticket['number']}/notes", {"text": "seen"})
        receiver.answer = lambda event: 200
        self.all_taken(desk, receiver)
        self.assertEqual(receiver.forged, [])
        self.assert_in_order(receiver.taken)
        twice = len(receiver.taken) - len(set(receiver.positions()))
        self.figures(f"{len(set(receiver.positions()))} events through 4 kills, {twice} came twice, {count[0]} attempts")
        desk.verify()

    def test_one_stuck_ticket_holds_up_nobody_else(self):
        desk, receivers = self.set_up()
        receiver = receivers["crm"]
        bad = desk.deliver(mail("bad@home.example", auth="pass"))["ticket"]
        self.all_taken(desk, receiver)
        receiver.answer = lambda event: 500 if event["ticket"] == bad else 200
        desk.post(f"/tickets/{bad}/notes", {"text": "one"})
        good = desk.deliver(mail("good@home.example", auth="pass"))["ticket"]
        desk.post(f"/tickets/{bad}/notes", {"text": "two"})
        desk.post(f"/tickets/{good}/notes", {"text": "three"})
        wanted = {event["position"] for event in self.stream(desk) if event["ticket"] == good}
        wait_for("the other ticket", lambda: wanted <= set(receiver.positions()))
        wait_for("what waits", lambda: desk.get("/webhooks")["webhooks"][0]["waiting"] >= 2)
        receiver.answer = lambda event: 200
        self.all_taken(desk, receiver)
        self.assert_in_order(receiver.taken)

    def test_410_stops_it_and_a_person_lets_it_go_on_and_replays(self):
        desk, receivers = self.set_up()
        receiver = receivers["crm"]
        receiver.answer = lambda event: 410
        desk.deliver(mail("gone@home.example", auth="pass"))
        wait_for("the end", lambda: desk.get("/webhooks")["webhooks"][0]["state"] == "stopped")
        tried = len(receiver.tried)
        desk.deliver(mail("gone2@home.example", auth="pass"))
        time.sleep(2.5)
        self.assertEqual(len(receiver.tried), tried)
        listed = desk.hamdeld("webhook", "list", check=0).stdout.decode()
        self.assertIn("crm\tstopped", listed)
        receiver.answer = lambda event: 200
        desk.hamdeld("webhook", "resume", "crm", check=0)
        self.all_taken(desk, receiver)
        before = len(receiver.taken)
        desk.hamdeld("webhook", "replay", "crm", "--after", "0", check=0)
        newest = desk.position()
        wait_for("all of it again", lambda: len(receiver.taken) - before >= newest - 1)
        again = sorted({event["position"] for event in receiver.taken[before:]})
        self.assertEqual(again, list(range(1, newest + 1)), "positions have no gap")
        self.assertEqual(desk.hamdeld("webhook", "resume", "nobody").returncode, 5, "not found")

    def test_several_endpoints_each_with_its_own_events_and_a_dead_one_beside(self):
        desk, receivers = self.set_up(("crm", "bi"))
        desk.configuration.lists["webhook_out"][1]["events"] = ["ticket_*"]
        desk.write_configuration()
        desk.process.send_signal(1)
        wait_for("the reload", lambda: "configuration reloaded" in desk.log_text())
        receivers["crm"].close()
        for index in range(10):
            desk.deliver(mail(f"d{index}@home.example", auth="pass"))
        wanted = {event["position"] for event in self.stream(desk) if event["type"].startswith("ticket_")}
        wait_for("the living one", lambda: wanted <= set(receivers["bi"].positions()))
        self.assertTrue(all(event["type"].startswith("ticket_") for event in receivers["bi"].taken))
        wait_for("the dead one to be known", lambda: any(
            webhook["state"] == "down" for webhook in desk.get("/webhooks")["webhooks"]))
        again = Receiver(SECRET, port=receivers["crm"].port)
        self.addCleanup(again.close)
        self.all_taken(desk, again)
        self.assert_in_order(again.taken)
