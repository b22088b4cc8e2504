import Foundation
import HelpdeskCore
import Testing

/// The same week, shared out in three ways.
@Suite struct SimulatedWeekTests {
    @Test("In a simulated week routing beats round robin and random choice in all that matters")
    func week() {
        let seed = testSeed("simulated week")
        let week = Week(seed: seed)
        let ours = figures(week, Routed())
        for rival in [figures(week, RoundRobin()), figures(week, RandomChoice(seed: seed))] {
            #expect(ours.sameAgent > rival.sameAgent)
            #expect(ours.wait(50) <= rival.wait(50))
            #expect(ours.wait(95) <= rival.wait(95))
            #expect(ours.slaKept > rival.slaKept)
            #expect(ours.spread < rival.spread)
        }
    }

    private func figures(_ week: Week, _ sharing: any WorkSharing) -> WeekFigures {
        var run = WeekRun(week, sharing)
        let figures = run.run()
        let name = sharing.name.padding(toLength: 11, withPad: " ", startingAt: 0)
        print(
            "simulated week, \(name): "
                + String(
                    format:
                        "%d of %d answered, same agent %.1f %%, waiting p50 %.0f min, p95 %.0f min, SLA kept %.1f %%, load spread %.3f",
                    figures.answered, week.arrivals.count, figures.sameAgent * 100,
                    figures.wait(50), figures.wait(95), figures.slaKept * 100, figures.spread))
        return figures
    }
}
