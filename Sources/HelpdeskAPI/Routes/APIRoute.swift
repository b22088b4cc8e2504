/// One operation of the API, as data: the server registers its handlers by `id`, the OpenAPI document is made from
/// the list, and a test holds the two together.
public struct APIRoute: Hashable, Sendable {
    public enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// Who may call it. Which tickets they see is the viewer's business (DESIGN, invariant 11).
    public enum Access: String, Hashable, Sendable {
        /// No token needed.
        case anyone
        case agent
        /// Leads and admins.
        case lead
        case admin
        /// A token of an integration, or an admin.
        case integration
    }

    /// What goes in or comes out as body.
    public enum Body: Hashable, Sendable {
        case none
        /// A type of `API`, by name: `Ticket`.
        case document(String)
        /// A page of these: `{"tickets":[…],"next_cursor":…}`.
        case page(of: String)
        /// Bytes of this media type.
        case bytes(String)
    }

    /// The name of the operation, unique: OpenAPI's `operationId`.
    public let id: String
    public let method: Method
    /// Below `/api/v1`, with names in braces: `/tickets/{number}`.
    public let path: String
    public let summary: String
    public let access: Access
    /// Names of query parameters; none is required unless it ends in `!`.
    public let query: [String]
    public let request: Body
    public let response: Body
    /// The status of success.
    public let status: Int

    public static let base = "/api/v1"

    init(
        _ id: String, _ method: Method, _ path: String, _ summary: String,
        access: Access = .agent, query: [String] = [], request: Body = .none,
        response: Body, status: Int = 200
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.summary = summary
        self.access = access
        self.query = query
        self.request = request
        self.response = response
        self.status = status
    }

    /// The names in braces, in order.
    public var parameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
            .map { String($0.dropFirst().dropLast()) }
    }
}
