import HelpdeskCore
import Testing

@Suite("Chat answers that nobody read")
struct UnreadAnswersTests {
    typealias Answer = UnreadAnswers.Answer

    private static let now = ReplyRouteTests.now
    private static let first = answer(1, now - .minutes(12))
    private static let second = answer(2, now - .minutes(1))

    private static func answer(_ id: Int64, _ at: Instant) -> Answer {
        Answer(
            delivery: DeliveryID(rawValue: id), message: MessageID(rawValue: id + 10), sentAt: at)
    }

    private static func way(
        _ address: String, _ verification: IdentityLinked.Verification = .verified,
        bounced: Bool = false, used: Instant? = nil
    ) -> ReplyRoute.Way {
        var way = ReplyRouteTests.way(ReplyRouteTests.mail, address, verification, used: used)
        if bounced { way.standing = .undeliverable(since: now, code: "5.1.1") }
        return way
    }

    private func decide(
        _ ways: [ReplyRoute.Way], spoke: Instant? = nil
    ) -> UnreadAnswers {
        UnreadAnswers.decide([Self.first, Self.second], customerSpokeAt: spoke, ways: ways)
    }

    @Test func `all of them in one mail, to the verified address used last`() {
        let decided = decide([
            Self.way("a"), Self.way("b", used: Self.now),
            Self.way("c", .unverified, used: Self.now),
        ])
        #expect(decided.mailed == [Self.first, Self.second])
        #expect(decided.way == Self.way("b", used: Self.now))
        #expect(decided.left.isEmpty)
    }

    @Test func `who wrote meanwhile is there`() {
        let between = decide([Self.way("a")], spoke: Self.now - .minutes(5))
        #expect(between.left == [Self.first: .customerWrote])
        #expect(between.mailed == [Self.second])
        let after = decide([Self.way("a")], spoke: Self.now)
        #expect(after.way == nil && after.mailed.isEmpty)
    }

    @Test func `never to an address that nobody vouches for, or that comes back`() {
        let claimed = decide([Self.way("c", .unverified)])
        #expect(claimed.left == [Self.first: .noVerifiedMail, Self.second: .noVerifiedMail])
        let failed = decide([Self.way("a", bounced: true)])
        #expect(failed.left == [Self.first: .undeliverable, Self.second: .undeliverable])
        #expect(claimed.way == nil && failed.way == nil)
    }
}
