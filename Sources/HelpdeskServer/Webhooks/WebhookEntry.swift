internal import ChannelKit
internal import HTTPTypes
internal import HelpdeskCore
internal import HelpdeskEngine
internal import Hummingbird
internal import Logging

/// `/in/{inbox}`, by POST or GET: hands what a provider posted to the inbox's adapter, which checks the signature, decodes and delivers.
/// An inbox that is not there and one that takes no webhooks look the same.
struct WebhookEntry: Sendable {
    let desk: Desk
    let limits: ServerLimits
    let rate: TokenBuckets
    let host: @Sendable (InboxID) -> any ChannelHost
    let metrics: ServerMetrics

    func receive(_ request: Request, _ context: DeskContext) async -> Response {
        let answer: DeskAnswer
        do {
            answer = try await attempt(request, context)
        } catch {
            answer = RouteEntry.answer(to: error, request, context.logger)
        }
        metrics.count("webhook", status: answer.status)
        return answer.response()
    }

    private func attempt(
        _ request: Request, _ context: DeskContext
    ) async throws -> DeskAnswer {
        let name =
            context.parameters[RoutePath.name(0)].map {
                PercentCoding.decoded($0.utf8, .path)
            } ?? ""
        let inbox = InboxID(rawValue: name)
        guard let adapter = desk.adapter(of: inbox) as? any WebhookReceiving else {
            throw DeskProblem(404, .notFound, "no inbox \(name) takes webhooks here")
        }
        try rate.take(name, at: desk.environment.now())
        let body = try await BodyReading.bytes(of: request, upTo: limits.webhookBytes)
        let reply = await adapter.receive(
            WebhookRequest(
                method: request.method.rawValue, path: Self.path(request, name),
                headers: request.headers.map { ($0.name.canonicalName, $0.value) }, body: body),
            host: host(inbox))
        var answer = DeskAnswer(
            status: Self.status(reply.status), contentType: reply.contentType, bytes: reply.body)
        if let retryAfter = reply.retryAfter {
            answer.headers.append((.retryAfter, "\(retryAfter)"))
        }
        return answer
    }

    /// What stands behind `/in/{inbox}`, with the query.
    private static func path(_ request: Request, _ name: String) -> String {
        request.uri.query.map { "?\($0)" } ?? ""
    }

    /// An adapter's status that cannot be sent is a fault of the adapter.
    private static func status(_ status: Int) -> Int { (200...599).contains(status) ? status : 500 }
}
