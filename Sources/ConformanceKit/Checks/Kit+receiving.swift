internal import ChannelKit
internal import ExecChannel
internal import HelpdeskCore

extension Kit {
    static let receivingChecks: [Check] = [
        Check("brings what customers write", .bronze) { kit, work in
            let (conversation, _) = try await kit.started(work)
            try await kit.put(["first words"], work, conversation)
            try await conversation.wait("deliver") { !$0.messages.isEmpty }
            _ = await conversation.stop()
            guard let message = conversation.messages.first else { return .failed("nothing came") }
            guard message.text == "first words" else {
                return .failed(KitTexts.difference("first words", message.text))
            }
            guard message.author == .customer else {
                return .failed("the author of a customer's message is customer")
            }
            guard message.sender.identity != nil else {
                return .failed("the message has no sender.id: nobody could be known again")
            }
            guard message.conversation != nil else {
                return .failed("the message has no conversation: it could not be answered")
            }
            return .passed
        },
        Check("brings texts byte for byte", .bronze) { kit, work in
            let (conversation, _) = try await kit.started(work)
            for (what, text) in KitTexts.hard {
                let before = conversation.messages.count
                try await kit.put([text], work, conversation)
                try await conversation.wait("deliver of \(what)") { $0.messages.count > before }
                try conversation.acknowledge()
                guard let found = conversation.messages.last?.text, found == text,
                    found.utf8.elementsEqual(text.utf8)
                else {
                    return .failed(
                        "\(what): \(KitTexts.difference(text, conversation.messages.last?.text ?? ""))"
                    )
                }
            }
            _ = await conversation.stop()
            return .passed
        },
        Check("brings long texts whole", .silver) { kit, work in
            let (conversation, _) = try await kit.started(work)
            try await kit.put([KitTexts.long], work, conversation)
            try await conversation.wait("deliver") { !$0.messages.isEmpty }
            _ = await conversation.stop()
            let found = conversation.messages.first?.text ?? ""
            return found == KitTexts.long
                ? .passed : .failed(KitTexts.difference(KitTexts.long, found))
        },
        Check("shows U+0000 as U+2400", .silver) { kit, work in
            let (conversation, _) = try await kit.started(work)
            try await kit.put(["before\u{0}after"], work, conversation)
            try await conversation.wait("deliver") { !$0.messages.isEmpty }
            _ = await conversation.stop()
            let found = conversation.messages.first?.text ?? ""
            return found == "before\u{2400}after"
                ? .passed : .failed(KitTexts.difference("before\u{2400}after", found))
        },
        Check("keeps the order within a conversation", .silver) { kit, work in
            let conversation = kit.open(work)
            let hello = try await conversation.greet()
            let texts = (1...8).map { "number \($0)" }
            // They wait there already when it starts, so that it has something to put in order.
            if !hello.takesWebhooks { try await kit.put(texts, work, conversation) }
            try kit.start(conversation, work)
            if hello.takesWebhooks { try await kit.put(texts, work, conversation) }
            try await conversation.wait("8 messages") { conversation throws(KitFailure) in
                try conversation.acknowledge()
                return conversation.messages.count >= 8
            }
            _ = await conversation.stop()
            let found = conversation.messages.map(\.text)
            return found == texts ? .passed : .failed("put \(texts), got \(found)")
        },
        Check("numbers its deliver lines upwards", .bronze) { kit, work in
            let (conversation, _) = try await kit.started(work)
            try await kit.put(["one", "two", "three"], work, conversation)
            try await conversation.wait("3 messages") { conversation throws(KitFailure) in
                try conversation.acknowledge()
                return conversation.messages.count >= 3
            }
            _ = await conversation.stop()
            let numbers = conversation.deliveries.map(\.sequence)
            let ids = Set(conversation.messages.map(\.externalID))
            guard ids.count == conversation.messages.count else {
                return .failed("two messages have one external_id: \(ids.sorted())")
            }
            return zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
                ? .passed : .failed("seq: \(numbers)")
        },
        Check("keeps within its credit", .silver) { kit, work in
            let (conversation, hello) = try await kit.started(work, credit: 2)
            guard !hello.takesWebhooks else {
                _ = await conversation.stop()
                return .skipped("what comes by webhook is bounded by who sends it")
            }
            try await kit.put((1...8).map { "credit \($0)" }, work, conversation)
            try await conversation.wait("deliver") { !$0.deliveries.isEmpty }
            try await conversation.listen(for: .milliseconds(1_500))
            let unanswered = conversation.deliveries.count
            guard unanswered <= 2 else {
                return .failed("with credit 2 it said \(unanswered) deliver lines before any ack")
            }
            try await conversation.wait("all messages once acknowledged") {
                conversation throws(KitFailure) in
                try conversation.acknowledge()
                return conversation.messages.count >= 8
            }
            _ = await conversation.stop()
            return .passed
        },
        Check("says it again after a nack, and not before its time", .silver) { kit, work in
            let (conversation, hello) = try await kit.started(work)
            guard !hello.takesWebhooks else {
                _ = await conversation.stop()
                return .skipped("what comes by webhook is said again by who sends it")
            }
            try await kit.put(["once more"], work, conversation)
            try await conversation.wait("deliver") { !$0.deliveries.isEmpty }
            guard let first = conversation.deliveries.first else { return .failed("nothing came") }
            try conversation.say(
                HostLine.nack(first.sequence, after: 1_000, reason: "the kit says so"))
            let refusedAt = ContinuousClock.now
            try await conversation.wait("deliver after the nack") { $0.deliveries.count > 1 }
            let second = conversation.deliveries[1]
            _ = await conversation.stop()
            guard second.messages.map(\.externalID) == first.messages.map(\.externalID) else {
                return .failed("it said something else: the message of the nack would be lost")
            }
            return second.at - refusedAt >= .milliseconds(950)
                ? .passed
                : .failed("retry_after_ms was 1000; it waited \(second.at - refusedAt)")
        },
        Check("brings files", .gold) { kit, work in
            let (conversation, hello) = try await kit.started(work)
            guard hello.capabilities.attachments == .carried else {
                _ = await conversation.stop()
                return .skipped("it carries no files")
            }
            let bytes: [UInt8] = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let file = work.write(bytes, as: "نقشه 1.png")
            var message = Provider.Message(kit.folder.party, text: "with a file")
            message.files = [Provider.File(name: "نقشه 1.png", path: file)]
            let requests = try await kit.provider(work).put(message)
            _ = try await conversation.relay(requests)
            try await conversation.wait("deliver") { !$0.messages.isEmpty }
            _ = await conversation.stop()
            guard let found = conversation.messages.first?.attachments.first else {
                return .failed("the message came without its file")
            }
            guard found.name == "نقشه 1.png" else {
                return .failed("its name: \(found.name ?? "none")")
            }
            guard case .bytes(let content) = found.body, content == bytes else {
                return .failed("its bytes differ: \(found.size) of \(bytes.count)")
            }
            return .passed
        },
        Check("survives a text that no line can hold", .gold) { kit, work in
            let (conversation, _) = try await kit.started(work)
            let huge = String(repeating: "بزرگ و بلند ", count: 60_000)
            try await kit.put([huge], work, conversation)
            try await conversation.listen(for: .milliseconds(1_500))
            try conversation.acknowledge()
            try conversation.say(HostLine.ping(9))
            try await conversation.wait("pong after a text of 1.2 MB") { $0.pongs.contains(9) }
            try await kit.put(["after the huge one"], work, conversation)
            try await conversation.wait("the next message") { conversation throws(KitFailure) in
                try conversation.acknowledge()
                return conversation.messages.contains { $0.text == "after the huge one" }
            }
            _ = await conversation.stop()
            let isTold = conversation.messages.contains {
                $0.text != "after the huge one" && !$0.text.isEmpty
            }
            return isTold
                ? .passed
                : .failed("the message is gone without a word: cut it, or bring it as a file")
        },
    ]
}
