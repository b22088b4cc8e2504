package import ChannelKit
package import HelpdeskCore

/// What an adapter says (`hamdel-channel/1`, Docs/Adapter-Guide.md). Members that are not known are passed over, and so are lines
/// of a kind that is not known.
package enum AdapterLine: Sendable {
    case hello(AdapterHello)
    case deliver(AdapterDelivery)
    case result(AdapterResult)
    case receipt(Receipt)
    case health(ChannelHealth)
    case webhookReply(request: String, WebhookReply)
    case pong(Int64)
    case unknown(kind: String)

    /// - Parameter now: for receipts that do not say when.
    package static func read(_ bytes: [UInt8], now: Instant) throws(JSONFault) -> AdapterLine {
        let document = try JSONDocumentReader.read(bytes)
        let fields = try JSONFields(document, path: "")
        guard let kind = try fields.word("type", atMost: 64) else {
            throw fields.fault("type", "is missing")
        }
        switch kind {
        case "hello": return .hello(try AdapterHello(fields))
        case "deliver": return .deliver(try AdapterDelivery(fields))
        case "result": return .result(try AdapterResult(fields))
        case "receipt": return .receipt(try receipt(fields, now: now))
        case "health": return .health(try health(fields))
        case "webhook_reply": return try webhookReply(fields)
        case "pong": return .pong(try fields.count("n", atMost: .max) ?? 0)
        default: return .unknown(kind: kind)
        }
    }

    private static func receipt(_ fields: JSONFields, now: Instant) throws(JSONFault) -> Receipt {
        guard let id = try fields.word("external_id", atMost: 255) else {
            throw fields.fault("external_id", "is missing")
        }
        let kinds: [(String, Receipt.Kind)] = [
            ("delivered", .delivered), ("read", .read), ("failed", .failed),
        ]
        guard let kind = try fields.choice("kind", kinds) else {
            throw fields.fault("kind", "is missing; delivered, read or failed")
        }
        let at = try fields.text("at", atMost: 40).flatMap(WireTime.instant)
        return Receipt(
            externalID: id, kind: kind, at: at ?? now,
            detail: try fields.text("detail", atMost: 2_000))
    }

    private static func health(_ fields: JSONFields) throws(JSONFault) -> ChannelHealth {
        let states: [(String, ChannelHealth.State)] = [
            ("ok", .ok), ("degraded", .degraded), ("down", .down),
        ]
        guard let state = try fields.choice("state", states) else {
            throw fields.fault("state", "is missing; ok, degraded or down")
        }
        let actions: [(String, ChannelHealth.Action)] = [
            ("wait", .wait), ("relogin", .relogin), ("fix-config", .fixConfiguration),
        ]
        return ChannelHealth(
            state: state, detail: try fields.text("detail", atMost: 2_000),
            action: try fields.choice("action", actions))
    }

    private static func webhookReply(_ fields: JSONFields) throws(JSONFault) -> AdapterLine {
        guard let request = try fields.word("req", atMost: 64) else {
            throw fields.fault("req", "is missing")
        }
        guard let status = try fields.count("status", atMost: 599), status >= 200 else {
            throw fields.fault("status", "expected a status of HTTP from 200 to 599")
        }
        let wait = try fields.count("retry_after_ms", atMost: 86_400_000)
        return .webhookReply(
            request: request,
            WebhookReply(
                status: Int(status),
                contentType: try fields.word("content_type", atMost: 255) ?? "text/plain",
                body: Array((try fields.text("body", atMost: 65_536) ?? "").utf8),
                retryAfter: wait.map { Int(($0 + 999) / 1_000) }))
    }
}

/// A `deliver` line: messages that are read one by one, so that a bad one holds up no other.
package struct AdapterDelivery: Sendable {
    package let sequence: Int64
    package let cursor: Cursor?
    package let messages: [JSONNode]

    init(_ fields: JSONFields) throws(JSONFault) {
        guard let sequence = try fields.count("seq", atMost: .max) else {
            throw fields.fault("seq", "is missing; a number that grows with each deliver line")
        }
        self.sequence = sequence
        cursor = try fields.text("cursor", atMost: 4_096).map { Cursor(text: $0) }
        messages = try fields.list("messages", atMost: InboundBatch.maximumMessages)
    }
}

/// What became of a `send`.
package struct AdapterResult: Sendable, Equatable {
    package let id: String
    package let result: SendResult

    init(_ fields: JSONFields) throws(JSONFault) {
        guard let id = try fields.word("id", atMost: 255) else {
            throw fields.fault("id", "is missing")
        }
        self.id = id
        let externalID = try fields.word("external_id", atMost: 255)
        let reason = try fields.text("reason", atMost: 2_000)
        let detail = try fields.text("detail", atMost: 2_000) ?? reason
        switch try fields.text("status", atMost: 32) {
        case "sent": result = .sent(externalID: externalID)
        case "queued": result = .queued(externalID: externalID)
        case "rejected":
            let code = try fields.text("code", atMost: 64).flatMap(RejectionCode.init) ?? .other
            result = .rejected(code, detail: detail ?? "the adapter gave no reason")
        case "retry":
            let wait = try fields.count("retry_after_ms", atMost: 86_400_000)
            result = .retry(
                after: wait.map { TimeSpan(milliseconds: $0) },
                detail: detail ?? "the adapter asks to try again")
        default: throw fields.fault("status", "expected sent, queued, rejected or retry")
        }
    }
}
