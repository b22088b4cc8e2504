import HelpdeskCore
import Testing

@Suite("What stops an answer")
struct AnswerObstacleTests {
    private func obstacles(_ event: TicketEvent, by actor: Actor) -> [AnswerObstacle.Kind] {
        let recorded = RecordedEvent(
            position: Position(rawValue: 1), at: Sample.now, actor: actor, ticket: Sample.number,
            customer: nil, event: .ticket(event))
        return AnswerObstacle.among([recorded], for: Sample.nima).map(\.kind)
    }

    @Test func `words of others, ends and moves`() {
        let leila = Actor.agent(Sample.leila)
        let customer = Actor.customer(CustomerID(rawValue: 1))
        var answer = Sample.written
        answer.agent = Sample.leila
        var note = Sample.note
        note.agent = Sample.leila
        #expect(
            obstacles(.messageReceived(Sample.received()), by: customer)
                == [.customerWrote(MessageID(rawValue: 9))])
        #expect(
            obstacles(.messageWritten(answer), by: leila)
                == [.answered(MessageID(rawValue: 10), by: Sample.leila)])
        #expect(
            obstacles(.noteWritten(note), by: leila)
                == [.noted(MessageID(rawValue: 11), by: Sample.leila)])
        #expect(
            obstacles(Sample.changed(.open, .closed, .agent, .solved), by: leila)
                == [.closed(.solved)])
        #expect(obstacles(Sample.changed(.closed, .open, .agent), by: leila) == [.reopened])
    }

    @Test func `what changes no answer, and what the agent did themselves`() {
        let leila = Actor.agent(Sample.leila)
        let quiet: [TicketEvent] = [
            .tagged(TicketTagged(added: ["a"], removed: [])),
            .prioritised(TicketPrioritised(from: .low, to: .high)),
            .assigned(
                TicketAssigned(agent: Sample.leila, previous: nil, by: .agent, decision: nil)),
            .watchBegun(WatchChanged(agent: Sample.leila)),
            Sample.changed(.open, .pending, .agent),
            Sample.changed(.closed, .open, .customerMessage),
            .snoozed(TicketSnoozed(until: Sample.now)),
        ]
        for event in quiet { #expect(obstacles(event, by: leila) == []) }
        #expect(obstacles(.messageWritten(Sample.written), by: .agent(Sample.nima)) == [])
        #expect(
            obstacles(Sample.changed(.open, .closed, .agent, .solved), by: .agent(Sample.nima))
                == [])
        #expect(
            obstacles(.messageReceived(Sample.received(auto: .replied)), by: .system) == [])
    }
}
