public import ChannelKit
public import CurlTransport
public import HelpdeskCore

/// Chat by signed webhooks: customers' messages come in by POST, answers go out by POST.
///
/// Preset `generic`: Standard Webhooks signatures both ways, one shape of message both ways (DESIGN §7).
/// Setup, shapes and limits: README.md here.
public struct ChatWebhookChannel: WebhookReceiving {
    public static let kind = ChannelKind.chatWebhook

    let settings: ChatWebhookSettings
    let signing: StandardWebhooks
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
        settings = try ChatWebhookSettings(configuration)
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
        signing = StandardWebhooks(secrets: live)
        self.transfer = transfer
        self.clock = clock
    }

    public var capabilities: ChannelCapabilities {
        ChannelCapabilities(
            sending: settings.replyURL == nil ? .receiveOnly : .supported, liveness: .live,
            conversations: settings.conversations, continuity: .hours(72),
            maximumTextBytes: ChatReply.maximumTextBytes, attachments: .carried,
            sameIDOtherContent: .refuse, attemptSafety: .idempotent)
    }

    public func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        guard settings.replyURL != nil else {
            throw OutboundRefusal(
                .receiveOnly,
                "This chat has no reply_url, so it only receives. Answer by mail, or set one.")
        }
        return try ChatReply.prepared(message)
    }

    public func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
        guard let url = settings.replyURL else {
            return .rejected(.unsupported, detail: "the inbox has no reply_url")
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
