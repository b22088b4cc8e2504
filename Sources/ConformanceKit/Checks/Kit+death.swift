internal import ChannelKit
internal import ExecChannel
internal import HelpdeskCore

extension Kit {
    static let deathChecks: [Check] = [
        Check("kill -9 before the ack: says it again", .silver) { kit, work in
            let (first, hello) = try await kit.started(work)
            guard !hello.takesWebhooks else {
                _ = await first.stop()
                return .skipped("what comes by webhook is said again by who sends it")
            }
            try await kit.put(["not lost", "nor this"], work, first)
            try await first.wait("deliver") { !$0.messages.isEmpty }
            await first.kill()
            let (second, _) = try await kit.started(work)
            try await second.wait("the same messages after kill -9") {
                conversation throws(KitFailure) in
                try conversation.acknowledge()
                let found = Set(conversation.messages.map(\.externalID))
                return conversation.messages.count >= 2
                    && Set(first.messages.map(\.externalID)).isSubset(of: found)
            }
            _ = await second.stop()
            return Set(second.messages.map(\.text)).isSuperset(of: ["not lost", "nor this"])
                ? .passed : .failed("the ids came again, with other texts")
        },
        Check("does not say again what was acknowledged", .silver) { kit, work in
            let (first, hello) = try await kit.started(work)
            guard !hello.takesWebhooks else {
                _ = await first.stop()
                return .skipped("what comes by webhook is said again by who sends it")
            }
            try await kit.put(["kept"], work, first)
            try await first.wait("deliver") { !$0.messages.isEmpty }
            let cursor = try first.acknowledge()
            try first.say(HostLine.ping(1))
            try await first.wait("pong") { $0.pongs.contains(1) }
            await first.kill()
            let (second, _) = try await kit.started(work, cursor: cursor)
            try await second.listen(for: .milliseconds(1_500))
            try await kit.put(["and new"], work, second)
            try await second.wait("the new message") { conversation throws(KitFailure) in
                try conversation.acknowledge()
                return conversation.messages.contains { $0.text == "and new" }
            }
            _ = await second.stop()
            let again = second.messages.filter { $0.text == "kept" }
            return again.isEmpty
                ? .passed
                : .failed(
                    "acknowledged, and said again after a restart from cursor \(cursor?.text ?? "null")"
                )
        },
        Check("kill -9 at random moments: nothing lost, nothing doubled", .gold) { kit, work in
            try await kit.killRounds(work)
        },
    ]

    /// From 0 to `count` - 1.
    private mutating func draw(_ count: Int) -> Int {
        Int(truncatingIfNeeded: random.next() % UInt64(max(1, count)))
    }

    /// The kit is the daemon here: it commits a cursor with the messages it covers, and an id it has seen is no new message.
    private mutating func killRounds(_ work: WorkFolder) async throws(KitFailure) -> KitOutcome {
        var cursor: Cursor?
        var kept: [String: String] = [:]
        var expected: [String] = []
        for round in 0..<rounds {
            let (conversation, hello) = try await started(work, cursor: cursor, credit: 4)
            if hello.takesWebhooks {
                _ = await conversation.stop()
                return .skipped("what comes by webhook is said again by who sends it")
            }
            let texts = (0..<draw(4)).map { "round \(round) text \($0)" }
            try await put(texts, work, conversation)
            expected += texts
            try await conversation.listen(
                for: .milliseconds(draw(121)))
            // Committed, and the adapter may die before it hears of it.
            let committed = draw(conversation.deliveries.count + 1)
            for delivery in conversation.deliveries.prefix(committed) {
                for message in delivery.messages { kept[message.externalID] = message.text }
                cursor = delivery.cursor ?? cursor
                if draw(2) == 0 { try conversation.say(HostLine.ack(delivery.sequence)) }
            }
            await conversation.kill()
        }
        let (last, _) = try await started(work, cursor: cursor)
        var taken = 0
        func isWhole(_ conversation: Conversation) throws(KitFailure) -> Bool {
            for delivery in conversation.deliveries[taken...] {
                for message in delivery.messages { kept[message.externalID] = message.text }
            }
            taken = conversation.deliveries.count
            try conversation.acknowledge()
            return Set(kept.values).isSuperset(of: expected)
        }
        do throws(KitFailure) {
            try await last.wait("what was left", within: .seconds(20), until: isWhole)
        } catch {
            let lost = expected.filter { !kept.values.contains($0) }
            await last.kill()
            return .failed(
                "\(rounds) kills: lost \(lost.count) of \(expected.count): \(lost.prefix(5))")
        }
        _ = await last.stop()
        var counts: [String: Int] = [:]
        for text in kept.values { counts[text, default: 0] += 1 }
        let doubled = counts.filter { $0.value > 1 }.keys.sorted()
        guard doubled.isEmpty else {
            return .failed(
                "\(rounds) kills: doubled under another external_id: \(doubled.prefix(5))")
        }
        return .passed
    }
}
