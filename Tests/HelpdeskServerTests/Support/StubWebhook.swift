import ChannelKit
import Crypto
import HelpdeskAPI
import HelpdeskCore
import HelpdeskStore

/// A chat whose provider signs with one word: what a real adapter does, in a few lines.
struct StubWebhook: WebhookReceiving {
    static let kind = ChannelKind.chatWebhook
    static let sampleConfiguration = ""
    let capabilities = ChannelCapabilities(
        sending: .receiveOnly, liveness: .live, conversations: .session, continuity: .hours(72),
        attachments: .notCarried, sameIDOtherContent: .refuse, attemptSafety: .idempotent)

    init() {}

    init(
        configuration: ChannelConfiguration, secrets: ChannelSecrets
    ) throws(ChannelConfigurationError) {}

    func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        throw OutboundRefusal(.receiveOnly, "only receives")
    }

    func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
        .rejected(.unsupported, detail: "only receives")
    }

    func receive(_ request: WebhookRequest, host: any ChannelHost) async -> WebhookReply {
        // A provider's question whether the address is ours, as some ask it by GET.
        if request.method == "GET", request.path == "?challenge=42" {
            return WebhookReply(status: 200, contentType: "text/plain", body: Array("42".utf8))
        }
        guard request.header("webhook-signature") == "right",
            let id = request.header("webhook-id")
        else { return WebhookReply(status: 401) }
        guard let body = try? JSONReader.value(of: request.body), let text = body["text"]?.text
        else {
            return WebhookReply(status: 400)
        }
        let message = InboundMessage(
            externalID: id, conversation: "c-1",
            sender: Sender(
                identity: ClaimedIdentity(
                    address: IdentityAddress(kind: "visitor", value: "v-1"), evidence: .claimed)),
            text: text)
        let key = RequestKey(id: id, bodyHash: Array(SHA256.hash(data: request.body)))
        do throws(DeliveryRefusal) {
            _ = try await host.deliver(InboundBatch(messages: [message], request: key))
            return WebhookReply(status: 200, body: Array("{}".utf8))
        } catch .conflict {
            return WebhookReply(status: 409)
        } catch {
            return WebhookReply(status: 503, retryAfter: 5)
        }
    }
}
