internal import ChannelKit
internal import Crypto
internal import HTTPTypes
internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskAPI {
    var messageOperations: [String: Operation] {
        [
            "findMessages": findMessages, "getMessage": getMessage,
            "getRawMessage": getRawMessage, "putMessage": putMessage,
            "getAttachment": getAttachment, "uploadAttachment": uploadAttachment,
            "search": search, "stream": stream,
        ]
    }

    /// By the id on the channel; without one nothing is found, because a list of all messages is nobody's work.
    func findMessages(_ request: DeskRequest) async throws -> DeskAnswer {
        let viewer = try request.viewer()
        let external = try request.query.required("external_id")
        let inbox = request.query["inbox"].map { InboxID(rawValue: $0) }
        let limit = try request.query.limit()
        let rows = try await read { reader throws(StoreError) in
            try reader.messages(externalID: external, inbox: inbox, limit: limit, viewer: viewer)
        }
        return try .list(rows.map { API.Message($0) })
    }

    func getMessage(_ request: DeskRequest) async throws -> DeskAnswer {
        let id = try request.number("message", as: MessageID.self)
        let viewer = try request.viewer()
        let row = try await read { reader throws(StoreError) in
            try reader.message(id, viewer: viewer)
        }
        guard let row else { throw DeskProblem.notFound("message \(id.rawValue)") }
        return try .document(API.Message(row))
    }

    func getRawMessage(_ request: DeskRequest) async throws -> DeskAnswer {
        let id = try request.number("message", as: MessageID.self)
        let viewer = try request.viewer()
        let bytes = try await read { reader throws(StoreError) in
            try reader.rawMessage(id, viewer: viewer)
        }
        guard let bytes else {
            throw DeskProblem.notFound("the raw form of message \(id.rawValue)")
        }
        return Self.download(bytes, name: "message-\(id.rawValue)")
    }

    func getAttachment(_ request: DeskRequest) async throws -> DeskAnswer {
        let id = try request.number("attachment", as: AttachmentID.self)
        let viewer = try request.viewer()
        let found = try await read { reader throws(StoreError) in
            try reader.attachment(id, viewer: viewer)
        }
        guard let found else { throw DeskProblem.notFound("attachment \(id.rawValue)") }
        return Self.download(
            found.bytes, name: found.attachment.name ?? "attachment-\(id.rawValue)")
    }

    /// Whatever a sender says it is, it goes out as bytes to be saved, never as something a browser opens.
    static func download(_ bytes: [UInt8], name: String) -> DeskAnswer {
        var answer = DeskAnswer(contentType: "application/octet-stream", bytes: bytes)
        answer.headers.append((.contentDisposition, Disposition.attachment(name)))
        answer.headers.append((.contentSecurityPolicy, "default-src 'none'; sandbox"))
        return answer
    }

    func uploadAttachment(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let name = request.query["name"] ?? "file"
        guard name.utf8.count <= 255 else {
            throw DeskProblem.invalid("query name", "at most 255 bytes were expected")
        }
        let type = request.contentType ?? "application/octet-stream"
        let kept = try await ReplyDesk(desk).upload(
            name: name, contentType: type, bytes: request.body, by: caller)
        return try .document(
            API.Attachment(
                id: kept.id, name: name, contentType: type, size: kept.size, sha256: kept.sha256),
            status: 201)
    }

    /// A message in the shape of webhooks, for integrators: answered once it is durable.
    func putMessage(_ request: DeskRequest) async throws -> DeskAnswer {
        let inbox = InboxID(rawValue: try request.parameter())
        guard desk.policy.inboxes[inbox] != nil, let reading = settings.readMessage else {
            throw DeskProblem.notFound("inbox \(inbox.rawValue)")
        }
        let messages: [InboundMessage]
        do throws(MessageReading.Fault) {
            messages = try reading.read(request.body, inbox)
        } catch {
            throw DeskProblem.malformed(error.place, error.reason)
        }
        guard messages.count == 1 else {
            throw DeskProblem.invalid("messages", "one message at a time was expected")
        }
        let key = request.command.map {
            RequestKey(id: $0.rawValue, bodyHash: Array(SHA256.hash(data: request.body)))
        }
        let outcomes = try await Intake(desk).deliver(
            InboundBatch(messages: messages, request: key), to: inbox)
        guard let outcome = outcomes.first else { throw DeskProblem.internal }
        return try .document(API.IntakeReceipt(outcome), status: outcome.isNew ? 201 : 200)
    }

    func search(_ request: DeskRequest) async throws -> DeskAnswer {
        let viewer = try request.viewer()
        let query = try request.query.required("q")
        let cursor = try request.query.cursor(as: MessageID.self)
        let limit = try request.query.limit()
        let page = try await read { reader throws(StoreError) in
            try reader.search(query, after: cursor, limit: limit, viewer: viewer)
        }
        return try .page(page, cursor: { "\($0.rawValue)" }) { API.SearchHit($0) }
    }

    /// Server-sent events from `Last-Event-ID`, else `after`, else from now on. `screen=open`: their agent sits at a
    /// screen for as long as this is open.
    func stream(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let reader = try StreamReader(request.query)
        guard feed.subscriptions(of: caller.agent) < settings.limits.streamsPerAgent else {
            throw DeskProblem(
                429, .rateLimited,
                "\(settings.limits.streamsPerAgent) streams are open already; close one",
                retryAfter: 5)
        }
        var start = desk.store.writer.position
        if let text = request.lastEventID ?? request.query["after"] {
            guard let position = Int64(text), position >= 0 else {
                throw DeskProblem.malformed("after", "a position was expected")
            }
            start = Position(rawValue: position)
        }
        let subscription = StreamSubscription(
            feed: feed, source: StreamSource(desk: desk), agent: caller.agent, reader: reader,
            start: start,
            attention: attention, metrics: metrics)
        var answer = DeskAnswer(contentType: "text/event-stream") { writer in
            try await subscription.write(to: &writer)
        }
        answer.headers.append((.accelBuffering, "no"))
        return answer
    }
}

extension DeliveryOutcome {
    var isNew: Bool {
        if case .duplicate = self { false } else { true }
    }
}

extension API.IntakeReceipt {
    init(_ outcome: DeliveryOutcome) {
        switch outcome {
        case .ticketed(let message, let ticket):
            self.init(outcome: "ticketed", message: message, ticket: ticket)
        case .duplicate(let message, let ticket):
            self.init(outcome: "duplicate", message: message, ticket: ticket)
        case .quarantined(_, let reason): self.init(outcome: "quarantined", reason: reason)
        }
    }
}
