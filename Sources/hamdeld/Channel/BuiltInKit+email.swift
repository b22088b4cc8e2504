internal import ChannelKit
internal import ConformanceKit
internal import EmailChannel
internal import HelpdeskCore

extension BuiltInKit {
    static let email: [Check] = [
        Check("reads its mails as its test cases say", .bronze) { kit in
            let adapter = try emailAdapter()
            var count = 0
            for name in kit.folders("") {
                guard let raw = kit.bytes("\(name)/input.eml") else { continue }
                count += 1
                let message = try await read(raw, adapter)
                let expected = try kit.json("\(name)/expected.json")
                for (key, found) in described(message) {
                    guard let wanted = try? expected.text(key, atMost: 1 << 20) else { continue }
                    guard wanted == found else {
                        return .failed("\(name): \(key): expected \(wanted), got \(found)")
                    }
                }
            }
            return count > 0 ? .passed : .failed("there is no test case")
        },
        Check("sends what agents write, byte for byte", .bronze) { _ in
            let adapter = try emailAdapter()
            for (what, text) in KitTexts.hard {
                let prepared = try prepared(text, adapter)
                let back = try await read(prepared.bytes, adapter)
                // The shown text leaves out what looks like a signature or an old letter; the whole one has all.
                let found = back.fullText ?? back.text
                guard trimmed(found) == trimmed(text) else {
                    return .failed("\(what): \(KitTexts.difference(text, found))")
                }
            }
            return .passed
        },
        Check("makes the same bytes for the same message", .silver) { _ in
            let adapter = try emailAdapter()
            return try prepared("سلام", adapter).bytes == prepared("سلام", adapter).bytes
                ? .passed : .failed("two attempts would send different mails")
        },
        Check("is not led astray by what is put into headers", .gold) { _ in
            let adapter = try emailAdapter()
            var message = outbound(
                "x", to: .email("sara@example.org"), conversation: nil)
            message.subject = "سلام\r\nBcc: thief@example.net\r\n\r\nbody"
            guard let prepared = try? adapter.prepare(message) else { return .passed }
            let back = try await read(prepared.bytes, adapter)
            let head = String(decoding: prepared.bytes, as: UTF8.self).lowercased()
            return head.contains("\nbcc:") || back.email?.to.count != 1
                ? .failed("a subject made a header of its own") : .passed
        },
        Check("keeps what cannot be read", .gold) { _ in
            let adapter = try emailAdapter()
            for raw in [[UInt8](), Array("\u{0}\u{0}".utf8), Array(repeating: 0xFF, count: 10_000)]
            {
                // Read or refused with a reason, never a trap.
                _ = try? await read(raw, adapter)
            }
            return .passed
        },
    ]

    private static func emailAdapter() throws(KitFailure) -> EmailAdapter {
        do throws(ChannelConfigurationError) {
            return try EmailAdapter(
                configuration: ChannelConfiguration(
                    inbox: InboxID(rawValue: "support-mail"),
                    values: [
                        "address": .text("support@example.org"), "from_name": .text("پشتیبانی"),
                        "authserv_id": .text("mx.example.org"),
                        "form_senders": .list([.text("forms@example.org")]),
                    ], zone: .utc), secrets: ChannelSecrets(live: []))
        } catch {
            throw KitFailure("\(error.key): expected \(error.expected), got \(error.got)")
        }
    }

    private static func prepared(
        _ text: String, _ adapter: EmailAdapter
    ) throws(KitFailure) -> PreparedMessage {
        do throws(OutboundRefusal) {
            return try adapter.prepare(
                outbound(text, to: .email("sara@example.org"), conversation: nil))
        } catch {
            throw KitFailure(error.detail)
        }
    }

    private static func read(
        _ raw: [UInt8], _ adapter: EmailAdapter
    ) async throws(KitFailure) -> InboundMessage {
        switch await adapter.reading(raw, on: Channels.mailReading) {
        case .success(let message): return message
        case .failure(let reason): throw KitFailure("\(reason.code): \(reason.detail)")
        }
    }

    private static func trimmed(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        while let last = bytes.last, last == 0x0A || last == 0x0D || last == 0x20 {
            bytes.removeLast()
        }
        return bytes
    }

    private static func described(_ message: InboundMessage) -> [(String, String)] {
        [
            ("external_id", message.externalID),
            ("sender", message.sender.identity?.address.text ?? "none"),
            ("sender_name", message.sender.name ?? ""),
            ("sender_auth", message.senderAuth.rawValue), ("subject", message.subject ?? ""),
            ("text", message.text), ("auto_submitted", message.autoSubmitted.rawValue),
            ("ticket_class", message.ticketClass.rawValue),
            ("sent_at", message.sentAt.map { "\($0.milliseconds)" } ?? "none"),
            (
                "attachments",
                message.attachments.map { "\($0.name ?? "-") \($0.contentType) \($0.size)" }
                    .joined(separator: "; ")
            ),
        ]
    }
}
