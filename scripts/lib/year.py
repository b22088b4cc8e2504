"""A generated year of a desk: what happened in it, as facts to count, and as the story that bench-story writes into a store.

The facts are lists of what happened to each ticket and each survey; nothing here knows how the daemon counts.
"""
import random
import subprocess
import time

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
# Whether it is a private one.
TEAMS = {"support": False, "sales": False, "people": True}
AGENTS = ["nima", "leila", "omid", "sara", "reza", "mina", "babak", "parisa"]
CHANNELS = ["email", "chat-webhook", "phone-log"]
TAGS = ["billing", "delivery", "login", "refund"]
FAR = 3_900_000_000_000
SCORES = {
    "csat": ([1, 2, 3, 4, 5], [1, 1, 2, 5, 9]), "own": ([1, 2, 3, 4, 5], [1, 1, 2, 5, 9]),
    "ces": (range(1, 8), [1, 1, 2, 3, 5, 8, 8]), "nps": (range(11), [1, 1, 1, 1, 1, 2, 2, 4, 5, 6, 7]),
}
LOW = {"csat": 2, "own": 2, "ces": 3, "nps": 6}


class Ticket:
    __slots__ = ("number", "customer", "opened", "channel", "origin", "team", "tags", "counted", "open", "written", "arrived",
                 "given", "handovers", "closings", "reopenings", "status", "holder", "first_team")


class Survey:
    """One decision to ask or not."""
    __slots__ = ("ticket", "kind", "decided", "state", "reason", "asked", "team", "agent", "answered", "score", "recovery")


class Recovery:
    __slots__ = ("survey", "opened", "due", "done", "ending", "second")


class Year:
    def __init__(self, count, seed, customers=None):
        self.rolls = random.Random(seed)
        self.end = int(time.time() * 1000) // DAY * DAY
        self.start = self.end - 365 * DAY
        self.customers = customers or max(1, count // 4)
        self.tickets, self.surveys, self.recoveries = [], [], []
        # Ended SLA clocks: (ticket, policy, target, whether met, when), and told times: (ticket, until, state, how often anew).
        self.clocks, self.promises = [], []
        # Lines of the story by day: (moment, number, text).
        self.days = {}
        self.lines = 0
        openings = sorted(self.start - 370 * DAY + int(self.rolls.random() * 735 * DAY) for _ in range(count))
        for number, opened in enumerate(openings, 1):
            Life(self, number, opened).live()
        for _ in range(count // 20):
            self.relationship()

    def tell(self, at, *words):
        self.lines += 1
        line = "\t".join("-" if word is None else str(word) for word in (at, *words))
        self.days.setdefault(at // DAY, []).append((at, self.lines, line))

    def decide(self, ticket, kind, at, state, reason=None):
        survey = Survey()
        survey.ticket, survey.kind, survey.decided, survey.state, survey.reason = ticket, kind, at, state, reason
        survey.team = ticket and ticket.team
        survey.asked = survey.agent = survey.answered = survey.score = survey.recovery = None
        self.surveys.append(survey)
        return survey, len(self.surveys)

    def relationship(self):
        """NPS of somebody who wrote at some time, bound to no ticket."""
        rolls = self.rolls
        first = rolls.choice(self.tickets)
        at = first.opened + 90 * DAY
        if at >= self.end:
            return
        survey, name = self.decide(None, "nps", at, "waiting")
        self.tell(at, "plan", name, None, first.customer, "nps", "relationship", FAR, None)
        self.ask(survey, name, first.customer, at + HOUR)

    def ask(self, survey, name, customer, at, agent=None, team=None):
        """Sends it, and maybe the customer answers, and corrects, and somebody makes good."""
        rolls, number = self.rolls, survey.ticket and survey.ticket.number
        if at >= self.end:
            return
        survey.state, survey.asked, survey.team, survey.agent = "sent", at, team, agent
        self.tell(at, "ask", name, number, customer, agent)
        at += MINUTE + int(rolls.random() * 4 * DAY)
        if rolls.random() > 0.4 or at >= self.end:
            return
        score = rolls.choices(*SCORES[survey.kind])[0]
        survey.state, survey.answered, survey.score = "answered", at, score
        self.tell(at, "score", name, number, customer, score, None)
        if score > LOW[survey.kind]:
            return
        recovery = Recovery()
        recovery.survey, recovery.opened, recovery.due = survey, at, at + DAY
        recovery.done = recovery.ending = recovery.second = None
        self.recoveries.append(recovery)
        survey.recovery = recovery
        self.tell(at, "recover", name, number, customer, score, agent, recovery.due)
        at += HOUR + int(rolls.expovariate(1 / (0.6 * DAY)))
        fate = rolls.random()
        if fate < 0.25 or at >= self.end:
            return
        recovery.done = at
        if fate < 0.4:
            recovery.ending = "corrected"
            survey.answered, survey.score = at, max(SCORES[survey.kind][0])
            self.tell(at, "score", name, number, customer, survey.score, score)
            self.tell(at, "mend", name, number, customer, "corrected")
            return
        recovery.ending = "worked"
        self.tell(at, "mend", name, number, customer, "worked")
        if fate < 0.7:
            again, other = self.decide(survey.ticket, survey.kind, at, "waiting")
            self.tell(at, "plan", other, number, customer, survey.kind, "recovery", FAR, name)
            self.ask_again(again, other, customer, at + DAY, recovery, agent, team)

    def ask_again(self, survey, name, customer, at, recovery, agent, team):
        rolls, number = self.rolls, survey.ticket and survey.ticket.number
        if at >= self.end:
            return
        survey.state, survey.asked, survey.team, survey.agent = "sent", at, team, agent
        self.tell(at, "ask", name, number, customer, agent)
        at += HOUR
        if rolls.random() < 0.5 or at >= self.end:
            return
        survey.state, survey.answered = "answered", at
        survey.score = recovery.second = rolls.choices(*SCORES[survey.kind])[0]
        self.tell(at, "score", name, number, customer, survey.score, None)

    def story(self):
        """The lines in the order of time; takes them from memory."""
        for day in sorted(self.days):
            for _, _, line in sorted(self.days.pop(day)):
                yield line

    def write(self, path, program):
        """Puts it into a fresh store by bench-story."""
        with subprocess.Popen([program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as teller:
            for line in self.story():
                teller.stdin.write(line + "\n")
            teller.stdin.close()
            said = teller.stdout.read()
        if teller.returncode:
            raise RuntimeError(f"{program} ended with {teller.returncode}")
        return said.strip()


class Life:
    """One ticket's: every step takes some time, and what would come after the year does not happen."""

    def __init__(self, year, number, opened):
        self.year, self.rolls = year, year.rolls
        rolls = self.rolls
        ticket = self.ticket = Ticket()
        ticket.number, ticket.opened = number, opened
        ticket.customer = 1 + int(rolls.random() * year.customers)
        ticket.channel, ticket.team = rolls.choice(CHANNELS), rolls.choice(list(TEAMS))
        ticket.first_team = ticket.team
        ticket.origin = "live" if rolls.random() < 0.95 else "agent"
        ticket.tags = sorted(rolls.sample(TAGS, rolls.randint(0, 2)))
        ticket.counted, ticket.open, ticket.status, ticket.holder = True, True, "new", None
        ticket.written, ticket.arrived, ticket.given, ticket.closings, ticket.reopenings = [], [], [], [], []
        ticket.handovers = 0
        self.at = opened
        year.tickets.append(ticket)

    def say(self, verb, *words):
        self.year.tell(self.at, verb, self.ticket.number, *words)

    def wait(self, mean, least=SECOND):
        """Whether it is still within the year."""
        self.at += least + int(self.rolls.expovariate(1 / mean))
        return self.at < self.year.end

    def live(self):
        ticket, rolls = self.ticket, self.rolls
        self.say("open", ticket.customer, ticket.channel, ticket.team, int(TEAMS[ticket.team]), ticket.origin)
        self.promise()
        if rolls.random() < 0.97:
            self.give(rolls.choice(AGENTS))
        if ticket.channel == "phone-log" and rolls.random() < 0.7:
            self.say("call", ticket.channel)
            ticket.written.append((self.at, None))
            ticket.arrived.append((self.at, self.whose()))
        elif ticket.origin == "live":
            self.say("hear", ticket.channel)
        if ticket.tags:
            self.say("tag", ",".join(ticket.tags))
        fate = rolls.random()
        if fate < 0.02 and self.wait(HOUR):
            self.junk(rolls.choice(["spam", "bulk"]))
            return
        if rolls.random() < 0.9:
            for _ in range(rolls.randint(1, 4)):
                if not self.turn():
                    return
        if rolls.random() < 0.9 and self.wait(2 * DAY, HOUR):
            self.close_and_open()

    def turn(self):
        """Maybe other hands, an answer, maybe the customer's next words."""
        rolls, ticket = self.rolls, self.ticket
        if rolls.random() < 0.15:
            if not self.wait(HOUR):
                return False
            self.hand_over()
        if not self.wait(3 * HOUR):
            return False
        self.answer(ticket.holder if ticket.holder and rolls.random() < 0.85 else rolls.choice(AGENTS))
        if rolls.random() < 0.6:
            if not self.wait(5 * HOUR):
                return False
            self.say("hear", ticket.channel)
        return True

    def give(self, agent):
        ticket = self.ticket
        if agent == ticket.holder:
            return
        self.say("give", agent, ticket.holder)
        # From one agent to another; being given out first is none.
        ticket.handovers += ticket.holder is not None
        ticket.holder = agent
        ticket.given.append((self.at, agent))

    def hand_over(self):
        ticket, rolls = self.ticket, self.rolls
        if ticket.holder and rolls.random() < 0.6:
            return self.give(rolls.choice(AGENTS))
        to = rolls.choice([team for team in TEAMS if team != ticket.team])
        self.say("move", ticket.team, to, int(TEAMS[to]))
        ticket.team = to
        ticket.handovers += 1
        if ticket.holder:
            self.say("take", ticket.holder, "transfer")
            ticket.holder = None
        if rolls.random() < 0.9:
            self.give(rolls.choice(AGENTS))

    def whose(self):
        """Who answered last, else who has it."""
        for _, agent in reversed(self.ticket.written):
            if agent:
                return agent
        return self.ticket.holder

    def answer(self, agent):
        ticket, rolls = self.ticket, self.rolls
        self.say("write", agent)
        ticket.written.append((self.at, agent))
        if ticket.status == "new":
            self.status("open", None, "first_reply")
        self.at += 2 * SECOND
        if self.at >= self.year.end:
            return
        if rolls.random() < 0.02:
            return self.say("fail")
        self.say("arrive")
        ticket.arrived.append((self.at, agent))
        if rolls.random() < 0.02 and self.wait(MINUTE):
            self.say("return")
            ticket.arrived.pop()

    def status(self, to, reason, cause):
        self.say("turn", self.ticket.status, to, reason, cause)
        self.ticket.status = to
        self.ticket.open = to != "closed"

    def junk(self, kind):
        self.say("class", "regular", kind)
        self.status("closed", "spam", "spam")
        self.ticket.counted = False

    def close(self, reason):
        self.status("closed", reason, "agent")
        self.ticket.closings.append((self.at, reason))

    def reopen(self):
        self.status("open", None, "customer_message")
        self.ticket.reopenings.append(self.at)

    def close_and_open(self):
        ticket, rolls, year = self.ticket, self.rolls, self.year
        if rolls.random() < 0.03:
            self.close("duplicate")
            if rolls.random() < 0.5 and ticket.number > 1:
                self.say("merge", rolls.randrange(1, ticket.number), "open")
                ticket.counted = False
                return
            if rolls.random() < 0.5 or not self.wait(DAY):
                return
            self.reopen()
            if not self.wait(DAY):
                return
        self.close(rolls.choices(["solved", "no_answer", "wrapped_up"], [8, 1, 1])[0])
        self.clocks()
        asked = self.survey()
        for _ in range(rolls.choice([0] * 8 + [1, 2])):
            if not self.wait(DAY, HOUR // 2):
                break
            if asked and self.at < asked[2]:
                survey, name = asked[:2]
                survey.state = "cancelled"
                year.tell(self.at, "cancel", name, ticket.number, ticket.customer)
                asked = None
            self.reopen()
            if rolls.random() < 0.4 and self.wait(HOUR):
                self.answer(self.whose() or rolls.choice(AGENTS))
            if rolls.random() < 0.15 or not self.wait(DAY, HOUR):
                break
            self.close("solved")
        if asked:
            survey, name, due, agent, team = asked
            year.ask(survey, name, ticket.customer, due, agent, team)

    def survey(self):
        """Decides at the first closing; what is planned is sent an hour later, if nothing happens before."""
        ticket, rolls, year = self.ticket, self.rolls, self.year
        kind = rolls.choices(["csat", "ces", "nps", "own"], [7, 2, 1, 1])[0]
        if not any(agent for _, agent in ticket.written) or rolls.random() < 0.1:
            reason = rolls.choice(["cooldown", "not_answered", "no_reachable_channel"])
            survey, name = year.decide(ticket, kind, self.at, "skipped", reason)
            year.tell(self.at, "skip", name, ticket.number, ticket.customer, kind, "closing", reason)
            return None
        survey, name = year.decide(ticket, kind, self.at, "waiting")
        year.tell(self.at, "plan", name, ticket.number, ticket.customer, kind, "closing", FAR, None)
        return survey, name, self.at + HOUR, self.whose(), ticket.team

    def clocks(self):
        rolls = self.rolls
        target, policy = rolls.choice(["first_response", "resolution"]), rolls.choice(["standard", "vip"])
        self.say("clock", target, policy)
        if self.rolls.random() < 0.9:
            met = rolls.random() < 0.8
            self.say("stop", target, "met" if met else "missed")
            self.year.clocks.append((self.ticket, policy, target, met, self.at))

    def promise(self):
        rolls, year = self.rolls, self.year
        if rolls.random() > 0.3:
            return
        until, anew = self.at + 4 * HOUR, 0
        if until >= year.end:
            return
        self.say("promise", until, "first")
        if rolls.random() < 0.1:
            year.tell(until - HOUR, "promise", self.ticket.number, until + DAY, "anew")
            until, anew = until + DAY, 1
            if until >= year.end:
                until = FAR
                year.tell(year.end - 1, "promise", self.ticket.number, FAR, "anew")
                year.promises.append((self.ticket, until, "open", 2))
                return
        state = "kept" if rolls.random() < 0.85 else "broken"
        year.tell(until, "keep", self.ticket.number, until, state)
        year.promises.append((self.ticket, until, state, anew))
