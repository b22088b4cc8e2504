import HelpdeskCore
import RandomKit
import Testing

/// Laws of working time, on generated calendars and moments.
@Suite struct BusinessHoursPropertyTests {
    private static let zones: [ZoneRules] = [
        .utc, ZoneRules(name: "Asia/Tehran", offsetSeconds: 12_600), ZoneTables.berlin2024,
        ZoneTables.named("America/New_York", from: 2023, to: 2026),
        ZoneTables.named("Pacific/Apia", from: 2011, to: 2026),
        ZoneTables.named("Australia/Lord_Howe", from: 2023, to: 2026),
    ].compactMap { $0 }

    private func hours(_ generator: inout SeededRandom) -> BusinessHours {
        var week: [Weekday: [HourRange]] = [:]
        for day in Weekday.allCases where Bool.random(using: &generator) {
            week[day] = (0..<Int.random(in: 1...3, using: &generator)).compactMap { _ in
                HourRange(
                    from: Int.random(in: 0..<1_440, using: &generator),
                    to: Int.random(in: 0...1_440, using: &generator))
            }
        }
        let holidays = (0..<3).map { _ in
            CivilDate(dayNumber: Int.random(in: 19_700...20_000, using: &generator))
        }
        return BusinessHours(
            zone: Self.zones.randomElement(using: &generator) ?? .utc, week: WeekHours(week),
            holidays: holidays)
    }

    /// In whole minutes of 2023-12 to 2024-11, so that both clock changes of the northern zones are within.
    private func instant(_ generator: inout SeededRandom) -> Instant {
        Instant(milliseconds: Int64.random(in: 28_363_000...28_880_000, using: &generator) * 60_000)
    }

    @Test("Elapsed time is the sum of the open minutes")
    func minuteByMinute() {
        var generator = SeededRandom(seed: testSeed("BusinessHours minutes"))
        for _ in 0..<60 {
            let hours = hours(&generator)
            let start = instant(&generator)
            let minutes = Int64.random(in: 0...6_000, using: &generator)
            let open = (0..<minutes).count { hours.isOpen(at: start + .minutes($0)) }
            let elapsed = hours.elapsed(from: start, to: start + .minutes(minutes))
            #expect(elapsed == .minutes(Int64(open)), "\(hours)")
        }
    }

    @Test("What is added has elapsed, and was done at the earliest moment")
    func addingThenElapsed() throws {
        var generator = SeededRandom(seed: testSeed("BusinessHours adding"))
        for _ in 0..<3_000 {
            let hours = hours(&generator)
            guard !hours.week.isEmpty else { continue }
            let start = instant(&generator)
            let work = TimeSpan(milliseconds: Int64.random(in: 1...100_000_000, using: &generator))
            guard let due = try? hours.adding(work, to: start) else { continue }
            #expect(hours.elapsed(from: start, to: due) == work)
            #expect(hours.isOpen(at: due - TimeSpan(milliseconds: 1)))
        }
    }

    @Test("Working time adds up, however it is cut")
    func additive() {
        var generator = SeededRandom(seed: testSeed("BusinessHours additive"))
        for _ in 0..<3_000 {
            let hours = hours(&generator)
            let moments = (0..<3).map { _ in instant(&generator) }.sorted()
            #expect(
                hours.elapsed(from: moments[0], to: moments[1])
                    + hours.elapsed(from: moments[1], to: moments[2])
                    == hours.elapsed(from: moments[0], to: moments[2]))
        }
    }

    @Test("The next opening is the first open moment")
    func nextOpen() throws {
        var generator = SeededRandom(seed: testSeed("BusinessHours next"))
        for _ in 0..<3_000 {
            let hours = hours(&generator)
            let start = instant(&generator)
            guard let open = try? hours.nextOpen(from: start) else { continue }
            #expect(hours.isOpen(at: open))
            #expect(hours.elapsed(from: start, to: open) == .zero)
            guard let close = try? hours.nextClose(from: open) else { continue }
            #expect(!hours.isOpen(at: close))
            #expect(hours.elapsed(from: open, to: close) == close.since(open))
        }
    }
}
