import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

/// What must be true whatever happened. Each looks at the stream or the tables alone, and shares nothing with the code it
/// checks.
struct Checkers {
    let world: World
    var desk: TestDesk { world.desk }

    func all() throws {
        try desk.verify()
        let events = try desk.events()
        #expect(
            events.map(\.position.rawValue)
                == Array(1...Int64(max(events.count, 1))).prefix(events.count).map { $0 })
        try messages()
        try surveys(events)
        try deliveries(events)
        try nobodyForgotten()
        try loads(events)
    }

    /// Nothing lost, nothing doubled, against the model kept outside.
    private func messages() throws {
        let rows = try desk.read { reader throws(StoreError) in
            try reader.connection.all(
                "SELECT inbox, content FROM messages WHERE direction = 'in' ORDER BY id"
            ) { row throws(StoreError) in (try row.text(0), try row.number(1, as: ContentID.self)) }
        }
        var found: [String: String] = [:]
        for (inbox, content) in rows {
            let words = try #require(
                try desk.read { reader throws(StoreError) in try reader.messageContent(content) })
            let key = "\(inbox) \(words.externalID ?? "")"
            #expect(found[key] == nil, "doubled: \(key)")
            found[key] = words.text
        }
        #expect(found == world.kept)
    }

    /// At most one survey for each closing, and none within the cooldown of another of the same customer.
    private func surveys(_ events: [RecordedEvent]) throws {
        var sentSinceClosing: [TicketNumber: Int] = [:]
        var lastAsked: [CustomerID: Instant] = [:]
        for event in events {
            guard let ticket = event.ticket else { continue }
            switch event.event {
            case .ticket(.statusChanged(let change)) where change.to == .closed:
                sentSinceClosing[ticket] = 0
            case .survey(.sent):
                sentSinceClosing[ticket, default: 0] += 1
                #expect(sentSinceClosing[ticket] == 1, "two surveys for one closing of \(ticket)")
                let customer = try #require(event.customer)
                if let last = lastAsked[customer] {
                    #expect(event.at.since(last) >= desk.plan.survey.cooldown, "\(customer)")
                }
                lastAsked[customer] = event.at
            default: break
            }
        }
    }

    /// Every entry is queued once, ends at most once, and nothing happens to it afterwards; no attempt while an earlier
    /// entry of the ticket has yet to reach one of its recipients.
    private func deliveries(_ events: [RecordedEvent]) throws {
        let recipients = try desk.read { reader throws(StoreError) in
            try reader.connection.all("SELECT delivery, address FROM delivery_recipients") {
                row throws(StoreError) in (try row.number(0, as: DeliveryID.self), try row.text(1))
            }
        }
        let addresses = Dictionary(grouping: recipients, by: \.0).mapValues { Set($0.map(\.1)) }
        // Which ticket an unfinished entry belongs to: a message that moves takes its entries with it.
        var open: [DeliveryID: TicketNumber] = [:]
        var carrying: [MessageID: DeliveryID] = [:]
        var ended: Set<DeliveryID> = []
        var attempts: [DeliveryID: Int] = [:]
        for event in events {
            guard let ticket = event.ticket else { continue }
            if case .ticket(.messageJoined(let joined)) = event.event,
                let moved = carrying[joined.message], open[moved] != nil
            {
                open[moved] = ticket
            }
            guard case .delivery(let delivery) = event.event else { continue }
            switch delivery {
            case .queued(let queued):
                #expect(attempts.updateValue(0, forKey: queued.delivery) == nil)
                open[queued.delivery] = ticket
                if let message = queued.message { carrying[message] = queued.delivery }
            case .attempted(let attempted):
                let id = attempted.delivery
                let isOver = ended.contains(id)
                #expect(!isOver, "attempt after the end of \(id)")
                #expect(attempts[id] == attempted.attempt - 1)
                attempts[id] = attempted.attempt
                let earlier = open.filter { $0.value == ticket && $0.key < id }.keys
                for other in earlier {
                    // Whom the earlier one has reached already is not waited for; which those are, the events do not
                    // say, so only entries with one recipient are looked at.
                    guard addresses[other]?.count == 1 else { continue }
                    #expect(
                        addresses[other]?.isDisjoint(with: addresses[id] ?? []) == true,
                        "\(id) overtook \(other)")
                }
            case .settled(let settled):
                let isOver = ended.contains(settled.delivery)
                #expect(!isOver, "\(settled.delivery) ended twice")
                if settled.state.isFinal {
                    ended.insert(settled.delivery)
                    open[settled.delivery] = nil
                } else if settled.state == .uncertain, settled.next == nil {
                    // It waits for a person; what comes behind it does not.
                    open[settled.delivery] = nil
                }
            case .receiptArrived, .acknowledgementSkipped, .reported, .readingAwaited,
                .readingEnded:
                break
            }
        }
        for adapter in desk.adapters.values {
            for (delivery, sendings) in Dictionary(grouping: adapter.sent, by: \.message.delivery) {
                #expect(Set(sendings.map(\.message.bytes)).count == 1, "other bytes: \(delivery)")
            }
        }
    }

    /// Live, active, regular work is in somebody's hands, in a queue, or in a wrap-up that ends.
    private func nobodyForgotten() throws {
        let lost = try desk.lines(
            """
            SELECT number, status, origin, team FROM tickets
            WHERE status IN ('new', 'open') AND class = 'regular' AND origin <> 'history'
              AND assignee IS NULL AND queued = 0 AND waits_until IS NULL
              AND EXISTS (SELECT 1 FROM messages m
                WHERE m.ticket = tickets.number AND m.author_kind = 'customer')
            """)
        let stories = try lost.map { line in
            let number = Int64(line.split(separator: " ").first ?? "") ?? 0
            return try desk.types(of: TicketNumber(rawValue: number)).joined(separator: " ")
        }
        #expect(lost == [], "\(stories), seed \(world.seed)")
        let both = try desk.lines(
            "SELECT number FROM tickets WHERE assignee IS NOT NULL AND queued = 1")
        #expect(both == [], "queued and held at once")
        let closed = try desk.lines(
            "SELECT number FROM tickets WHERE status = 'closed' AND queued = 1")
        #expect(closed == [], "queued and closed at once")
    }
}
