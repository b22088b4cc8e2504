import HelpdeskAPI
import Testing

struct RouteTests {
    @Test func `operations have names of their own, and no two the same place`() {
        #expect(Set(APIRoute.all.map(\.id)).count == APIRoute.all.count)
        #expect(
            Set(APIRoute.all.map { "\($0.method.rawValue) \($0.path)" }).count
                == APIRoute.all.count)
    }

    @Test(arguments: [
        "GET /tickets", "POST /tickets", "GET /tickets/{number}", "PATCH /tickets/{number}",
        "POST /tickets/{number}/replies", "POST /tickets/{number}/notes",
        "POST /tickets/{number}/assign", "POST /tickets/{number}/transfer",
        "POST /tickets/{number}/close", "POST /tickets/{number}/reopen",
        "POST /tickets/{number}/pending", "POST /tickets/{number}/snooze",
        "POST /tickets/{number}/spam", "POST /tickets/{number}/join",
        "POST /tickets/{number}/participants", "GET /tickets/{number}/events",
        "GET /tickets/{number}/explain", "GET /customers", "GET /customers/{id}",
        "GET /customers/{id}/timeline", "POST /customers/{id}/merge",
        "POST /customers/{id}/unmerge", "POST /tickets/{number}/merge",
        "POST /tickets/{number}/split", "POST /tickets/{number}/undo", "POST /recoveries/{id}/take",
        "POST /recoveries/{id}/done", "POST /invitations", "GET /search", "GET /stream",
        "GET /messages", "GET /messages/{id}", "GET /messages/{id}/raw",
        "GET /attachments/{id}", "GET /agents", "GET /teams", "GET /inboxes", "GET /macros",
        "GET /views", "GET /outbox", "GET /quarantine", "GET /recoveries",
        "GET /reports/{name}", "POST /messages/{inbox}", "POST /attachments",
    ])
    func `what CONTRACT names is there`(place: String) {
        #expect(APIRoute.all.contains { "\($0.method.rawValue) \($0.path)" == place })
    }

    @Test func `parameters are the names in braces`() {
        let route = APIRoute.all.first { $0.id == "setPresence" }
        #expect(route?.parameters == ["login"])
    }

    @Test func `what only reads has no body`() {
        for route in APIRoute.all where route.method == .get {
            #expect(route.request == .none, "\(route.id)")
            #expect(route.status == 200, "\(route.id)")
        }
    }
}
