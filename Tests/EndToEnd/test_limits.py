"""Too much of anything: it is put off or refused with the answer that CONTRACT names, and what was taken is kept."""
from desk import DeskTest
from wire import chat, mail, post_webhook


class Limits(DeskTest):
    def start(self, **limits):
        desk = self.new_desk()
        desk.configuration.mail(auto_reply=False).chat()
        desk.configuration.set("limits", **limits)
        desk.start()
        desk.add_agent("lead", "--role", "admin", "--team", "support")
        return desk

    def test_a_rate_that_is_too_high_is_told_when_to_come_back(self):
        desk = self.start(api_per_minute=60, webhook_per_second=1)
        answers = [desk.api("GET", "/me") for _ in range(30)]
        codes = [answer.status for answer in answers]
        self.assertEqual(codes[0], 200)
        self.assertIn(429, codes)
        refused = answers[codes.index(429)]
        self.assert_problem(refused, 429, "rate_limited")
        self.assertGreater(int(refused.headers["Retry-After"]), 0)
        self.assertEqual(desk.http("GET", "/readyz").status, 200, "health has no rate")
        hooks = [post_webhook(desk, chat(f"r-{n}", "x", {"kind": "site", "id": "v"}), id=f"r-{n}") for n in range(20)]
        late = [answer for answer in hooks if answer.status == 429]
        self.assertTrue(late, [answer.status for answer in hooks])
        self.assertGreater(int(late[0].headers["Retry-After"]), 0)
        self.figures(f"API: {codes.count(200)} of 30 taken, webhooks: {20 - len(late)} of 20, the rest 429 with Retry-After")

    def test_when_space_is_short_the_sender_keeps_it(self):
        desk = self.start(free_space="1024GiB")
        before = desk.position()
        with desk.lmtp() as session:
            code, text = session.send(mail("a@home.example"), ["support@desk.example"])[0]
        self.assertEqual((code, text[:5]), (452, "4.3.1"))
        hook = post_webhook(desk, chat("s-1", "x", {"kind": "site", "id": "v"}))
        self.assertEqual(hook.status, 503, hook.text)
        self.assertGreater(int(hook.headers["Retry-After"]), 0)
        self.assertEqual(desk.hamdeld("deliver", "--inbox", "support-mail", stdin=mail("a@home.example")).returncode, 75)
        self.assertEqual(desk.position(), before)
        self.figures("LMTP 452 4.3.1, webhook 503 with Retry-After, deliver 75, nothing kept")

    def test_a_flood_of_one_sender_is_kept_and_goes_to_nobody(self):
        desk = self.start(tickets_per_sender_hour=3)
        numbers = [desk.deliver(mail("flood@home.example", f"Flood {n}", f"text {n}"))["ticket"] for n in range(6)]
        other = desk.deliver(mail("calm@home.example"))["ticket"]
        found = {number: desk.get(f"/tickets/{number}") for number in numbers + [other]}
        held = [number for number in numbers if found[number]["assignee"]]
        self.assertEqual(len(found), 7, "all are kept")
        self.assertEqual(held, numbers[:3])
        self.assertEqual(found[other]["assignee"], "lead")
        self.figures(f"6 mails of one sender: {len(held)} routed, {6 - len(held)} kept in nobody's hands")
