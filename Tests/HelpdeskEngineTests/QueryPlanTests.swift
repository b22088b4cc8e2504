import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

/// Asks SQLite how it will find the rows of every query before running it.
private struct ExplainingConnection: SQLConnection {
    let inner: any SQLConnection
    let plans: Plans

    final class Plans {
        var scans: [String] = []
    }

    func execute(_ sql: String, _ parameters: [any SQLBindable]) throws(StoreError) -> Int {
        try inner.execute(sql, parameters)
    }

    func rows(
        _ sql: String, _ parameters: [any SQLBindable],
        _ body: (borrowing SQLRow) throws(StoreError) -> Continuation
    ) throws(StoreError) {
        try inner.rows("EXPLAIN QUERY PLAN \(sql)", parameters) { row throws(StoreError) in
            let step = try row.text(3)
            if step.hasPrefix("SCAN") || step.contains("AUTOMATIC") {
                plans.scans.append("\(step) in: \(sql)")
            }
            return .next
        }
        try inner.rows(sql, parameters, body)
    }
}

@Suite("The engine's own queries")
struct QueryPlanTests {
    /// Tables that stay small, and scans of a partial index that holds only what is wanted.
    private static let fine = [
        "SCAN agents", "SCAN a", "SCAN p", "SCAN agent_teams", "SCAN agent_languages",
        "SCAN agent_skills",
        "SCAN agent_activity", "SCAN signing_keys", "SCAN presence", "SCAN k", "SCAN CONSTANT ROW",
        "SCAN recent", "SCAN bounded", "SCAN (subquery",
        "SCAN tickets USING COVERING INDEX tickets_held",
    ]

    private static let ticket = TicketNumber(rawValue: 1)
    private static let customer = CustomerID(rawValue: 1)
    private static let identity = IdentityID(rawValue: 1)

    private static func intake(_ r: StoreReader) throws(StoreError) {
        _ = try r.messageKept(inbox: .supportMail, externalID: "x", fingerprint: "f")
        _ = try r.messageKept(inbox: .supportMail, externalID: "x", fingerprint: nil)
        _ = try r.sameMail(
            externalID: "x", fingerprint: "f", notIn: .supportMail, team: .support,
            privacy: .open, since: .distantPast)
        _ = try r.identity(.email("a@b.c"), scope: nil)
        _ = try r.isSuggested(.email("a@b.c"), for: customer)
        _ = try r.isNamed(customer)
        _ = try r.unknownCustomer(ofConversation: "c", inbox: .siteChat)
        _ = try r.quarantined(raw: BlobHash(rawValue: "0"), inbox: .supportMail)
        _ = try r.wasQuarantined(raw: BlobHash(rawValue: "0"), inbox: .supportMail)
        _ = try r.agent(atExtension: "101")
        _ = try r.requestBodyHash(inbox: .siteChat, id: "r")
        _ = try r.ticketsOpened(by: customer, since: .distantPast, limit: 30)
        _ = try r.acknowledgements(to: "a@b.c", since: .distantPast)
        _ = try r.candidate(ticket, customer: customer, identity: identity)
        _ = try r.tickets(referredBy: ["m1@e"], customer: customer, identity: identity)
        _ = try r.ticket(ofConversation: "c", inbox: .siteChat)
        _ = try r.ticket(awaiting: "m9@e", customer: customer, identity: identity)
        _ = try r.acknowledgements(since: .distantPast, limit: 200)
        _ = try r.reportable(DeliveryID(rawValue: 1))
        _ = try r.notice(DeliveryID(rawValue: 1))
        _ = try r.noticesTold(.nima, since: .distantPast)
        _ = try r.noticesHeld(for: .nima)
        _ = try r.heldNotices(for: .nima)
        _ = try r.digestsDue(at: .distantPast, limit: 10)
        _ = try r.notices(of: .nima, before: nil, limit: 50)
        _ = try r.noticeSettings(of: .nima)
        _ = try r.timezone(of: .nima)
        _ = try r.toldTime(of: ticket)
        _ = try r.isAnswering(ticket)
        _ = try r.forwardingCursor(of: "crm")
        _ = try r.event(at: .start)
        _ = try r.hasLetters(for: "crm", in: "ticket:1")
        _ = try r.lettersDue(for: "crm", at: .distantPast, limit: 8)
        _ = try r.deadLetters(of: "crm", after: .start, limit: 50)
        _ = try r.letterCounts(of: "crm")
        _ = try r.wasTold(.nima, since: .distantPast)
        _ = try r.noticeAddress(of: .nima)
        _ = try r.noticesAreStopped(for: .nima)
        _ = try r.activeTickets(of: customer, visibleTo: .support)
    }

    private static func work(_ r: StoreReader) throws(StoreError) {
        _ = try r.watchers(of: ticket)
        _ = try r.isWatching(.nima, ticket)
        _ = try r.reminders(of: .nima)
        _ = try r.reminder(of: .nima, for: ticket)
        _ = try r.remindersDue(at: .distantPast, limit: 10)
        _ = try r.changes(of: ticket, since: 0, now: 1, atMost: 10)
        _ = try r.macro(MacroID(rawValue: "x"))
        _ = try r.unreadAnswers(of: ticket)
        _ = try r.ticketsUnread(at: .distantPast, limit: 10)
        _ = try r.timeline(of: customer, .newestFirst, viewer: .agent(.nima))
        _ = try r.timeline(of: customer, .oldestFirst, viewer: .agent(.nima))
        _ = try r.ticket(ticket, viewer: .agent(.nima))
        _ = try r.holdings()
        _ = try r.service(of: customer)
        _ = try r.scoredLow(by: customer, atMost: 2, since: .distantPast)
        _ = try r.queuedTickets(of: .support, limit: 50)
        _ = try r.waitingPast(of: ticket)
        _ = try r.firstWords(of: ticket)
        _ = try r.position(before: .distantFuture)
        _ = try r.routingPast(after: .start, limit: 10)
        _ = try r.ticketsDue(at: .distantFuture, limit: 10)
        _ = try r.promisesDue(at: .distantFuture, limit: 10)
        _ = try r.slaClocks(of: ticket)
        _ = try r.slaDeadline(of: ticket)
        _ = try r.openPromise(of: ticket)
        _ = try r.sentAt(DeliveryID(rawValue: 1), of: ticket)
        _ = try r.activeTickets(heldBy: .nima)
        _ = try r.customerExists(customer, viewer: .agent(.nima))
        _ = try r.place(of: MessageID(rawValue: 1))
        _ = try r.hasMessages(ticket)
        _ = try r.answerable(in: ticket)
        _ = try r.addresses(of: customer, kind: "email")
        _ = try r.participants(of: ticket)
        _ = try r.automaticMails(of: ticket, to: "a@b.c", since: .distantPast, limit: 10)
        _ = try r.dueDeliveries(at: .distantFuture, limit: 16)
        _ = try r.interruptedDeliveries()
        _ = try r.nextDelivery()
        _ = try r.prepared(DeliveryID(rawValue: 1))
        _ = try r.refusalCode(of: DeliveryID(rawValue: 1))
        _ = try r.scheduledInvitations(of: ticket)
        _ = try r.dueInvitations(at: .distantFuture, limit: 10)
        _ = try r.invitation(tokenHash: "h")
        _ = try r.openRecovery(of: customer)
        _ = try r.lead(of: .support)
        _ = try r.agent(tokenHash: [1])
        _ = try r.events(after: .start, limit: 10, viewer: .agent(.nima))
        _ = try r.events(of: ticket, limit: 10)
    }

    @Test("walk no table from end to end")
    func noScans() async throws {
        let desk = try await TestDesk()
        try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        let plans = ExplainingConnection.Plans()
        try desk.read { reader throws(StoreError) in
            let explaining = StoreReader(
                connection: ExplainingConnection(inner: reader.connection, plans: plans))
            try Self.intake(explaining)
            try Self.work(explaining)
            // What the projector asks with every assignment.
            _ = try explaining.connection.exists(
                "SELECT 1 FROM tickets WHERE customer = $1 AND answered_last IS NOT NULL",
                [Self.customer])
        }
        let bad = plans.scans.filter { step in !Self.fine.contains { step.hasPrefix($0) } }
        #expect(bad == [])
    }
}
