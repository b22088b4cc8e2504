import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskStore
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct DeskListTests {
    let server: ServerUnderTest

    init() async throws { server = try await ServerUnderTest() }

    @Test(arguments: [
        ("/tickets", "tickets"), ("/customers", "customers"), ("/agents", "agents"),
        ("/teams", "teams"), ("/inboxes", "inboxes"), ("/macros", "macros"), ("/views", "views"),
        ("/outbox", "outbox"), ("/quarantine", "quarantine"), ("/recoveries", "recoveries"),
        ("/search?q=x", "hits"), ("/messages?external_id=x", "messages"),
    ])
    func everyListStandsUnderItsName(_ path: String, _ name: String) async throws {
        let answer = try await server.ask(.get, path, by: .lead)
        #expect(answer.status == 200)
        guard case .object(let members) = try answer.json else {
            Issue.record("no object")
            return
        }
        #expect(members.map(\.name) == [name, "next_cursor"])
    }

    @Test func viewsAreTheDesksAndThoseOfOnesTeams() async throws {
        let number = try await server.desk.ticket(.mail(from: "sara@example.ir", id: "m1")).ticket
        let views = try await server.ask(.get, "/views").document(API.Page<API.View>.self).items
        #expect(
            views.map(\.name) == [
                "mine", "unassigned", "active", "new", "pending", "callbacks", "wrap-up",
                "snoozed", "spam", "bulk", "team:support",
            ])
        #expect(
            views.last
                == API.View(name: "team:support", title: "support", query: "team=support", count: 1)
        )
        #expect(views.filter { $0.count > 0 }.map(\.name).contains("wrap-up") == false)
        let listed = try await server.ask(.get, "/tickets?view=team:support")
            .document(API.Page<API.Ticket>.self).items
        #expect(listed.map(\.number) == [number])
        let foreign = try await server.ask(.get, "/tickets?view=team:second-line")
            .document(API.Page<API.Ticket>.self).items
        #expect(foreign.isEmpty)
        for name in ["teams", "team:"] {
            let unknown = try await server.ask(.get, "/tickets?view=\(name)")
            #expect(try unknown.problem == "400 invalid at query view")
        }
    }

    @Test func agentsShowWhatTheyHold() async throws {
        _ = try await server.desk.ticket(.mail(from: "sara@example.ir", id: "m1"))
        let agents = try await server.ask(.get, "/agents?team=support")
            .document(API.Page<API.Agent>.self).items
        #expect(agents.map(\.login) == [.lead, .leila, .nima])
        #expect(agents.map(\.load).reduce(0, +) == 1)
        #expect(agents.allSatisfy { $0.onDuty && $0.presence == nil })
    }

    @Test func presenceIsSetAndOthersOnlyByLeads() async throws {
        let own = try await server.ask(
            .put, "/agents/nima/presence", #"{"presence":"offline"}"#
        ).document(API.Agent.self)
        #expect(own.presence == .offline && !own.onDuty)
        let other = try await server.ask(.put, "/agents/leila/presence", #"{"presence":"away"}"#)
        #expect(try other.problem == "403 forbidden")
        let lead = try await server.ask(
            .put, "/agents/leila/presence", by: .lead, #"{"presence":"away"}"#)
        #expect(lead.status == 200)
        let back = try await server.ask(.put, "/agents/me/presence", "{}").document(API.Agent.self)
        #expect(back.presence == nil && back.onDuty)
        let wrong = try await server.ask(.put, "/agents/me/presence", #"{"presence":"asleep"}"#)
        #expect(try wrong.problem == "400 invalid at presence")
    }

    @Test func privateTeamsAreThereForMembersOnly() async throws {
        let names = try await server.ask(.get, "/teams").document(API.Page<API.Team>.self).items
            .map(\.name)
        #expect(!names.contains(.people))
    }

    @Test func aCardIsChangedAndMembersLeftOutStay() async throws {
        let number = try await server.desk.ticket(
            .mail(from: "sara@example.ir", id: "m1", name: "Sara")
        ).ticket
        let id = try server.desk.row(number).ticket.customer.rawValue
        let path = "/customers/\(id)"
        let changed = try await server.ask(
            .patch, path, #"{"vip":true,"organisation":"Acme","attributes":{"plan":"gold"}}"#
        ).document(API.Customer.self)
        #expect(changed.vip && changed.name == "Sara" && changed.organisation == "Acme")
        #expect(changed.attributes == ["plan": "gold"])
        let cleared = try await server.ask(
            .patch, path, #"{"organisation":null,"attributes":{"plan":null}}"#
        ).document(API.Customer.self)
        #expect(cleared.organisation == nil && cleared.attributes.isEmpty && cleared.vip)
        #expect(cleared.identities.map(\.id) == ["sara@example.ir"])
        #expect(try await server.ask(.patch, "/customers/999", "{}").problem == "404 not_found")
        try server.desk.verify()
    }

    @Test func theTimelineTellsEverythingOldestFirst() async throws {
        let number = try await server.desk.ticket(
            .mail(from: "sara@example.ir", id: "m1")
        ).ticket
        try await server.desk.reply(to: number, then: .close(.solved))
        let id = try server.desk.row(number).ticket.customer.rawValue
        let page = try await server.ask(.get, "/customers/\(id)/timeline")
            .document(API.Page<API.TimelineItem>.self)
        let kinds = page.items.map(\.kind)
        #expect(kinds.filter { $0 == "message" }.count == 2)
        #expect(kinds.contains("closed"))
        #expect(page.items.first { $0.kind == "message" }?.message?.text == "It broke.")
        #expect(page.items.map(\.at) == page.items.map(\.at).sorted())
        let first = try await server.ask(.get, "/customers/\(id)/timeline?limit=1")
            .document(API.Page<API.TimelineItem>.self)
        let cursor = try #require(first.nextCursor)
        let rest = try await server.ask(.get, "/customers/\(id)/timeline?cursor=\(cursor)")
            .document(API.Page<API.TimelineItem>.self)
        #expect(first.items.count + rest.items.count == page.items.count)
    }

    @Test func searchFindsWords() async throws {
        _ = try await server.desk.ticket(
            .mail(from: "sara@example.ir", id: "m1", text: "چاپگر خراب است"))
        let hits = try await server.ask(.get, "/search?q=%DA%86%D8%A7%D9%BE%DA%AF%D8%B1")
            .document(API.Page<API.SearchHit>.self).items
        #expect(hits.map(\.ticket.rawValue) == [1])
    }
}
