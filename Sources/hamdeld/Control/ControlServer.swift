internal import ChannelKit
internal import FoundationEssentials
internal import HTTPTypes
internal import HelpdeskCore
internal import HelpdeskEngine
internal import Hummingbird
internal import Logging
internal import NIOCore

/// The socket through which the other commands of hamdeld reach the running daemon. Its file lets in the owner and root
/// alone (mode 0600); what comes in is one JSON request each, answered by one JSON reply.
struct ControlServer {
    /// A batch of an import with its raw mail.
    static let maximumBody = 64 << 20

    let desk: Desk
    let administration: Administration
    let mailReading: Administration.Rereading
    let health: @Sendable (InboxID) -> ChannelHealth?

    func application(socket path: String, logger: Logger) -> some ApplicationProtocol {
        let router = Router()
        router.post("/administration") { request, _ -> Response in
            let body = try await Self.body(of: request)
            let asked = try JSONDecoder().decode(AdministrationRequest.self, from: body)
            return try Self.answer(await administration.perform(asked))
        }
        router.post("/deliver/:inbox") { request, context -> Response in
            let inbox = InboxID(rawValue: try context.parameters.require("inbox"))
            let body = try await Self.body(of: request)
            let messages = try JSONDecoder().decode([InboundMessage].self, from: body)
            return try Self.answer(await deliver(messages, to: inbox))
        }
        router.post("/mails/:inbox") { request, context -> Response in
            let inbox = InboxID(rawValue: try context.parameters.require("inbox"))
            let mails = MailFrames.split(Array(try await Self.body(of: request)))
            return try Self.answer(
                await MailImport(desk: desk, reading: mailReading).deliver(mails, to: inbox))
        }
        router.get("/inboxes/:inbox/health") { _, context -> Response in
            let inbox = InboxID(rawValue: try context.parameters.require("inbox"))
            guard let health = health(inbox) else { return Response(status: .notFound) }
            return try Self.answer(
                ChannelControl.Health(
                    state: health.state.rawValue, detail: health.detail,
                    action: health.action?.rawValue))
        }
        router.get("/traffic") { request, _ -> Response in
            let after = request.uri.queryParameters["after"].flatMap { Int($0) } ?? 0
            let inbox = request.uri.queryParameters["inbox"].map { InboxID(rawValue: String($0)) }
            return try Self.answer(desk.traffic.entries(after: after, of: inbox))
        }
        return Application(
            router: router,
            configuration: .init(address: .unixDomainSocket(path: path), serverName: nil),
            logger: logger)
    }

    private static func body(of request: Request) async throws -> Data {
        let buffer = try await request.body.collect(upTo: maximumBody)
        return Data(buffer.readableBytesView)
    }

    private static func answer(_ value: some Encodable) throws -> Response {
        let data = try JSONEncoder().encode(value)
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }

    private func deliver(_ messages: [InboundMessage], to inbox: InboxID) async -> ControlDelivery {
        do throws(DeliveryRefusal) {
            return ControlDelivery(
                outcomes: try await Intake(desk).deliver(
                    InboundBatch(messages: messages), to: inbox))
        } catch {
            return ControlDelivery(refusal: error)
        }
    }
}

/// The answer to a delivery over the control socket.
struct ControlDelivery: Codable, Sendable {
    var outcomes: [DeliveryOutcome] = []
    /// Why nothing was kept; nil when it was.
    var refused: String?
    var canRetry = false

    init(outcomes: [DeliveryOutcome]) { self.outcomes = outcomes }

    init(refusal: DeliveryRefusal) {
        switch refusal {
        case .busy:
            refused = "too much is waiting to be stored"
            canRetry = true
        case .noSpace:
            refused = "space is short"
            canRetry = true
        case .stopping:
            refused = "the daemon is stopping"
            canRetry = true
        case .storeFailed(let text): refused = text
        case .conflict(let existing): refused = existing
        }
    }
}
