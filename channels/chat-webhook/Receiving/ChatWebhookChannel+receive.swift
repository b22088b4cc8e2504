public import ChannelKit
internal import Crypto
internal import HelpdeskCore

extension ChatWebhookChannel {
    static let maximumBodyBytes = 1024 * 1024

    /// 401 for a signature that is not right, 400 for what cannot be read (nothing is kept then), 409 for
    /// a known id with another body, 503 with Retry-After when the host keeps nothing, 200 once durable.
    public func receive(_ request: WebhookRequest, host: any ChannelHost) async -> WebhookReply {
        guard request.body.count <= Self.maximumBodyBytes else {
            return .problem(
                400, "Malformed request", "the body is longer than \(Self.maximumBodyBytes) bytes")
        }
        if let receiving { return await receiving.receive(request, host: host) }
        guard request.method == "POST" else {
            return .problem(405, "Method not allowed", "webhooks are posted")
        }
        let id: String
        do throws(StandardWebhooks.Fault) {
            id = try signing.verify(
                id: request.header("webhook-id"), timestamp: request.header("webhook-timestamp"),
                signatures: request.header("webhook-signature"), body: request.body, at: host.now())
        } catch {
            return .problem(401, "Signature refused", "\(error)")
        }
        let messages: [InboundMessage]
        do throws(JSONFault) {
            messages = try MessageDecoder(trust: settings.trust).messages(request.body)
        } catch {
            return .problem(400, "Malformed request", "\(error)")
        }
        let key = RequestKey(id: id, bodyHash: Array(SHA256.hash(data: request.body)))
        do throws(DeliveryRefusal) {
            let outcomes = try await host.deliver(InboundBatch(messages: messages, request: key))
            return .accepted(zip(messages, outcomes).map { ($0.externalID, $1) })
        } catch {
            return .refused(error)
        }
    }
}

extension WebhookReply {
    fileprivate static func accepted(_ outcomes: [(String, DeliveryOutcome)]) -> WebhookReply {
        let list = outcomes.map { externalID, outcome -> JSONOutput in
            var members: [(String, JSONOutput)] = [("external_id", .text(externalID))]
            switch outcome {
            case .ticketed(let message, let ticket):
                members += [
                    ("outcome", .text("ticketed")), ("message", .number(message.rawValue)),
                    ("ticket", .number(ticket.rawValue)), ("reason", .null),
                ]
            case .duplicate(let message, let ticket):
                members += [
                    ("outcome", .text("duplicate")), ("message", .number(message.rawValue)),
                    ("ticket", .number(ticket.rawValue)), ("reason", .null),
                ]
            case .quarantined(let quarantine, let reason):
                members += [
                    ("outcome", .text("quarantined")), ("message", .null), ("ticket", .null),
                    ("quarantine", .number(quarantine.rawValue)), ("reason", .text(reason)),
                ]
            }
            return .object(members)
        }
        return WebhookReply(status: 200, body: JSONOutput.object([("messages", .list(list))]).bytes)
    }

    /// For providers, which look at the status alone, and for the person who tries it by hand.
    static func taken(messages: Int, receipts: Int, passedOver: Int) -> WebhookReply {
        WebhookReply(
            status: 200,
            body: JSONOutput.object([
                ("messages", .number(Int64(messages))), ("receipts", .number(Int64(receipts))),
                ("passed_over", .number(Int64(passedOver))),
            ]).bytes)
    }

    static func refused(_ refusal: DeliveryRefusal) -> WebhookReply {
        switch refusal {
        case .busy(let span):
            .problem(
                503, "Try again later", "too much is waiting to be stored",
                retryAfter: max(1, Int(clamping: (span.milliseconds + 999) / 1000)))
        case .noSpace: .problem(503, "Try again later", "space is short", retryAfter: 60)
        case .stopping: .problem(503, "Try again later", "the daemon is stopping", retryAfter: 5)
        case .storeFailed: .problem(503, "Try again later", "the store failed", retryAfter: 30)
        case .conflict:
            .problem(
                409, "Conflict", "this id was used before with another content; nothing was changed"
            )
        }
    }

    /// RFC 9457.
    static func problem(
        _ status: Int, _ title: String, _ detail: String, retryAfter: Int? = nil
    ) -> WebhookReply {
        WebhookReply(
            status: status, contentType: "application/problem+json",
            body: JSONOutput.object([
                ("type", .text("about:blank")), ("title", .text(title)),
                ("status", .number(Int64(status))), ("detail", .text(detail)),
            ]).bytes, retryAfter: retryAfter)
    }
}
