import ChannelKit
import Crypto
import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@testable import HelpdeskServer

/// Every endpoint × every role × an object of somebody else's private team (reliability F10). The rows are held against the list of
/// routes: an endpoint without a row fails.
@Suite("who gets what from where") struct AccessMatrixTests {
    /// How a route is asked for what is not the caller's.
    struct Row {
        /// With `{ticket}`, `{customer}`, `{message}`, `{file}`, `{delivery}`, `{recovery}` for ids of the foreign team, and
        /// `{own}` for a ticket that everybody sees.
        let path: String
        var body = "{}"
        var outsiders = Outsiders.refused
    }

    enum Outsiders {
        /// 403 or 404: not even that it exists.
        case refused
        /// An answer without anything of the foreign team in it.
        case answered
        /// For admins alone, and whole: what the law asks for knows no teams.
        case wholeForAdmins
    }

    static let rows: [String: [Row]] = [
        "listTickets": [
            Row(path: "/tickets?status=all&class=all", outsiders: .answered),
            Row(path: "/tickets?team=people&status=all", outsiders: .answered),
            Row(path: "/tickets?customer={customer}&status=all", outsiders: .answered),
            Row(path: "/tickets?q=canary", outsiders: .answered),
        ],
        "createTicket": [
            Row(
                path: "/tickets",
                body: #"{"customer":{customer},"subject":"x","text":"y","inbox":"people-mail"}"#)
        ],
        "getTicket": [Row(path: "/tickets/{ticket}")],
        "updateTicket": [Row(path: "/tickets/{ticket}", body: #"{"priority":"high"}"#)],
        "replyTicket": [Row(path: "/tickets/{ticket}/replies", body: #"{"text":"x"}"#)],
        "noteTicket": [Row(path: "/tickets/{ticket}/notes", body: #"{"text":"x"}"#)],
        "assignTicket": [Row(path: "/tickets/{ticket}/assign", body: #"{"agent":"nima"}"#)],
        "transferTicket": [Row(path: "/tickets/{ticket}/transfer", body: #"{"team":"support"}"#)],
        "closeTicket": [Row(path: "/tickets/{ticket}/close")],
        "reopenTicket": [Row(path: "/tickets/{ticket}/reopen")],
        "pendTicket": [Row(path: "/tickets/{ticket}/pending")],
        "snoozeTicket": [
            Row(path: "/tickets/{ticket}/snooze", body: #"{"until":"2030-01-01T00:00:00Z"}"#)
        ],
        "markSpamTicket": [Row(path: "/tickets/{ticket}/spam", body: #"{"spam":true}"#)],
        "joinTicket": [
            Row(path: "/tickets/{ticket}/join", body: #"{"message":{message}}"#),
            Row(path: "/tickets/{own}/join", body: #"{"message":{message}}"#),
        ],
        "changeParticipantsTicket": [
            Row(path: "/tickets/{ticket}/participants", body: #"{"add":["email:a@b.example"]}"#)
        ],
        "mergeTicket": [
            Row(path: "/tickets/{ticket}/merge", body: #"{"into":{own},"confirm":true}"#),
            Row(path: "/tickets/{own}/merge", body: #"{"into":{ticket},"confirm":true}"#),
        ],
        "splitTicket": [
            Row(path: "/tickets/{ticket}/split", body: #"{"message":{message}}"#),
            Row(path: "/tickets/{own}/split", body: #"{"message":{message}}"#),
        ],
        "promiseTicket": [
            Row(path: "/tickets/{ticket}/promise", body: #"{"until":"2030-01-01T00:00:00Z"}"#)
        ],
        "watchTicket": [Row(path: "/tickets/{ticket}/watch")],
        "unwatchTicket": [Row(path: "/tickets/{ticket}/unwatch")],
        "undoTicket": [Row(path: "/tickets/{ticket}/undo")],
        "callbackTicket": [Row(path: "/tickets/{ticket}/callback", body: #"{"reached":true}"#)],
        "listTicketEvents": [Row(path: "/tickets/{ticket}/events")],
        "explainTicket": [Row(path: "/tickets/{ticket}/explain")],
        "previewReply": [Row(path: "/tickets/{ticket}/reply-channel")],
        "listCustomers": [
            Row(path: "/customers?q=canary", outsiders: .answered),
            Row(path: "/customers?q=canary%40people.example", outsiders: .answered),
        ],
        "getCustomer": [Row(path: "/customers/{customer}")],
        "updateCustomer": [Row(path: "/customers/{customer}", body: #"{"vip":true}"#)],
        "getTimeline": [Row(path: "/customers/{customer}/timeline")],
        "mergeCustomer": [Row(path: "/customers/{customer}/merge", body: #"{"into":{owner}}"#)],
        "unmergeCustomer": [Row(path: "/customers/{customer}/unmerge")],
        "exportCustomer": [
            Row(path: "/customers/{customer}/export", outsiders: .wholeForAdmins)
        ],
        "eraseCustomer": [Row(path: "/customers/{customer}/erase", outsiders: .wholeForAdmins)],
        "acceptSuggestion": [Row(path: "/customers/{customer}/suggestions/1/accept")],
        "refuseSuggestion": [Row(path: "/customers/{customer}/suggestions/1/refuse")],
        "findMessages": [
            Row(
                path: "/messages?inbox=people-mail&external_id=canary-1%40e", outsiders: .answered)
        ],
        "getMessage": [Row(path: "/messages/{message}")],
        "getRawMessage": [Row(path: "/messages/{message}/raw")],
        "redactMessage": [Row(path: "/messages/{message}/redact")],
        "putMessage": [Row(path: "/messages/people-mail", outsiders: .answered)],
        "getAttachment": [Row(path: "/attachments/{file}")],
        "uploadAttachment": [Row(path: "/attachments?name=a.txt", body: "x", outsiders: .answered)],
        "search": [Row(path: "/search?q=canary", outsiders: .answered)],
        "stream": [],
        "getMe": [Row(path: "/me", outsiders: .answered)],
        "listAgents": [Row(path: "/agents", outsiders: .answered)],
        "setPresence": [
            Row(path: "/agents/hami/presence", body: #"{"presence":"away"}"#, outsiders: .answered)
        ],
        "listTeams": [Row(path: "/teams", outsiders: .answered)],
        "listInboxes": [Row(path: "/inboxes", outsiders: .answered)],
        "listMacros": [
            Row(path: "/macros", outsiders: .answered), Row(path: "/macros?ticket={ticket}"),
        ],
        "createMacro": [
            Row(
                path: "/macros", body: #"{"name":"secret","title":"x","texts":{"en":"y"}}"#,
                outsiders: .answered),
            Row(
                path: "/macros",
                body: #"{"name":"new","title":"x","teams":["people"],"texts":{"en":"y"}}"#,
                outsiders: .answered),
        ],
        "getMacro": [Row(path: "/macros/secret")],
        "setMacro": [
            Row(
                path: "/macros/secret", body: #"{"title":"x","texts":{"en":"y"}}"#,
                outsiders: .answered)
        ],
        "removeMacro": [Row(path: "/macros/secret")],
        "applyMacro": [
            Row(path: "/tickets/{ticket}/macros/secret"),
            Row(path: "/tickets/{own}/macros/secret"),
        ],
        "setAttention": [Row(path: "/tickets/{ticket}/attention", body: #"{"state":"viewing"}"#)],
        "getAttention": [Row(path: "/tickets/{ticket}/attention")],
        "listDrafts": [Row(path: "/drafts", outsiders: .answered)],
        "getDraft": [Row(path: "/drafts/theirs")],
        "keepDraft": [
            Row(path: "/drafts/mine", body: #"{"ticket":{ticket},"kind":"reply","text":"x"}"#)
        ],
        "discardDraft": [Row(path: "/drafts/theirs")],
        "listReminders": [Row(path: "/reminders", outsiders: .answered)],
        "setReminder": [Row(path: "/tickets/{ticket}/reminder", body: #"{"when":"2h"}"#)],
        "removeReminder": [Row(path: "/tickets/{ticket}/reminder")],
        "listNotices": [Row(path: "/notices", outsiders: .answered)],
        "getNotifications": [Row(path: "/agents/hami/notifications", outsiders: .answered)],
        "setNotifications": [Row(path: "/agents/hami/notifications", outsiders: .answered)],
        "listWebhooks": [Row(path: "/webhooks", outsiders: .answered)],
        "listDeadLetters": [Row(path: "/webhooks/crm/dead", outsiders: .answered)],
        "retryWebhook": [Row(path: "/webhooks/crm/retry", outsiders: .answered)],
        "replayWebhook": [
            Row(path: "/webhooks/crm/replay", body: #"{"after":0}"#, outsiders: .answered)
        ],
        "resumeWebhook": [Row(path: "/webhooks/crm/resume", outsiders: .answered)],
        "listViews": [Row(path: "/views", outsiders: .answered)],
        "listOutbox": [Row(path: "/outbox?state=all", outsiders: .answered)],
        "retryDelivery": [Row(path: "/outbox/{delivery}/retry")],
        "cancelDelivery": [Row(path: "/outbox/{delivery}/cancel")],
        "listQuarantine": [Row(path: "/quarantine", outsiders: .answered)],
        "getOpenAPI": [Row(path: "/openapi.json", outsiders: .answered)],
        "listRecoveries": [Row(path: "/recoveries?state=all", outsiders: .answered)],
        "takeRecovery": [Row(path: "/recoveries/{recovery}/take")],
        "finishRecovery": [Row(path: "/recoveries/{recovery}/done", body: #"{"outcome":"x"}"#)],
        "invite": [
            Row(path: "/invitations", body: #"{"customer":{customer}}"#, outsiders: .answered)
        ],
        "getCSAT": [Row(path: "/reports/csat?team=people", outsiders: .answered)],
        "getNPS": [Row(path: "/reports/nps?team=people", outsiders: .answered)],
        "getCES": [Row(path: "/reports/ces?team=people", outsiders: .answered)],
        "getOwnScores": [Row(path: "/reports/own?team=people", outsiders: .answered)],
        "getReport": [
            Row(path: "/reports/overview?team=people", outsiders: .answered),
            Row(path: "/reports/topics?team=people", outsiders: .answered),
        ],
    ]

    @Test func everyRouteHasARow() {
        #expect(Set(Self.rows.keys) == Set(APIRoute.all.map(\.id)))
    }

    /// The stream is live and has scenarios of its own (StreamScenarioTests).
    private static let asked = APIRoute.all.filter { $0.id != "stream" }

    @Test(arguments: asked)
    func outsidersGetNothingOfAPrivateTeam(_ route: APIRoute) async throws {
        let foreign = try await Foreign()
        for row in try #require(Self.rows[route.id]) {
            for (agent, role) in [
                (AgentID.nima, AgentRole.agent), (.lead, .lead), (.boss, .admin),
            ] {
                let answer = try await foreign.ask(route, row, by: agent)
                let what =
                    "\(route.method.rawValue) \(row.path) by \(agent.rawValue): \(answer.status) \(answer.text.prefix(300))"
                guard role >= route.leastRole else {
                    #expect(answer.status == 403, "\(what)")
                    #expect(!foreign.isIn(answer), "\(what)")
                    continue
                }
                switch row.outsiders {
                case .refused:
                    #expect([403, 404].contains(answer.status), "\(what)")
                    #expect(!foreign.isIn(answer), "\(what)")
                case .answered:
                    #expect(answer.status != 500, "\(what)")
                    #expect(!foreign.isIn(answer), "\(what)")
                case .wholeForAdmins:
                    #expect(answer.status == 200, "\(what)")
                }
            }
        }
    }

    /// The matrix would find nothing if there were nothing to find: a member of the team gets the words.
    @Test(arguments: [
        "getTicket", "getMessage", "getRawMessage", "getCustomer", "search", "listTicketEvents",
    ])
    func membersGetThem(_ id: String) async throws {
        let foreign = try await Foreign()
        let route = try #require(APIRoute.all.first { $0.id == id })
        let row = try #require(Self.rows[id]?.first)
        let answer = try await foreign.ask(route, row, by: .hami)
        #expect(answer.status == 200)
        if id != "listTicketEvents" { #expect(foreign.isIn(answer), "\(answer.text)") }
    }
}

extension APIRoute {
    fileprivate var leastRole: AgentRole {
        switch access {
        case .anyone, .agent: .agent
        case .lead: .lead
        case .admin, .integration: .admin
        }
    }
}

extension AgentID { fileprivate static let boss = AgentID(rawValue: "boss") }

/// A desk with a ticket of the private team, full of a word that nobody else may see.
private struct Foreign {
    static let canary = "canary"

    let server: ServerUnderTest
    private var ids: [String: String] = [:]

    init() async throws {
        var plan = DeskPlan.standard
        plan.agents.append(AgentProfile(login: .boss, role: .admin, teams: [.support]))
        server = try await ServerUnderTest(plan)
        let desk = server.desk
        let own = try await desk.ticket(.mail(from: "sara@example.ir", id: "own@e")).ticket
        let bytes = Array("canary file".utf8)
        var mail = InboundMessage.mail(
            from: "canary@people.example", id: "canary-1@e", subject: "canary salary",
            text: "canary text", name: "Canary Person", raw: Array("canary raw".utf8))
        mail.attachments = [
            InboundAttachment(
                name: "canary.txt", contentType: "text/plain", size: Int64(bytes.count),
                sha256: BlobHash(rawValue: Hexadecimal.text(SHA256.hash(data: bytes))),
                body: .bytes(bytes))
        ]
        let (message, ticket) = try await desk.ticket(mail, to: .peopleMail)
        try await desk.reply("canary answer", to: ticket, by: .hami)
        let customer = try desk.row(ticket).ticket.customer
        let owner = try desk.row(own).ticket.customer
        try await desk.store.writer.submit(at: desk.now, failing: Never.self) { transaction in
            let invitation = transaction.nextInvitation()
            try transaction.append(
                .survey(
                    .scheduled(
                        SurveyScheduled(
                            invitation: invitation, kind: .csat, due: transaction.now + .days(1)))),
                ticket: ticket, customer: customer, by: .system)
            try transaction.append(
                .survey(
                    .recoveryOpened(
                        RecoveryOpened(
                            recovery: transaction.nextRecovery(), invitation: invitation, score: 1,
                            owner: .hami, due: transaction.now + .days(1)))),
                ticket: ticket, customer: customer, by: .system)
        }
        _ = try await MacroDesk(desk.desk).set(
            try Macro(
                name: MacroID(rawValue: "secret"), title: "Canary", teams: [.people],
                texts: [.english: "canary macro"]),
            expecting: .absent, by: Caller(agent: .hami, role: .lead), command: nil)
        _ = try await desk.intake.quarantine(
            Array("canary broken".utf8),
            reason: QuarantineReason(code: "broken", detail: "canary detail"), from: .peopleMail)
        _ = try await DraftDesk(desk.desk).keep(
            DraftBody(kind: .reply, text: "canary draft"), CommandID(rawValue: "theirs"),
            on: ticket, of: Caller(agent: .hami, role: .agent), ifVersion: nil)
        let file = try desk.lines("SELECT id FROM attachments ORDER BY id LIMIT 1").first ?? "1"
        let delivery =
            try desk.lines(
                "SELECT id FROM outbox WHERE ticket = \(ticket.rawValue) ORDER BY id DESC LIMIT 1"
            ).first ?? "1"
        ids = [
            "{ticket}": "\(ticket.rawValue)", "{own}": "\(own.rawValue)",
            "{customer}": "\(customer.rawValue)", "{owner}": "\(owner.rawValue)",
            "{message}": "\(message.rawValue)", "{file}": file, "{delivery}": delivery,
            "{recovery}": "1",
        ]
    }

    func ask(
        _ route: APIRoute, _ row: AccessMatrixTests.Row, by agent: AgentID
    ) async throws -> Answer {
        var (path, body) = (row.path, row.body)
        for (name, id) in ids {
            path = path.replacing(name, with: id)
            body = body.replacing(name, with: id)
        }
        return try await server.ask(
            try #require(.init(rawValue: route.method.rawValue)), path, by: agent,
            route.method == .get ? "" : body)
    }

    /// What the caller asked with does not count as told: problem documents may repeat the question.
    func isIn(_ answer: Answer) -> Bool {
        answer.text.lowercased().contains(Self.canary)
    }
}
