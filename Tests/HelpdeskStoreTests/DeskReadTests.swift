import HelpdeskCore
import Testing

@testable import HelpdeskStore

@Suite struct DeskReadTests {
    @Test func theOutboxShowsWhatIsNotSettledNewestFirst() throws {
        let desk = try FullDesk().desk
        try desk.write {
            let delivery = DeliveryID(rawValue: 2)
            try $0.add(
                .delivery(.attempted(DeliveryAttempted(delivery: delivery, attempt: 1))),
                FullDesk.openTicket, FullDesk.open)
            try $0.add(
                .delivery(
                    .settled(
                        DeliverySettled(
                            delivery: delivery, state: .sent, attempt: 1, next: nil, code: nil,
                            detail: nil))), FullDesk.openTicket, FullDesk.open)
        }
        let (all, sent, first, health) = try desk.read { reader throws(StoreError) in
            (
                try reader.outbox(viewer: .system).rows.map(\.id.rawValue),
                try reader.outbox([.sent, .failed], viewer: .system).rows,
                try reader.outbox(limit: 2, viewer: .system),
                try reader.health(viewer: .system)
            )
        }
        #expect(all == all.sorted(by: >))
        #expect(!all.contains(2))
        #expect(sent.map(\.id.rawValue) == [2])
        #expect(sent.first?.purpose == .acknowledgement)
        #expect(sent.first?.settledAt == desk.now)
        let rest = try desk.read { reader throws(StoreError) in
            try reader.outbox(after: first.next, viewer: .system).rows.map(\.id.rawValue)
        }
        #expect(first.rows.map(\.id.rawValue) + rest == all)
        #expect(health.outboxDepth == all.count)
        #expect(health.oldestUnsent == TestDesk.start + .minutes(1))
        #expect(health.quarantineWaiting == 2)
        #expect(health.queuedTickets == 0)
        #expect(health.position == desk.store.writer.position)
    }

    @Test func theQuarantineShowsReasonsAndBytes() throws {
        let desk = try FullDesk().desk
        let sight = StoreReader.QuarantineSight(viewer: .system, hidden: [])
        try desk.write {
            try $0.add(
                .desk(
                    .quarantineResolved(
                        QuarantineResolved(
                            quarantine: QuarantineID(rawValue: 1), resolution: .dropped,
                            message: nil))), nil, nil)
        }
        let (waiting, all, mail, shown) = try desk.read { reader throws(StoreError) in
            (
                try reader.quarantine(sight: sight).rows.map(\.id.rawValue),
                try reader.quarantine(Set(QuarantineEntry.State.allCases), sight: sight).rows,
                try reader.quarantine(
                    Set(QuarantineEntry.State.allCases), inbox: .mail, sight: sight
                ).rows.map(\.id.rawValue),
                try reader.quarantined(QuarantineID(rawValue: 2), sight: sight)?.bytes
            )
        }
        #expect(waiting == [2])
        #expect(all.map(\.id.rawValue) == [2, 1])
        #expect(all.map(\.state) == [.waiting, .dropped])
        #expect(all.map(\.code) == ["no_header", "no_header"])
        #expect(all.map(\.detail) == ["no header in 10 bytes", "no header in 10 bytes"])
        #expect(all.map(\.size) == [10, 10])
        #expect(mail == [1])
        #expect(shown == Array("not a mail".utf8))
    }

    @Test func recoveriesComeEarliestDueFirst() throws {
        let desk = try FullDesk().desk
        try desk.write {
            try $0.add(
                .survey(
                    .recoveryTaken(
                        RecoveryTaken(recovery: RecoveryID(rawValue: 1), owner: .sara))),
                FullDesk.hiddenTicket, FullDesk.hidden)
            try $0.add(
                .survey(
                    .recoveryDone(
                        RecoveryDone(
                            recovery: RecoveryID(rawValue: 2), ending: .worked,
                            outcome: try $0.keep(
                                "called", as: .outcome, of: FullDesk.both,
                                salt: StoreTransaction.salt)))),
                FullDesk.bothHidden, FullDesk.both)
        }
        let (unfinished, all, own, page) = try desk.read { reader throws(StoreError) in
            (
                try reader.recoveries(viewer: .system).rows,
                try reader.recoveries(.all, viewer: .system).rows,
                try reader.recoveries(owner: .sara, viewer: .system).rows.map(\.id.rawValue),
                try reader.recoveries(.all, limit: 1, viewer: .system)
            )
        }
        #expect(unfinished.map(\.id.rawValue) == [1])
        #expect(unfinished.first?.owner == .sara)
        #expect(unfinished.first?.comment == "comment salary")
        #expect(unfinished.first?.customer.name == "Nima Rad")
        #expect(all.map(\.state) == [.taken, .done])
        #expect(all.last?.outcome == "called")
        #expect(all.last?.ending == .worked)
        #expect(own == [1])
        let rest = try desk.read { reader throws(StoreError) in
            try reader.recoveries(.all, after: page.next, viewer: .system).rows.map(\.id.rawValue)
        }
        #expect(rest == [2])
    }

    @Test func agentsAndTeamsAreListed() throws {
        let desk = try FullDesk().desk
        try desk.execute(
            "INSERT INTO agent_skills (agent, skill, level) VALUES ('sara', 'billing', 3)")
        try desk.execute("INSERT INTO agent_languages (agent, language) VALUES ('sara', 'fa')")
        try desk.write {
            try $0.add(
                .desk(.presenceChanged(PresenceChanged(agent: .sara, presence: .away))), nil, nil,
                by: .agent(.sara))
            let customer = try $0.makeCustomer("Waits")
            _ = try $0.open(customer, "Unassigned")
        }
        let (agents, page, teams) = try desk.read { reader throws(StoreError) in
            (
                try reader.agents(viewer: .system).rows,
                try reader.agents(after: AgentID(rawValue: "hami"), limit: 1, viewer: .system),
                try reader.teams(viewer: .system).rows
            )
        }
        #expect(agents.map(\.login.rawValue) == ["hami", "lea", "sara"])
        #expect(agents.last?.presence == .away)
        #expect(agents.last?.skills == [AgentEntry.Skill(name: "billing", level: 3)])
        #expect(agents.last?.languages == ["fa"])
        #expect(agents.first?.presence == nil)
        #expect(page.rows.map(\.login.rawValue) == ["lea"])
        #expect(page.next == AgentID(rawValue: "lea"))
        #expect(
            teams == [
                TeamEntry(
                    name: .people, privacy: .hidden,
                    members: ["hami", "lea"].map { AgentID(rawValue: $0) }, waiting: 0),
                TeamEntry(
                    name: .support, privacy: .open,
                    members: ["lea", "sara"].map { AgentID(rawValue: $0) }, waiting: 1),
            ])
    }

    @Test func theReportCountsWithinItsPeriodTeamAndAgent() throws {
        let desk = try FullDesk().desk
        let at = TestDesk.start + .minutes(1)
        func report(_ filter: ScoreFilter) throws -> ScoreReport {
            try desk.read { reader throws(StoreError) in
                try reader.scoreReport(filter, viewer: .system)
            }
        }
        let all = try report(ScoreFilter())
        #expect(all.summary == ScoreSummary(kind: .csat, counts: [5: 1, 4: 1, 2: 1, 1: 1]))
        #expect(all.sent == 4)
        #expect(try report(ScoreFilter(team: .people)).summary.total == 2)
        #expect(try report(ScoreFilter(agent: .sara)).summary.satisfied == 1)
        #expect(try report(ScoreFilter(from: at)).summary.total == 4)
        #expect(try report(ScoreFilter(to: at)).summary.total == 0)
        #expect(try report(ScoreFilter(kind: .nps)).summary.total == 0)
    }

    @Test func theReasonsOfATicketAreCollected() throws {
        let desk = try FullDesk().desk
        let reasons = try #require(
            try desk.read { reader throws(StoreError) in
                try reader.explainMaterial(FullDesk.openTicket, viewer: .system)
            })
        #expect(reasons.threading.map(\.message.rawValue) == [1])
        #expect(reasons.threading.first?.decision.rule == .subjectTag)
        #expect(
            reasons.routing.map(\.step) == [
                .assigned(TicketAssigned(agent: .sara, previous: nil, by: .agent, decision: nil))
            ])
        #expect(
            reasons.surveys.map { EventCodec.name(of: $0.event) } == [
                "survey_scheduled", "survey_sent", "survey_answered",
            ])
        #expect(reasons.acknowledgements.count == 1)
        let none = try desk.read { reader throws(StoreError) in
            try reader.explainMaterial(TicketNumber(rawValue: 99), viewer: .system)
        }
        #expect(none == nil)
    }
}

extension EventCodec {
    static func name(of event: DomainEvent) -> String { parts(event).type }
}
