"""Times told to customers, calendars and clocks, through the real daemon (DESIGN "Time promised")."""
import datetime
import os
import re

from desk import DeskTest, wait_for
from wire import mail, parsed, plain

CALENDAR = """BEGIN:VCALENDAR\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:{day}\r
SUMMARY:A feast\r
END:VEVENT\r
END:VCALENDAR\r
"""


class Promises(DeskTest):
    def set_up(self, calendar=None, **hours):
        desk = self.new_desk().with_sink()
        desk.configuration.team("support", business_hours="tehran")
        desk.configuration.mail(language="fa", timezone="Asia/Tehran")
        week = {day: ["00:00-24:00"] for day in ["sat", "sun", "mon", "tue", "wed", "thu", "fri"]}
        desk.configuration.lists["business_hours"] = [
            {"name": "tehran", "timezone": "Asia/Tehran", "week": week, **hours}]
        desk.configuration.lists["sla"] = [{"name": "standard", "first_response": "4h", "resolution": "16h"}]
        if calendar is not None:
            with open(os.path.join(desk.folder, "ir.ics"), "w", newline="") as file:
                file.write(calendar)
        desk.start()
        desk.add_agent("lead", "--role", "lead", "--team", "support")
        return desk

    def mails(self, desk, count):
        return wait_for(f"{count} mails", lambda: (
            lambda found: found if len(found) >= count else None)(list(map(parsed, desk.sink.raw()))))

    def test_an_agent_tells_a_later_time_in_the_customers_calendar(self):
        desk = self.set_up()
        number = desk.deliver(mail("Sara <sara@home.example>", subject="خراب شد", auth="pass", text="سلام، دستگاه من خراب شده است."))["ticket"]
        told = desk.get(f"/tickets/{number}")["promise"]
        self.assertEqual((told["state"], told["revisions"]), ("open", 0))
        until = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(hours=30)
        document = desk.post(f"/tickets/{number}/promise", {"until": until.isoformat().replace("+00:00", "Z")})
        self.assertEqual((document["promise"]["state"], document["promise"]["revisions"]), ("open", 1))
        self.assertEqual(document["promise"]["until"][:16], until.isoformat()[:16])
        first, second = self.mails(desk, 2)[:2]
        clock = (until + datetime.timedelta(hours=3, minutes=30)).strftime("%H:%M")
        self.assertIn(clock.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")), plain(second))
        self.assertIn("پوزش", plain(second))
        self.assertNotIn("دستگاه من", plain(second))
        self.assertIn("۱۴۰", plain(second), "a Jalali year")
        done = desk.hamdel("ticket", "promise", str(number), "3d")
        self.assertEqual(done.returncode, 0)
        explained = desk.hamdel("ticket", "explain", str(number), "--sla").stdout.decode()
        self.assertIn("The customer was told by lead of more time", explained)
        self.assertIn("sla first_response  running", explained)
        types = [event["type"] for event in desk.get(f"/tickets/{number}/events?limit=500")["events"]]
        self.assertEqual([t for t in types if t.startswith("promise")], ["promise_given", "promise_revised", "promise_revised"])
        desk.post(f"/tickets/{number}/replies", {"text": "حل شد."})
        wait_for("the promise kept", lambda: desk.get(f"/tickets/{number}")["promise"]["state"] == "kept")
        self.assert_problem(
            desk.api("POST", f"/tickets/{number}/promise", {"until": "2020-01-01T00:00:00Z"}), 422)
        desk.verify()

    def test_a_holiday_of_a_calendar_file_moves_the_told_time_and_a_special_day_wins(self):
        tehran = datetime.timezone(datetime.timedelta(hours=3, minutes=30))
        today = datetime.datetime.now(tehran)
        day = today.strftime("%Y%m%d")
        desk = self.set_up(CALENDAR.format(day=day), holidays_files=["ir.ics"])
        number = desk.deliver(mail("sara@home.example", auth="pass"))["ticket"]
        due = [clock for clock in desk.get(f"/tickets/{number}")["sla"] if clock["target"] == "first_response"][0]["due"]
        midnight = datetime.datetime.fromisoformat(due.replace("Z", "+00:00")).astimezone(tehran)
        tomorrow = today.date() + datetime.timedelta(days=1)
        self.assertEqual((midnight.date(), midnight.hour, midnight.minute), (tomorrow, 4, 0), "nothing is worked today")
        # Said to be worked all the same, from now on: what was promised stays.
        desk.configuration.lists["business_hours"][0]["special"] = [
            {"day": today.strftime("%Y-%m-%d"), "hours": ["00:00-24:00"]}]
        desk.write_configuration()
        desk.process.send_signal(1)
        wait_for("the reload", lambda: "configuration reloaded" in desk.log_text())
        other = desk.deliver(mail("ali@home.example", auth="pass"))["ticket"]
        dues = [
            [clock for clock in desk.get(f"/tickets/{n}")["sla"] if clock["target"] == "first_response"][0]["due"]
            for n in (number, other)]
        self.assertEqual(dues[0], due)
        soon = datetime.datetime.fromisoformat(dues[1].replace("Z", "+00:00")) - datetime.datetime.now(datetime.timezone.utc)
        self.assertLess(soon, datetime.timedelta(hours=4, seconds=1))
        desk.verify()

    def test_a_wrong_calendar_is_said_with_its_own_line(self):
        desk = self.new_desk()
        desk.configuration.team("support").mail()
        desk.configuration.lists["business_hours"] = [
            {"name": "tehran", "timezone": "Asia/Tehran", "week": {"sat": ["08:00-12:00"]}, "holidays_files": ["ir.ics"]}]
        desk.write_configuration()
        done = desk.hamdeld("config", "check")
        self.assertEqual(done.returncode, 78)
        said = (done.stdout + done.stderr).decode()
        self.assertRegex(said, r"hamdel\.toml:\d+:\d+: business_hours\.holidays_files: expected .*no such file")
        with open(os.path.join(desk.folder, "ir.ics"), "w") as file:
            file.write(CALENDAR.format(day="20261122").replace("SUMMARY", "RRULE:FREQ=YEARLY;BYEASTER=1\r\nSUMMARY"))
        done = desk.hamdeld("config", "check")
        self.assertEqual(done.returncode, 78)
        said = (done.stdout + done.stderr).decode()
        self.assertTrue(re.search(r"ir\.ics:4:1: .*BYEASTER=1", said), said)
        with open(os.path.join(desk.folder, "ir.ics"), "w") as file:
            file.write(CALENDAR.format(day="20261122"))
        desk.hamdeld("config", "check", check=0)
