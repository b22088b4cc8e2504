import ChannelKit
import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct ProblemTests {
    static let failures: [(DeskFailure, String)] = [
        (.notFound("ticket 7"), "404 not_found"),
        (.forbidden("set the presence of leila"), "403 forbidden"),
        (.rejected(.alreadyClosed(TicketNumber(rawValue: 7))), "409 conflict"),
        (.invalid(field: "tags", expected: "words"), "422 invalid tags"),
        (.outbound(OutboundRefusal(.windowClosed, "closed")), "422 invalid inbox"),
        (.outbound(OutboundRefusal(.tooLong, "too long")), "422 invalid text"),
        (.conflict("taken"), "409 conflict"),
        (.gone("over"), "410 gone"),
        (.busy, "503 unavailable after 2 s"),
        (.stopped, "503 unavailable after 5 s"),
        (.store(.diskFull), "503 unavailable after 30 s"),
        (.store(.inputOutput("fsync")), "503 unavailable after 10 s"),
        (.store(.damaged("events")), "500 internal"),
        (.store(.statement(code: 1, message: "secret SQL")), "500 internal"),
    ]

    @Test(arguments: failures)
    func everyFailureHasOneStatus(_ failure: DeskFailure, _ expected: String) {
        let problem = DeskProblem(failure)
        let place = problem.errors.first.map { " \($0.place)" } ?? ""
        let after = problem.retryAfter.map { " after \($0) s" } ?? ""
        #expect("\(problem.status) \(problem.code.rawValue)\(place)\(after)" == expected)
    }

    @Test func whatOnlyTheLogMayKnowIsNotToldToTheCaller() {
        let problem = DeskProblem(DeskFailure.store(.statement(code: 1, message: "SELECT secret")))
        #expect(!problem.detail.contains("secret"))
    }

    @Test func aProblemDocumentHasEveryMember() throws {
        let answer = DeskProblem(
            429, .rateLimited, "slow down", retryAfter: 7
        ).answer(instance: "/api/v1/tickets")
        guard case .bytes(let bytes) = answer.body else {
            Issue.record("a problem has a body")
            return
        }
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"type":"about:blank","title":"Too Many Requests","status":429,"detail":"slow down","instance":"/api/v1/tickets","code":"rate_limited","errors":[],"changes":[]}"#
        )
        #expect(answer.headers.first { $0.0 == .retryAfter }?.1 == "7")
    }

    @Test func aWrongMemberIsNamedWithItsPlace() throws {
        let problem = #expect(throws: DecodingError.self) {
            try WireJSON.decode(API.ReplyRequest.self, from: Array(#"{"text":5}"#.utf8))
        }
        let error = try #require(problem)
        let document = DeskProblem.malformed(decoding: error)
        #expect(document.status == 400)
        #expect(document.errors.first?.place == "text")
    }

    @Test(arguments: [(0, 1), (1, 1), (999, 1), (1_000, 1), (1_001, 2), (59_500, 60)])
    func secondsAreRoundedUp(_ milliseconds: Int64, _ seconds: Int64) {
        #expect(TimeSpan(milliseconds: milliseconds).wholeSeconds == seconds)
    }

    @Test(arguments: [
        ("\"17\"", 17), ("\"-3\"", -3),
    ])
    func anEntityTagIsAVersion(_ text: String, _ version: Int64) throws {
        #expect(try EntityTag.version(ifMatch: text) == version)
        #expect(EntityTag.text(version) == text)
    }

    @Test(arguments: [nil, "*"])
    func noTagAsksForNothing(_ text: String?) throws {
        #expect(try EntityTag.version(ifMatch: text) == nil)
    }

    @Test(arguments: ["17", "W/\"17\"", "\"\"", "\"x\"", "\"", "\"99999999999999999999\""])
    func aForeignTagIsRefused(_ text: String) {
        #expect(throws: DeskProblem.self) { try EntityTag.version(ifMatch: text) }
    }
}
