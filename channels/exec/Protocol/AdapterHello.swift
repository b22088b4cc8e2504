package import ChannelKit
internal import HelpdeskCore

/// An adapter's first line: who it is and what it can do.
package struct AdapterHello: Sendable {
    package let version: Int64
    package let name: String
    package let release: String
    package let capabilities: ChannelCapabilities
    /// It answers requests to `/in/{inbox}`.
    package let takesWebhooks: Bool
    /// What it wants of `config` (a small part of JSON Schema: `ConfigSchema`).
    package let schema: ConfigSchema

    init(_ fields: JSONFields) throws(JSONFault) {
        guard let version = try fields.count("protocol", atMost: 1_000) else {
            throw fields.fault(
                "protocol", "is missing; the version it speaks, one of those offered")
        }
        self.version = version
        let adapter = try fields.node("adapter").map { node throws(JSONFault) in
            try JSONFields(node, path: "adapter")
        }
        name = try adapter?.word("name", atMost: 100) ?? "unnamed"
        release = try adapter?.word("version", atMost: 100) ?? "?"
        let node = fields.node("capabilities") ?? JSONNode(value: .object([:]), range: 0..<0)
        let given = try JSONFields(node, path: "capabilities")
        capabilities = try Self.capabilities(given)
        takesWebhooks = try given.flag("webhook") ?? false
        schema = try ConfigSchema(fields.node("config_schema"))
    }

    /// What an adapter can do before it has said so: nothing that its customers could miss is switched off.
    package static let presumed = ChannelCapabilities(
        sending: .supported, liveness: .live, conversations: .session, continuity: .hours(72),
        attachments: .carried, sameIDOtherContent: .keepFirst, attemptSafety: .atLeastOnce)

    private static func capabilities(
        _ given: JSONFields
    ) throws(JSONFault) -> ChannelCapabilities {
        var result = presumed
        if try given.flag("send") == false { result.sending = .receiveOnly }
        if let liveness = try given.choice(
            "liveness", [("live", ChannelCapabilities.Liveness.live), ("deferred", .deferred)])
        {
            result.liveness = liveness
        }
        if let kind = try given.choice(
            "conversations",
            [("session", ConversationKind.session), ("perpetual", .perpetual), ("group", .group)])
        {
            result.conversations = kind
        }
        result.replyWindow = try given.count("reply_window_s", atMost: 31_536_000)
            .map { .seconds($0) }
        result.maximumTextBytes = try given.count("max_text_bytes", atMost: 1 << 20).map(Int.init)
        if try given.flag("attachments") == false { result.attachments = .notCarried }
        if try given.flag("idempotent_send") == true { result.attemptSafety = .idempotent }
        if try given.flag("quick_replies") == true { result.quickReplies = .shown }
        if let senders = try given.choice(
            "senders",
            [
                ("within_inbox", ChannelCapabilities.ClaimedSenders.withinInbox),
                ("everywhere", .everywhere),
            ])
        {
            result.claimedSenders = senders
        }
        return result
    }
}
