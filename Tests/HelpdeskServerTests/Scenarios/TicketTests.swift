import ChannelKit
import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskStore
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct TicketTests {
    let server: ServerUnderTest

    init() async throws { server = try await ServerUnderTest() }

    private func mail(
        _ id: String = "m1@example.ir", to inbox: InboxID = .supportMail, text: String = "It broke."
    ) async throws -> TicketNumber {
        try await server.desk.ticket(
            .mail(from: "sara@example.ir", id: id, text: text, name: "Sara"), to: inbox
        ).ticket
    }

    @Test func aTicketIsShownWithEverythingSaid() async throws {
        let number = try await mail()
        let answer = try await server.ask(.get, "/tickets/\(number.rawValue)")
        let ticket = try answer.document(API.TicketDetail.self)
        #expect(answer.status == 200)
        #expect(ticket.ticket.subject == "Broken")
        #expect(ticket.ticket.customer.name == "Sara")
        #expect(ticket.ticket.channels == [.email])
        #expect(ticket.ticket.lastDirection == .inbound)
        #expect(answer.headers[.eTag] == "\"\(ticket.ticket.version)\"")
        let message = try #require(ticket.messages.first)
        #expect(message.text == "It broke." && message.fullText == "It broke.")
        #expect(message.email?.from == [.init(name: "Sara", address: "sara@example.ir")])
        #expect(message.senderAuth == .verified)
        #expect(message.author.kind == .customer)
        // CONTRACT: every documented key is there, nothing = null, none = [].
        let json = try answer.json
        #expect(json["sla"] == .array([]) && json["score"] == .null && json["closed_at"] == .null)
        #expect(json["messages"]?.elements?.first?["email"]?["in_reply_to"] == .array([]))
        #expect(json["messages"]?.elements?.first?["delivery"] == .null)
    }

    @Test func listsAreNewestFirstInPagesOfWhatWasAskedFor() async throws {
        for number in 1...5 {
            _ = try await server.desk.ticket(
                .mail(from: "c\(number)@example.ir", id: "m\(number)@example.ir"))
        }
        let first = try await server.ask(.get, "/tickets?limit=2&nonsense=1")
            .document(API.Page<API.Ticket>.self)
        #expect(first.items.map(\.number.rawValue) == [5, 4])
        let cursor = try #require(first.nextCursor)
        let second = try await server.ask(.get, "/tickets?limit=%DB%B2&cursor=\(cursor)")
            .document(API.Page<API.Ticket>.self)
        #expect(second.items.map(\.number.rawValue) == [3, 2])
        let all = try await server.ask(.get, "/tickets?limit=100000")
            .document(API.Page<API.Ticket>.self)
        #expect(all.items.count == 5 && all.nextCursor == nil)
        #expect(try await server.ask(.get, "/tickets?status=closed").json["tickets"] == .array([]))
        #expect(
            try await server.ask(.get, "/tickets?status=solved,open&assignee=none").status == 200)
        #expect(try await server.ask(.get, "/tickets?view=mine").status == 200)
    }

    @Test(arguments: [
        "/tickets?limit=0", "/tickets?limit=x", "/tickets?cursor=x", "/tickets?status=lost",
        "/tickets?view=none", "/tickets?class=odd", "/tickets?is=odd", "/tickets?customer=x",
        "/search", "/messages", "/stream?after=x", "/recoveries?cursor=1", "/outbox?state=odd",
    ])
    func aQueryThatCannotBeIsRefusedWithItsName(_ path: String) async throws {
        #expect(try await server.ask(.get, path, by: .lead).problem.hasPrefix("400 invalid at "))
    }

    @Test func whatAnAgentDoesIsOneEventAndAnswersTheTicket() async throws {
        let number = try await mail()
        let other: AgentID = try server.desk.row(number).ticket.assignee == .leila ? .nima : .leila
        let before = server.desk.position
        let answer = try await server.ask(
            .post, "/tickets/\(number.rawValue)/assign", by: other, #"{"assignee":"me"}"#)
        let ticket = try answer.document(API.Ticket.self)
        #expect(answer.status == 200 && ticket.assignee == other)
        #expect(answer.headers[.eTag] == "\"\(ticket.version)\"")
        #expect(try server.desk.types(after: before).first == "ticket_assigned")
        let again = try await server.ask(
            .post, "/tickets/\(number.rawValue)/assign", by: other, #"{"assignee":"me"}"#)
        #expect(try again.problem == "409 conflict")
        let tagged = try await server.ask(
            .patch, "/tickets/\(number.rawValue)", #"{"add_tags":["b","a"],"priority":"high"}"#
        ).document(API.Ticket.self)
        #expect(tagged.tags == ["a", "b"] && tagged.priority == .high)
    }

    @Test func aTicketThatChangedMeanwhileIsNotChanged() async throws {
        let number = try await mail()
        let path = "/tickets/\(number.rawValue)"
        let tag = try #require(try await server.ask(.get, path).headers[.eTag])
        let closed = try await server.ask(
            .post, path + "/close", headers: ["If-Match": tag])
        #expect(closed.status == 200)
        let before = server.desk.position
        let refused = try await server.ask(
            .post, path + "/replies", by: .leila, #"{"text":"hello"}"#, headers: ["If-Match": tag])
        #expect(try refused.problem == "412 changed_meanwhile")
        let changes = try refused.document(API.Problem.self).changes
        #expect(changes.map(\.kind) == ["ticket_status_changed"])
        #expect(changes.map(\.sentence) == ["it was closed, solved by nima"])
        #expect(refused.headers[.eTag] == closed.headers[.eTag], "the version as it is now")
        #expect(server.desk.position == before)
        let star = try await server.ask(.post, path + "/reopen", headers: ["If-Match": "*"])
        #expect(star.status == 200)
    }

    @Test func aReplyIsAMessageOnItsWay() async throws {
        let number = try await mail()
        let before = server.desk.position
        let answer = try await server.ask(
            .post, "/tickets/\(number.rawValue)/replies", #"{"text":"Try again.","then":"pending"}"#
        )
        let message = try answer.document(API.Message.self)
        #expect(answer.status == 201)
        #expect(message.direction == .outbound && message.text == "Try again.")
        #expect(message.delivery?.state == .queued)
        #expect(message.delivery?.to == ["sara@example.ir"])
        #expect(message.author.id == .agent(.nima))
        let types = try server.desk.types(after: before)
        #expect(types.contains("message_written") && types.contains("delivery_queued"))
        #expect(types.contains("ticket_status_changed"))
        try server.desk.verify()
    }

    @Test func aNoteIsAnsweredAsAMessage() async throws {
        let number = try await mail()
        let answer = try await server.ask(
            .post, "/tickets/\(number.rawValue)/notes", #"{"text":"rang them"}"#)
        let note = try answer.document(API.Message.self)
        #expect(answer.status == 201 && note.direction == .note && note.text == "rang them")
        #expect(note.author.id == .agent(.nima))
    }

    @Test(arguments: [
        (#"{"text":"#, "400 invalid at this is not JSON"),
        (#"{"text":7}"#, "400 invalid at text"), (#"{}"#, "400 invalid at text"),
        (#"{"text":"x","attachments":[1,"b"]}"#, "400 invalid at attachments[1]"),
        (#"{"text":"x","then":"explode"}"#, "400 invalid at then"),
        (#"{"text":"   "}"#, "422 invalid at text"),
        (#"{"text":"x","cc":["no address"]}"#, "422 invalid at cc"),
        (#"{"text":"x","inbox":"nowhere"}"#, "422 invalid at inbox"),
    ])
    func aBodyThatIsWrongIsRefusedWithItsPlace(_ body: String, _ expected: String) async throws {
        let number = try await mail()
        let before = server.desk.position
        let answer = try await server.ask(.post, "/tickets/\(number.rawValue)/replies", body)
        #expect(try answer.problem == expected)
        #expect(server.desk.position == before, "nothing was changed")
    }

    @Test func ticketsOfAPrivateTeamAreNotThereForOthers() async throws {
        let number = try await mail("p1@example.ir", to: .peopleMail)
        let message = try await server.ask(.get, "/tickets/\(number.rawValue)", by: .hami)
            .document(API.TicketDetail.self).messages.first
        let id = try #require(message).id.rawValue
        let before = server.desk.position
        for agent in [AgentID.nima, .lead] {
            for path in [
                "", "/events", "/explain", "/reply-channel",
            ] {
                let answer = try await server.ask(
                    .get, "/tickets/\(number.rawValue)\(path)", by: agent)
                #expect(try answer.problem == "404 not_found", "\(agent) \(path)")
            }
            for action in ["replies", "notes"] {
                let answer = try await server.ask(
                    .post, "/tickets/\(number.rawValue)/\(action)", by: agent, #"{"text":"x"}"#)
                #expect(try answer.problem == "404 not_found", "\(agent) \(action)")
            }
            #expect(
                try await server.ask(.post, "/tickets/\(number.rawValue)/close", by: agent).status
                    == 404)
            #expect(try await server.ask(.get, "/messages/\(id)", by: agent).status == 404)
            #expect(try await server.ask(.get, "/messages/\(id)/raw", by: agent).status == 404)
            #expect(
                try await server.ask(.get, "/messages?external_id=p1@example.ir", by: agent)
                    .json["messages"] == .array([]))
            #expect(try await server.ask(.get, "/tickets", by: agent).json["tickets"] == .array([]))
            #expect(
                try await server.ask(.get, "/search?q=broke", by: agent).json["hits"] == .array([]))
        }
        #expect(server.desk.position == before)
        let inboxes = try await server.ask(.get, "/inboxes").document(API.Page<API.Inbox>.self)
        #expect(!inboxes.items.map(\.name).contains(.peopleMail))
        let own = try await server.ask(.get, "/inboxes", by: .hami).document(
            API.Page<API.Inbox>.self)
        #expect(own.items.map(\.name).contains(.peopleMail))
    }

    @Test func everyDecisionExplainsItself() async throws {
        let number = try await mail()
        let explanation = try await server.ask(.get, "/tickets/\(number.rawValue)/explain")
            .document(API.Explanation.self)
        #expect(
            explanation.threading.map(\.sentence) == [
                "Message 1 opened this ticket: nothing tied it to an earlier one."
            ])
        let routing = try #require(explanation.routing.first)
        #expect(routing.outcome == "assigned")
        let agent = try #require(routing.agent)
        #expect(
            routing.sentence.hasPrefix(
                "Given to \(agent.rawValue) in team support by the router, because "))
        #expect(routing.candidates.contains { $0.verdict == "chosen" && $0.agent == agent })
        #expect(routing.candidates.contains { $0.sentence.hasPrefix("lead was passed over: ") })
        #expect(explanation.summary.hasSuffix(routing.sentence))
    }

    @Test func eventsOfATicketComeInPages() async throws {
        let number = try await mail()
        let first = try await server.ask(.get, "/tickets/\(number.rawValue)/events?limit=1")
            .document(API.Page<API.Event>.self)
        let cursor = try #require(first.nextCursor)
        let rest = try await server.ask(.get, "/tickets/\(number.rawValue)/events?cursor=\(cursor)")
            .document(API.Page<API.Event>.self)
        let types = (first.items + rest.items).map(\.type)
        #expect(types == (try server.desk.types(of: number)))
        #expect(rest.nextCursor == nil)
    }

    @Test func aTicketCanBeOpenedByHand() async throws {
        let answer = try await server.ask(
            .post, "/tickets",
            #"{"address":"email:sara@example.ir","subject":"Ordered by phone","inbox":"support-mail"}"#
        )
        let ticket = try answer.document(API.TicketDetail.self)
        #expect(answer.status == 201 && ticket.ticket.subject == "Ordered by phone")
        #expect(ticket.ticket.origin == .agent)
        let both = try await server.ask(
            .post, "/tickets", #"{"address":"email:a@b.ir","customer":1,"subject":"x"}"#)
        #expect(try both.problem == "422 invalid at address")
        #expect(
            try await server.ask(.post, "/tickets", #"{"subject":"x"}"#).problem
                == "422 invalid at customer")
    }

    @Test func attachmentsComeBackAsTheyWentInAndOpenNowhere() async throws {
        let number = try await mail()
        let upload = try await server.ask(
            .post, "/attachments?name=..%2Fa.html", "<script>x</script>",
            headers: ["Content-Type": "text/html"])
        let file = try upload.document(API.Attachment.self)
        #expect(upload.status == 201 && file.size == 18 && file.name == "../a.html")
        let reply = try await server.ask(
            .post, "/tickets/\(number.rawValue)/replies",
            #"{"text":"see file","attachments":[\#(file.id.rawValue)]}"#)
        let attached = try #require(try reply.document(API.Message.self).attachments.first)
        let answer = try await server.ask(.get, "/attachments/\(attached.id.rawValue)")
        #expect(answer.text == "<script>x</script>")
        #expect(answer.type == "application/octet-stream")
        #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment; ") == true)
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(try await server.ask(.get, "/attachments/999").status == 404)
    }

    @Test func bodiesAreBounded() async throws {
        let server = try await ServerUnderTest(
            limits: ServerLimits(
                apiPerMinute: 0, webhookPerSecond: 0, surveyPostsPerMinute: 0, documentBytes: 100,
                attachmentBytes: 200))
        let long = String(repeating: "x", count: 150)
        #expect(try await server.ask(.post, "/tickets", long).problem == "413 too_large")
        #expect(try await server.ask(.post, "/attachments?name=a", long).status == 201)
        #expect(try await server.ask(.post, "/attachments?name=a", long + long).status == 413)
        #expect(
            try await server.ask(.post, "/tickets", "x", headers: ["Content-Encoding": "gzip"])
                .status
                == 415)
    }
}
