import ChannelKit
import Foundation
import HelpdeskCore
import Testing

@testable import ChatWebhookChannel

/// Agreement with other projects' own expectations, on the shared test material when it is there.
@Suite("Agreement with peers on chat webhooks (ChatCorpusTests)")
struct ChatCorpusTests {
    static let root: URL? = {
        let environment = ProcessInfo.processInfo.environment["HAMDEL_CORPORA"]
        let beside = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../../shared/corpora").standardizedFileURL
        let root = environment.map { URL(filePath: $0) } ?? beside
        let isThere = FileManager.default.fileExists(atPath: root.path)
        if !isThere { print("SKIPPED: no test material at \(root.path); set HAMDEL_CORPORA") }
        return isThere ? root : nil
    }()

    /// The peers' names of channels, and our presets. What has none is not shipped.
    private static let presets = [
        "telegram": "telegram", "whatsapp": "whatsapp", "whatsapp-cloud": "whatsapp",
        "twilio": "twilio", "slack": "slack", "mattermost": "mattermost",
    ]

    static func cases(_ set: String) throws -> [[String: Any]] {
        guard let root else { return [] }
        let text = try Data(contentsOf: root.appending(path: "\(set)/cases.jsonl"))
        return try text.split(separator: 0x0A).map {
            try JSONSerialization.jsonObject(with: $0) as? [String: Any] ?? [:]
        }
    }

    @Test(
        "webhooks of the shipped presets", .enabled(if: ChatCorpusTests.root != nil),
        arguments: [
            "chat-telegram-zammad", "chat-whatsapp-pywa", "chat-chatwoot", "chat-sdk-samples",
        ])
    func webhooks(_ set: String) async throws {
        var agreed = 0
        var failures: [String] = []
        var unrecorded = 0
        for item in try Self.cases(set) {
            guard let channel = item["channel"] as? String, let preset = Self.presets[channel]
            else { continue }
            if try Self.isUnrecorded(item, set) {
                unrecorded += 1
                continue
            }
            let wrong = try await differences(item, preset, set)
            if wrong.isEmpty {
                agreed += 1
            } else {
                failures.append("\(item["id"] ?? ""): \(wrong.joined(separator: "; "))")
            }
        }
        print("\(set) \(agreed)/\(agreed + failures.count)")
        if unrecorded > 0 { print("  \(unrecorded) whose event was not recorded: left out") }
        for failure in failures { print("  differs: \(failure)") }
        #expect(Double(agreed) >= 0.9 * Double(agreed + failures.count))
    }

    /// `"event": "OBJ"`: the peer's test handed over an object of its own language, which is not in the file.
    private static func isUnrecorded(_ item: [String: Any], _ set: String) throws -> Bool {
        guard let root, let path = item["input"] as? String else { return false }
        let text = try String(
            decoding: Data(contentsOf: root.appending(path: "\(set)/\(path)")), as: UTF8.self)
        return text.contains("\"event\": \"OBJ\"")
    }

    private func differences(
        _ item: [String: Any], _ preset: String, _ set: String
    ) async throws -> [String] {
        let token = (item["expect"] as? [String: Any])?["auth_token"] as? String
        let channel = try PresetDesk.channel(preset, secret: token ?? PresetDesk.secret)
        let host = PresetHost()
        let inputs =
            item["input"] as? [String] ?? [item["input"] as? String].compactMap { $0 }
        var reply = WebhookReply(status: 0)
        for path in inputs {
            guard let root = Self.root else { return ["no root"] }
            let data = try Data(contentsOf: root.appending(path: "\(set)/\(path)"))
            let (body, type) = Self.body(data, path, preset, set)
            reply = await channel.receive(
                PresetDesk.request(preset, body, type: type), host: host)
        }
        let expect = item["expect"] as? [String: Any] ?? [:]
        var wrong: [String] = []
        if reply.status != 200 {
            wrong.append("status \(reply.status) \(String(decoding: reply.body, as: UTF8.self))")
        }
        wrong += PeerExpectation.differences(
            expect, host, reply, hasAlready: item["setup"] as? [[Any]] ?? [])
        return wrong
    }

    /// Twilio's payloads are written as JSON there and posted as forms.
    private static func body(
        _ data: Data, _ path: String, _ preset: String, _ set: String
    ) -> ([UInt8], String) {
        if path.hasSuffix(".form") { return (Array(data), "application/x-www-form-urlencoded") }
        guard preset == "twilio",
            let fields = try? JSONSerialization.jsonObject(with: data) as? [String: String]
        else { return (Array(data), "application/json") }
        let pairs = fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return (PresetDesk.form(pairs), "application/x-www-form-urlencoded")
    }
}

/// The peers' words for what a delivery leads to, against what came out here.
enum PeerExpectation {
    /// What only an update kind's name or a peer's own records say is not asked of us. A file that the test cannot
    /// fetch must be named in the text; a place or a contact is text here and a file with some peers.
    static func differences(
        _ expect: [String: Any], _ host: PresetHost, _ reply: WebhookReply, hasAlready: [[Any]]
    ) -> [String] {
        var wrong: [String] = []
        let messages = host.messages
        let last = messages.last
        func compare(_ key: String, _ found: String?) {
            guard let wanted = expect[key], !(wanted is NSNull) else { return }
            let text = (wanted as? String) ?? "\(wanted)"
            if found != text { wrong.append("\(key): \(found ?? "nothing"), not \(text)") }
        }
        if let content = expect["content"] as? String {
            let words = content.replacingOccurrences(of: "remove null", with: "remove\u{2400} null")
            let text = (last?.text ?? "").replacingOccurrences(of: "\u{2400}", with: "")
            // A file that could not be fetched is named behind the words.
            // A contact's card is written out here, names and numbers in one text.
            let isCard = expect["attachment_title"] != nil && text.contains(content)
            if !isCard && text != content && !text.hasPrefix(content + "\n") && last?.text != words
            {
                wrong.append("content: \(last?.text ?? "nothing"), not \(content)")
            }
        }
        compare("contact_name", last?.sender.name)
        if let kind = expect["update_kind"] as? String {
            wrong += update(kind, expect, host)
        }
        if let timestamp = expect["timestamp"] as? Int,
            last?.sentAt != Instant(milliseconds: Int64(timestamp) * 1000)
        {
            wrong.append("timestamp")
        }
        compare("from_wa_id", last?.sender.identity?.address.value)
        if let id = expect["user_id"] as? Int { compareID(id, last, &wrong) }
        if let count = expect["messages_count"] as? Int, count != messages.count {
            wrong.append("messages \(messages.count), not \(count)")
        }
        if let made = expect["ticket_created"] as? Bool, made == messages.isEmpty {
            wrong.append("ticket created: \(!messages.isEmpty)")
        }
        if expect["creates_conversation"] != nil, messages.isEmpty {
            wrong.append("no conversation")
        }
        if let count = expect["conversations_count"] as? Int, count == 0, !messages.isEmpty {
            wrong.append("a conversation was made")
        }
        if let count = expect["attachments_count"] as? Int, count > 0,
            last?.attachments.isEmpty != false, last?.text.contains("[") != true
        {
            wrong.append("no file")
        }
        // The number that the peer's record has, or another spelling of it that goes along.
        if let source = expect["source_id"] as? String {
            let number = source.split(separator: ":").last.map { $0.drop { $0 == "+" } } ?? ""
            let known = ([last?.sender.identity].compactMap { $0 } + (last?.identities ?? []))
                .map { $0.address.value.drop { $0 == "+" } }
            if !known.contains(number) { wrong.append("source_id \(known), not \(source)") }
        }
        if let words = expect["response_contains"] as? String,
            !String(decoding: reply.body, as: UTF8.self).contains(words)
        {
            wrong.append("answer without \(words)")
        }
        compare(
            "user", last?.sender.identity?.address.value.split(separator: "/").last.map(String.init)
        )
        compare("channel_id", last?.conversation?.split(separator: ":").first.map(String.init))
        if expect["auth_token"] != nil {
            compare("user_name", last?.sender.name)
            compare("message_id", last?.externalID)
        }
        return wrong
    }

    private static func compareID(_ id: Int, _ last: InboundMessage?, _ wrong: inout [String]) {
        if last?.sender.identity?.address.value != "\(id)" { wrong.append("user_id") }
    }

    private static func update(
        _ kind: String, _ expect: [String: Any], _ host: PresetHost
    ) -> [String] {
        var wrong: [String] = []
        let last = host.messages.last
        switch kind {
        case "message", "callback_button", "callback_selection", "flow_completion", "system",
            "edited_message", "deleted_message":
            guard let last else { return ["no message"] }
            let id = expect["message_id"] as? String ?? ""
            if !last.externalID.hasSuffix(id) { wrong.append("message_id \(last.externalID)") }
            if last.text.isEmpty { wrong.append("blank") }
            if let reply = expect["reply_to"] as? String, last.inReplyTo != reply {
                wrong.append("reply_to \(last.inReplyTo ?? "nothing")")
            }
        case "outgoing_message":
            if last?.author != .agent { wrong.append("not an agent's") }
        case "message_status":
            let word = expect["status"] as? String ?? ""
            let kinds = host.receipts.map(\.kind.rawValue)
            let wanted = ["delivered", "read", "failed"].contains(word) ? [word] : []
            if kinds != wanted { wrong.append("receipts \(kinds)") }
            if let first = host.receipts.first, first.externalID != expect["message_id"] as? String
            {
                wrong.append("message_id \(first.externalID)")
            }
            if !host.messages.isEmpty { wrong.append("a message") }
        default:
            if !host.messages.isEmpty || !host.receipts.isEmpty { wrong.append("not passed over") }
        }
        return wrong
    }
}
