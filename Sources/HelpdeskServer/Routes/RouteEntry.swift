internal import Crypto
internal import HTTPTypes
internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import Hummingbird
internal import Logging

/// What happens to every request of the API before and after its handler: who asks, how often, whether they may, the
/// body, the key of a repeated request, and the problem document when something is wrong.
struct RouteEntry: Sendable {
    let identification: Identification
    let agentRate: TokenBuckets
    let keys: IdempotencyKeys
    let settings: ServerSettings
    let metrics: ServerMetrics
    let now: @Sendable () -> Instant

    func answer(
        _ request: Request, _ context: DeskContext, _ route: APIRoute,
        _ operation: @escaping DeskAPI.Operation
    ) async -> Response {
        let begun = ContinuousClock.now
        let answer = await attempt(request, context, route, operation)
        metrics.count(route.id, status: answer.status)
        if route.id != "stream" { metrics.record(route.id, ContinuousClock.now - begun) }
        return answer.response()
    }

    private func attempt(
        _ request: Request, _ context: DeskContext, _ route: APIRoute,
        _ operation: @escaping DeskAPI.Operation
    ) async -> DeskAnswer {
        do {
            let caller = try await admit(request, context, route)
            let desk = try await read(request, context, route, caller)
            guard let command = desk.command, let caller, route.method == .post else {
                return try await operation(desk)
            }
            return try await keys.answer(
                to: keys.request(caller.agent, command, request, desk)
            ) { try await operation(desk) }
        } catch {
            return Self.answer(to: error, request, context.logger)
        }
    }

    private func admit(
        _ request: Request, _ context: DeskContext, _ route: APIRoute
    ) async throws -> Caller? {
        guard route.access != .anyone else { return nil }
        guard let caller = try await identification.caller(of: request, context: context) else {
            throw DeskProblem.unauthorized
        }
        try agentRate.take(caller.agent.rawValue, at: now())
        try route.admit(caller)
        return caller
    }

    private func read(
        _ request: Request, _ context: DeskContext, _ route: APIRoute, _ caller: Caller?
    ) async throws -> DeskRequest {
        DeskRequest(
            route: route,
            parameters: route.parameters.indices.map { index in
                context.parameters[RoutePath.name(index)].map {
                    PercentCoding.decoded($0.utf8, .path)
                } ?? ""
            },
            query: RequestQuery(request.uri.query),
            body: try await BodyReading.bytes(of: request, upTo: limit(of: route)),
            contentType: request.headers[.contentType], ifMatch: request.headers[.ifMatch],
            lastEventID: request.headers[.lastEventID],
            command: try IdempotencyKeys.command(request.headers[.idempotencyKey]),
            authenticated: caller)
    }

    private func limit(of route: APIRoute) -> Int {
        switch route.request {
        case .bytes: settings.limits.attachmentBytes
        case .document("InboundMessage"): settings.limits.webhookBytes
        case .none, .document, .page: settings.limits.documentBytes
        }
    }

    /// What went wrong, as a problem document. A fault of ours is told in the log only.
    static func answer(
        to error: any Error, _ request: Request, _ logger: Logger
    ) -> DeskAnswer {
        let problem = DeskProblem(error) ?? .internal
        if problem.status == 500 {
            logger.error(
                "a request failed",
                metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
        }
        return problem.answer(instance: request.uri.path)
    }
}

extension HTTPField.Name {
    /// HTTP header names are tokens, so these cannot fail; a nil would only mean that the header is never found.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .cookie
    static let idempotencyReplayed = HTTPField.Name("Idempotency-Replayed") ?? .cookie
    static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .cookie
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .cookie
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .cookie
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .cookie
    static let robotsTag = HTTPField.Name("X-Robots-Tag") ?? .cookie
}
