internal import ChannelKit
internal import CurlTransport
internal import HelpdeskCore

/// Makes and sends answers in the provider's words.
struct PresetReplying: Sendable {
    let inbox: PresetInbox
    let reply: PresetReply

    func prepared(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        guard message.attachments.isEmpty else {
            throw OutboundRefusal(
                .unsupported,
                "\(inbox.preset.title) takes no files from here; send the file by mail, or a link.")
        }
        try check(message.text)
        let to = message.to.first { $0.address.kind == inbox.preset.kind } ?? message.to.first
        let scope = scope(message, to: to?.address.value ?? "")
        guard !scope.text(reply.to).isEmpty else {
            throw OutboundRefusal(
                .badAddress,
                "There is no address of \(inbox.preset.title) to answer to; choose another channel."
            )
        }
        var bytes: [UInt8] = []
        switch reply.form {
        case .json: bytes = (Self.json(reply.body, scope) ?? .object([])).bytes
        case .form: bytes = Array(Self.form(reply.body, scope).utf8)
        }
        return PreparedMessage(
            delivery: message.delivery, conversation: message.conversation,
            recipients: to.map { [$0.address.value] } ?? [], bytes: bytes)
    }

    private func check(_ text: String) throws(OutboundRefusal) {
        guard let limit = inbox.preset.textLimit else { return }
        let count =
            switch limit.unit {
            case .bytes: text.utf8.count
            case .characters: text.unicodeScalars.count
            case .utf16: text.utf16.count
            }
        guard count > limit.count else { return }
        throw OutboundRefusal(
            .tooLong,
            "\(inbox.preset.title) takes \(limit.count) characters in a message, this one has \(count). Shorten it, or send it in parts."
        )
    }

    private func scope(_ message: OutboundMessage, to: String) -> PresetScope {
        var scope = inbox.scope
        scope.bind("text", text: message.text)
        scope.bind("to", text: to)
        Self.bind(conversation: message.conversation, &scope)
        scope.bind("delivery", text: "\(message.delivery.rawValue)")
        scope.bind("ticket", text: message.ticket.map { "\($0.rawValue)" })
        scope.bind("subject", text: message.subject)
        scope.bind("language", text: message.language)
        scope.bind("in_reply_to", text: message.inReplyTo)
        return scope
    }

    /// Whole, and its parts before and behind the first colon.
    private static func bind(conversation: String?, _ scope: inout PresetScope) {
        guard let conversation else { return }
        scope.bind("conversation", text: conversation)
        let parts = conversation.split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        scope.bind("conversation_head", text: parts.first.map { String($0) })
        scope.bind("conversation_tail", text: parts.count > 1 ? String(parts[1]) : nil)
    }

    func send(
        _ message: PreparedMessage, by transfer: HTTPTransfer, at now: Instant
    ) async -> SendResult {
        let secret = inbox.secretScope
        let type =
            reply.form == .json ? "application/json" : "application/x-www-form-urlencoded"
        var headers = [HTTPTransfer.Header("Content-Type", type)]
        headers += reply.headers.map { HTTPTransfer.Header($0.name, secret.header($0.value)) }
        let request = HTTPTransfer.Request(
            reply.method == .put ? .put : .post, secret.url(reply.url), headers: headers,
            body: message.bytes,
            timeouts: TransferTimeouts(connect: .seconds(10), total: .seconds(30)),
            maximumResponseBytes: 64 * 1024)
        do throws(TransportFailure) {
            return judge(try await transfer.send(request), message, at: now)
        } catch {
            return judge(error)
        }
    }

    private func judge(_ failure: TransportFailure) -> SendResult {
        switch failure {
        case .invalidRequest(let reason): return .rejected(.content, detail: reason)
        case .interrupted, .silent, .deadlineExceeded, .responseTooLarge:
            // It may have arrived, and the provider would take a second copy for a second message.
            return reply.attempts == .atLeastOnce
                ? .uncertain(detail: "\(failure)") : .retry(after: nil, detail: "\(failure)")
        default: return .retry(after: nil, detail: "\(failure)")
        }
    }

    private func judge(
        _ response: HTTPTransfer.Response, _ message: PreparedMessage, at now: Instant
    ) -> SendResult {
        var scope = inbox.scope
        scope.bind("status", text: "\(response.status)")
        Self.bind(conversation: message.conversation, &scope)
        if let answer = Self.document(response.body) { scope.bind("answer", answer) }
        let said = reply.detail.map { PlainWord.bounded(scope.text($0), 300) } ?? ""
        let detail = "HTTP \(response.status)" + (said.isEmpty ? "" : ": \(said)")
        if let outcome = reply.outcomes.first(where: { scope.holds($0.when) }) {
            switch outcome.meaning {
            case .rejected(let code): return .rejected(code, detail: detail)
            case .retry: return .retry(after: wait(response, scope, now), detail: detail)
            case .accepted: return accepted(scope)
            }
        }
        switch response.status {
        case 200..<300: return accepted(scope)
        case 408, 425, 429, 500...:
            return .retry(after: wait(response, scope, now), detail: detail)
        case 401, 403: return .rejected(.auth, detail: detail)
        case 404, 410: return .rejected(.badAddress, detail: detail)
        case 413: return .rejected(.tooLong, detail: detail)
        default: return .rejected(.content, detail: detail)
        }
    }

    private func accepted(_ scope: PresetScope) -> SendResult {
        let id = reply.id.map { PlainWord.id(scope.whole($0)) } ?? ""
        let known = id.isEmpty ? nil : id
        return reply.accepted == .queued ? .queued(externalID: known) : .sent(externalID: known)
    }

    private func wait(
        _ response: HTTPTransfer.Response, _ scope: PresetScope, _ now: Instant
    ) -> TimeSpan? {
        if let text = reply.retryAfter.map({ scope.text($0) }),
            let said = ReplyAnswer.wait(text, now)
        {
            return said
        }
        return ReplyAnswer.wait(response.header("retry-after"), now)
    }

    private static func document(_ body: [UInt8]) -> JSONNode? {
        do throws(JSONFault) {
            return try JSONDocumentReader.read(body)
        } catch {
            // Some providers answer in words; the status says what it means.
            return body.isEmpty ? nil : JSONNode(.text(String(decoding: body, as: UTF8.self)))
        }
    }

    /// nil for what comes to nothing: it is left out.
    private static func json(_ body: PresetReply.Body, _ scope: PresetScope) -> JSONOutput? {
        switch body {
        case .text(let template):
            let text = scope.text(template)
            return text.isEmpty ? nil : .text(text)
        case .flag(let flag): return .boolean(flag)
        case .number(let number): return .number(number)
        case .list(let list):
            let values = list.compactMap { json($0, scope) }
            return values.isEmpty ? nil : .list(values)
        case .table(let members):
            let values = members.compactMap { member in
                json(member.value, scope).map { (member.name, $0) }
            }
            return values.isEmpty ? nil : .object(values)
        }
    }

    private static func form(_ body: PresetReply.Body, _ scope: PresetScope) -> String {
        guard case .table(let members) = body else { return "" }
        return members.compactMap { member -> String? in
            let text: String
            switch member.value {
            case .text(let template): text = scope.text(template)
            case .flag(let flag): text = flag ? "true" : "false"
            case .number(let number): text = "\(number)"
            case .list, .table: return nil
            }
            guard !text.isEmpty else { return nil }
            return FormBody.encoded(member.name) + "=" + FormBody.encoded(text)
        }.joined(separator: "&")
    }
}
