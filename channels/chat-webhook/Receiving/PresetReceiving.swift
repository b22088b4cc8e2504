internal import ChannelKit
internal import Crypto
internal import CurlTransport
internal import HelpdeskCore

/// Answers one request of a provider, by the inbox's preset.
struct PresetReceiving: Sendable {
    let inbox: PresetInbox
    let transfer: HTTPTransfer

    func receive(_ request: WebhookRequest, host: any ChannelHost) async -> WebhookReply {
        let now = host.now()
        let document = document(request)
        var scope = inbox.scope
        scope.bind("header", texts: headers(request))
        scope.bind("query", FormBody.node(FormBody.fields(query(request))))
        if case .success(let node) = document { scope.bind("body", node) }
        if let reply = challenged(request, scope, signing: .none) { return reply }
        guard inbox.preset.methods.contains(request.method) else {
            // A question that was not answered above: whoever asks does not know the token.
            return inbox.preset.challenges.contains { $0.method == request.method }
                ? .problem(403, "Refused", "the token is not this inbox's")
                : .problem(405, "Method not allowed", "\(inbox.preset.title) does not send this")
        }
        do throws(PresetSignature.Fault) {
            try inbox.preset.signature.verify(request, scope, inbox, at: now)
        } catch {
            return .problem(401, "Signature refused", "\(error)")
        }
        if case .failure(let fault) = document {
            return .problem(400, "Malformed request", "\(fault)")
        }
        if let reply = challenged(request, scope, signing: .needed) { return reply }
        let evaluation = PresetEvaluation.evaluate(inbox, scope, body: request.body, at: now)
        let messages = await withFiles(evaluation.found)
        return await deliver(messages, evaluation, key(request, scope), host)
    }

    /// JSON or a form, as the provider says; of a GET, its query.
    private func document(_ request: WebhookRequest) -> Result<JSONNode, JSONFault> {
        if request.method == "GET" || request.body.isEmpty {
            return .success(FormBody.node(FormBody.fields(query(request))))
        }
        let type = request.header("content-type")?.lowercased() ?? ""
        if type.hasPrefix("application/x-www-form-urlencoded") {
            return .success(FormBody.node(FormBody.fields(request.body)))
        }
        do throws(JSONFault) {
            return .success(try JSONDocumentReader.read(request.body))
        } catch {
            return .failure(error)
        }
    }

    private func query(_ request: WebhookRequest) -> [UInt8] {
        let path = Array(request.path.utf8)
        return path.firstIndex(of: 0x3F).map { Array(path[($0 + 1)...]) } ?? []
    }

    private func headers(_ request: WebhookRequest) -> [String: String] {
        Dictionary(request.headers.map { ($0.name, $0.value) }) { first, _ in first }
    }

    private func challenged(
        _ request: WebhookRequest, _ scope: PresetScope, signing: Preset.Challenge.Signing
    ) -> WebhookReply? {
        var scope = scope
        // An empty token would be equal to one that is not configured.
        scope.bind("credentials", texts: inbox.credentials.filter { !$0.value.isEmpty })
        for challenge in inbox.preset.challenges
        where challenge.signing == signing && challenge.method == request.method {
            let asksForMissing = challenge.when.flatMap(\.paths).contains {
                $0.root == "credentials" && scope.text($0).isEmpty
            }
            guard !asksForMissing, scope.holds(challenge.when) else { continue }
            return WebhookReply(
                status: 200, contentType: challenge.contentType,
                body: Array(scope.text(challenge.answer).utf8))
        }
        return nil
    }

    private func key(_ request: WebhookRequest, _ scope: PresetScope) -> RequestKey? {
        guard let id = inbox.preset.requestID.map({ PlainWord.id(scope.text($0)) }), !id.isEmpty
        else { return nil }
        return RequestKey(id: id, bodyHash: Array(SHA256.hash(data: request.body)))
    }

    /// A file that cannot be had is named in the text, with the reason: the message itself is never held up by it.
    private func withFiles(_ found: [PresetEvaluation.Found]) async -> [InboundMessage] {
        var messages: [InboundMessage] = []
        let fetch = inbox.preset.media.map { MediaFetch(inbox, $0, transfer) }
        var bytesLeft = inbox.preset.media?.maximumBytes ?? 0
        var filesLeft = MediaFetch.mostFiles
        for one in found {
            var message = one.message
            for file in one.files {
                var reason: String? = "files are not fetched here"
                if let fetch, filesLeft > 0, bytesLeft > 0 {
                    filesLeft -= 1
                    do throws(MediaFetch.Refusal) {
                        let attachment = try await fetch.fetch(file, atMost: bytesLeft)
                        bytesLeft -= Int(attachment.size)
                        message.attachments.append(attachment)
                        reason = nil
                    } catch {
                        reason = error.reason
                    }
                }
                guard let reason else { continue }
                if !message.text.isEmpty { message.text += "\n" }
                message.text += file.placeholder(reason)
            }
            messages.append(message)
        }
        return messages
    }

    private func deliver(
        _ messages: [InboundMessage], _ evaluation: PresetEvaluation, _ key: RequestKey?,
        _ host: any ChannelHost
    ) async -> WebhookReply {
        do throws(DeliveryRefusal) {
            var first = 0
            while first < messages.count {
                let end = min(messages.count, first + InboundBatch.maximumMessages)
                // The request's id goes with the last batch: it means that all is kept.
                try await deliver(
                    Array(messages[first..<end]), end == messages.count ? key : nil, host)
                first = end
            }
            for receipt in evaluation.receipts { try await host.receipt(receipt) }
        } catch {
            return .refused(error)
        }
        if let answer = inbox.preset.answer {
            return WebhookReply(
                status: 200, contentType: answer.contentType, body: Array(answer.text.utf8))
        }
        return .taken(
            messages: messages.count, receipts: evaluation.receipts.count,
            passedOver: evaluation.passedOver)
    }

    /// A provider's id names one message for ever. When it comes again with other content (a file that could not
    /// be fetched the first time, say) what is kept stays, and the provider hears that all is well.
    private func deliver(
        _ messages: [InboundMessage], _ key: RequestKey?, _ host: any ChannelHost
    ) async throws(DeliveryRefusal) {
        do throws(DeliveryRefusal) {
            _ = try await host.deliver(InboundBatch(messages: messages, request: key))
            return
        } catch .conflict {
            // One by one below: the others of the batch must not suffer.
        } catch {
            throw error
        }
        for message in messages {
            do throws(DeliveryRefusal) {
                _ = try await host.deliver(InboundBatch(messages: [message]))
            } catch .conflict {
                continue
            } catch {
                throw error
            }
        }
    }
}
