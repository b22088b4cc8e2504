internal import ChannelKit
internal import ChatWebhookChannel
internal import ConformanceKit
internal import CurlTransport
internal import HelpdeskCore

/// A test case of a chat: what a provider posts, with its proof, and what comes of it.
struct PresetCase: Sendable {
    /// Of what the kit asks nobody for; nothing is fetched.
    private static let transfers = CurlLoop(name: "kit")

    let name: String
    let secret: String
    let now: Instant
    let request: WebhookRequest
    let status: Int
    /// Each with the members that are to be compared.
    let messages: [JSONNode]
    let receipts: [String]
    private let values: [String: ChannelConfiguration.Value]
    private let credentials: [String: String]

    init(
        _ name: String, _ fields: JSONFields, preset: [String: ChannelConfiguration.Value]
    ) throws(JSONFault) {
        self.name = name
        guard let secret = try fields.text("secret", atMost: 4_000) else {
            throw fields.fault("secret", "is missing")
        }
        self.secret = secret
        let moment = try fields.text("now", atMost: 40).flatMap(WireTime.instant)
        guard let moment else {
            throw fields.fault("now", "expected a time like 2026-11-21T05:30:00Z")
        }
        now = moment
        let headers = try Self.texts(fields, "headers").map {
            (name: $0.key.lowercased(), value: $0.value)
        }
        .sorted { $0.name < $1.name }
        request = WebhookRequest(
            method: try fields.text("method", atMost: 10) ?? "POST",
            path: try fields.text("path", atMost: 4_000) ?? "", headers: headers,
            body: Array((try fields.text("body", atMost: 1 << 20) ?? "").utf8))
        status = Int(try fields.count("status", atMost: 599) ?? 200)
        messages = try fields.list("messages", atMost: 1_000)
        receipts = try fields.list("receipts", atMost: 1_000).compactMap {
            if case .text(let text) = $0.value { text } else { nil }
        }
        credentials = try Self.texts(fields, "credentials")
        var values = preset
        values["settings"] = .table(try Self.texts(fields, "settings").mapValues { .text($0) })
        values["trust_identities"] = .boolean(true)
        values["reply_url"] = try fields.text("reply_url", atMost: 2_000).map(
            ChannelConfiguration.Value.text)
        values["webhook_url"] = try fields.text("webhook_url", atMost: 2_000)
            .map(ChannelConfiguration.Value.text)
        self.values = values
    }

    private static func texts(_ fields: JSONFields, _ key: String) throws(JSONFault) -> [String:
        String]
    {
        guard let node = fields.node(key) else { return [:] }
        guard case .object(let members) = node.value else {
            throw fields.fault(key, "expected an object")
        }
        return members.compactMapValues { if case .text(let text) = $0.value { text } else { nil } }
    }

    func channel(secret other: String? = nil) throws(KitFailure) -> ChatWebhookChannel {
        do throws(ChannelConfigurationError) {
            return try ChatWebhookChannel(
                configuration: ChannelConfiguration(
                    inbox: InboxID(rawValue: "kit"), values: values, zone: .utc),
                secrets: ChannelSecrets(live: [other ?? secret], named: credentials),
                transfer: HTTPTransfer(loop: Self.transfers), clock: { [now] in now })
        } catch {
            throw KitFailure("\(name): \(error.key): expected \(error.expected), got \(error.got)")
        }
    }

    /// What differs from what is expected; nil when nothing does.
    func difference(_ reply: WebhookReply, _ host: KitHost) -> String? {
        guard reply.status == status else {
            return
                "\(name): answered with \(reply.status), expected \(status): \(String(decoding: reply.body.prefix(300), as: UTF8.self))"
        }
        let found = host.messages
        guard found.count == messages.count else {
            return "\(name): \(found.count) messages, expected \(messages.count)"
        }
        for (message, node) in zip(found, messages) {
            guard case .object(let wanted) = node.value else { return "\(name): expected objects" }
            for (key, value) in wanted.sorted(by: { $0.key < $1.key }) {
                let seen = Self.described(message, key)
                guard case .text(let text) = value.value, text == seen else {
                    return "\(name): \(key): got \(seen ?? "nothing of that name")"
                }
            }
        }
        let told = host.receipts.map { "\($0.externalID) \($0.kind.rawValue)" }
        return told == receipts ? nil : "\(name): receipts \(told), expected \(receipts)"
    }

    private static func described(_ message: InboundMessage, _ key: String) -> String? {
        switch key {
        case "external_id": message.externalID
        case "conversation": message.conversation ?? ""
        case "sender": message.sender.identity?.address.text ?? ""
        case "name": message.sender.name ?? ""
        case "text": message.text
        case "author": message.author.rawValue
        case "in_reply_to": message.inReplyTo ?? ""
        case "sent_at": message.sentAt.map(WireTime.text) ?? ""
        case "sender_auth": message.senderAuth.rawValue
        case "handoff": message.handoff ? "true" : "false"
        default: nil
        }
    }
}
