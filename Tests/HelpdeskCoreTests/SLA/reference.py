"""Working time by another road: walks UTC an hour at a time, and minute by minute where an hour is mixed. Reads one JSON case
per line, answers one JSON line each. Knows time zones from `zoneinfo`, and Jalali dates from the 33-year rule."""
import json
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LEAP = {1, 5, 9, 13, 17, 22, 26, 30}


def gregorian(year, month, day):
    """From 1 Farvardin 1390 = 21 March 2011; for the years 1343 to 1502."""
    ordinal = date(2011, 3, 21).toordinal()
    for y in range(1390, year):
        ordinal += 366 if y % 33 in LEAP else 365
    for y in range(year, 1390):
        ordinal -= 366 if y % 33 in LEAP else 365
    ordinal += sum(31 if m <= 6 else 30 for m in range(1, month))
    return date.fromordinal(ordinal + day - 1)


class Calendar:
    def __init__(self, described):
        self.zone = ZoneInfo(described["zone"])
        self.week = described["week"]
        self.days_off = {date.fromisoformat(d) for d in described["holidays"]}
        self.days_off |= {gregorian(*d) for d in described["jalali"]}
        self.special = {date.fromisoformat(d): r for d, r in described["special"].items()}

    def ranges(self, day):
        if day in self.days_off:
            return []
        return self.special.get(day, self.week.get(DAYS[day.weekday()], []))

    def works(self, moment):
        local = moment.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return any(a <= minute < b for a, b in self.ranges(local.date()))

    def uniform(self, moment):
        """Whether the whole hour from this moment is worked (True), is not (False), or is mixed (None)."""
        first = moment.astimezone(self.zone)
        last = (moment + timedelta(minutes=59)).astimezone(self.zone)
        if first.utcoffset() != last.utcoffset() or first.date() != last.date():
            return None
        a = first.hour * 60 + first.minute
        b = a + 60
        inside = touched = False
        for low, high in self.ranges(first.date()):
            inside = inside or (low <= a and b <= high)
            touched = touched or (low < b and a < high)
        return True if inside else (None if touched else False)

    def pieces(self, start):
        """Endless (moment, length, worked), each within a minute or an hour."""
        moment = start
        while True:
            if moment.second or moment.microsecond:
                step = timedelta(minutes=1) - timedelta(
                    seconds=moment.second, microseconds=moment.microsecond)
                yield moment, step, self.works(moment)
            else:
                whole = self.uniform(moment)
                step = timedelta(hours=1) if whole is not None else timedelta(minutes=1)
                yield moment, step, self.works(moment) if whole is None else whole
            moment += step

    def elapsed(self, start, end):
        total = timedelta()
        for moment, length, worked in self.pieces(start):
            if moment >= end:
                return total
            if worked:
                total += min(length, end - moment)

    def adding(self, work, start):
        if work <= timedelta():
            return start
        for moment, length, worked in self.pieces(start):
            if moment - start > timedelta(days=1200):
                return None
            if worked:
                if work <= length:
                    return moment + work
                work -= length


def answer(case):
    calendar = Calendar(case["calendar"])
    at = lambda ms: datetime.fromtimestamp(ms // 1000, timezone.utc) + timedelta(milliseconds=ms % 1000)
    used, allowance = timedelta(), timedelta(milliseconds=case["allowance"])
    marks = [at(m) for m in case["marks"]]
    # marks: started, paused, resumed, paused, resumed, …; an odd number leaves it running.
    for begin, end in zip(marks[0::2], marks[1::2]):
        used += calendar.elapsed(begin, end)
        if used > allowance:
            break
    due = None
    if len(marks) % 2 and used <= allowance:
        due = calendar.adding(allowance - used, marks[-1])
    epoch = datetime.fromtimestamp(0, timezone.utc)
    ms = timedelta(milliseconds=1)
    return {"used": used // ms, "due": None if due is None else (due - epoch) // ms}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
