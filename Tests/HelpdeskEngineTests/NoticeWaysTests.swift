import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Telling agents")
struct NoticeWaysTests {
    private static func desk(
        _ change: (inout DeskPlan) -> Void = { _ in }
    ) async throws -> TestDesk {
        var plan = DeskPlan.standard
        plan.notices.mail = .on
        plan.acknowledgement.acknowledgements = .off
        plan.change(.nima) {
            $0.email = "nima@staff.example"
            $0.timezone = "Asia/Tehran"
        }
        plan.change(.leila) { $0.capacity = 0 }
        plan.change(.lead) { $0.email = "lead@staff.example" }
        change(&plan)
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        return desk
    }

    private static func sla(_ plan: inout DeskPlan) {
        plan.sla = [
            SLAPolicy(
                name: "standard", allowances: [.firstResponse: .hours(4)], warningPercent: 75,
                hours: .always)
        ]
    }

    /// Agent, kind, ways, held ways of each notice, in order.
    private func told(_ desk: TestDesk) throws -> [String] {
        let events = try desk.store.readNow { reader throws(StoreError) in
            try reader.events(after: .start, limit: 10_000, viewer: .system)
        }
        return try events.compactMap { event -> String? in
            switch try event.recorded()?.event {
            case .desk(.agentNoticed(let noticed)):
                let ways = noticed.ways.map(\.rawValue).joined(separator: "+")
                let held = noticed.held.map { "(\($0.rawValue))" }.joined()
                return "\(noticed.agent.rawValue) \(noticed.kind.rawValue) \(ways)\(held)"
            case .desk(.noticesDigested(let digested)):
                return "\(digested.agent.rawValue) digest \(digested.count)"
            default: return nil
            }
        }
    }

    private func mails(_ desk: TestDesk) throws -> [String] {
        try desk.adapter(.supportMail).prepared.filter { $0.purpose != .reply }.map {
            "\($0.to.first?.address.value ?? "-") \($0.text.split(separator: "\n").first ?? "")"
        }
    }

    @Test("Warning and breach reach the agent, the breach the lead too")
    func sla() async throws {
        let desk = try await Self.desk(Self.sla)
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m@e")).ticket
        desk.clock.advance(by: .hours(3))
        try await desk.runTimers()
        #expect(
            try told(desk) == ["nima assigned mail", "nima sla_warning mail+screen"])
        #expect(
            try mails(desk).last
                == "nima@staff.example Ticket #\(number.rawValue): the first answer is due by 17:30, Sunday 22 November 2026."
        )
        desk.clock.advance(by: .hours(2))
        try await desk.runTimers()
        #expect(
            try told(desk).suffix(2) == [
                "nima sla_breach mail+screen", "lead sla_breach mail+screen",
            ]
        )
        try desk.verify()
    }

    @Test("A warning of what nobody at work has goes to the lead")
    func unattended() async throws {
        let desk = try await Self.desk(Self.sla)
        _ = try await desk.ticket(.mail(from: "sara@example.ir", id: "m@e"))
        try await desk.directory.setPresence(.offline, of: .nima, by: TestDesk.caller(.nima))
        desk.clock.advance(by: .hours(3))
        try await desk.runTimers()
        #expect(
            try told(desk).filter { $0.contains("warning") } == ["lead sla_warning mail+screen"])
        // What was late before anybody looked was not about to be.
        let slept = try await Self.desk(Self.sla)
        _ = try await slept.ticket(.mail(from: "sara@example.ir", id: "m@e"))
        slept.clock.advance(by: .days(1))
        try await slept.runTimers()
        #expect(try told(slept).filter { $0.contains("warning") } == [])
    }

    @Test("Quiet hours hold mail for one digest, which an answer adds to nothing")
    func quiet() async throws {
        let desk = try await Self.desk { $0.acknowledgement.acknowledgements = .off }
        // 13:30 in Tehran.
        try await desk.directory.setNotices(
            NoticeSettings(quiet: try QuietHours(["13:00-14:00"])), of: .nima,
            by: TestDesk.caller(.nima))
        for index in 0..<3 {
            try await desk.ticket(.mail(from: "c\(index)@example.ir", id: "c\(index)@e"))
        }
        #expect(try told(desk) == [String](repeating: "nima assigned (mail)", count: 3))
        #expect(try mails(desk) == [])
        desk.clock.advance(by: .minutes(29))
        try await desk.runTimers()
        #expect(try mails(desk) == [])
        desk.clock.advance(by: .minutes(1))
        try await desk.runTimers()
        #expect(try told(desk).last == "nima digest 3")
        let digest = try #require(try desk.adapter(.supportMail).prepared.last)
        #expect(digest.subject == "3 notifications")
        #expect(digest.text.contains("#2  is yours"))
        try await desk.runTimers()
        #expect(try told(desk).filter { $0.contains("digest") }.count == 1)
        let before = try desk.lines("SELECT COUNT(*) FROM messages WHERE direction = 'note'")
        _ = try await desk.deliver(
            .mail(
                from: "nima@staff.example", id: "n@staff", text: "Mine.",
                references: [digest.messageID], inReplyTo: digest.messageID,
                tokens: [digest.replyToken ?? ""]))
        #expect(
            try desk.lines("SELECT COUNT(*) FROM messages WHERE direction = 'note'") == before)
        try desk.verify()
    }

    @Test("A storm becomes one digest an hour later")
    func storm() async throws {
        let desk = try await Self.desk { plan in
            plan.notices.perHour = 5
            plan.change(.nima) { $0.capacity = 1_000 }
        }
        for index in 0..<50 {
            try await desk.ticket(.mail(from: "c\(index)@example.ir", id: "c\(index)@e"))
        }
        #expect(try mails(desk).count == 5)
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        #expect(try mails(desk).count == 6)
        #expect(try told(desk).last == "nima digest 45")
        try desk.verify()
    }

    @Test("A low score reaches its owner, and a bounce the agent; both are theirs in the list")
    func recovery() async throws {
        let desk = try await Self.desk { $0.change(.lead) { $0.capacity = 0 } }
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m@e")).ticket
        try await desk.reply(to: number)
        try await desk.perform(.close(.solved), on: number)
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        try await desk.runOutbox()
        let invitation = try #require(
            try desk.adapter(.supportMail).prepared.last { $0.purpose == .survey })
        let link = try #require(
            invitation.text.split(whereSeparator: \.isWhitespace).first { $0.contains("/s/") })
        _ = try await desk.surveys.answer(
            token: String(link.split(separator: "/").last ?? ""), score: 1, comment: nil)
        #expect(try told(desk).last == "lead recovery mail+screen")
        let list = try desk.store.readNow { reader throws(StoreError) in
            try reader.notices(of: .lead, before: nil, limit: 10)
        }
        #expect(list.rows.map(\.kind) == [.recovery])
        #expect(list.rows.map(\.ticket) == [number])
        try desk.verify()
    }

    @Test("What an agent chose holds for them alone, and others' choices are for leads")
    func chosen() async throws {
        let desk = try await Self.desk()
        let settings = NoticeSettings(ways: [.assigned: []])
        try await desk.directory.setNotices(settings, of: .nima, by: TestDesk.caller(.nima))
        let read = try await desk.directory.notices(of: .nima, by: TestDesk.caller(.lead, .lead))
        #expect(read.settings == settings)
        #expect(read.timezone == "Asia/Tehran")
        try await desk.ticket(.mail(from: "sara@example.ir", id: "m@e"))
        #expect(try told(desk) == [])
        await #expect(throws: DeskFailure.self) {
            try await desk.directory.setNotices(
                settings, of: .nima, by: TestDesk.caller(.leila))
        }
    }

    @Test("Nothing of it is written where mail is off and nobody asked")
    func silent() async throws {
        let desk = try await Self.desk { $0.notices.mail = .off }
        try await desk.ticket(.mail(from: "sara@example.ir", id: "m@e"))
        #expect(try told(desk) == [])
    }
}
