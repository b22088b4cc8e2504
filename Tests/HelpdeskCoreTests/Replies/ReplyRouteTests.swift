import HelpdeskCore
import Testing

@Suite("The way of an answer")
struct ReplyRouteTests {
    typealias Way = ReplyRoute.Way

    static let now = Instant(milliseconds: 1_795_341_600_000)
    static let mail = InboxID(rawValue: "mail")
    static let chat = InboxID(rawValue: "chat")

    static func way(
        _ inbox: InboxID, _ address: String,
        _ verification: IdentityLinked.Verification = .verified,
        closed: Bool = false, used: Instant? = now
    ) -> Way {
        Way(
            inbox: inbox, channel: inbox == mail ? .email : .chatWebhook,
            address: IdentityAddress(kind: "x", value: address), conversation: nil,
            verification: verification,
            window: closed ? .closed(since: now) : .open, lastUsed: used)
    }

    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let ways: [Way]
        var answered: InboxID?
        var preferred: ChannelKind?
        var chosen: InboxID?
        let address: String?
        let reason: ReplyRoute.Reason?
    }

    static let cases: [Case] = [
        Case(
            description: "where the customer wrote, vouched for or not",
            ways: [way(chat, "c", .unverified), way(mail, "m")], answered: chat, preferred: .email,
            address: "c",
            reason: .answered),
        Case(
            description: "the stated preference where that is closed",
            ways: [way(chat, "c", closed: true), way(mail, "m", .unverified)],
            answered: chat, preferred: .email, address: "m", reason: .preferred),
        Case(
            description: "else the last verified one",
            ways: [
                way(chat, "c", closed: true), way(mail, "old", used: now - .days(3)),
                way(mail, "new", used: now - .days(1)),
                way(mail, "claimed", .unverified),
            ], answered: chat, address: "new", reason: .lastVerified),
        Case(
            description: "else nowhere by itself", ways: [way(mail, "claimed", .unverified)],
            address: nil, reason: nil),
        Case(description: "phone only", ways: [], address: nil, reason: nil),
        Case(
            description: "what the agent chose, whoever vouches for it",
            ways: [way(chat, "c"), way(mail, "claimed", .unverified)],
            answered: chat, chosen: mail, address: "claimed", reason: .chosen),
        Case(
            description: "not what the agent chose when its window is closed",
            ways: [way(chat, "c", closed: true), way(mail, "m")],
            chosen: chat, address: nil, reason: nil),
        Case(
            description: "not where nobody can be reached", ways: [way(mail, "m")], chosen: chat,
            address: nil, reason: nil),
        Case(
            description: "used last, of two addresses in one inbox",
            ways: [way(mail, "a", used: nil), way(mail, "b", used: now - .days(9))], answered: mail,
            address: "b", reason: .answered),
        Case(
            description: "by address, of two never used",
            ways: [way(mail, "b", used: nil), way(mail, "a", used: nil)],
            answered: mail, address: "a", reason: .answered),
    ]

    @Test("is chosen by the rule and said with its reason", arguments: cases)
    func chosen(example: Case) {
        let route = try? ReplyRoute.choose(
            among: example.ways, answered: example.answered, preferred: example.preferred,
            chosen: example.chosen)
        #expect(route?.way.address.value == example.address)
        #expect(route?.reason == example.reason)
        if let route {
            #expect(Set(route.alternatives + [route.way]) == Set(example.ways))
        }
    }

    @Test("does not depend on the order in which ways are found", arguments: cases)
    func order(example: Case) {
        let forward = try? ReplyRoute.choose(
            among: example.ways, answered: example.answered, preferred: example.preferred,
            chosen: example.chosen)
        let backward = try? ReplyRoute.choose(
            among: example.ways.reversed(), answered: example.answered,
            preferred: example.preferred,
            chosen: example.chosen)
        #expect(forward?.way == backward?.way)
    }

    @Test("says what it stands in for, where a window is closed")
    func instead() throws {
        let closed = Self.way(Self.chat, "c", closed: true)
        let route = try ReplyRoute.choose(
            among: [closed, Self.way(Self.mail, "m")], answered: Self.chat, preferred: nil,
            chosen: nil)
        #expect(route.insteadOf == closed)
        let usual = try ReplyRoute.choose(
            among: [closed, Self.way(Self.mail, "m")], answered: Self.mail, preferred: nil,
            chosen: nil)
        #expect(usual.insteadOf == nil)
    }

    @Test("that is refused names what could be chosen instead")
    func refusal() {
        let ways = [Self.way(Self.mail, "claimed", .unverified)]
        #expect(throws: ReplyRoute.Refusal.noWay(others: ways)) {
            try ReplyRoute.choose(among: ways, answered: nil, preferred: nil, chosen: nil)
        }
    }
}
