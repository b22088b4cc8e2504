import HelpdeskAPI
import HelpdeskCore
import Testing

@testable import HelpdeskTUI

/// What long lists and threads keep is small, and what they give back is what came.
@Suite struct RowTests {
    private let desk = Desk(words: .persian)

    /// One change each, of everything that a ticket can have.
    private static let changes: [@Sendable (inout API.Ticket) -> Void] = [
        { _ in }, { $0.subject = nil }, { $0.tags = ["a", "b"] }, { $0.spam = true },
        { $0.ticketClass = TicketClass.allCases.last ?? .regular },
        { $0.participants = [.init(kind: "email", id: "a@b.example", name: "A")] },
        {
            $0.related = [
                .init(
                    number: TicketNumber(rawValue: 7), relation: "claimed",
                    message: MessageID(rawValue: 3))
            ]
        },
        { $0.origin = .history }, { $0.closedAt = Desk.ago(minutes: 3) },
        { $0.closingReason = .duplicate }, { $0.snoozedUntil = Desk.ago(minutes: -3) },
        { $0.snoozeNote = "later" }, { $0.watchers = [AgentID(rawValue: "zahra")] },
        { $0.callback = .init(due: Desk.ago(minutes: 5), calls: 2) },
        { $0.promise = .init(until: Desk.ago(minutes: 5), state: "open", revisions: 1) },
        { $0.score = 4 }, { $0.mergedInto = TicketNumber(rawValue: 9) },
        { $0.sla = [.init(target: "resolution", state: "paused")] },
        { $0.assignee = AgentID(rawValue: "a-login-of-many-letters") },
        { $0.customer = API.CustomerSummary(id: CustomerID(rawValue: 5), name: nil, vip: true) },
        { $0.lastMessageAt = nil }, { $0.lastDirection = nil }, { $0.channels = [] },
        { $0.version = 99 }, { $0.status = .closed }, { $0.priority = .low },
    ]

    @Test("a row is the whole ticket", arguments: changes.indices)
    func tickets(_ index: Int) {
        var ticket = desk.ticket(index % 14)
        Self.changes[index](&ticket)
        var shared = SharedWords()
        let row = TicketRow(ticket, &shared)
        #expect(row.ticket == ticket)
        #expect(row == TicketRow(ticket, &shared))
        var other = ticket
        other.snoozeNote = "another"
        #expect(row != TicketRow(other, &shared))
    }

    @Test("a row is the message but for what the screen never shows")
    func messages() {
        var shared = SharedWords()
        for message in desk.messages {
            #expect(MessageRow(message, &shared).message == message)
            var mail = message
            mail.externalID = "<a@b.example>"
            #expect(MessageRow(mail, &shared).message == message)
        }
    }

    @Test("rows are small")
    func sizes() {
        #expect(MemoryLayout<TicketRow>.stride <= 184)
        #expect(MemoryLayout<MessageRow>.stride <= 176)
        #expect(MemoryLayout<API.Ticket>.stride > 2 * MemoryLayout<TicketRow>.stride)
    }

    @Test("a thread is in the order in which it happened, messages first")
    func order() {
        let events = desk.events
        var messages = Array(desk.messages.reversed())
        messages[0].receivedAt = events[1].at
        let thread = TicketThread(
            API.TicketDetail(ticket: desk.ticket(0), messages: messages), events: events)
        let times = thread.items.map { item in
            switch item {
            case .message(let message): message.receivedAt.instant
            case .event(let event): event.at
            }
        }
        #expect(times == times.sorted() && times.count == 7)
        for (index, item) in thread.items.enumerated() {
            let id = thread.items.id(at: index)
            #expect(thread.items.index(of: id) == index)
            #expect(thread.items.time(at: index) == times[index])
            switch item {
            case .message(let message):
                #expect(id == .message(message.id) && !thread.items.isEvent(at: index))
            case .event(let event):
                #expect(id == .event(event.position) && thread.items.isEvent(at: index))
                #expect(index == 0 || times[index - 1] <= event.at)
            }
        }
        let atOnce = thread.items.firstIndex { item in
            if case .message(let message) = item { message.id == messages[0].id } else { false }
        }
        #expect(atOnce.map { thread.items.isEvent(at: $0 + 1) } == true)
    }

    @Test("of threads looked at lately long ones go first to make room")
    func shelf() {
        func thread(_ number: Int64, _ count: Int64) -> TicketThread {
            var ticket = desk.ticket(0)
            ticket.number = TicketNumber(rawValue: number)
            let messages = (0..<count).map {
                desk.message($0, .inbound, "a", minutes: count - $0)
            }
            return TicketThread(API.TicketDetail(ticket: ticket, messages: messages), events: [])
        }
        var shelf = ThreadShelf()
        for number in 1...40 { shelf.put(thread(Int64(number), 3)) }
        #expect(shelf[TicketNumber(rawValue: 8)] == nil && shelf[TicketNumber(rawValue: 9)] != nil)
        shelf.put(thread(50, 6_000))
        #expect(
            shelf[TicketNumber(rawValue: 50)] != nil && shelf[TicketNumber(rawValue: 20)] != nil)
        shelf.put(thread(51, 1))
        #expect(
            shelf[TicketNumber(rawValue: 50)] == nil && shelf[TicketNumber(rawValue: 51)] != nil)
    }
}
