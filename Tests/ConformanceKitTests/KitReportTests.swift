import Testing

@testable import ConformanceKit

@Suite("What the kit says")
struct KitReportTests {
    private static func level(_ results: (KitLevel, KitOutcome)...) -> KitLevel {
        var report = KitReport()
        for (level, outcome) in results {
            _ = report.add(KitResult(name: "x", level: level, outcome: outcome))
        }
        return report.level
    }

    @Test("a level needs its own checks and those below")
    func levels() {
        #expect(Self.level() == .none)
        #expect(Self.level((.bronze, .skipped("all"))) == .none)
        #expect(Self.level((.bronze, .passed), (.silver, .passed), (.gold, .passed)) == .gold)
        #expect(Self.level((.bronze, .passed), (.silver, .skipped("a")), (.gold, .passed)) == .gold)
        #expect(
            Self.level((.bronze, .passed), (.silver, .failed("a")), (.gold, .passed)) == .bronze)
        #expect(
            Self.level((.bronze, .passed), (.silver, .passed), (.gold, .failed("a"))) == .silver)
        #expect(Self.level((.bronze, .failed("a")), (.silver, .passed), (.gold, .passed)) == .none)
    }

    @Test("TAP, and the level in the last line")
    func text() {
        var report = KitReport()
        #expect(report.add(KitResult(name: "a", level: .bronze, outcome: .passed)) == "ok 1 - a")
        #expect(
            report.add(KitResult(name: "b", level: .gold, outcome: .skipped("one\ntwo")))
                == "ok 2 - b # SKIP one two")
        #expect(
            report.add(KitResult(name: "c", level: .silver, outcome: .failed("x\ny")))
                == "not ok 3 - c\n  ---\n  level: silver\n  reason: |\n    x\n    y\n  ...")
        #expect(report.conclusion == "1..3\n# 2 passed, 1 failed\nlevel: bronze")
    }

    @Test("every check has a name of its own")
    func names() { #expect(Set(Kit.names).count == Kit.names.count && Kit.names.count >= 30) }
}
