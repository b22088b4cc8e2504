import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A call")
struct CallTests {
    private let number = "+989121234567"

    @Test("that was missed opens a ticket with a call-back; the next ones are counted, not opened")
    func missed() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(
            .call(from: number, id: "1", outcome: .missed), to: .phones)
        desk.clock.advance(by: .minutes(5))
        let second = try await desk.ticket(
            .call(from: number, id: "2", outcome: .voicemail), to: .phones)
        #expect(second.ticket == first.ticket)
        let row = try desk.row(first.ticket)
        #expect(row.ticket.callback == .due(ManualClock.start + .hours(1), calls: 2))
        #expect(row.ticket.assignee != nil)
        #expect(try desk.lines("SELECT mark FROM messages ORDER BY id") == ["-", "call_by_number"])
        #expect(try desk.count("SELECT COUNT(*) FROM outbox") == 0, "nobody writes to a phone")
        let before = desk.position
        let again = try await desk.deliver(
            .call(from: number, id: "2", outcome: .voicemail), to: .phones)
        #expect(again == .duplicate(message: second.message, ticket: second.ticket))
        #expect(desk.position == before)
        try desk.verify()
    }

    @Test(
        "outbound and answered completes the call-back and answers the ticket; unanswered is an attempt"
    )
    func callback() async throws {
        let desk = try await TestDesk()
        let missed = try await desk.ticket(
            .call(from: number, id: "1", outcome: .missed), to: .phones)
        desk.clock.advance(by: .minutes(20))
        try await desk.ticket(
            .call(from: number, id: "2", outcome: .missed, direction: .outbound, inner: "101"),
            to: .phones)
        #expect(try desk.types(of: missed.ticket).last == "callback_attempted")
        try await desk.ticket(
            .call(
                from: number, id: "3", outcome: .answered, direction: .outbound, seconds: 60,
                inner: "101"), to: .phones)
        let types = try desk.types(of: missed.ticket)
        #expect(types.contains("callback_completed"))
        let row = try desk.row(missed.ticket)
        #expect(row.ticket.callback == .done)
        #expect(row.ticket.status == .open, "answered by voice")
        #expect(try desk.count("SELECT COUNT(*) FROM tickets") == 1)
        try desk.verify()
    }

    @Test(
        "answered is the ticket of whose extension it was, in wrap-up until the clock ends it",
        arguments: ["101", "999"])
    func wrapUp(inner: String) async throws {
        let desk = try await TestDesk()
        let call = try await desk.ticket(
            .call(from: number, id: "1", outcome: .answered, seconds: 90, inner: inner), to: .phones
        )
        var row = try desk.row(call.ticket)
        #expect(row.ticket.status == .open)
        #expect(row.ticket.assignee == (inner == "101" ? .nima : nil))
        #expect(row.waitsUntil == ManualClock.start + .minutes(30))
        #expect(!row.isQueued, "somebody spoke to them; it is nobody else's work")
        desk.clock.advance(by: .minutes(30) + TimeSpan(milliseconds: -1))
        try await desk.runTimers()
        #expect(try desk.row(call.ticket).ticket.status == .open)
        desk.clock.advance(by: TimeSpan(milliseconds: 1))
        try await desk.runTimers()
        row = try desk.row(call.ticket)
        #expect(row.ticket.status == .closed)
        #expect(row.ticket.closingReason == .wrappedUp)
        try desk.verify()
    }

    @Test("that was handed to a colleague is still wrapped up by the clock")
    func reassignedWrapUp() async throws {
        let desk = try await TestDesk()
        let call = try await desk.ticket(
            .call(from: number, id: "1", outcome: .answered, seconds: 90, inner: "101"), to: .phones
        )
        try await desk.perform(.assign(.leila), on: call.ticket)
        desk.clock.advance(by: .minutes(30))
        try await desk.runTimers()
        #expect(try desk.row(call.ticket).ticket.status == .closed)
        try desk.verify()
    }

    @Test("with its summary written is not closed by the clock")
    func summary() async throws {
        let desk = try await TestDesk()
        let call = try await desk.ticket(
            .call(from: number, id: "1", outcome: .answered, seconds: 90, inner: "101"), to: .phones
        )
        try await desk.perform(.note("Sent the manual."), on: call.ticket)
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        #expect(try desk.row(call.ticket).ticket.status == .open)
    }

    @Test("that nobody held is theirs who wrote the summary, not nobody's for ever")
    func summaryOfNobodys() async throws {
        let desk = try await TestDesk()
        let call = try await desk.ticket(
            .call(from: number, id: "1", outcome: .answered, seconds: 90, inner: "999"),
            to: .phones)
        try await desk.perform(.note("Sent the manual."), on: call.ticket, by: .leila)
        #expect(try desk.row(call.ticket).ticket.assignee == .leila)
        try desk.verify()
    }

    @Test("of less than 15 seconds needs no summary")
    func short() async throws {
        let desk = try await TestDesk()
        let call = try await desk.ticket(
            .call(from: number, id: "1", outcome: .answered, seconds: 14, inner: "101"), to: .phones
        )
        #expect(try desk.row(call.ticket).ticket.status == .closed)
        try desk.verify()
    }

    @Test("from a withheld number belongs to nobody known")
    func withheld() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(.call(from: nil, id: "1", outcome: .missed), to: .phones)
        let second = try await desk.ticket(.call(from: nil, id: "2", outcome: .missed), to: .phones)
        #expect(first.ticket != second.ticket)
        #expect(try desk.count("SELECT COUNT(*) FROM identities") == 0)
        try desk.verify()
    }

    @Test("older than two days is on the timeline, closed, and asks nothing of anybody")
    func oldRow() async throws {
        let desk = try await TestDesk()
        let call = try await desk.ticket(
            .call(
                from: number, id: "1", outcome: .missed,
                at: desk.now - .hours(48) - TimeSpan(milliseconds: 1)),
            to: .phones)
        let row = try desk.row(call.ticket)
        #expect(row.ticket.status == .closed)
        #expect(row.ticket.origin == .history)
        #expect(row.ticket.callback == .none)
        #expect(try desk.types(of: call.ticket) == ["ticket_opened", "message_received"])
    }

    @Test("joins the active mail ticket of a customer whose number an agent knows")
    func joinsMail() async throws {
        let desk = try await TestDesk()
        let mail = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@e"))
        let call = try await desk.ticket(
            .call(from: number, id: "1", outcome: .missed), to: .phones)
        #expect(mail.ticket != call.ticket)
        let later = try await desk.ticket(
            .call(from: number, id: "2", outcome: .answered, seconds: 40, inner: "102"), to: .phones
        )
        #expect(later.ticket == call.ticket)
        #expect(try desk.row(call.ticket).waitsUntil == nil, "no wrap-up of its own")
    }
}
