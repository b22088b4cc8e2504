import HelpdeskCore
import Testing

@Suite("The ticket machine")
struct TicketMachineTests {
    typealias Verdict = Result<[TicketEvent], TicketRejection>

    static func decide(_ ticket: Ticket, _ command: TicketCommand) -> Verdict {
        do throws(TicketRejection) {
            return .success(try ticket.decide(command, at: Sample.now))
        } catch {
            return .failure(error)
        }
    }

    /// What a command leads to in each status: new, open, pending, closed.
    struct Line: Sendable, CustomStringConvertible {
        let description: String
        let command: TicketCommand
        let expected: [Verdict]
        var isAnswered = false

        init(
            _ description: String, _ command: TicketCommand, answered: Bool = false,
            _ expected: [Verdict]
        ) {
            self.description = description
            self.command = command
            self.expected = expected
            isAnswered = answered
        }
    }

    private static func same(_ events: TicketEvent...) -> [Verdict] {
        Array(repeating: .success(events), count: 4)
    }

    private static let number = Sample.number

    static let lines: [Line] = messages + changes + states

    private static let messages: [Line] = [
        Line(
            "a customer's message", .receive(Sample.received()),
            [
                .success([.messageReceived(Sample.received())]),
                .success([.messageReceived(Sample.received())]),
                .success([
                    .messageReceived(Sample.received()),
                    Sample.changed(.pending, .open, .customerMessage),
                ]),
                .success([.messageReceived(Sample.received())]),
            ]),
        Line(
            "one that reopens a ticket nobody answered", .receive(Sample.received(.reopened)),
            [
                .success([.messageReceived(Sample.received(.reopened))]),
                .success([.messageReceived(Sample.received(.reopened))]),
                .success([
                    .messageReceived(Sample.received(.reopened)),
                    Sample.changed(.pending, .open, .customerMessage),
                ]),
                .success([
                    .messageReceived(Sample.received(.reopened)),
                    Sample.changed(.closed, .new, .customerMessage),
                ]),
            ]),
        Line(
            "one that reopens an answered ticket", .receive(Sample.received(.reopened)),
            answered: true,
            [
                .success([.messageReceived(Sample.received(.reopened))]),
                .success([.messageReceived(Sample.received(.reopened))]),
                .success([
                    .messageReceived(Sample.received(.reopened)),
                    Sample.changed(.pending, .open, .customerMessage),
                ]),
                .success([
                    .messageReceived(Sample.received(.reopened)),
                    Sample.changed(.closed, .open, .customerMessage),
                ]),
            ]),
        Line(
            "thanks for a closed ticket", .receive(Sample.received(.joinedClosed, auto: .replied)),
            same(.messageReceived(Sample.received(.joinedClosed, auto: .replied)))),
        Line(
            "a bot's message", .receive(Sample.received(author: .bot)),
            same(.messageReceived(Sample.received(author: .bot)))),
        Line(
            "an imported message", .receive(Sample.received(.joinedClosed, origin: .history)),
            same(.messageReceived(Sample.received(.joinedClosed, origin: .history)))),
        Line("a note", .note(Sample.note), same(.noteWritten(Sample.note))),
        Line(
            "an answer", .reply(Sample.written, then: .keep),
            [
                .success([
                    .messageWritten(Sample.written), Sample.changed(.new, .open, .firstReply),
                ]),
                .success([.messageWritten(Sample.written)]),
                .success([.messageWritten(Sample.written)]),
                .success([.messageWritten(Sample.written)]),
            ]),
        Line(
            "an answer that waits", .reply(Sample.written, then: .pending),
            [
                .success([.messageWritten(Sample.written), Sample.changed(.new, .pending, .agent)]),
                .success([.messageWritten(Sample.written), Sample.changed(.open, .pending, .agent)]
                ),
                .success([.messageWritten(Sample.written)]),
                .success([
                    .messageWritten(Sample.written), Sample.changed(.closed, .pending, .agent),
                ]),
            ]),
        Line(
            "an answer that closes", .reply(Sample.written, then: .close(.solved)),
            [
                .success([
                    .messageWritten(Sample.written), Sample.changed(.new, .closed, .agent, .solved),
                ]),
                .success([
                    .messageWritten(Sample.written),
                    Sample.changed(.open, .closed, .agent, .solved),
                ]),
                .success([
                    .messageWritten(Sample.written),
                    Sample.changed(.pending, .closed, .agent, .solved),
                ]),
                .success([.messageWritten(Sample.written)]),
            ]),
    ]

    private static let changes: [Line] = [
        Line(
            "to another agent", .assign(Sample.leila, by: .agent, decision: nil),
            same(
                .assigned(
                    TicketAssigned(
                        agent: Sample.leila, previous: Sample.nima, by: .agent, decision: nil)))),
        Line(
            "to the same agent", .assign(Sample.nima, by: .agent, decision: nil),
            Array(repeating: .failure(.nothingToChange(number)), count: 4)),
        Line(
            "given back", .unassign(.agent),
            same(.unassigned(TicketUnassigned(previous: Sample.nima, reason: .agent)))),
        Line(
            "into the queue", .queue(until: Sample.now, decision: Sample.decision),
            same(
                .queued(
                    TicketQueued(team: Sample.support, until: Sample.now, decision: Sample.decision)
                ))),
        Line(
            "to another team",
            .transfer(to: TeamID(rawValue: "people"), isPrivate: .restricted, brief: nil),
            same(
                .unassigned(TicketUnassigned(previous: Sample.nima, reason: .transfer)),
                .transferred(
                    TicketTransferred(
                        from: Sample.support, to: TeamID(rawValue: "people"), isPrivate: true,
                        brief: nil)))),
        Line(
            "to its own team", .transfer(to: Sample.support, isPrivate: .open, brief: nil),
            Array(repeating: .failure(.nothingToChange(number)), count: 4)),
        Line(
            "priority", .prioritise(.urgent),
            same(.prioritised(TicketPrioritised(from: .normal, to: .urgent)))),
        Line(
            "the same priority", .prioritise(.normal),
            Array(repeating: .failure(.nothingToChange(number)), count: 4)),
        Line(
            "tags, each once", .tag(add: ["b", "a", "b"], remove: ["c"]),
            same(.tagged(TicketTagged(added: ["b", "a"], removed: [])))),
        Line(
            "no tags", .tag(add: [], remove: ["c"]),
            Array(repeating: .failure(.nothingToChange(number)), count: 4)),
        Line(
            "a participant", .addParticipant(IdentityID(rawValue: 4)),
            same(.participantAdded(ParticipantChanged(identity: IdentityID(rawValue: 4))))),
    ]

    private static let states: [Line] = [
        Line(
            "close", .close(.noAnswer, cause: .agent),
            [
                .success([Sample.changed(.new, .closed, .agent, .noAnswer)]),
                .success([Sample.changed(.open, .closed, .agent, .noAnswer)]),
                .success([Sample.changed(.pending, .closed, .agent, .noAnswer)]),
                .failure(.alreadyClosed(number)),
            ]),
        Line(
            "reopen", .reopen(.agent),
            [
                .failure(.notClosed(number)), .failure(.notClosed(number)),
                .failure(.notClosed(number)),
                .success([Sample.changed(.closed, .new, .agent)]),
            ]),
        Line(
            "reopen what was answered", .reopen(.agent), answered: true,
            [
                .failure(.notClosed(number)), .failure(.notClosed(number)),
                .failure(.notClosed(number)),
                .success([Sample.changed(.closed, .open, .agent)]),
            ]),
        Line(
            "pending", .setPending,
            [
                .success([Sample.changed(.new, .pending, .agent)]),
                .success([Sample.changed(.open, .pending, .agent)]),
                .failure(.nothingToChange(number)), .failure(.alreadyClosed(number)),
            ]),
        Line(
            "snooze", .snooze(until: Sample.now + .hours(1)),
            [
                .success([.snoozed(TicketSnoozed(until: Sample.now + .hours(1)))]),
                .success([.snoozed(TicketSnoozed(until: Sample.now + .hours(1)))]),
                .success([.snoozed(TicketSnoozed(until: Sample.now + .hours(1)))]),
                .failure(.alreadyClosed(number)),
            ]),
        Line(
            "snooze until now", .snooze(until: Sample.now),
            [
                .failure(.snoozeInThePast(number)), .failure(.snoozeInThePast(number)),
                .failure(.snoozeInThePast(number)), .failure(.alreadyClosed(number)),
            ]),
        Line(
            "wake what sleeps not", .wake(.agent),
            Array(repeating: .failure(.nothingToChange(number)), count: 4)),
        Line(
            "spam", .classify(.spam),
            [
                .success(spam + [Sample.changed(.new, .closed, .spam, .spam)]),
                .success(spam + [Sample.changed(.open, .closed, .spam, .spam)]),
                .success(spam + [Sample.changed(.pending, .closed, .spam, .spam)]), .success(spam),
            ]),
        Line(
            "not spam", .classify(.regular),
            Array(repeating: .failure(.nothingToChange(number)), count: 4)),
        Line(
            "a missed call", .requestCallback(message: MessageID(rawValue: 9), due: Sample.now),
            same(
                .callbackRequested(
                    CallbackRequested(message: MessageID(rawValue: 9), due: Sample.now, calls: 1)))),
        Line(
            "a call-back nobody waits for", .completeCallback(message: nil),
            Array(repeating: .failure(.noCallbackDue(number)), count: 4)),
    ]

    private static let spam: [TicketEvent] = [
        .unassigned(TicketUnassigned(previous: Sample.nima, reason: .spam)),
        .classified(TicketClassified(from: .regular, to: .spam)),
    ]

    @Test("leads each command in each status to exactly these events", arguments: lines)
    func exact(line: Line) {
        #expect(line.expected.count == TicketStatus.allCases.count)
        for (status, expected) in zip(TicketStatus.allCases, line.expected) {
            let ticket = Sample.ticket(status, answered: line.isAnswered)
            #expect(Self.decide(ticket, line.command) == expected, "\(status)")
        }
    }

    @Test("wakes a snoozed ticket for a person's word, not for a machine's")
    func waking() {
        let ticket = Sample.ticket(.open, snoozed: true)
        #expect(
            Self.decide(ticket, .receive(Sample.received()))
                == .success([
                    .messageReceived(Sample.received()),
                    .woken(TicketWoken(cause: .customerMessage)),
                ]))
        #expect(
            Self.decide(ticket, .receive(Sample.received(auto: .replied)))
                == .success([.messageReceived(Sample.received(auto: .replied))]))
        #expect(Self.decide(ticket, .wake(.due)) == .success([.woken(TicketWoken(cause: .due))]))
    }

    @Test("does not take a pending ticket back for a machine's word")
    func pendingMachine() {
        for auto in [AutoSubmitted.replied, .generated, .bounce] {
            #expect(
                Self.decide(Sample.ticket(.pending), .receive(Sample.received(auto: auto)))
                    == .success([.messageReceived(Sample.received(auto: auto))]))
        }
    }

    @Test("counts missed calls under the first one's due time, and is answered by a call")
    func callbacks() {
        let due = Sample.ticket(.new, callback: .due(Sample.now, calls: 2))
        #expect(
            Self.decide(
                due, .requestCallback(message: MessageID(rawValue: 9), due: Sample.now + .hours(1)))
                == .success([
                    .callbackRequested(
                        CallbackRequested(
                            message: MessageID(rawValue: 9), due: Sample.now, calls: 3))
                ]))
        #expect(
            Self.decide(due, .completeCallback(message: MessageID(rawValue: 9)))
                == .success([
                    .callbackCompleted(CallbackCompleted(message: MessageID(rawValue: 9))),
                    Sample.changed(.new, .open, .firstReply),
                ]))
        #expect(
            Self.decide(due, .completeCallback(message: nil))
                == .success([.callbackCompleted(CallbackCompleted(message: nil))]),
            "an agent's word that it is done says nothing of an answer")
    }

    @Test("takes spam back as work, and other closed tickets not")
    func notSpam() {
        #expect(
            Self.decide(
                Sample.ticket(.closed, assignee: nil, ticketClass: .spam, reason: .spam),
                .classify(.regular))
                == .success([
                    .classified(TicketClassified(from: .spam, to: .regular)),
                    Sample.changed(.closed, .new, .agent),
                ]))
        #expect(
            Self.decide(Sample.ticket(.new, assignee: nil, ticketClass: .bulk), .classify(.regular))
                == .success([.classified(TicketClassified(from: .bulk, to: .regular))]))
    }

    @Test("bounds tags")
    func tags() {
        let full = Sample.ticket(.open, tags: (0..<Ticket.maximumTags).map { "t\($0)" })
        #expect(
            Self.decide(full, .tag(add: ["x"], remove: [])) == .failure(.tooManyTags(Sample.number))
        )
        #expect(
            Self.decide(full, .tag(add: ["x"], remove: ["t0"]))
                == .success([.tagged(TicketTagged(added: ["x"], removed: ["t0"]))]))
    }

    @Test("decides nothing that folding would contradict", arguments: lines)
    func folding(line: Line) throws {
        for status in TicketStatus.allCases {
            let ticket = Sample.ticket(status, answered: line.isAnswered)
            guard case .success(let events) = Self.decide(ticket, line.command) else { continue }
            let after = events.reduce(ticket) { $0.applying($1, at: Sample.now) }
            #expect(after.version == ticket.version + Int64(events.count))
            #expect((after.status == .closed) == (after.closedAt != nil))
            #expect((after.status == .closed) == (after.closingReason != nil))
            #expect(after.status.isActive || after.snoozedUntil == nil)
            #expect(after.number == ticket.number && after.customer == ticket.customer)
            for event in events {
                if case .statusChanged(let change) = event { #expect(change.from != change.to) }
            }
        }
    }
}
