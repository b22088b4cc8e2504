import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

/// Dispatch of surveys is exact whatever moment the daemon dies at: each death is lived on from, and its life compared with the one
/// that never died.
@Suite("A daemon that dies while it asks", .serialized)
struct SurveyDeathTests {
    private static var plan: DeskPlan {
        var plan = DeskPlan.standard
        plan.survey.reminder = .days(2)
        plan.survey.secondAsk = .hours(4)
        plan.survey.cooldown = .days(1)
        plan.survey.recoveryOwner = .lead
        plan.change(.lead) { $0.email = "lead@desk.example" }
        plan.notices.mail = .on
        return plan
    }

    private static func wait(_ span: TimeSpan) -> Mortality.Act {
        Mortality.Act("\(span.milliseconds / 60_000) minutes pass") { desk, _ in
            desk.clock.advance(by: span)
        }
    }

    private static let clock = Mortality.Act("the clock looks") { desk, _ in
        try await desk.runTimers()
    }
    private static let outbox = Mortality.Act("the outbox sends") { desk, _ in
        try await desk.runOutbox()
    }

    /// Some time, and all that the daemon does by itself in it; a message that was under way at a death is tried again.
    private static func pass(_ span: TimeSpan) -> [Mortality.Act] {
        [wait(span), clock, outbox, wait(.minutes(20)), clock, outbox]
    }

    private static let close = Mortality.Act("an agent closes") { desk, _ in
        guard try desk.row(number).ticket.status != .closed else { return }
        try await desk.perform(.close(.solved), on: number)
    }

    private static let reopen = Mortality.Act("an agent reopens") { desk, _ in
        guard try desk.row(number).ticket.status == .closed else { return }
        try await desk.perform(.reopen, on: number)
    }

    private static func answer(_ score: Int) -> Mortality.Act {
        Mortality.Act("the customer gives \(score)") { desk, gone in
            let token = try #require(gone.compactMap { Self.token($0.bytes) }.last)
            _ = try await desk.surveys.answer(token: token, score: score, comment: "so it is")
        }
    }

    private static let repair = Mortality.Act("the lead makes good") { desk, _ in
        let open = try desk.read { reader throws(StoreError) in
            try reader.connection.first("SELECT id FROM recoveries WHERE state <> 'done'", []) {
                row throws(StoreError) in try row.number(0, as: RecoveryID.self)
            }
        }
        guard let open else { return }
        try await desk.surveys.finishRecovery(
            open, outcome: "called them", by: TestDesk.caller(.lead, .lead))
    }

    private static let number = TicketNumber(rawValue: 1)

    /// Of the invitation's page, as the customer has it in their letter.
    private static func token(_ bytes: [UInt8]) -> String? {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .first { $0.contains("/s/") }
            .flatMap { $0.split(separator: "/").last.map(String.init) }
    }

    private static let lives: [[Mortality.Act]] = [
        // Asked, reminded, answered low, made good, asked once more.
        [close] + pass(.hours(1)) + pass(.days(2)) + [answer(1)] + pass(.minutes(1)) + [repair]
            + pass(.hours(4)) + [answer(5)] + pass(.days(3)),
        // Opened again before it was asked, and then asked after all.
        [close, wait(.minutes(30)), clock, reopen] + pass(.minutes(40)) + [close]
            + pass(.hours(1)) + pass(.days(2)) + pass(.days(2)),
    ]

    @Test("asks once, reminds once and tells once, wherever it died", arguments: 0..<2)
    func everywhere(course: Int) async throws {
        let mortality = Mortality(Self.plan, Self.lives[course])
        let (first, deaths) = try await mortality.live { desk in
            try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
            try await desk.perform(.assign(.nima), on: Self.number, by: .leila)
            try await desk.reply(to: Self.number)
            try await desk.runOutbox()
        }
        let wanted = try Self.outcome(of: first.desk)
        let letters = Self.letters(first.gone)
        #expect(letters.filter { $0.value > 1 }.isEmpty, "nobody died, and somebody got it twice")
        var doubled = 0
        for death in deaths {
            let life = try await mortality.live(after: death)
            #expect(try Self.outcome(of: life.desk) == wanted, "died: \(death.name)")
            let copies = Self.letters(life.gone)
            #expect(copies.keys.sorted() == letters.keys.sorted(), "died: \(death.name)")
            for (letter, count) in copies where count > 1 {
                doubled += 1
                let isOwed = life.underWay.contains { letter == $0.rawValue }
                #expect(count == 2 && isOwed, "died: \(death.name); \(letter) went \(count) times")
            }
            try Self.sameBytes(life.gone, death.name)
            try life.desk.verify()
        }
        print(
            "deaths: course \(course): \(deaths.count) moments, \(letters.count) messages, second copies \(doubled), each of one under way"
        )
        #expect(deaths.count > 30)
    }

    /// Copies of each delivery.
    private static func letters(_ gone: [PreparedMessage]) -> [Int64: Int] {
        gone.reduce(into: [:]) { $0[$1.delivery.rawValue, default: 0] += 1 }
    }

    private static func sameBytes(_ gone: [PreparedMessage], _ name: String) throws {
        var first: [DeliveryID: PreparedMessage] = [:]
        for message in gone {
            let known = first[message.delivery] ?? message
            #expect(known.bytes == message.bytes, "died: \(name); another text went out")
            first[message.delivery] = known
        }
    }

    /// All that was decided, asked, answered and repaired, and how often each was.
    private static func outcome(of desk: TestDesk) throws -> [String] {
        try desk.lines(
            """
            SELECT id, ticket, kind, policy, occasion, state, due, expires, token_hash, agent,
              asked_at, remind_at, reminded_at, answered_at, score, skip_reason
            FROM invitations ORDER BY id
            """)
            + desk.lines("SELECT id, ticket, score, owner, state, second_score FROM recoveries")
            + desk.lines(
                """
                SELECT type, COUNT(*) FROM events
                WHERE type LIKE 'survey%' OR type LIKE 'recovery%' OR type = 'agent_noticed'
                GROUP BY type ORDER BY type
                """)
            + desk.lines(
                """
                SELECT purpose, invitation, state FROM outbox
                WHERE purpose IN ('survey', 'notification') ORDER BY id
                """)
    }
}
