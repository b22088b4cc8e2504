import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import RandomKit
import TestKit
import Testing

/// Reliability D6, D7, D9: ids and addresses that are not what they seem.
@Suite("Ids and addresses")
struct SameIDTests {
    private static func plan() -> DeskPlan {
        var plan = DeskPlan.oneAgent
        plan.ticketsPerSenderHour = 0
        return plan
    }

    @Test(
        "D7 the same id with other content or on another channel: both kept, also sixteen at once")
    func sameID() async throws {
        let desk = try await TestDesk(Self.plan())
        var kept: Set<MessageID> = []
        for pair in 0..<50 {
            for (text, inbox) in [
                ("one", InboxID.supportMail), ("two", .supportMail), ("three", .salesMail),
            ] {
                let outcome = try await desk.deliver(
                    .mail(from: "sara@home.example", id: "p\(pair)@e", text: text), to: inbox)
                guard case .ticketed(let message, _) = outcome else {
                    Issue.record("\(outcome)")
                    continue
                }
                kept.insert(message)
            }
        }
        #expect(kept.count == 150)
        let chat = try await desk.deliver(
            .chat(from: "v", conversation: "c", id: "p1@e", text: "one"), to: .siteChat)
        guard case .ticketed = chat else {
            Issue.record("\(chat)")
            return
        }
        let parallel = try await withThrowingTaskGroup(of: DeliveryOutcome.self) { group in
            for index in 0..<16 {
                group.addTask {
                    try await desk.deliver(
                        .mail(
                            from: "sara@home.example", id: "par@e", text: "text \(index % 8)"))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let ticketed = parallel.filter { if case .ticketed = $0 { true } else { false } }
        let again = parallel.filter { if case .duplicate = $0 { true } else { false } }
        #expect(ticketed.count == 8)
        #expect(again.count == 8)
        print(
            "D7: 50 ids with three contents each in two inboxes: \(kept.count) kept; a chat message under one of them kept; 16 at once with 8 contents: \(ticketed.count) kept, \(again.count) duplicates"
        )
        try desk.verify()
    }

    private static func lookAlike(_ index: Int, _ random: inout SeededRandom) -> (String, String) {
        let name = "sara\(index)"
        let pairs: [(String, String)] = [
            ("caf\u{E9}\(index)@home.example", "cafe\u{301}\(index)@home.example"),
            ("\(name)@home.example", "\(name)\u{200B}@home.example"),
            ("\(name)@home.example", "\u{200F}\(name)@home.example"),
            ("\(name)@home.example", "s\u{430}ra\(index)@home.example"),
            ("\(name)@home.example", "\(name)@h\u{43E}me.example"),
            ("\u{6A9}\(index)@home.example", "\u{643}\(index)@home.example"),
            ("\u{6CC}\(index)@home.example", "\u{64A}\(index)@home.example"),
            ("\(name)\u{6F1}@home.example", "\(name)\u{661}@home.example"),
            ("\(name)@home.example", "\(name)\u{AD}@home.example"),
            ("\u{212B}\(index)@home.example", "\u{C5}\(index)@home.example"),
            ("\(name)\u{FB01}@home.example", "\(name)fi@home.example"),
            ("\(name)@home.example", "\(name)@home.example."),
            ("i\(index)@home.example", "\u{131}\(index)@home.example"),
        ]
        return pairs[Int.random(in: 0..<pairs.count, using: &random)]
    }

    @Test(
        "D9 look-alike, zero-width, NFC and NFD addresses: Swift and SQLite agree, nobody is merged"
    )
    func lookAlikes() async throws {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        let count = TestSize.number(
            "HAMDEL_LOOK_ALIKES", else: TestSize.full ? 10_000 : 1_000)
        var plan = Self.plan()
        plan.acknowledgement.acknowledgements = .off
        let desk = try await TestDesk(plan)
        var disagreements = 0
        for start in stride(from: 0, to: count, by: 100) {
            let pairs = (start..<min(start + 100, count)).map { Self.lookAlike($0, &random) }
            let messages = pairs.enumerated().flatMap { offset, pair in
                [pair.0, pair.1].enumerated().map { side, address in
                    InboundMessage.mail(
                        from: address, id: "l\(start + offset).\(side)@e", text: "\(side)")
                }
            }
            _ = try await desk.intake.deliver(InboundBatch(messages: messages), to: .supportMail)
            for (left, right) in pairs {
                let one = try #require(IdentityFolding.fold(.email(left)))
                let other = try #require(IdentityFolding.fold(.email(right)))
                let equalInSQL = try desk.count(
                    "SELECT COUNT(*) FROM (SELECT 1) one WHERE $1 = $2", [one.value, other.value])
                if (one == other) != (equalInSQL == 1) { disagreements += 1 }
                let owners = try desk.read { reader throws(StoreError) in
                    (
                        try reader.identity(one, scope: nil)?.customer,
                        try reader.identity(other, scope: nil)?.customer
                    )
                }
                #expect(owners.0 != nil && owners.0 != owners.1, "seed \(seed)")
            }
        }
        #expect(disagreements == 0, "seed \(seed)")
        #expect(try desk.count("SELECT COUNT(*) FROM customers") >= count)
        print(
            "D9 (seed \(seed)): \(count) pairs, \(disagreements) disagreements between Swift and SQLite, 0 merged"
        )
    }
}
