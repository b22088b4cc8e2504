internal import HelpdeskAPI
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// The last one before the wire: says through which door a request came, and gives what no route took its problem
/// document.
struct DeskResponder: HTTPResponder {
    typealias Context = DeskContext

    let door: Door
    let router: RouterResponder<DeskContext>
    let metrics: ServerMetrics

    func respond(to request: Request, context: DeskContext) async throws -> Response {
        var context = context
        context.door = door
        do {
            let response = try await router.respond(to: request, context: context)
            guard response.headers[.contentType] == nil, response.status.code >= 400 else {
                return response
            }
            metrics.count("none", status: response.status.code)
            return Self.unrouted(request)
        } catch let error as HTTPParserError {
            throw error
        } catch is ChannelError {
            throw HTTPParserError.unknown
        } catch {
            context.logger.error(
                "a request failed", metadata: ["error": "\(error)", "path": "\(request.uri.path)"])
            return DeskProblem.internal.answer(instance: request.uri.path).response()
        }
    }

    private static func unrouted(_ request: Request) -> Response {
        DeskProblem(
            404, .notFound,
            "there is no \(request.method.rawValue) \(request.uri.path); see \(APIRoute.base)/openapi.json"
        ).answer(instance: request.uri.path).response()
    }
}
