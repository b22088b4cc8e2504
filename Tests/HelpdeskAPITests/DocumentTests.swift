import HelpdeskAPI
import HelpdeskCore
import Testing

private func text(_ document: some Encodable) throws -> String {
    String(decoding: try WireJSON.encode(document), as: UTF8.self)
}

struct DocumentTests {
    @Test func `a bare ticket has every key, with null and empty lists`() throws {
        #expect(
            try text(Samples.bareTicket) == """
                {"number":12,"subject":null,"status":"new","priority":"normal","team":"support",\
                "assignee":null,"customer":{"id":7,"name":null,"vip":false},"tags":[],"spam":false,\
                "class":"regular","inbox":"mail","channels":[],"participants":[],"related":[],\
                "origin":"live","created_at":"2026-03-20T09:46:40.123Z",\
                "updated_at":"2026-03-20T09:46:40.123Z","closed_at":null,"closing_reason":null,\
                "snoozed_until":null,"snooze_note":null,"watchers":[],"last_message_at":null,\
                "last_direction":null,"callback":null,\
                "sla":[],"promise":null,"score":null,"version":1,"merged_into":null}
                """)
    }

    @Test func `a full ticket is written as CONTRACT names its members`() throws {
        #expect(
            try text(Samples.fullTicket) == """
                {"number":13,"subject":"Re: \\"order\\"\\n2","status":"closed","priority":"urgent",\
                "team":"support","assignee":"sara","customer":{"id":7,"name":"سارا","vip":true},\
                "tags":["a","b"],"spam":true,"class":"spam","inbox":"mail",\
                "channels":["email","phone-log"],\
                "participants":[{"kind":"email","id":"x@example.ir","name":null}],\
                "related":[{"number":9,"relation":"claimed","message":4}],"origin":"history",\
                "created_at":"2026-03-20T09:46:40.123Z","updated_at":"2026-03-20T09:46:40.123Z",\
                "closed_at":"2026-03-20T09:46:40.123Z","closing_reason":"wrapped_up",\
                "snoozed_until":"2026-03-20T09:46:40.123Z","snooze_note":null,"watchers":[],\
                "last_message_at":"2026-03-20T09:46:40.123Z","last_direction":"in",\
                "callback":{"due":"2026-03-20T09:46:40.123Z","calls":3},\
                "sla":[{"target":"first_response","state":"paused","due":null}],"promise":null,"score":2,\
                "version":40,"merged_into":null}
                """)
    }

    @Test func `a bare message has every key`() throws {
        #expect(
            try text(Samples.bareMessage) == """
                {"id":5,"ticket":12,"direction":"note","kind":"message","channel":"email",\
                "inbox":"mail","author":{"kind":"system","id":null,"name":null},"sender_auth":null,\
                "mark":null,"sent_at":null,"received_at":"2026-03-20T09:46:40.123Z",\
                "subject":null,"text":"","full_text":"","attachments":[],"delivery":null,\
                "external_id":null,"auto_submitted":"no","call":null,"email":null}
                """)
    }

    @Test func `call, mail headers and delivery have every key too`() throws {
        let document = try WireJSON.value(of: Samples.fullMessage)
        #expect(
            document["call"] == [
                "direction": "inbound", "outcome": "missed", "duration_s": 0, "extension": nil,
                "recording_url": nil,
            ])
        #expect(
            document["email"] == [
                "subject": nil, "from": [["name": nil, "address": "a@b"]], "to": [], "cc": [],
                "reply_to": [], "date": "2026-03-20T09:46:40.123Z", "message_id": "x@y",
                "in_reply_to": [], "references": ["r@s"],
            ])
        #expect(
            document["delivery"] == [
                "id": 2, "state": "uncertain", "attempts": 2, "detail": "451",
                "code": nil, "report": nil, "next_attempt_at": "2026-03-20T09:46:40.123Z",
                "to": ["a@b"],
            ])
        #expect(document["author"] == ["kind": "customer", "id": 7, "name": "Sara"])
    }

    @Test func `what is written is read back`() throws {
        let detail = API.TicketDetail(
            ticket: Samples.fullTicket, messages: [Samples.bareMessage, Samples.fullMessage])
        let bytes = try WireJSON.encode(detail)
        #expect(try WireJSON.decode(API.TicketDetail.self, from: bytes) == detail)
    }

    @Test func `a ticket with messages is one flat object, messages last`() throws {
        let detail = API.TicketDetail(ticket: Samples.bareTicket, messages: [])
        let ticket = try text(Samples.bareTicket)
        #expect(try text(detail) == ticket.dropLast() + ",\"handover\":null,\"messages\":[]}")
    }

    @Test func `lists stand under their own name`() throws {
        #expect(
            try text(API.Page<API.Ticket>([])) == "{\"tickets\":[],\"next_cursor\":null}")
        let page = API.Page([Samples.bareMessage], nextCursor: "c9")
        #expect(try text(page).hasSuffix("],\"next_cursor\":\"c9\"}"))
        #expect(
            try WireJSON.decode(API.Page<API.Message>.self, from: WireJSON.encode(page)) == page)
        #expect(throws: DecodingError.self) {
            try WireJSON.decode(API.Page<API.Ticket>.self, from: WireJSON.encode(page))
        }
    }

    @Test func `an event carries any data, and actors have numbers or logins`() throws {
        let event = API.Event(
            position: Position(rawValue: 3), id: "e3", type: "ticket_opened", schema: 1,
            at: Samples.at, actor: .init(.customer(CustomerID(rawValue: 7))), commandID: nil,
            ticket: TicketNumber(rawValue: 12), data: ["z": 1, "a": [nil, true, 0.5]])
        #expect(
            try text(event) == """
                {"position":3,"id":"e3","type":"ticket_opened","schema":1,\
                "at":"2026-03-20T09:46:40.123Z","actor":{"kind":"customer","id":7},\
                "command_id":null,"cause":null,"ticket":12,"customer":null,\
                "data":{"z":1,"a":[null,true,0.5]}}
                """)
        let login = API.Event.Actor(.agent(AgentID(rawValue: "12")))
        #expect(try text(login) == #"{"kind":"agent","id":"12"}"#)
        #expect(
            try WireJSON.decode(API.Event.Actor.self, from: WireJSON.encode(login)) == login)
    }

    @Test func `a customer has the address as its identity's id`() throws {
        let customer = API.Customer(
            id: CustomerID(rawValue: 7), vip: false,
            identities: [.init(kind: "email", id: "sara@example.ir", verified: true)],
            attributes: ["plan": "gold", "crm": "77"], blocked: false, createdAt: Samples.at)
        #expect(
            try text(customer) == """
                {"id":7,"name":null,"vip":false,"preferred_channel":null,\
                "identities":[{"kind":"email","id":"sara@example.ir","verified":true,"inbox":null,\
                "shared":false,"looks_like":null,"undeliverable_since":null,"undeliverable_code":null}],\
                "suggestions":[],"attributes":{"crm":"77","plan":"gold"},"organisation":null,\
                "scores":[],"score_summary":[],"open_tickets":[],"blocked":false,\
                "created_at":"2026-03-20T09:46:40.123Z","learned_channel":null,"segments":[],\
                "external_id":null,"crm":null,"merged":[]}
                """)
    }

    @Test(arguments: [
        (
            API.CustomerPatch(name: .keep, preferredChannel: .keep, organisation: .keep),
            #"{"vip":null,"attributes":null,"segments":null,"blocked":null,"shared":null,"deliverable":null}"#
        ),
        (
            API.CustomerPatch(
                name: .set("Sara"), vip: true, preferredChannel: .clear, organisation: .keep,
                attributes: ["a": nil, "b": "1"]),
            #"{"name":"Sara","vip":true,"preferred_channel":null,"attributes":{"a":null,"b":"1"},"segments":null,"blocked":null,"shared":null,"deliverable":null}"#
        ),
    ])
    func `a patch tells left out from emptied`(patch: API.CustomerPatch, json: String) throws {
        #expect(try text(patch) == json)
        #expect(try WireJSON.decode(API.CustomerPatch.self, from: Array(json.utf8)) == patch)
    }

    @Test func `requests may leave out what they do not say`() throws {
        #expect(
            try WireJSON.decode(API.ReplyRequest.self, from: Array(#"{"text":"hi"}"#.utf8))
                == API.ReplyRequest(text: "hi"))
        #expect(
            try WireJSON.decode(API.CloseRequest.self, from: Array("{}".utf8))
                == API.CloseRequest())
    }

    @Test(arguments: [
        (#"{"text":1}"#, "text: a text was expected"),
        (#"{}"#, "text: is missing"),
        (#"{"text":"a","attachments":[1,"b"]}"#, "attachments[1]: a whole number was expected"),
        (#"{"text":null}"#, "text: a text was expected, got null"),
    ])
    func `a wrong body is explained with its place`(body: String, reason: String) {
        let error = #expect(throws: DecodingError.self) {
            try WireJSON.decode(API.ReplyRequest.self, from: Array(body.utf8))
        }
        #expect(error.map { WireJSON.describe($0) } == reason)
    }

    @Test func `a problem is what RFC 9457 says, with a code and faults`() throws {
        let problem = API.Problem(
            type: "about:blank", title: "Not found", status: 404, code: "not_found")
        #expect(
            try text(problem) == """
                {"type":"about:blank","title":"Not found","status":404,"detail":null,\
                "instance":null,"code":"not_found","errors":[],"changes":[]}
                """)
    }
}
