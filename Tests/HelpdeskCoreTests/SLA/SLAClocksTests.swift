import HelpdeskCore
import Testing

struct SLAClocksTests {
    /// Monday to Friday, 09:00 to 17:00, UTC. 2026-11-23 is a Monday.
    private static let hours = BusinessHours(
        zone: .utc,
        week: WeekHours(
            Dictionary(
                uniqueKeysWithValues: [
                    Weekday.monday, .tuesday, .wednesday, .thursday, .friday,
                ].map { ($0, [HourRange(from: 540, to: 1_020)].compactMap { $0 }) })))
    private static let standard = SLAPolicy(
        name: "standard",
        allowances: [.firstResponse: .hours(2), .response: .hours(4), .resolution: .hours(16)],
        warningPercent: 75, hours: hours)
    private static let urgent = SLAPolicy(
        name: "urgent", conditions: SLAConditions(priorities: [.urgent]),
        allowances: [.firstResponse: .hours(1), .resolution: .hours(8)], warningPercent: nil,
        hours: hours)
    private static let book = SLABook([urgent, standard])

    /// A ticket's life as facts; `under` names the policy that holds from there on.
    private struct Life {
        var clocks = SLAClocks()
        var policy: SLAPolicy? = standard

        @discardableResult
        mutating func go(_ fact: SLAFact, _ time: String) -> [SLAEvent] {
            let at = moment(time)
            let events = clocks.decide(fact, under: policy, in: book, at: at)
            for event in events { clocks = clocks.applying(event, at: at) }
            return events
        }
    }

    private static func deadline(_ due: String, _ warning: String?) -> SLADeadline {
        SLADeadline(due: moment(due), warning: warning.map(moment))
    }

    @Test("Opening starts a clock for each promise, in working time")
    func opening() {
        var life = Life()
        // Friday afternoon: an hour of Friday, the rest on Monday.
        let events = life.go(.opened, "2026-11-27T16:00:00Z")
        #expect(
            events == [
                .started(
                    SLAStarted(
                        target: .firstResponse, policy: "standard", allowance: .hours(2),
                        deadline: Self.deadline("2026-11-30T10:00:00Z", "2026-11-30T09:30:00Z"))),
                .started(
                    SLAStarted(
                        target: .response, policy: "standard", allowance: .hours(4),
                        deadline: Self.deadline("2026-11-30T12:00:00Z", "2026-11-30T11:00:00Z"))),
                .started(
                    SLAStarted(
                        target: .resolution, policy: "standard", allowance: .hours(16),
                        deadline: Self.deadline("2026-12-01T16:00:00Z", "2026-12-01T12:00:00Z"))),
            ])
        #expect(life.clocks.nextMoment == moment("2026-11-30T09:30:00Z"))
        #expect(life.clocks.earliestDue == moment("2026-11-30T10:00:00Z"))
    }

    @Test(
        "Exactly at the deadline is met; a millisecond later is missed, and the breach is written first"
    )
    func edge() {
        var met = Life()
        met.go(.opened, "2026-11-23T09:00:00Z")
        #expect(
            met.go(.answered, "2026-11-23T11:00:00Z") == [
                .stopped(SLAStopped(target: .firstResponse, outcome: .met, used: .hours(2))),
                .stopped(SLAStopped(target: .response, outcome: .met, used: .hours(2))),
            ])
        var missed = Life()
        missed.go(.opened, "2026-11-23T09:00:00Z")
        #expect(
            missed.go(.answered, "2026-11-23T11:00:00.001Z").prefix(2) == [
                .breached(SLAMark(target: .firstResponse, at: moment("2026-11-23T11:00:00Z"))),
                .stopped(
                    SLAStopped(
                        target: .firstResponse, outcome: .missed,
                        used: TimeSpan(milliseconds: 7_200_001))),
            ])
    }

    @Test(
        "Warning and breach come once each, at their own moments, however late they are looked at")
    func marks() {
        var life = Life()
        life.go(.opened, "2026-11-23T09:00:00Z")
        #expect(life.go(.momentCame, "2026-11-23T10:29:59Z").isEmpty)
        #expect(
            life.go(.momentCame, "2026-11-23T10:30:00Z") == [
                .warned(SLAMark(target: .firstResponse, at: moment("2026-11-23T10:30:00Z")))
            ])
        #expect(life.go(.momentCame, "2026-11-23T11:00:00Z").isEmpty)
        #expect(
            life.go(.momentCame, "2026-11-23T15:00:00Z") == [
                .breached(SLAMark(target: .firstResponse, at: moment("2026-11-23T11:00:00Z"))),
                .warned(SLAMark(target: .response, at: moment("2026-11-23T12:00:00Z"))),
                .breached(SLAMark(target: .response, at: moment("2026-11-23T13:00:00Z"))),
            ])
        #expect(life.go(.momentCame, "2026-11-23T15:00:01Z").isEmpty)
        #expect(life.clocks.nextMoment == moment("2026-11-24T13:00:00Z"))
    }

    @Test("Pending pauses the resolution and nothing else; it runs on with what was left")
    func pause() {
        var life = Life()
        life.go(.opened, "2026-11-23T09:00:00Z")
        life.go(.answered, "2026-11-23T10:00:00Z")
        #expect(
            life.go(.customerAwaited, "2026-11-23T12:00:00Z") == [
                .paused(SLAPaused(target: .resolution, used: .hours(3)))
            ])
        #expect(life.clocks.nextMoment == nil)
        let resumed = life.go(.workResumed, "2026-11-25T16:00:00Z")
        #expect(
            resumed == [
                .resumed(
                    SLAResumed(
                        target: .resolution, cause: .work,
                        deadline: Self.deadline("2026-11-27T13:00:00Z", "2026-11-26T17:00:00Z")))
            ])
        #expect(
            life.go(.closed(.solved), "2026-11-27T13:00:00Z") == [
                .stopped(SLAStopped(target: .resolution, outcome: .met, used: .hours(16)))
            ])
    }

    @Test(
        "An answer that comes back takes only what it had stopped back, and the time between is not counted"
    )
    func bounce() {
        var life = Life()
        life.go(.opened, "2026-11-23T09:00:00Z")
        life.go(.answered, "2026-11-23T10:00:00Z")
        #expect(
            life.go(
                .answerBounced(answeredAt: moment("2026-11-23T10:00:00Z")), "2026-11-23T12:00:00Z")
                == [
                    .resumed(
                        SLAResumed(
                            target: .firstResponse, cause: .bounce,
                            deadline: Self.deadline(
                                "2026-11-23T13:00:00Z", "2026-11-23T12:30:00Z"))),
                    .resumed(
                        SLAResumed(
                            target: .response, cause: .bounce,
                            deadline: Self.deadline(
                                "2026-11-23T15:00:00Z", "2026-11-23T14:00:00Z"))),
                ])
        life.go(.answered, "2026-11-23T12:30:00Z")
        life.go(.customerWrote, "2026-11-23T13:00:00Z")
        life.go(.answered, "2026-11-23T14:00:00Z")
        let second = life.go(
            .answerBounced(answeredAt: moment("2026-11-23T14:00:00Z")), "2026-11-23T14:30:00Z")
        #expect(second.map(\.target) == [.response])
        #expect(life.clocks[.firstResponse]?.used == TimeSpan.minutes(90))
    }

    @Test(
        "The next question starts the response clock again; a second question while one waits does not"
    )
    func nextQuestion() {
        var life = Life()
        life.go(.opened, "2026-11-23T09:00:00Z")
        #expect(life.go(.customerWrote, "2026-11-23T09:10:00Z").isEmpty)
        life.go(.answered, "2026-11-23T10:00:00Z")
        let again = life.go(.customerWrote, "2026-11-23T11:00:00Z")
        #expect(
            again == [
                .started(
                    SLAStarted(
                        target: .response, policy: "standard", allowance: .hours(4),
                        deadline: Self.deadline("2026-11-23T15:00:00Z", "2026-11-23T14:00:00Z")))
            ])
        #expect(life.go(.customerWrote, "2026-11-23T12:00:00Z").isEmpty)
    }

    @Test(
        "A change of priority replans what runs: the time used stays used, and a broken promise stays broken"
    )
    func replan() {
        var life = Life()
        life.go(.opened, "2026-11-23T09:00:00Z")
        life.policy = Self.urgent
        #expect(
            life.go(.subjectChanged, "2026-11-23T09:30:00Z") == [
                .replanned(
                    SLAReplanned(
                        target: .firstResponse, policy: "urgent", allowance: .hours(1),
                        used: .minutes(30),
                        deadline: Self.deadline("2026-11-23T10:00:00Z", nil))),
                .cancelled(SLACancelled(target: .response, reason: .noPolicy, used: .minutes(30))),
                .replanned(
                    SLAReplanned(
                        target: .resolution, policy: "urgent", allowance: .hours(8),
                        used: .minutes(30),
                        deadline: Self.deadline("2026-11-23T17:00:00Z", nil))),
            ])
        life.go(.momentCame, "2026-11-23T10:30:00Z")
        life.policy = Self.standard
        life.go(.subjectChanged, "2026-11-23T10:45:00Z")
        #expect(life.clocks[.firstResponse]?.breachedAt == moment("2026-11-23T10:00:00Z"))
        #expect(
            life.go(.answered, "2026-11-23T10:50:00Z").first
                == .stopped(
                    SLAStopped(target: .firstResponse, outcome: .missed, used: .minutes(110))))
    }

    @Test(
        "Closing ends the resolution and cancels what nobody answered; spam cancels all; reopening runs on"
    )
    func closing() {
        var life = Life()
        life.go(.opened, "2026-11-23T09:00:00Z")
        #expect(
            life.go(.closed(.noAnswer), "2026-11-23T10:00:00Z") == [
                .cancelled(SLACancelled(target: .firstResponse, reason: .closed, used: .hours(1))),
                .cancelled(SLACancelled(target: .response, reason: .closed, used: .hours(1))),
                .stopped(SLAStopped(target: .resolution, outcome: .met, used: .hours(1))),
            ])
        let reopened = life.go(.reopened, "2026-11-24T09:00:00Z")
        #expect(
            reopened == [
                .resumed(
                    SLAResumed(
                        target: .resolution, cause: .reopened,
                        deadline: Self.deadline("2026-11-25T16:00:00Z", "2026-11-25T12:00:00Z")))
            ])
        var spam = Life()
        spam.go(.opened, "2026-11-23T09:00:00Z")
        #expect(
            spam.go(.closed(.spam), "2026-11-23T09:01:00Z").allSatisfy {
                if case .cancelled = $0 { true } else { false }
            })
    }

    @Test(
        "No policy promises nothing; a calendar without working time makes no promise it cannot compute"
    )
    func nothingPromised() {
        var life = Life()
        life.policy = nil
        #expect(life.go(.opened, "2026-11-23T09:00:00Z").isEmpty)
        #expect(life.go(.answered, "2026-11-23T09:00:00Z").isEmpty)
        life.policy = SLAPolicy(
            name: "never", allowances: [.firstResponse: .hours(1)],
            hours: BusinessHours(zone: .utc, week: WeekHours([:])))
        #expect(life.go(.subjectChanged, "2026-11-23T09:00:00Z").isEmpty)
        life.policy = Self.standard
        #expect(life.go(.subjectChanged, "2026-11-23T09:00:00Z").count == 3)
    }

    @Test("The first policy whose conditions hold is a ticket's own")
    func choice() {
        let subject = SLASubject(
            team: TeamID(rawValue: "support"), inbox: InboxID(rawValue: "mail"), priority: .urgent,
            segments: ["gold"])
        let gold = SLAPolicy(
            name: "gold", conditions: SLAConditions(segments: ["gold", "silver"]),
            allowances: [:], hours: .always)
        #expect(SLABook([gold, Self.urgent, Self.standard]).policy(for: subject)?.name == "gold")
        #expect(Self.book.policy(for: subject)?.name == "urgent")
        var other = subject
        other.priority = .normal
        #expect(Self.book.policy(for: other)?.name == "standard")
        #expect(SLABook([Self.urgent]).policy(for: other) == nil)
    }
}
