import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import RandomKit
import TestKit
import Testing

/// Reliability D1 and D2: what a stranger knows of a ticket gets them nothing of it.
@Suite("Forged threads")
struct ForgedThreadTests {
    private struct Target {
        let number: TicketNumber
        let ids: [String]
        let token: String
    }

    private static let secret = "saffron-4711"

    /// Tickets of different customers, each answered, every other one closed.
    private static func targets(_ desk: TestDesk, _ count: Int) async throws -> [Target] {
        let adapter = try desk.adapter(.supportMail)
        adapter.always(.sent(externalID: nil))
        var targets: [Target] = []
        for index in 0..<count {
            let id = "m\(index)@home.example"
            let ticket = try await desk.ticket(
                .mail(
                    from: "c\(index)@home.example", id: id, subject: "About \(secret)",
                    text: "My number is \(secret).")
            ).ticket
            try await desk.reply(
                "It is about \(secret).", to: ticket,
                then: index % 2 == 0 ? .keep : .close(.solved))
            let sent = try #require(adapter.prepared.last { $0.purpose == .reply })
            targets.append(
                Target(
                    number: ticket, ids: [id, sent.messageID],
                    token: try #require(sent.replyToken)))
        }
        try await desk.runOutbox()
        return targets
    }

    private static func plan() -> DeskPlan {
        var plan = DeskPlan.standard
        plan.ticketsPerSenderHour = 0
        return plan
    }

    private static func fingerprint(_ desk: TestDesk, _ targets: [Target]) throws -> [String] {
        try targets.flatMap { target in
            try desk.lines(
                """
                SELECT t.number, t.status, COUNT(m.id), MAX(m.id)
                FROM tickets t JOIN messages m ON m.ticket = t.number
                WHERE t.number = $1 GROUP BY t.number, t.status
                """, [target.number])
        }
    }

    @Test("D1 forged References and In-Reply-To: nothing is appended, disclosed or reopened")
    func references() async throws {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        let count = TestSize.number(
            "HAMDEL_FORGED_THREADS", else: TestSize.full ? 10_000 : 1_000)
        let desk = try await TestDesk(Self.plan())
        let targets = try await Self.targets(desk, 20)
        let before = try Self.fingerprint(desk, targets)
        let adapter = try desk.adapter(.supportMail)
        let sentBefore = adapter.prepared.count
        var linked = 0
        for start in stride(from: 0, to: count, by: 200) {
            let messages = (start..<min(start + 200, count)).map {
                Self.forgery($0, targets, &random)
            }
            let outcomes = try await desk.intake.deliver(
                InboundBatch(messages: messages), to: .supportMail)
            for outcome in outcomes {
                guard case .ticketed(_, let ticket) = outcome else {
                    Issue.record("\(outcome), seed \(seed)")
                    continue
                }
                #expect(!targets.contains { $0.number == ticket }, "appended, seed \(seed)")
            }
            linked += outcomes.count
        }
        #expect(try Self.fingerprint(desk, targets) == before, "seed \(seed)")
        // Who forged before goes on in a ticket of their own.
        let opened = try desk.count("SELECT COUNT(*) FROM tickets") - targets.count
        let pointing = try desk.count(
            "SELECT COUNT(*) FROM ticket_links WHERE relation IN ('claimed', 'hint') AND message IS NULL"
        )
        #expect(pointing == opened, "each new ticket points to the one it named, seed \(seed)")
        #expect(linked == count)
        // What goes out because of them: acknowledgements to the writers, without a word or header of the tickets.
        var leaks = 0
        for message in adapter.prepared.dropFirst(sentBefore) {
            let wire = ScriptedAdapter.wire(message)
            let isLeak =
                wire.contains(Self.secret) || !message.cc.isEmpty || !message.attachments.isEmpty
                || targets.contains {
                    message.ticket == $0.number || message.replyToken == $0.token
                        || message.messageID.hasPrefix($0.token)
                }
            if isLeak { leaks += 1 }
        }
        #expect(leaks == 0, "seed \(seed)")
        print(
            "D1 (seed \(seed)): \(count) forged combinations against \(targets.count) tickets: 0 appended, 0 reopened, 0 disclosed in \(adapter.prepared.count - sentBefore) acknowledgements; \(pointing) new tickets with a link or hint"
        )
    }

    /// A stranger of any standing, or a victim's From that failed the check, with any mixture of true evidence.
    private static func forgery(
        _ index: Int, _ targets: [Target], _ random: inout SeededRandom
    ) -> InboundMessage {
        let target = targets[Int.random(in: 0..<targets.count, using: &random)]
        let place = targets.firstIndex { $0.number == target.number } ?? 0
        let isVictim = random.happens(oneIn: 3)
        let auth: SenderAuth =
            isVictim ? .failed : random.pick([.verified, .unchecked, .failed]) ?? .failed
        let from = isVictim ? "c\(place)@home.example" : "eve\(index % 97)@evil.example"
        var references = target.ids.filter { _ in Bool.random(using: &random) }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            references.insert("x\(random.next())@evil.example", at: 0)
        }
        references.shuffle(using: &random)
        let parent = random.happens(oneIn: 2) ? random.pick(target.ids) : nil
        var tokens = random.happens(oneIn: 2) ? [target.token] : []
        if references.allSatisfy({ !target.ids.contains($0) }), parent == nil, tokens.isEmpty {
            tokens = [target.token]
        }
        return .mail(
            from: from, id: "forged\(index)@evil.example",
            subject: "Re: [#\(target.number.rawValue)] hello", text: "Send it again. \(index)",
            auth: auth, references: references, inReplyTo: parent, tokens: tokens)
    }

    @Test(
        "D2 ticket numbers in subjects from strangers, in every form: none joins, each has a hint")
    func subjects() async throws {
        let desk = try await TestDesk(Self.plan())
        let targets = try await Self.targets(desk, TestSize.full ? 40 : 10)
        let before = try Self.fingerprint(desk, targets)
        var tried = 0
        var hinted = 0
        for target in targets {
            let number = target.number.rawValue
            let persian = TextLanguage.persian.number(number)
            let forms = [
                "[#\(number)]", "Re: [#\(number)]", "RE: FW: x [#\(number)] y", "[#\(persian)]",
                "[#000\(number)]", "[#1][#\(number)]", "[#\(number)] [#\(number)]",
                "#\(number)", "[\(number)]", "Ticket#\(number)", "[Ticket#\(number)]",
                "[# \(number)]", "[#\(number)", "[##\(number)]", "[#-\(number)]",
            ]
            for (form, subject) in forms.enumerated() {
                for auth in [SenderAuth.verified, .unchecked, .failed] {
                    let kept = try await desk.ticket(
                        .mail(
                            from: "eve@evil.example", id: "s\(number).\(form).\(auth)@evil",
                            subject: subject, text: "And now?", auth: auth))
                    #expect(!targets.contains { $0.number == kept.ticket })
                    tried += 1
                    hinted +=
                        try desk.row(kept.ticket).ticket.number == kept.ticket
                        && desk.count(
                            "SELECT COUNT(*) FROM ticket_links WHERE ticket = $1 AND relation = 'hint'",
                            [kept.ticket]) > 0
                        ? 1 : 0
                }
            }
        }
        #expect(try Self.fingerprint(desk, targets) == before)
        #expect(hinted == targets.count * 7 * 3, "the seven well-formed ones")
        print(
            "D2: \(tried) subjects against \(targets.count) tickets: 0 joined, 0 reopened, \(hinted) hints"
        )
    }
}
