import Testing

@testable import HelpdeskCore

@Suite("What an agent is told")
struct NoticePlanTests {
    private static let ticket = TicketNumber(rawValue: 7)
    /// Sunday 2026-11-22, 10:00 UTC.
    private static let now = Instant(milliseconds: 1_795_341_600_000)
    private static let everything: Set<NoticeWay> = [.screen, .mail, .webhook]

    private static func earlier(
        _ kind: NoticeKind, _ went: NoticeCircumstances.Earlier.Went = .out, ago: TimeSpan,
        ticket: TicketNumber = ticket
    ) -> NoticeCircumstances.Earlier {
        NoticeCircumstances.Earlier(ticket: ticket, kind: kind, at: now - ago, went: went)
    }

    private static func plan(
        _ kind: NoticeKind, _ settings: NoticeSettings = .untouched,
        quiet: [String] = [], perHour: Int = 30, duty: NoticeCircumstances.Duty = .on,
        zone: ZoneRules = .utc, earlier: [NoticeCircumstances.Earlier] = [],
        heldUntil: Instant? = nil
    ) throws -> NoticePlan {
        NoticePlan.decide(
            kind, of: ticket, for: settings,
            by: NoticeDefaults(able: everything, quiet: try QuietHours(quiet), perHour: perHour),
            in: NoticeCircumstances(
                now: now, duty: duty, zone: zone, earlier: earlier, heldUntil: heldUntil))
    }

    @Test("by default: what is in the queue by mail, what is watched without, the rest every way")
    func defaults() throws {
        let expected: [NoticeKind: Set<NoticeWay>] = [
            .assigned: [.mail, .webhook], .answered: [.mail, .webhook],
            .watched: [.screen, .webhook], .mention: Self.everything,
            .reminder: Self.everything,
            .slaWarning: Self.everything, .slaBreach: Self.everything,
            .recovery: Self.everything, .lowScore: Self.everything,
            .bounce: Self.everything,
        ]
        for kind in NoticeKind.allCases {
            #expect(try Self.plan(kind) == NoticePlan(now: expected[kind] ?? [], held: nil))
        }
    }

    @Test("as they chose, of the ways that there are")
    func chosen() throws {
        let settings = NoticeSettings(ways: [.assigned: [.screen], .mention: []])
        #expect(try Self.plan(.assigned, settings) == NoticePlan(now: [.screen], held: nil))
        #expect(try Self.plan(.mention, settings) == .silence)
        let none = NoticeDefaults(able: [.screen])
        #expect(none.ways(of: .mention, for: .untouched) == [.screen])
        #expect(none.ways(of: .assigned, for: .untouched) == [])
        #expect(none.ways(of: .bounce, for: NoticeSettings(ways: [.bounce: [.mail]])) == [])
    }

    @Test("off duty no mail of what passes; what stays is sent")
    func offDuty() throws {
        for kind in [NoticeKind.assigned, .answered, .slaWarning] {
            #expect(try !Self.plan(kind, duty: .off).now.contains(.mail))
        }
        for kind in [NoticeKind.mention, .recovery, .lowScore, .bounce, .slaBreach] {
            #expect(try Self.plan(kind, duty: .off).now.contains(.mail))
        }
    }

    @Test("of one ticket once in ten minutes what passes, and each other kind once")
    func spacing() throws {
        let assigned = [Self.earlier(.assigned, ago: .minutes(9))]
        #expect(try Self.plan(.answered, earlier: assigned) == .silence)
        #expect(try Self.plan(.slaBreach, earlier: assigned).now == Self.everything)
        let breach = [Self.earlier(.slaBreach, ago: .minutes(9))]
        #expect(try Self.plan(.slaBreach, earlier: breach).now == [.screen])
        let late = [Self.earlier(.assigned, ago: .minutes(10))]
        #expect(try Self.plan(.answered, earlier: late).now == [.mail, .webhook])
        let other = [
            Self.earlier(.assigned, ago: .minutes(1), ticket: TicketNumber(rawValue: 8))
        ]
        #expect(try Self.plan(.answered, earlier: other).now == [.mail, .webhook])
        let shown = [Self.earlier(.assigned, .onlyToScreen, ago: .minutes(1))]
        #expect(try Self.plan(.answered, earlier: shown).now == [.mail, .webhook])
    }

    @Test("in quiet hours, on their own clock, mail and webhook wait and the screen does not")
    func quiet() throws {
        let tehran = ZoneRules(name: "Asia/Tehran", offsetSeconds: 12_600)
        let night = ["13:00-14:00"]
        #expect(try Self.plan(.mention, quiet: night).held == nil)
        let plan = try Self.plan(.mention, quiet: night, zone: tehran)
        #expect(plan.now == [.screen])
        #expect(
            plan.held
                == NoticePlan.Held(
                    ways: [.mail, .webhook], until: Self.now + .minutes(30), because: .quietHours))
        let own = NoticeSettings(quiet: try QuietHours([]))
        #expect(try Self.plan(.mention, own, quiet: night, zone: tehran).held == nil)
    }

    @Test(
        "beyond the hour's measure all goes together, outside quiet hours, and takes along what waits"
    )
    func storm() throws {
        let many = (0..<30).map {
            Self.earlier(.mention, ago: .minutes(30), ticket: TicketNumber(rawValue: 100 + $0))
        }
        let plan = try Self.plan(.mention, earlier: many)
        #expect(
            plan.held
                == NoticePlan.Held(
                    ways: [.mail, .webhook], until: Self.now + .hours(1), because: .tooMany))
        let waiting = try Self.plan(.mention, earlier: many, heldUntil: Self.now + .minutes(20))
        #expect(waiting.held?.until == Self.now + .minutes(20))
        let night = try Self.plan(.mention, quiet: ["10:30-12:00"], earlier: many)
        #expect(night.held?.until == Self.now + .hours(2))
        let flood = (0..<NoticeDefaults.flood).map { _ in
            Self.earlier(.mention, .held, ago: .minutes(30))
        }
        #expect(try Self.plan(.bounce, earlier: flood) == .silence)
    }

    @Test("Quiet hours are hours that end")
    func hours() throws {
        let night = try QuietHours(["22:00-07:00"])
        #expect(night.end(at: Self.now, in: .utc) == nil)
        #expect(night.end(at: Self.now + .hours(13), in: .utc) == Self.now + .hours(21))
        #expect(night.end(at: Self.now + .hours(21), in: .utc) == nil, "it ends with its end")
        #expect(QuietHours.none.end(at: Self.now, in: .utc) == nil)
        #expect(throws: QuietHoursError.never) { try QuietHours(["00:00-24:00"]) }
        #expect(throws: QuietHoursError.never) { try QuietHours(["00:00-12:00", "12:00-00:00"]) }
        #expect(throws: QuietHoursError.tooMany) {
            try QuietHours([String](repeating: "01:00-02:00", count: 9))
        }
        #expect(throws: QuietHoursError.self) { try QuietHours(["at night"]) }
    }

    @Test("A digest counts, says each thing once, and holds no customer's words")
    func digest() {
        let lines = (1...60).map {
            NoticeDigest.Line(about: .ticket(TicketNumber(rawValue: $0)), kind: .answered)
        }
        let digest = NoticeDigest([lines[0], lines[0]] + lines)
        #expect(digest.subject(in: .english) == "62 notifications")
        #expect(digest.subject(in: .persian) == "۶۲ خبر")
        let body = digest.body(in: .english)
        #expect(body.contains("#1  the customer answered ×3\n"))
        #expect(body.contains("and 10 more"))
        #expect(!body.contains("#51"))
        #expect(digest.body(in: .persian).contains("#۲  مشتری پاسخ داد\n"))
    }

    @Test("Mails to agents say what and by when, in both languages")
    func words() throws {
        let due = LocalTime(try #require(CivilDate(year: 2026, month: 11, day: 22)), hour: 16)
        func body(_ occasion: NoticeOccasion, _ language: TextLanguage) -> String {
            NoticeText.body(
                .told(occasion, due: due), about: .ticket(Self.ticket), subject: "Router",
                words: occasion.words, in: language)
        }
        #expect(
            body(.slaBreached(.firstResponse, due: Self.now), .english).hasPrefix(
                "Ticket #7 is late: the first answer was due by 16:00, Sunday 22 November 2026.\n\nRouter"
            ))
        #expect(
            body(.slaWarning(.resolution, due: Self.now), .persian).hasPrefix(
                "تیکت #۷: مهلت حل آن تا ساعت ۱۶:۰۰ یک‌شنبه ۱ آذر ۱۴۰۵ است."))
        let mention = body(.mentioned(by: AgentID(rawValue: "leila"), words: "look"), .english)
        #expect(mention.hasPrefix("leila mentioned you in ticket #7.\n\nRouter\n\nlook"))
        for news in WatchedNews.allCases {
            for language in TextLanguage.allCases {
                let text = body(.watched(news, by: .agent(AgentID(rawValue: "leila"))), language)
                #expect(text.contains("7") || text.contains("۷"))
            }
        }
    }
}
