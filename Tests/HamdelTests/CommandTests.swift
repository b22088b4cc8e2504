import ArgumentParser
import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Testing

@testable import hamdel

struct CommandTests {
    /// What each command asks of the daemon; `{…}` stands for a ticket in the answer.
    @Test(arguments: [
        (["ticket", "take", "#۱۲"], #"POST /tickets/12/assign {"assignee":"me"}"#),
        (["ticket", "assign", "12", "sara"], #"POST /tickets/12/assign {"assignee":"sara"}"#),
        (["ticket", "unassign", "12"], #"POST /tickets/12/assign {"assignee":null}"#),
        (
            ["ticket", "transfer", "12", "billing", "--brief", "b"],
            #"POST /tickets/12/transfer {"team":"billing","brief":"b"}"#
        ),
        (["ticket", "close", "12"], #"POST /tickets/12/close {"reason":null}"#),
        (
            ["ticket", "close", "12", "--reason", "no_answer"],
            #"POST /tickets/12/close {"reason":"no_answer"}"#
        ),
        (["ticket", "reopen", "12"], "POST /tickets/12/reopen {}"),
        (["ticket", "pending", "12"], "POST /tickets/12/pending {}"),
        (
            ["ticket", "snooze", "12", "2h"],
            #"POST /tickets/12/snooze {"until":null,"when":"2h","note":null}"#
        ),
        (
            ["ticket", "snooze", "12", "now"],
            #"POST /tickets/12/snooze {"until":null,"when":null,"note":null}"#
        ),
        (
            ["ticket", "snooze", "12", "فردا ۹", "--note", "they ring back"],
            #"POST /tickets/12/snooze {"until":null,"when":"فردا ۹","note":"they ring back"}"#
        ),
        (["ticket", "watch", "12"], "POST /tickets/12/watch {}"),
        (["ticket", "unwatch", "12"], "POST /tickets/12/unwatch {}"),
        (["ticket", "spam", "12"], #"POST /tickets/12/spam {"spam":true}"#),
        (["ticket", "not-spam", "12"], #"POST /tickets/12/spam {"spam":false}"#),
        (
            ["ticket", "priority", "12", "urgent"],
            #"PATCH /tickets/12 {"subject":null,"priority":"urgent","add_tags":null,"remove_tags":null}"#
        ),
        (
            ["ticket", "tag", "12", "+a", "-b"],
            #"PATCH /tickets/12 {"subject":null,"priority":null,"add_tags":["a"],"remove_tags":["b"]}"#
        ),
        (["ticket", "join", "12", "55"], #"POST /tickets/12/join {"message":55}"#),
        (
            ["ticket", "participant", "12", "add", "a@b"],
            #"POST /tickets/12/participants {"add":["email:a@b"],"remove":null}"#
        ),
        (
            ["callback", "done", "12", "--note", "rang"],
            #"POST /tickets/12/callback {"done":true,"note":"rang"}"#
        ),
    ])
    func `a change is one request, and shows the ticket`(words: [String], request: String)
        async throws
    {
        let rig = Rig()
        let place = request.split(separator: " ").prefix(2).joined(separator: " ")
        rig.answer(place, Samples.text(Samples.ticket(12)))
        let command = try #require(
            try await Hamdel.asyncParseAsRoot(words + ["-o", "ids"]) as? any DeskCommand)
        try await command.run(in: rig.context)
        #expect(rig.requests == [request])
        #expect(rig.printed == "12\n")
    }

    @Test(arguments: [
        (
            ["ticket", "remind", "12", "tomorrow 9", "--note", "ring"],
            #"PUT /tickets/12/reminder {"at":null,"when":"tomorrow 9","note":"ring"}"#
        ),
        (["ticket", "remind", "12", "never"], "DELETE /tickets/12/reminder"),
        (
            ["macro", "apply", "refund", "12", "--dry-run"],
            #"POST /tickets/12/macros/refund {"preview":true,"language":null,"text":null,"inbox":null,"cc":null,"attachments":null,"answers":null}"#
        ),
        (["macro", "list", "--ticket", "12"], "GET /macros?ticket=12"),
        (["macro", "show", "late/parcel"], "GET /macros/late%2Fparcel"),
        (["macro", "remove", "refund"], "DELETE /macros/refund"),
        (
            [
                "macro", "set", "refund", "--text", "en=Hello {customer}", "--tag", "+a",
                "--tag=-b", "--close", "solved",
            ],
            #"PUT /macros/refund {"name":null,"title":"refund","teams":[],"texts":{"en":"Hello {customer}"},"actions":{"add_tags":["a"],"remove_tags":["b"],"priority":null,"transfer":null,"assign":null,"note":null,"status":"closed","closing_reason":"solved","snooze":null}}"#
        ),
    ])
    func `macros and reminders are one request each`(words: [String], request: String) async throws
    {
        let rig = Rig()
        let command = try #require(try await Hamdel.asyncParseAsRoot(words) as? any DeskCommand)
        // Nobody answers here: what was asked is looked at.
        try? await command.run(in: rig.context)
        #expect(rig.requests == [request])
    }

    @Test func `json is the API's own document, verbatim`() async throws {
        let document = #"{"tickets": [ {"a":1} ], "next_cursor":null,"new":"ÿ"}"#
        let rig = Rig(["GET /tickets": document])
        try await rig.run("ticket", "list", "-o", "json")
        #expect(rig.printed == document + "\n")
    }

    @Test func `jsonl is one element on a line, ids are ids, a cursor is told`() async throws {
        let tickets = [Samples.ticket(12), Samples.ticket(13)]
        let rig = Rig(["GET /tickets": Samples.page(tickets, cursor: "c2")])
        try await rig.run("ticket", "list", "-o", "jsonl")
        #expect(rig.printed == tickets.map { Samples.text($0) + "\n" }.joined())
        let ids = Rig(["GET /tickets": Samples.page(tickets, cursor: "c2")])
        try await ids.run("ticket", "list", "-q")
        #expect(ids.printed == "12\n13\n")
        let table = Rig(["GET /tickets": Samples.page(tickets, cursor: "c2")])
        try await table.run("ticket", "list")
        #expect(table.complaints == "there is more: --cursor c2\n")
    }

    @Test func `csv has a header, quotes, and no formulas`() async throws {
        let tickets = [
            Samples.ticket(12, subject: "=1+1,\"x\"\nb", name: "سارا"),
            Samples.ticket(13, subject: nil, name: nil),
        ]
        let rig = Rig(["GET /tickets": Samples.page(tickets)])
        try await rig.run("ticket", "list", "-o", "csv")
        #expect(
            rig.printed == """
                number,status,priority,team,assignee,channels,customer,subject,updated_at
                12,open,normal,support,ali,email,سارا,"'=1+1,""x""
                b",2026-11-22T06:30:00.000Z
                13,open,normal,support,ali,email,customer 7,,2026-11-22T06:30:00.000Z

                """)
    }

    @Test func `a reply reads standard input and asks for what follows`() async throws {
        let rig = Rig(input: FakeInput(text: "سلام\nبله\n"))
        try? await rig.run(
            "ticket", "reply", "12", "--cc", "a@b", "--inbox", "mail", "--close",
            "--if-version", "3")
        #expect(
            rig.requests == [
                #"POST /tickets/12/replies {"text":"سلام\nبله","inbox":"mail","cc":["a@b"],"#
                    + #""attachments":null,"answers":null,"then":"close"}"#
            ])
        #expect(rig.headers.first?.contains(.init("If-Match", "\"3\"")) == true)
    }

    @Test func `files are uploaded before the reply that has them`() async throws {
        let rig = Rig(input: FakeInput(files: ["/x/a b.pdf": [1, 2]]))
        rig.answer(
            "POST /attachments?name=a%20b.pdf",
            #"{"id":9,"name":"a b.pdf","content_type":"application/pdf","size":2,"sha256":"0"}"#)
        try? await rig.run("ticket", "reply", "12", "-t", "see", "--attach", "/x/a b.pdf")
        #expect(rig.requests.count == 2)
        #expect(rig.requests.last?.contains(#""attachments":[9]"#) == true)
        #expect(rig.headers.first?.first == .init("Content-Type", "application/pdf"))
    }

    @Test func `an empty text is never sent`() async throws {
        let rig = Rig(input: FakeInput(text: " \n"))
        await #expect(throws: ValidationError.self) { try await rig.run("ticket", "note", "12") }
        #expect(rig.requests == [])
    }

    @Test func `a new ticket is for a customer or an address`() async throws {
        let rig = Rig()
        try? await rig.run(
            "ticket", "new", "--customer", "۷", "--subject", "Hi", "--tag", "a", "--text", "t")
        try? await rig.run("ticket", "new", "--customer", "a@b", "--subject", "Hi")
        #expect(
            rig.requests == [
                #"POST /tickets {"customer":7,"address":null,"subject":"Hi","text":"t","inbox":null,"#
                    + #""team":null,"assignee":null,"priority":null,"tags":["a"]}"#,
                #"POST /tickets {"customer":null,"address":"email:a@b","subject":"Hi","text":null,"#
                    + #""inbox":null,"team":null,"assignee":null,"priority":null,"tags":[]}"#,
            ])
    }

    @Test func `a customer is set by keys, emptied by empty values`() async throws {
        let rig = Rig()
        try? await rig.run(
            "customer", "set", "7", "name=Sara", "organisation=", "vip=yes", "plan=gold", "old=")
        try? await rig.run("customer", "prefer", "7", "email")
        try? await rig.run("customer", "prefer", "7", "none")
        #expect(
            rig.requests == [
                #"PATCH /customers/7 {"name":"Sara","vip":true,"organisation":null,"#
                    + #""attributes":{"old":null,"plan":"gold"},"segments":null,"blocked":null,"#
                    + #""shared":null,"deliverable":null}"#,
                #"PATCH /customers/7 {"vip":null,"preferred_channel":"email","attributes":null,"#
                    + #""segments":null,"blocked":null,"shared":null,"deliverable":null}"#,
                #"PATCH /customers/7 {"vip":null,"preferred_channel":null,"attributes":null,"#
                    + #""segments":null,"blocked":null,"shared":null,"deliverable":null}"#,
            ])
    }

    @Test(arguments: [
        ("tickets/1", "/tickets/1"), ("/tickets?q=a", "/tickets?q=a"),
        ("/api/v1/tickets", "/tickets"),
    ])
    func `api takes a path below the base`(path: String, target: String) async throws {
        let rig = Rig(["GET \(target)": #"{"x":[1],"next_cursor":null}"#])
        try await rig.run("api", "get", path)
        #expect(rig.requests == ["GET \(target)"])
        #expect(rig.printed == #"{"x":[1],"next_cursor":null}"# + "\n")
    }

    @Test func `api keeps binary answers off the screen`() async throws {
        let rig = Rig(["GET /messages/1/raw": "From: x\u{1B}[2J"], audience: .person(columns: 80))
        await #expect(throws: ClientFailure.self) {
            try await rig.run("api", "GET", "/messages/1/raw")
        }
        #expect(rig.printed == "")
    }

    @Test func `watch shows events and tells of gaps`() async throws {
        let event = API.Event(
            position: Position(rawValue: 8), id: "e8", type: "ticket_opened", schema: 1,
            at: Samples.at, actor: .init(.system), ticket: TicketNumber(rawValue: 12), data: [:])
        let texts = [
            "event: resync\ndata: {\"position\":7}\n\n",
            "id: 8\nevent: event\ndata: \(Samples.text(event))\n\n",
        ]
        let rig = Rig()
        rig.stream(texts)
        try await rig.run("watch", "--after", "3", "--count", "1")
        #expect(rig.printed == "8  2026-11-22 10:00  ticket_opened  #12  system\n")
        #expect(rig.complaints == "some events were missed; going on after 7\n")
        let json = Rig()
        json.stream(texts)
        try await json.run("watch", "--count", "1", "-o", "json")
        #expect(json.printed == Samples.text(event) + "\n")
    }

    @Test func `a report's days begin at midnight here`() async throws {
        let rig = Rig()
        try? await rig.run("report", "csat", "--from", "1405/09/01", "--to", "2026-11-23")
        #expect(
            rig.requests == [
                "GET /reports/csat?from=2026-11-21T20%3A30%3A00.000Z"
                    + "&to=2026-11-22T20%3A30%3A00.000Z"
            ])
    }
}
