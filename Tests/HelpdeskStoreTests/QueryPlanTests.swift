import HelpdeskCore
import Testing

@testable import HelpdeskStore

/// No read and no projection walks through a table that grows for ever.
@Suite struct QueryPlanTests {
    @Test func everyReadOfAGrowingTableUsesAnIndex() throws {
        let desk = try FullDesk().desk
        let problems = try desk.read { reader throws(StoreError) in
            let recorder = StatementRecorder(reader.connection)
            try Self.readEverything(StoreReader(connection: recorder), .sara)
            #expect(recorder.statements.count > 40)
            return try Self.problems(recorder)
        }
        #expect(problems == [])
    }

    @Test(arguments: [
        (TicketFilter(), "tickets_by_class (class=? AND status=? AND number<?)"),
        (
            TicketFilter(team: .support),
            "tickets_by_team (team=? AND class=? AND status=? AND number<?)"
        ),
        (
            TicketFilter(holder: .agent(.sara), team: .support),
            "tickets_by_assignee (assignee=? AND class=? AND status=? AND number<?)"
        ),
        (
            TicketFilter(holder: .agent(.sara), customer: FullDesk.open),
            "tickets_by_customer (customer=? AND number<?)"
        ),
        (TicketFilter(tag: "all", inbox: .mail), "ticket_tags_by_tag (tag=? AND ticket<?)"),
        (
            TicketFilter(statuses: [.closed], inbox: .mail),
            "tickets_by_inbox (inbox=? AND number<?)"
        ),
    ])
    func aListIsDrivenByTheNarrowestIndexInItsOrder(
        _ filter: TicketFilter, _ index: String
    ) throws {
        let desk = try TestDesk()
        let plans = try desk.read { reader throws(StoreError) in
            let recorder = StatementRecorder(reader.connection)
            _ = try StoreReader(connection: recorder).tickets(filter, viewer: .sara)
            var plans: [String] = []
            for sql in recorder.statements.keys where !sql.contains("FROM customers") {
                plans += try recorder.plan(sql).prefix(1)
            }
            return plans
        }
        #expect(plans.count == 1)
        #expect(plans.first?.hasSuffix("INDEX \(index)") == true, "\(plans)")
    }

    @Test func everyProjectionUsesAnIndex() throws {
        let desk = try FullDesk().desk
        let problems = try desk.store.database.transaction { connection throws(StoreError) in
            let recorder = StatementRecorder(connection)
            let transaction = try StoreTransaction(connection: recorder)
            transaction.begin(at: TestDesk.start)
            let customer = FullDesk.open
            let ticket = FullDesk.openTicket
            do {
                let other = try transaction.makeCustomer("Other", .email("o@example.ir"))
                let second = try transaction.open(other, "Second")
                let message = try transaction.receive(second, other)
                let sent = try transaction.answer(ticket, customer, "Again")
                try transaction.add(
                    .ticket(.messageJoined(MessageJoined(message: message, from: second))),
                    ticket, customer)
                for state in [DeliveryState.retrying, .sent] {
                    try transaction.add(
                        .delivery(
                            .attempted(DeliveryAttempted(delivery: sent.delivery, attempt: 1))),
                        ticket, customer)
                    try transaction.add(
                        .delivery(
                            .settled(
                                DeliverySettled(
                                    delivery: sent.delivery, state: state, attempt: 1, next: nil,
                                    code: nil, detail: nil))), ticket, customer)
                }
                try transaction.assign(ticket, customer, to: .sara)
                try transaction.score(3, ticket, customer)
                try transaction.add(
                    .customer(.erased(CustomerErased(customer: other))), nil, other)
            } catch {
                throw .damaged("\(error)")
            }
            #expect(recorder.statements.count > 20)
            return try Self.problems(recorder)
        }
        #expect(problems == [])
    }

    /// Figures of a year are read out of indexes that hold all they need, not out of rows.
    @Test(arguments: [
        (StoreReader.openedQuery, "COVERING INDEX figures_opened (opened_at>? AND opened_at<?)"),
        (
            StoreReader.firstResponseQuery,
            "COVERING INDEX figures_replied (replied_at>? AND replied_at<?)"
        ),
        (
            StoreReader.closedQuery,
            "COVERING INDEX figures_closed (first_closed_at>? AND first_closed_at<?)"
        ),
        (
            StoreReader.closedByAgentQuery,
            "COVERING INDEX figures_closed (first_closed_at>? AND first_closed_at<?)"
        ),
        (
            StoreReader.firstResponseByAgentQuery,
            "COVERING INDEX figures_replied (replied_at>? AND replied_at<?)"
        ),
        (
            StoreReader.channelQuery,
            "COVERING INDEX figures_opened (opened_at>? AND opened_at<?)"
        ),
        (StoreReader.hoursQuery, "COVERING INDEX figures_opened (opened_at>? AND opened_at<?)"),
        (
            StoreReader.answersQuery,
            "COVERING INDEX invitations_answered (kind=? AND answered_at>? AND answered_at<?)"
        ),
        (
            StoreReader.askedQuery,
            "COVERING INDEX invitations_asked (kind=? AND asked_at>? AND asked_at<?)"
        ),
        (
            StoreReader.funnelQuery,
            "invitations_decided (decided_at>? AND decided_at<?)"
        ),
        (StoreReader.backlogQuery, "tickets_by_class (class=? AND status=?)"),
        (StoreReader.dueInvitationsQuery, "invitations_due (due<?)"),
        (StoreReader.dueRemindersQuery, "invitations_to_remind (remind_at>? AND remind_at<?)"),
        (StoreReader.neverAskedQuery, "customers_never_asked (created_at<?)"),
        (StoreReader.askedBeforeQuery, "customers_asked (relationship_at>? AND relationship_at<?)"),
    ])
    func aReportIsReadFromItsIndex(_ sql: String, _ index: String) throws {
        let desk = try TestDesk()
        let steps = try desk.read { reader throws(StoreError) in
            let count = StatementTextTests.firstUses(sql).count
            return try reader.connection.all(
                "EXPLAIN QUERY PLAN " + sql, [any SQLBindable](repeating: 1, count: count)
            ) { row throws(StoreError) in try row.text(3) }
        }
        #expect(steps.contains { $0.contains(index) }, "\(steps)")
        #expect(!steps.contains { $0.hasPrefix("SCAN") }, "\(steps)")
    }

    @Test func theCheckSeesAScanAndASort() throws {
        let desk = try TestDesk()
        let problems = try desk.read { reader throws(StoreError) in
            let recorder = StatementRecorder(reader.connection)
            for sql in [
                "SELECT x.id FROM messages x WHERE x.received_at > 5",
                "SELECT number FROM tickets WHERE customer = 1 ORDER BY score",
                "SELECT name FROM teams",
            ] { _ = try recorder.exists(sql) }
            return try Self.problems(recorder)
        }
        #expect(problems.count == 2)
    }

    /// Each statement with a bad step, or with parameters out of order.
    private static func problems(
        _ recorder: StatementRecorder
    ) throws(StoreError) -> [String] {
        var problems: [String] = []
        for (sql, parameters) in recorder.statements {
            let uses = StatementTextTests.firstUses(sql)
            if uses != Array(1..<parameters.count + 1) { problems.append("parameters: \(sql)") }
            for step in try recorder.plan(sql) where GrowingTables.isBad(step, in: sql) {
                problems.append("\(step): \(sql)")
            }
        }
        return problems
    }

    /// What an archive is written from, and how its records are known again.
    private static func readForArchive(_ reader: StoreReader) throws(StoreError) {
        let (position, hash) = (Position(rawValue: 3), BlobHash(rawValue: "none"))
        _ = try reader.archivableCustomers(after: CustomerID(rawValue: 0), limit: 10)
        _ = try reader.archivableEvents(
            after: .start, through: try reader.lastPosition(), limit: 10)
        _ = try reader.queuedBefore(position, of: FullDesk.openTicket)
        _ = try reader.archivableAttachments(of: MessageID(rawValue: 1))
        _ = try reader.raw(of: MessageID(rawValue: 1))
        _ = try reader.position(of: MessageID(rawValue: 1))
        _ = try reader.archivable(DeliveryID(rawValue: 1))
        _ = try reader.archivable(InvitationID(rawValue: 1))
        _ = try reader.size(of: hash)
        _ = try reader.piece(of: hash, from: 0, length: 10)
        _ = try reader.placeOfInvitation(InvitationID(rawValue: 1))
        _ = try reader.placeOfRecovery(RecoveryID(rawValue: 1))
        _ = try reader.hasInvitation(tokenHash: "none")
        _ = try reader.archived("a/t1")
        _ = try reader.archiveRecord(kind: "t", local: 1)
        _ = try reader.ticketExists(FullDesk.openTicket)
        _ = try reader.hasBlob(hash)
    }

    static func readEverything(_ reader: StoreReader, _ viewer: Viewer) throws(StoreError) {
        try readForArchive(reader)
        for filter in filters {
            _ = try reader.tickets(filter, viewer: viewer)
        }
        let ticket = FullDesk.openTicket
        let customer = FullDesk.open
        _ = try reader.messages(of: ticket, viewer: viewer)
        _ = try reader.message(MessageID(rawValue: 1), viewer: viewer)
        _ = try reader.messages(externalID: "mail-lamp", inbox: .mail, viewer: viewer)
        _ = try reader.rawMessage(MessageID(rawValue: 1), viewer: viewer)
        _ = try reader.attachment(AttachmentID(rawValue: 1), viewer: viewer)
        _ = try reader.newestNote(of: ticket, by: .sara, viewer: viewer)
        _ = try reader.explainMaterial(ticket, viewer: viewer)
        _ = try reader.customer(customer, viewer: viewer)
        _ = try reader.customers(matching: "sara 1", viewer: viewer)
        for order in [TimelineOrder.oldestFirst, .newestFirst] {
            _ = try reader.timeline(of: customer, order, viewer: viewer)
        }
        _ = try reader.search("lamp", viewer: viewer)
        _ = try reader.search("#1", viewer: viewer)
        _ = try reader.drafts(of: .sara)
        _ = try reader.draft(CommandID(rawValue: "k"), of: .sara)
        _ = try reader.outbox(viewer: viewer)
        _ = try reader.delivery(DeliveryID(rawValue: 1), viewer: viewer)
        let sight = StoreReader.QuarantineSight(viewer: viewer, hidden: [])
        _ = try reader.quarantine(sight: sight)
        _ = try reader.quarantine(
            Set(QuarantineEntry.State.allCases), inbox: .mail, sight: sight)
        _ = try reader.quarantined(QuarantineID(rawValue: 1), sight: sight)
        _ = try reader.recoveries(viewer: viewer)
        _ = try reader.recoveries(.all, viewer: viewer)
        _ = try reader.recovery(RecoveryID(rawValue: 1), viewer: viewer)
        _ = try reader.agents(viewer: viewer)
        _ = try reader.teams(viewer: viewer)
        _ = try reader.scoreReport(ScoreFilter(), viewer: viewer)
        _ = try reader.health(viewer: viewer)
        _ = try reader.events(after: .start, limit: 10, viewer: viewer)
        _ = try reader.events(of: ticket, limit: 10)
    }

    private static let filters: [TicketFilter] = [
        TicketFilter(), TicketFilter(statuses: Set(TicketStatus.allCases)),
        TicketFilter(holder: .nobody), TicketFilter(holder: .agent(.sara)),
        TicketFilter(team: .support), TicketFilter(tag: "all"), TicketFilter(inbox: .mail),
        TicketFilter(statuses: Set(TicketStatus.allCases), inbox: .mail),
        TicketFilter(customer: FullDesk.open), TicketFilter(ticketClass: .spam),
        TicketFilter(trait: .unread), TicketFilter(query: SearchTerms("lamp")),
    ]
}
