import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import Synchronization
import TestKit
import Testing

/// An endpoint that does as it is told, and remembers what it took in which order.
final class ScriptedCarrier: EventCarrier {
    private struct State {
        var answer: @Sendable (StoredEvent) -> ForwardingAnswer = { _ in .taken }
        var taken: [Position] = []
        var tried = 0
        var farewells: [Position] = []
    }

    private let state = Mutex(State())

    func always(_ answer: @escaping @Sendable (StoredEvent) -> ForwardingAnswer) {
        state.withLock { $0.answer = answer }
    }

    var taken: [Position] { state.withLock { $0.taken } }
    var tried: Int { state.withLock { $0.tried } }
    var farewells: [Position] { state.withLock { $0.farewells } }
    func forget() { state.withLock { $0.taken = [] } }

    func carry(
        _ event: StoredEvent, as sight: EventAudience.Sight, to endpoint: String
    ) async -> ForwardingAnswer {
        state.withLock { state in
            state.tried += 1
            let answer = state.answer(event)
            if answer == .taken {
                state.taken.append(event.position)
                if sight == .farewell { state.farewells.append(event.position) }
            }
            return answer
        }
    }
}

@Suite("Events for programs outside")
struct ForwardingTests {
    private static let crm = ForwardingEndpoint(name: "crm")
    private static let refusal = ForwardingAnswer.refused(detail: "answered 500", after: nil)

    private let carrier = ScriptedCarrier()

    private func desk(
        _ endpoint: ForwardingEndpoint = crm
    ) async throws -> (desk: TestDesk, forwarding: EventForwarding) {
        var plan = DeskPlan.standard
        plan.forwarding = [endpoint]
        let desk = try await TestDesk(plan)
        let forwarding = EventForwarding(desk.desk, carrier: carrier)
        #expect(try await forwarding.forward(to: endpoint) == 0, "a new one begins at the newest")
        return (desk, forwarding)
    }

    /// Both parts until nothing is due.
    private func run(
        _ forwarding: EventForwarding, _ endpoint: ForwardingEndpoint = crm
    ) async throws {
        for _ in 0..<1_000 {
            let new = try await forwarding.forward(to: endpoint)
            let letters = try await forwarding.retryLetters(to: endpoint)
            if new + letters == 0 { return }
        }
        Issue.record("there is always something to forward")
    }

    private func mail(_ desk: TestDesk, _ index: Int) async throws -> TicketNumber {
        try await desk.ticket(.mail(from: "c\(index)@example.ir", id: "m\(index)@e")).ticket
    }

    private func positions(_ desk: TestDesk, of ticket: TicketNumber? = nil) throws -> [Position] {
        try desk.store.readNow { reader throws(StoreError) in
            try reader.events(after: .start, limit: 10_000, viewer: .system)
                .filter { ticket == nil || $0.ticket == ticket }.map(\.position)
        }
    }

    @Test("come all, in order, and none twice while nothing fails")
    func plain() async throws {
        let (desk, forwarding) = try await desk()
        let start = desk.position
        for index in 0..<60 { _ = try await mail(desk, index) }
        try await run(forwarding)
        let expected = try positions(desk).filter { $0 > start }
        #expect(carrier.taken.sorted() == expected)
        let first = try positions(desk, of: TicketNumber(rawValue: 1))
        #expect(carrier.taken.filter { first.contains($0) } == first.filter { $0 > start })
        let tried = carrier.tried
        try await run(forwarding)
        #expect(carrier.tried == tried)
    }

    @Test("of one ticket that is not taken wait in order; other tickets go on")
    func stuck() async throws {
        let (desk, forwarding) = try await desk()
        let bad = try await mail(desk, 1)
        carrier.always { $0.ticket == bad ? Self.refusal : .taken }
        let good = try await mail(desk, 2)
        try await run(forwarding)
        try await desk.perform(.note("one"), on: bad)
        try await desk.perform(.note("two"), on: good)
        try await run(forwarding)
        let goodOnes = try positions(desk, of: good)
        #expect(carrier.taken.filter { goodOnes.contains($0) } == goodOnes)
        let badOnes = try positions(desk, of: bad)
        #expect(!carrier.taken.contains { badOnes.contains($0) })
        carrier.always { _ in .taken }
        desk.clock.advance(by: .hours(7))
        try await run(forwarding)
        #expect(carrier.taken.filter { badOnes.contains($0) } == badOnes)
        #expect(try desk.lines("SELECT COUNT(*) FROM forwarding_letters") == ["0"])
    }

    @Test("are tried for three days, then kept for a person, who can have them tried again")
    func dead() async throws {
        let (desk, forwarding) = try await desk()
        let bad = try await mail(desk, 1)
        carrier.always { $0.ticket == bad && $0.type == "ticket_opened" ? Self.refusal : .taken }
        try await run(forwarding)
        for _ in 0..<30 {
            desk.clock.advance(by: .hours(3))
            // Others prove that the endpoint is there.
            _ = try await mail(desk, Int(desk.now.milliseconds % 1_000_000_007))
            try await run(forwarding)
        }
        let opened = try #require(try positions(desk, of: bad).first)
        #expect(
            try desk.lines("SELECT position, state, detail FROM forwarding_letters") == [
                "\(opened.rawValue) dead answered 500"
            ])
        let rest = try positions(desk, of: bad).dropFirst()
        #expect(carrier.taken.filter { rest.contains($0) } == Array(rest))
        #expect(try await desk.desk.alarms() == [.webhookDead("crm", 1)])
        let operations = ForwardingDesk(desk.desk)
        #expect(
            try await operations.deadLetters(of: "crm", after: .start, limit: 10).rows
                .map(\.type) == ["ticket_opened"])
        carrier.always { _ in .taken }
        try await operations.revive(nil, of: "crm")
        try await run(forwarding)
        #expect(carrier.taken.contains(opened))
        #expect(try await desk.desk.alarms() == [])
    }

    @Test("stay in the stream while the endpoint is down, which is asked with one at a time")
    func down() async throws {
        let (desk, forwarding) = try await desk()
        carrier.always { _ in Self.refusal }
        let start = desk.position
        for index in 0..<200 { _ = try await mail(desk, index) }
        try await run(forwarding)
        // One page was under way side by side; nothing more is begun.
        let tried = carrier.tried
        #expect(tried <= 128)
        try await run(forwarding)
        #expect(carrier.tried == tried)
        for _ in 0..<20 {
            desk.clock.advance(by: .minutes(6))
            try await run(forwarding)
        }
        #expect(carrier.tried <= tried + 40, "one new and one old at each look")
        #expect(
            try await ForwardingDesk(desk.desk).standings().first?.connection == .down)
        carrier.always { _ in .taken }
        desk.clock.advance(by: .minutes(6))
        try await run(forwarding)
        #expect(carrier.taken.sorted() == (try positions(desk).filter { $0 > start }))
        for number in 1...200 {
            let own = try positions(desk, of: TicketNumber(rawValue: Int64(number)))
            #expect(carrier.taken.filter { own.contains($0) } == own)
        }
    }

    @Test("stop at an endpoint that is gone, until a person lets it go on")
    func gone() async throws {
        let (desk, forwarding) = try await desk()
        let start = desk.position
        carrier.always { _ in .gone(detail: "410 Gone") }
        for index in 0..<30 { _ = try await mail(desk, index) }
        try await run(forwarding)
        let tried = carrier.tried
        desk.clock.advance(by: .days(1))
        try await run(forwarding)
        #expect(carrier.tried == tried)
        #expect(try await desk.desk.alarms() == [.webhookStopped("crm")])
        carrier.always { _ in .taken }
        try await ForwardingDesk(desk.desk).resume("crm")
        try await run(forwarding)
        #expect(Set(carrier.taken) == Set(try positions(desk).filter { $0 > start }))
    }

    @Test("come again from any position, in order, after a replay and after a crash")
    func again() async throws {
        let (desk, forwarding) = try await desk()
        for index in 0..<10 { _ = try await mail(desk, index) }
        try await run(forwarding)
        carrier.forget()
        try await ForwardingDesk(desk.desk).replay("crm", after: .start)
        try await run(forwarding)
        #expect(carrier.taken.sorted() == (try positions(desk)))
        let before = carrier.taken.count
        try desk.restart()
        let anew = EventForwarding(desk.desk, carrier: carrier)
        try await run(anew)
        #expect(carrier.taken.count == before, "the cursor is kept")
        await #expect(throws: DeskFailure.self) {
            try await ForwardingDesk(desk.desk).replay("nobody", after: .start)
        }
    }

    @Test("are those asked for; of private teams those of members' endpoints, of others a farewell")
    func seen() async throws {
        let notes = ForwardingEndpoint(name: "crm", interest: .types(["note_*", "ticket_hidden"]))
        let (desk, forwarding) = try await desk(notes)
        let ticket = try await mail(desk, 1)
        try await desk.perform(.note("one"), on: ticket)
        let secret = try await desk.ticket(
            .mail(from: "x@example.ir", id: "x@e"), to: .peopleMail
        ).ticket
        try await desk.perform(.note("hidden"), on: secret, by: .hami)
        try await run(forwarding, notes)
        #expect(carrier.taken.count == 1)
        try await desk.perform(.transfer(.people, brief: nil), on: ticket)
        try await run(forwarding, notes)
        #expect(carrier.farewells.count == 1)
        carrier.forget()
        let insider = ForwardingEndpoint(name: "hr", privateTeams: [.people])
        _ = try await forwarding.forward(to: insider)
        try await desk.perform(.note("again"), on: secret, by: .hami)
        try await run(forwarding, insider)
        #expect(carrier.taken.count == 1)
    }
}
