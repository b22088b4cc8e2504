import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Alarms")
struct AlarmTests {
    private static let quarantine = AlarmChanged(kind: "quarantine_waiting", subject: "quarantine")

    /// A desk on which mail that could not be read waits for too long.
    private func desk(ops: [String] = ["ops@example.org"]) async throws -> TestDesk {
        var plan = DeskPlan.standard
        plan.notices.ops = ops
        let desk = try await TestDesk(plan)
        _ = try await desk.intake.quarantine(
            Array("broken".utf8), reason: QuarantineReason(code: "broken", detail: "broken"),
            from: .supportMail)
        desk.clock.advance(by: .hours(25))
        return desk
    }

    private func written(_ desk: TestDesk) throws -> [String] {
        try desk.types().filter { $0.hasPrefix("alarm") }
    }

    @Test("are written down once they last, once, and when they are over")
    func written() async throws {
        let desk = try await desk()
        let watch = AlarmWatch(desk.desk)
        #expect(try await watch.runOnce().isEmpty, "it may be gone in a moment")
        desk.clock.advance(by: .minutes(1))
        let began = try await watch.runOnce()
        #expect(began.map(\.event) == [Self.quarantine])
        #expect(began.first?.alarm != nil)
        #expect(try await watch.runOnce().isEmpty)
        // Whoever starts anew knows what was said already.
        try desk.restart()
        let next = AlarmWatch(desk.desk)
        desk.clock.advance(by: .minutes(2))
        #expect(try await next.runOnce().isEmpty)
        try await QuarantineDesk(desk.desk).resolve(
            QuarantineID(rawValue: 1), as: .dropped, message: nil, by: .operator)
        #expect(try await next.runOnce().isEmpty, "it may be back in a moment")
        desk.clock.advance(by: .minutes(5))
        #expect(
            try await next.runOnce() == [AlarmWatch.Change(event: Self.quarantine, alarm: nil)])
        #expect(try written(desk) == ["alarm_began", "alarm_ended"])
        #expect(try desk.count("SELECT COUNT(*) FROM alarms") == 0)
        try desk.verify()
    }

    @Test(
        "are told to ops by mail, by whichever inbox can send, and to nobody where nobody is named")
    func mail() async throws {
        let desk = try await desk()
        let watch = AlarmWatch(desk.desk)
        _ = try await watch.runOnce()
        desk.clock.advance(by: .minutes(1))
        let changes = try await watch.runOnce()
        for (inbox, adapter) in desk.adapters where inbox != .supportMail {
            adapter.always(.unavailable(detail: "nobody answers"))
        }
        try desk.adapter(.supportMail).always(.unavailable(detail: "nobody answers"))
        let mail = AlarmMail(desk.desk)
        #expect(await mail.tell(changes) == .notSent("nobody answers"))
        let support = try desk.adapter(.supportMail)
        support.always(.sent(externalID: nil))
        #expect(await mail.tell(changes) == .sent)
        let message = try #require(support.prepared.last)
        #expect(message.to.map(\.address.value) == ["ops@example.org"])
        #expect(message.subject == "hamdel: quarantine_waiting (quarantine)")
        #expect(message.text.contains("hamdeld quarantine list"))
        #expect(message.replyToken == nil)
        #expect(await mail.tell([]) == .notWanted)
        let nobody = try await self.desk(ops: [])
        #expect(await AlarmMail(nobody.desk).tell(changes) == .notWanted)
    }
}
