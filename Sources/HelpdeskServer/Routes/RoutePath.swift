internal import HelpdeskAPI
internal import Hummingbird

/// Paths of `APIRoute` for the router. Captures are named by their place: two routes may call the same place by different
/// names (`/messages/{id}`, `/messages/{inbox}`).
enum RoutePath {
    static func name(_ index: Int) -> Substring { "p\(index)" }

    static func pattern(_ route: APIRoute) -> RouterPath {
        var index = 0
        var pattern = APIRoute.base
        for part in route.path.split(separator: "/") {
            if part.hasPrefix("{") {
                pattern += "/{\(name(index))}"
                index += 1
            } else {
                pattern += "/\(part)"
            }
        }
        return RouterPath(pattern)
    }
}
