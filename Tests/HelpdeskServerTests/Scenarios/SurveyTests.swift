import ChannelKit
import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskEngine
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct SurveyTests {
    let server: ServerUnderTest
    let path: String

    /// A customer was answered, the ticket closed, an hour passed, and the survey went out.
    init() async throws {
        try await self.init(limits: .unlimited)
    }

    private init(limits: ServerLimits) async throws {
        server = try await ServerUnderTest(limits: limits)
        let desk = server.desk
        let number = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@example.ir")
        ).ticket
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        try await desk.reply(to: number, then: .close(.solved))
        desk.clock.advance(by: .hours(2))
        try await desk.runTimers()
        let survey = try #require(
            try desk.adapter(.supportMail).prepared.first { $0.purpose == .survey })
        let link = try #require(
            survey.text.split(whereSeparator: \.isWhitespace).first { $0.contains("/s/") })
        path = "/s/" + String(try #require(link.split(separator: "/").last))
    }

    private func post(_ body: String, _ headers: [String: String] = [:]) async throws -> Answer {
        try await server.send(
            .post, path, body,
            headers: headers.merging(
                ["Content-Type": "application/x-www-form-urlencoded"]) { first, _ in first })
    }

    private func answers() throws -> [Int] {
        try server.desk.events().compactMap { event in
            if case .survey(.answered(let answered)) = event.event { answered.score } else { nil }
        }
    }

    @Test func lookingRecordsNothingHoweverOften() async throws {
        let before = server.desk.position
        for number in 0..<1_000 {
            let method: HTTPRequest.Method = number % 4 == 0 ? .head : .get
            let answer = try await server.send(method, path + "?score=\(number % 7)")
            #expect(answer.status == 200)
        }
        #expect(server.desk.position == before)
        #expect(try answers() == [])
    }

    @Test func theScoreInTheLinkIsOnlyChosen() async throws {
        let page = try await server.send(.get, path + "?score=4")
        #expect(page.text.contains(#"value="4" required checked"#))
        #expect(page.type == "text/html; charset=utf-8")
        #expect(page.headers[.contentSecurityPolicy] == SurveyStyle.policy)
        #expect(page.headers[.referrerPolicy] == "no-referrer")
        #expect(page.headers[.robotsTag] == "noindex, nofollow")
        #expect(page.headers[.cacheControl] == "no-store")
        #expect(!page.text.contains("It broke") && !page.text.contains("Broken"))
        let off = try await server.send(.get, path + "?score=6")
        #expect(!off.text.contains(" checked"))
    }

    @Test func anAnswerCountsOnceAndCanBeCorrected() async throws {
        let first = try await post("score=2&comment=slow%21")
        #expect(first.status == 200)
        #expect(first.text.contains(CustomerTexts.standard.text(.surveyThanksLow, in: .english)))
        #expect(try server.desk.types().contains("recovery_opened"))
        _ = try await post("score=5")
        #expect(try answers() == [2, 5])
        let page = try await server.send(.get, path)
        #expect(page.text.contains(#"value="5" required checked"#))
        let recoveries = try await server.ask(.get, "/recoveries?state=all", by: .lead)
            .document(API.Page<API.Recovery>.self)
        #expect(recoveries.items.map(\.state) == [.done])
        let report = try await server.ask(.get, "/reports/csat", by: .lead)
            .document(API.ScoreReport.self)
        #expect(report.n == 1 && report.sent == 1 && report.satisfied == 1)
        try server.desk.verify()
    }

    @Test(arguments: ["stop=1", "List-Unsubscribe=One-Click"])
    func aButtonOnThePageOrInTheMailProgramStopsThemAll(_ form: String) async throws {
        let answer = try await post(form)
        #expect(answer.status == 200)
        #expect(answer.text.contains(CustomerTexts.standard.text(.surveyStopped, in: .english)))
        #expect(try await post(form).status == 200)
        let changes = try server.desk.types().filter { $0 == "survey_consent_changed" }
        #expect(changes.count == 1)
        #expect(try answers() == [])
    }

    @Test func aSurveyIsAskedForFromOutside() async throws {
        let asked = try await server.ask(
            .post, "/invitations", by: .lead, #"{"kind":"nps","address":"new@example.ir"}"#)
        #expect(asked.status == 403, "it takes a token of an integration")
    }

    @Test func everyReportIsThere() async throws {
        for name in [
            "overview", "agents", "topics", "sla", "backlog", "promises", "channels", "hours",
            "funnel",
        ] {
            let report = try await server.ask(.get, "/reports/\(name)", by: .lead)
                .document(API.Report.self)
            #expect(report.report == name)
        }
        for name in ["csat", "nps", "ces", "own"] {
            let report = try await server.ask(.get, "/reports/\(name)", by: .lead)
                .document(API.ScoreReport.self)
            #expect(report.report == name)
            #expect(report.smallSample)
        }
        let overview = try await server.ask(.get, "/reports/overview", by: .lead)
            .document(API.Report.self)
        let figures = Dictionary(overview.figures.map { ($0.name, $0.value) }) { $1 }
        #expect(figures["opened"] == 1 && figures["closed"] == 1)
        #expect(figures["first_contact_resolution"] == 1)
        #expect(figures["first_response_median"] == .some(nil), "it has not been sent yet")
    }

    @Test func aHundredAnswersAtOnceAreOne() async throws {
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 { group.addTask { try await post("score=4").status } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(statuses == [200])
        #expect(try answers() == [4])
    }

    @Test(arguments: ["", "comment=x", "score=", "score=0", "score=6", "score=five", "score=-1"])
    func aFormWithoutAScoreIsShownAgain(_ form: String) async throws {
        let answer = try await post(form)
        #expect(answer.status == 400)
        #expect(
            answer.text.contains(CustomerTexts.standard.text(.surveyScoreMissing, in: .english)))
        #expect(try answers() == [])
    }

    @Test func persianDigitsAreDigits() async throws {
        #expect(try await post("score=%DB%B4").status == 200)
        #expect(try answers() == [4])
    }

    @Test(arguments: [
        "/s/abcdefghijklmnopqrstuvwx", "/s/short", "/s/abcdefghijklmnopqrstuv%22%3E",
        "/s/" + String(repeating: "a", count: 65),
    ])
    func anUnknownLinkIsNotFound(_ path: String) async throws {
        for method in [HTTPRequest.Method.get, .post] {
            let answer = try await server.send(method, path, method == .post ? "score=1" : "")
            #expect(answer.status == 404)
            #expect(answer.text.contains(CustomerTexts.standard.text(.surveyUnknown, in: .persian)))
        }
        #expect(try answers() == [])
    }

    @Test func aTokenIsComparedByteForByte() async throws {
        let last = try #require(path.unicodeScalars.last)
        let other = String(path.unicodeScalars.dropLast()) + (last == "A" ? "B" : "A")
        #expect(try await server.send(.get, other).status == 404)
    }

    @Test func anExpiredLinkIsGone() async throws {
        server.desk.clock.advance(by: .days(14))
        #expect(try await server.send(.get, path).status == 410)
        let answer = try await post("score=1")
        #expect(answer.status == 410)
        #expect(answer.text.contains(CustomerTexts.standard.text(.surveyExpired, in: .english)))
        #expect(try answers() == [])
    }

    @Test func oneHouseholdHasItsRate() async throws {
        let limited = try await SurveyTests(
            limits: ServerLimits(apiPerMinute: 0, webhookPerSecond: 0, surveyPostsPerMinute: 3))
        var statuses: [Int] = []
        for _ in 0..<4 {
            statuses.append(
                try await limited.post("score=4", ["X-Forwarded-For": "198.51.100.7"]).status)
        }
        #expect(statuses == [200, 200, 200, 429])
        let other = try await limited.post("score=4", ["X-Forwarded-For": "198.51.100.8"])
        #expect(other.status == 200)
    }

    @Test func aFormIsBounded() async throws {
        #expect(
            try await post("score=4&comment=" + String(repeating: "x", count: 65_536)).status == 413
        )
    }
}
