public import ChannelKit
public import CurlTransport
public import HelpdeskCore

/// Chat by signed webhooks: customers' messages come in by POST, answers go out by POST.
///
/// Preset `generic`: Standard Webhooks signatures both ways, one shape of message both ways (DESIGN §7). Any other provider
/// is a preset: a TOML file (Docs/Presets.md), one of `PresetCatalogue` or ops' own. Setup, shapes and limits: README.md here.
public struct ChatWebhookChannel: WebhookReceiving {
    public static let kind = ChannelKind.chatWebhook

    let settings: ChatWebhookSettings
    let signing: StandardWebhooks
    /// nil with preset `generic`.
    let presetInbox: PresetInbox?
    private let transfer: HTTPTransfer
    private let clock: @Sendable () -> Instant

    public init(
        configuration: ChannelConfiguration, secrets: ChannelSecrets
    ) throws(ChannelConfigurationError) {
        // The thread behind it starts with the first answer that goes out.
        try self.init(
            configuration: configuration, secrets: secrets,
            transfer: HTTPTransfer(loop: CurlLoop(name: "chat-out")))
    }

    /// As above, with a transport shared between inboxes. `clock` dates the signatures of what goes out:
    /// requests that come in are judged by their host's time.
    public init(
        configuration: ChannelConfiguration, secrets: ChannelSecrets, transfer: HTTPTransfer,
        clock: @escaping @Sendable () -> Instant = WallClock.now
    ) throws(ChannelConfigurationError) {
        let settings = try ChatWebhookSettings(configuration)
        var live: [WebhookSecret] = []
        for secret in secrets.live {
            guard let secret = WebhookSecret(secret) else {
                throw ChannelConfigurationError(
                    key: "secret", expected: "a text, or whsec_ and base64", got: "something else")
            }
            live.append(secret)
        }
        guard !live.isEmpty else {
            throw ChannelConfigurationError(
                key: "secret", expected: "at least one secret", got: "nothing")
        }
        self.settings = settings
        signing = StandardWebhooks(secrets: live)
        if let preset = settings.preset {
            presetInbox = try PresetInbox(preset, configuration, secrets, live: live, settings)
        } else {
            presetInbox = nil
        }
        self.transfer = transfer
        self.clock = clock
    }

    var receiving: PresetReceiving? {
        presetInbox.map { PresetReceiving(inbox: $0, transfer: transfer) }
    }

    private var replying: PresetReplying? {
        guard let presetInbox, presetInbox.canReply, let reply = presetInbox.preset.reply else {
            return nil
        }
        return PresetReplying(inbox: presetInbox, reply: reply)
    }

    public var capabilities: ChannelCapabilities {
        if let presetInbox { return capabilities(of: presetInbox.preset) }
        return ChannelCapabilities(
            sending: settings.replyURL == nil ? .receiveOnly : .supported, liveness: .live,
            conversations: settings.conversations, continuity: .hours(72),
            maximumTextBytes: ChatReply.maximumTextBytes, attachments: .carried,
            sameIDOtherContent: .refuse, attemptSafety: .idempotent)
    }

    private func capabilities(of preset: Preset) -> ChannelCapabilities {
        ChannelCapabilities(
            sending: replying == nil ? .receiveOnly : .supported, liveness: preset.liveness,
            conversations: preset.conversations,
            continuity: .hours(72), replyWindow: preset.replyWindow,
            maximumTextBytes: preset.textLimit.map { $0.unit == .bytes ? $0.count : $0.count * 4 },
            attachments: .notCarried, sameIDOtherContent: .refuse,
            attemptSafety: preset.reply?.attempts ?? .atLeastOnce, claimedSenders: preset.senders,
            // A telephone number needs no conversation to be written to.
            opensTo: preset.kind == IdentityAddress.phoneKind ? preset.kind : nil)
    }

    public func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        if let replying { return try replying.prepared(message) }
        if let presetInbox {
            throw OutboundRefusal(
                .receiveOnly,
                "This inbox of \(presetInbox.preset.title) has no credentials to answer with, so it only receives."
            )
        }
        guard settings.replyURL != nil else {
            throw OutboundRefusal(
                .receiveOnly,
                "This chat has no reply_url, so it only receives. Answer by mail, or set one.")
        }
        return try ChatReply.prepared(message)
    }

    public func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
        if let replying { return await replying.send(message, by: transfer, at: clock()) }
        guard presetInbox == nil, let url = settings.replyURL else {
            return .rejected(.unsupported, detail: "the inbox has nothing to answer with")
        }
        let id = ChatReply.webhookID(message)
        let now = clock()
        let seconds = now.milliseconds / 1000
        guard let signature = signing.signature(id: id, timestamp: seconds, body: message.bytes)
        else {
            return .rejected(.auth, detail: "the inbox has no secret to sign with")
        }
        let request = HTTPTransfer.Request(
            .post, url,
            headers: [
                .init("Content-Type", "application/json"), .init("webhook-id", id),
                .init("webhook-timestamp", String(seconds)), .init("webhook-signature", signature),
            ], body: message.bytes,
            timeouts: TransferTimeouts(connect: .seconds(10), total: .seconds(30)),
            maximumResponseBytes: 64 * 1024)
        do throws(TransportFailure) {
            return ReplyAnswer.judge(try await transfer.send(request), at: now)
        } catch {
            return ReplyAnswer.judge(error)
        }
    }
}
