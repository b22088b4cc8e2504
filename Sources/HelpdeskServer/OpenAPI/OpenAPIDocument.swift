internal import HelpdeskAPI

/// The description of the API (OpenAPI 3.1), made from the same list as the routes.
enum OpenAPIDocument {
    static let bytes = JSONText.bytes(of: document(of: APIRoute.all))

    static func document(of routes: [APIRoute]) -> JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Hamdel", "version": "1",
                "description":
                    "The helpdesk's API. Sign in with a bearer token, or over the unix socket as a Unix user bound to an agent.",
            ],
            "servers": [["url": .string(APIRoute.base)]],
            "security": [["token": []]],
            "paths": paths(of: routes),
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "parameters": sharedParameters,
                "responses": ["Problem": problemResponse],
                "schemas": .object(schemas(of: routes)),
            ],
        ]
    }

    /// One member for each path, with its methods in the order of the list.
    private static func paths(of routes: [APIRoute]) -> JSONValue {
        var paths: [JSONMember] = []
        for route in routes {
            let operation = JSONMember(route.method.rawValue.lowercased(), operation(route))
            if let index = paths.firstIndex(where: { $0.name == route.path }),
                case .object(let members) = paths[index].value
            {
                paths[index].value = .object(members + [operation])
            } else {
                paths.append(JSONMember(route.path, .object([operation])))
            }
        }
        return .object(paths)
    }

    private static func operation(_ route: APIRoute) -> JSONValue {
        var members = [
            JSONMember("operationId", .string(route.id)),
            JSONMember("summary", .string(route.summary)),
            JSONMember("x-access", .string(route.access.rawValue)),
            JSONMember("parameters", .array(parameters(of: route))),
        ]
        if let body = content(of: route.request) {
            let isNeeded = route.request != .none
            members.append(
                JSONMember("requestBody", ["required": .bool(isNeeded), "content": body]))
        }
        members.append(JSONMember("responses", responses(of: route)))
        if route.access == .anyone { members.append(JSONMember("security", [])) }
        return .object(members)
    }

    private static func parameters(of route: APIRoute) -> [JSONValue] {
        var parameters: [JSONValue] = route.parameters.map { name in
            [
                "name": .string(name), "in": "path", "required": true,
                "schema": ["type": .string(isNumber(name, route) ? "integer" : "string")],
            ]
        }
        for name in route.query {
            switch name {
            case "limit", "cursor": parameters.append(shared(name))
            default:
                let isRequired = name.hasSuffix("!")
                parameters.append([
                    "name": .string(isRequired ? String(name.dropLast()) : name), "in": "query",
                    "required": .bool(isRequired), "schema": ["type": "string"],
                ])
            }
        }
        if route.method == .post { parameters.append(shared("idempotency_key")) }
        if changesTicket(route) { parameters.append(shared("if_match")) }
        return parameters
    }

    private static func changesTicket(_ route: APIRoute) -> Bool {
        route.method != .get && route.parameters.first == "number"
    }

    private static func isNumber(_ name: String, _ route: APIRoute) -> Bool {
        name == "number" || name == "id"
    }

    private static func shared(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/parameters/\(name)")]
    }

    private static let sharedParameters: JSONValue = [
        "limit": [
            "name": "limit", "in": "query", "description": "At most 500; more is capped.",
            "schema": ["type": "integer", "minimum": 1, "default": 50],
        ],
        "cursor": [
            "name": "cursor", "in": "query", "description": "The next_cursor of the page before.",
            "schema": ["type": "string"],
        ],
        "idempotency_key": [
            "name": "Idempotency-Key", "in": "header",
            "description":
                "The same key with the same request is carried out once and answered the same for 48 hours.",
            "schema": ["type": "string", "maxLength": 255],
        ],
        "if_match": [
            "name": "If-Match", "in": "header",
            "description": "The version looked at, in quotes; 412 when it is another one now.",
            "schema": ["type": "string"],
        ],
    ]

    private static func responses(of route: APIRoute) -> JSONValue {
        var answer: [JSONMember] = [JSONMember("description", "Done.")]
        if let content = content(of: route.response) {
            answer.append(JSONMember("content", content))
        }
        return .object([
            JSONMember("\(route.status)", .object(answer)),
            JSONMember("default", ["$ref": "#/components/responses/Problem"]),
        ])
    }

    private static let problemResponse: JSONValue = [
        "description": "What went wrong (RFC 9457).",
        "content": [
            "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
        ],
    ]

    /// Nil for no body.
    private static func content(of body: APIRoute.Body) -> JSONValue? {
        switch body {
        case .none: nil
        case .document(let name):
            ["application/json": ["schema": reference(name)]]
        case .page(of: let name):
            ["application/json": ["schema": reference("\(name)Page")]]
        case .bytes(let type):
            .object([JSONMember(type, ["schema": ["type": "string", "format": "binary"]])])
        }
    }

    private static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }

    /// Every document named by a route, and the pages of those that come in lists.
    private static func schemas(of routes: [APIRoute]) -> [JSONMember] {
        var documents: Set<String> = ["Problem"]
        var pages: Set<String> = []
        for route in routes {
            for body in [route.request, route.response] {
                switch body {
                case .document(let name): documents.insert(name)
                case .page(of: let name):
                    documents.insert(name)
                    pages.insert(name)
                case .none, .bytes: break
                }
            }
        }
        let bare = documents.sorted().map { name in
            JSONMember(name, DocumentSchemas.schema(of: name))
        }
        let lists = pages.sorted().map { name in
            JSONMember("\(name)Page", page(of: name))
        }
        return bare + lists
    }

    private static func page(of name: String) -> JSONValue {
        let list = DocumentSchemas.listName(of: name)
        return [
            "type": "object", "required": [.string(list), "next_cursor"],
            "properties": .object([
                JSONMember(list, ["type": "array", "items": reference(name)]),
                JSONMember("next_cursor", ["type": ["string", "null"]]),
            ]),
        ]
    }
}
