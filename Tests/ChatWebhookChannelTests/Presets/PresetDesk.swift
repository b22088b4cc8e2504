import ChannelKit
import CurlTransport
import Foundation
import HelpdeskCore
import Synchronization
import Testing

@testable import ChatWebhookChannel

/// Inboxes of the shipped presets, and requests as their providers sign them.
enum PresetDesk {
    static let now = Instant(milliseconds: 1_795_239_000_000)
    static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
    static let names = ["telegram", "whatsapp", "twilio", "kavenegar", "slack", "mattermost"]

    static let credentials: [String: [String: String]] = [
        "telegram": ["bot_token": "123:abc"],
        "whatsapp": ["access_token": "EAAB", "verify_token": "verify-me"],
        "kavenegar": ["api_key": "key-1"], "slack": ["bot_token": "xoxb-1"],
        "mattermost": ["bot_token": "mm-1"], "twilio": [:],
    ]

    static func channel(
        _ preset: String, settings: [String: String] = [:],
        credentials: [String: String]? = nil, secret: String = secret,
        _ more: [String: ChannelConfiguration.Value] = [:]
    ) throws -> ChatWebhookChannel {
        var values = more
        values["preset"] = .text(preset)
        values["settings"] = .table(settings.mapValues { .text($0) })
        if preset == "twilio", values["webhook_url"] == nil {
            values["webhook_url"] = .text("https://desk.example.org/in/sms")
        }
        return try ChatWebhookChannel(
            configuration: ChannelConfiguration(
                inbox: InboxID(rawValue: preset), values: values, zone: .utc),
            secrets: ChannelSecrets(
                live: [secret], named: credentials ?? Self.credentials[preset] ?? [:]),
            transfer: HTTPTransfer(loop: CurlLoop(name: "test")), clock: { now })
    }

    /// What a provider would send, with whatever proves that it is the provider.
    static func request(
        _ preset: String, _ body: [UInt8], type: String = "application/json", path: String = ""
    ) -> WebhookRequest {
        var headers: [(name: String, value: String)] = [("content-type", type)]
        var path = path
        switch preset {
        case "telegram": headers.append(("x-telegram-bot-api-secret-token", secret))
        case "whatsapp":
            headers.append(("x-hub-signature-256", "sha256=" + TestHMAC.sha256(secret, body)))
        case "slack":
            let time = "\(now.milliseconds / 1000)"
            headers.append(("x-slack-request-timestamp", time))
            let signed = Array("v0:\(time):".utf8) + body
            headers.append(("x-slack-signature", "v0=" + TestHMAC.sha256(secret, signed)))
        case "twilio":
            let url = "https://desk.example.org/in/sms" + path
            let signed = Array(url.utf8) + FormBody.sorted(body)
            headers.append(("x-twilio-signature", TestHMAC.sha1Base64(secret, signed)))
        case "kavenegar": path += "?token=\(secret)"
        case "mattermost": headers.append(("x-mattermost-token", secret))
        default: break
        }
        return WebhookRequest(method: "POST", path: path, headers: headers, body: body)
    }

    static func form(_ fields: [(String, String)]) -> [UInt8] {
        Array(
            fields.map { FormBody.encoded($0.0) + "=" + FormBody.encoded($0.1) }
                .joined(separator: "&").utf8)
    }

    static func post(
        _ preset: String, _ json: String, to channel: ChatWebhookChannel? = nil,
        _ host: PresetHost = PresetHost()
    ) async throws -> (reply: WebhookReply, host: PresetHost) {
        let channel = try channel ?? Self.channel(preset)
        return (
            await channel.receive(request(preset, Array(json.utf8)), host: host), host
        )
    }
}

/// A host as the daemon is one: an id seen before is a duplicate, with other content a conflict.
final class PresetHost: ChannelHost {
    private struct State {
        var messages: [InboundMessage] = []
        var receipts: [Receipt] = []
        var requests: [RequestKey] = []
        var refusal: DeliveryRefusal?
    }

    private let state = Mutex(State())

    var messages: [InboundMessage] { state.withLock { $0.messages } }
    var receipts: [Receipt] { state.withLock { $0.receipts } }
    var requests: [RequestKey] { state.withLock { $0.requests } }
    func refuse(_ refusal: DeliveryRefusal?) { state.withLock { $0.refusal = refusal } }

    func now() -> Instant { PresetDesk.now }

    func deliver(_ batch: InboundBatch) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        let result = state.withLock { state -> Result<[DeliveryOutcome], DeliveryRefusal> in
            if let refusal = state.refusal { return .failure(refusal) }
            for message in batch.messages {
                let other = state.messages.first { $0.externalID == message.externalID }
                if let other, other.text != message.text || other.attachments != message.attachments
                {
                    return .failure(.conflict(existing: message.externalID))
                }
            }
            if let request = batch.request { state.requests.append(request) }
            var outcomes: [DeliveryOutcome] = []
            for message in batch.messages {
                let id = MessageID(rawValue: Int64(state.messages.count + 1))
                let ticket = TicketNumber(rawValue: 1)
                if state.messages.contains(where: { $0.externalID == message.externalID }) {
                    outcomes.append(.duplicate(message: id, ticket: ticket))
                } else {
                    state.messages.append(message)
                    outcomes.append(.ticketed(message: id, ticket: ticket))
                }
            }
            return .success(outcomes)
        }
        return try result.get()
    }

    func quarantine(
        _ raw: [UInt8], reason: QuarantineReason
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        .quarantined(QuarantineID(rawValue: 1), reason: reason.code)
    }
    func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {
        state.withLock { $0.receipts.append(receipt) }
    }
    func health(_ health: ChannelHealth) async {}
    func freeSpace() async -> Int64 { .max }
}
