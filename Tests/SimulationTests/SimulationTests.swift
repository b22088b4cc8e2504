import HelpdeskCore
import RandomKit
import TestKit
import Testing

@Suite("A desk in the storm", .serialized)
struct SimulationTests {
    @Test("keeps its promises whatever comes", arguments: 0..<3)
    func storm(run: Int) async throws {
        let seed = SeededRandom.freshSeed() &+ UInt64(run)
        print("simulation: HAMDEL_SEED=\(seed &- UInt64(run)) run \(run)")
        let steps = TestSize.number("HAMDEL_SIMULATION_STEPS", else: 400)
        let world = try await World(seed: seed)
        for step in 1...steps {
            do {
                try await world.step()
            } catch {
                Issue.record(
                    "step \(step), seed \(seed): \(error)\n\(world.diary.joined(separator: "\n"))")
                return
            }
            if step % 200 == 0 { try Checkers(world: world).all() }
        }
        try await settle(world)
        try Checkers(world: world).all()
    }

    /// Peace at last: everything that waits gets its time, and every entry of the outbox ends, or was uncertain
    /// twice and waits for a person.
    private func settle(_ world: World) async throws {
        let desk = world.desk
        try await world.deliver(world.underWay)
        world.underWay = []
        for _ in 0..<30 {
            try await desk.runTimers()
            try await desk.runOutbox()
            desk.clock.advance(by: .hours(6))
        }
        #expect(
            try desk.lines(
                """
                SELECT id, state FROM outbox
                WHERE state NOT IN ('sent', 'delivered', 'failed', 'cancelled')
                  AND NOT (state = 'uncertain' AND next_at IS NULL)
                """
            )
                == [])
        #expect(try desk.lines("SELECT id FROM invitations WHERE state = 'scheduled'") == [])
    }
}
