internal import HelpdeskAPI
internal import HelpdeskCore
internal import Hummingbird
internal import NIOCore

/// Everything that answers, put on its path. The API's routes come from `APIRoute.all`; a route without a handler is answered
/// as an internal fault, and a test sees to it that there is none.
struct DeskRouter: Sendable {
    let api: DeskAPI
    let entry: RouteEntry
    let webhooks: WebhookEntry
    let surveys: SurveyEntry
    let health: HealthEntry

    func responder() -> RouterResponder<DeskContext> {
        let router = Router(context: DeskContext.self, options: .autoGenerateHeadEndpoints)
        let operations = api.operations
        for route in APIRoute.all {
            let operation = operations[route.id] ?? { _ in throw DeskProblem.internal }
            let entry = entry
            router.on(RoutePath.pattern(route), method: .init(route.method)) { request, context in
                await entry.answer(request, context, route, operation)
            }
        }
        addPages(to: router)
        return router.buildResponder()
    }

    private func addPages(to router: Router<DeskContext>) {
        let (webhooks, surveys, health) = (webhooks, surveys, health)
        router.on("/in/{p0}", method: .post) { request, context in
            await webhooks.receive(request, context)
        }
        // Some providers prove by GET that the address is ours, or bring messages in its query.
        router.on("/in/{p0}", method: .get) { request, context in
            await webhooks.receive(request, context)
        }
        router.on("/s/{p0}", method: .get) { request, context in
            await surveys.show(request, context)
        }
        router.on("/s/{p0}", method: .post) { request, context in
            await surveys.record(request, context)
        }
        router.on("/healthz", method: .get) { _, _ in health.alive().response() }
        router.on("/readyz", method: .get) { _, _ in await health.ready().response() }
        router.on("/metrics", method: .get) { _, _ in await health.metrics().response() }
    }
}

extension HTTPRequest.Method {
    init(_ method: APIRoute.Method) {
        switch method {
        case .get: self = .get
        case .post: self = .post
        case .put: self = .put
        case .patch: self = .patch
        case .delete: self = .delete
        }
    }
}
