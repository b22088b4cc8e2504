internal import ChannelKit
internal import ExecChannel
internal import HelpdeskCore

extension Kit {
    static let sendingChecks: [Check] = [
        Check("sends what agents write, byte for byte", .bronze) { kit, work in
            let (conversation, hello) = try await kit.started(work)
            guard hello.capabilities.sending == .supported else {
                _ = await conversation.stop()
                return .skipped("it only receives")
            }
            for (number, (what, text)) in KitTexts.hard.enumerated() {
                let result = try await Kit.send(
                    kit.outbound(text, number: Int64(number + 1)), attempt: 1, to: conversation)
                guard Kit.isAccepted(result) else { return .failed("\(what): \(result)") }
            }
            _ = await conversation.stop()
            let sent = try await kit.provider(work).sent()
            for (what, text) in KitTexts.hard {
                let isThere = sent.contains { $0.text.utf8.elementsEqual(text.utf8) }
                guard isThere else {
                    let nearest = sent.map(\.text).first { $0.hasPrefix(String(text.prefix(2))) }
                    return .failed("\(what): \(KitTexts.difference(text, nearest ?? ""))")
                }
            }
            guard
                sent.allSatisfy({
                    $0.conversation == nil || $0.conversation == kit.folder.party.conversation
                })
            else { return .failed("it went to another conversation") }
            return sent.count == KitTexts.hard.count
                ? .passed : .failed("\(KitTexts.hard.count) were sent, \(sent.count) went out")
        },
        Check("answers a send that it cannot carry", .silver) { kit, work in
            let (conversation, hello) = try await kit.started(work)
            guard hello.capabilities.sending == .supported else {
                _ = await conversation.stop()
                return .skipped("it only receives")
            }
            let long = String(repeating: "x", count: OutgoingMessage.maximumTextBytes)
            let result = try await Kit.send(
                kit.outbound(long, number: 77), attempt: 1, to: conversation)
            _ = await conversation.stop()
            let sent = try await kit.provider(work).sent()
            let wentOut = sent.contains { $0.text == long }
            switch result {
            case .sent, .queued:
                return wentOut
                    ? .passed : .failed("it said sent, and the text did not go out whole")
            case .rejected(.tooLong, _): return .passed
            default:
                return .failed(
                    "a text of 128 KiB: expected sent, or rejected with too_long; got \(result)")
            }
        },
        Check("knows a send again", .gold) { kit, work in
            let (first, hello) = try await kit.started(work)
            guard hello.capabilities.sending == .supported,
                hello.capabilities.attemptSafety == .idempotent
            else {
                _ = await first.stop()
                return .skipped("it does not say idempotent_send")
            }
            let message = kit.outbound("only once", number: 5)
            let once = try await Kit.send(message, attempt: 1, to: first)
            let twice = try await Kit.send(message, attempt: 2, to: first)
            await first.kill()
            let (second, _) = try await kit.started(work)
            let thrice = try await Kit.send(message, attempt: 3, to: second)
            _ = await second.stop()
            guard [once, twice, thrice].allSatisfy(Kit.isAccepted) else {
                return .failed("it said \(once), \(twice), and after kill -9 \(thrice)")
            }
            let count = try await kit.provider(work).sent().filter { $0.text == "only once" }.count
            return count == 1 ? .passed : .failed("one send, three attempts: \(count) went out")
        },
        Check("sends files", .gold) { kit, work in
            let (conversation, hello) = try await kit.started(work)
            guard hello.capabilities.sending == .supported,
                hello.capabilities.attachments == .carried
            else {
                _ = await conversation.stop()
                return .skipped("it carries no files")
            }
            let bytes: [UInt8] = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 17) }
            let result = try await Kit.send(
                kit.outbound(
                    "with a file", number: 6,
                    files: [.init(name: "گزارش.pdf", contentType: "application/pdf", bytes: bytes)]),
                attempt: 1, to: conversation)
            _ = await conversation.stop()
            guard Kit.isAccepted(result) else { return .failed("it said \(result)") }
            guard
                let file = try await kit.provider(work).sent()
                    .first(where: { $0.text == "with a file" })?.files.first
            else { return .failed("the message went out without its file") }
            guard file.name == "گزارش.pdf" else { return .failed("its name: \(file.name)") }
            return WorkFolder.bytes(file.path) == bytes
                ? .passed : .failed("its bytes differ at \(file.path)")
        },
        Check("shows quick replies", .gold) { kit, work in
            let (conversation, hello) = try await kit.started(work)
            guard hello.capabilities.sending == .supported,
                hello.capabilities.quickReplies == .shown
            else {
                _ = await conversation.stop()
                return .skipped("it does not say quick_replies")
            }
            let labels = ["۱ ⭐", "۵ ⭐⭐⭐⭐⭐"]
            let message = kit.outbound(
                "choose", number: 8,
                choices: labels.map { .init(label: $0, answer: String($0.prefix(1)), link: "") })
            let result = try await Kit.send(
                message, attempt: 1, to: conversation, as: hello.capabilities)
            _ = await conversation.stop()
            guard Kit.isAccepted(result) else { return .failed("it said \(result)") }
            let sent = try await kit.provider(work).sent().first { $0.text == "choose" }
            return sent?.choices == labels
                ? .passed
                : .failed("\(labels) were to be shown, and \(sent?.choices ?? []) went out")
        },
        Check("refuses a webhook that proves nothing", .gold) { kit, work in
            let (conversation, hello) = try await kit.started(work)
            guard hello.takesWebhooks else {
                _ = await conversation.stop()
                return .skipped("it takes no webhooks")
            }
            let forged = WebhookRequest(
                method: "POST", path: "", headers: [("content-type", "application/json")],
                body: Array(#"{"text":"forged","sender":"nobody"}"#.utf8))
            let replies = try await conversation.relay([forged])
            _ = await conversation.stop()
            guard conversation.messages.isEmpty else {
                return .failed("a forged message was taken")
            }
            return replies.allSatisfy { $0.status >= 400 }
                ? .passed : .failed("it was answered with \(replies.map(\.status))")
        },
    ]
}
