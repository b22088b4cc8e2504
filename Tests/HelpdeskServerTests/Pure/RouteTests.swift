import HTTPTypes
import HelpdeskAPI
import Testing

@testable import HelpdeskServer

@Suite struct RouteTests {
    @Test func everyRouteHasAHandlerAndNoHandlerIsWithoutARoute() async throws {
        let server = try await ServerUnderTest()
        let handlers = Set(server.server.operationNames)
        #expect(handlers == Set(APIRoute.all.map(\.id)))
    }

    @Test func theDescriptionNamesExactlyTheRoutes() async throws {
        let server = try await ServerUnderTest()
        let answer = try await server.ask(.get, "/openapi.json", by: nil)
        #expect(answer.status == 200)
        guard case .object(let paths)? = try answer.json["paths"] else {
            Issue.record("no paths")
            return
        }
        var named: [String] = []
        for path in paths {
            guard case .object(let methods) = path.value else { continue }
            for method in methods {
                named.append(
                    "\(method.name.uppercased()) \(path.name) \(method.value["operationId"]?.text ?? "")"
                )
            }
        }
        let routes = APIRoute.all.map { "\($0.method.rawValue) \($0.path) \($0.id)" }
        #expect(named.sorted() == routes.sorted())
    }

    @Test(arguments: APIRoute.all.filter { $0.access != .anyone })
    func nobodyGetsInWithoutAToken(_ route: APIRoute) async throws {
        let server = try await ServerUnderTest()
        let path = route.path.replacing("{number}", with: "1").replacing("{id}", with: "1")
            .replacing("{inbox}", with: "site-chat").replacing("{login}", with: "nima")
            .replacing("{name}", with: "csat")
        let answer = try await server.ask(
            try #require(.init(rawValue: route.method.rawValue)), path, by: nil)
        #expect(try answer.problem == "401 unauthorized")
        #expect(answer.headers[.wwwAuthenticate] == "Bearer")
    }

    @Test func everyDocumentIsDescribed() {
        for (name, type) in DocumentSchemas.types {
            let schema = SchemaProbe.schema(of: type)
            guard case .object(let properties)? = schema["properties"] else {
                Issue.record("\(name) has no properties: \(schema)")
                continue
            }
            #expect(!properties.isEmpty, "\(name)")
        }
    }

    @Test func theDescriptionHasEveryMemberOfATicket() throws {
        let schema = SchemaProbe.schema(of: API.TicketDetail.self)
        guard case .object(let properties)? = schema["properties"] else {
            Issue.record("no properties")
            return
        }
        #expect(properties.map(\.name).last == "messages")
        #expect(properties.count == 32)
        #expect(schema["properties"]?["status"]?["enum"] == ["new", "open", "pending", "closed"])
        #expect(schema["properties"]?["subject"]?["type"] == ["string", "null"])
        #expect(
            schema["properties"]?["messages"]?["items"]?["properties"]?["email"]?["type"]
                == ["object", "null"])
    }
}
