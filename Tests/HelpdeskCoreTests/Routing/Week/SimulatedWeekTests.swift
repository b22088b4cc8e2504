import Foundation
import HelpdeskCore
import Testing

/// The same weeks, shared out in three ways: four weeks usually, twenty with `HAMDEL_FULL=1`, and what is asserted holds
/// for all of them together, not for one that was picked. `HAMDEL_SEED` names another first one.
@Suite struct SimulatedWeekTests {
    private static let weeks =
        ProcessInfo.processInfo.environment["HAMDEL_FULL"] == "1" ? UInt64(20) : 4
    private static let first =
        ProcessInfo.processInfo.environment["HAMDEL_SEED"].flatMap(UInt64.init) ?? 1

    @Test("In simulated weeks routing beats round robin and random choice in all that matters")
    func weeks() {
        var all: [String: WeekFigures] = [:]
        for seed in Self.first..<(Self.first + Self.weeks) {
            print("simulated week: HAMDEL_SEED=\(seed)")
            let week = Week(seed: seed)
            let sharings: [any WorkSharing] = [Routed(), RoundRobin(), RandomChoice(seed: seed)]
            for sharing in sharings {
                var run = WeekRun(week, sharing)
                let figures = run.run()
                report(sharing.name, figures)
                all[sharing.name, default: WeekFigures()].add(figures)
            }
        }
        for (name, figures) in all.sorted(by: { $0.key < $1.key }) where Self.weeks > 1 {
            report("all weeks, " + name, figures)
        }
        let ours = all["hamdel"] ?? WeekFigures()
        for rival in [all["round robin"], all["random"]].compactMap({ $0 }) {
            #expect(ours.answered >= rival.answered)
            #expect(ours.sameAgent > rival.sameAgent)
            #expect(ours.wait(50) < rival.wait(50))
            #expect(ours.wait(95) < rival.wait(95))
            #expect(ours.slaKept > rival.slaKept)
            #expect(ours.spread < rival.spread)
        }
    }

    private func report(_ name: String, _ figures: WeekFigures) {
        print(
            String(
                format: "simulated week, %@: %d answered, same agent %.1f %% of %.0f %%, "
                    + "waiting p50 %.0f min, p95 %.0f min, SLA kept %.1f %%, load spread %.3f",
                name, figures.answered, figures.sameAgent * 100,
                figures.returningShare * 100, figures.wait(50),
                figures.wait(95), figures.slaKept * 100, figures.spread))
    }
}
