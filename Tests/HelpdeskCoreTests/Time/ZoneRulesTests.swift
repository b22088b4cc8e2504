import Foundation
import HelpdeskCore
import RandomKit
import Testing

@Suite struct ZoneRulesTests {
    private let berlin = ZoneTables.berlin2024

    private func local(_ text: String, _ hour: Int, _ minute: Int) throws -> LocalTime {
        LocalTime(try #require(CivilDate(text)), hour: hour, minute: minute)
    }

    @Test(
        "A moment has one local time",
        arguments: [
            ("2024-03-31T00:59:59Z", "2024-03-31", 1, 59),
            ("2024-03-31T01:00:00Z", "2024-03-31", 3, 0),
            ("2024-10-27T00:30:00Z", "2024-10-27", 2, 30),
            ("2024-10-27T01:30:00Z", "2024-10-27", 2, 30),
            ("2024-12-31T23:00:00Z", "2025-01-01", 0, 0),
        ])
    func locals(instant: String, date: String, hour: Int, minute: Int) {
        let local = berlin.local(moment(instant))
        #expect(local.date.text == date)
        #expect(local.hour == hour)
        #expect(local.minute == minute)
    }

    @Test("A local time has one moment, two in the overlap, none in the gap")
    func moments() throws {
        #expect(
            berlin.moments(of: try local("2024-07-01", 12, 0))
                == .one(moment("2024-07-01T10:00:00Z")))
        #expect(
            berlin.moments(of: try local("2024-10-27", 2, 30))
                == .two(
                    earlier: moment("2024-10-27T00:30:00Z"), later: moment("2024-10-27T01:30:00Z")))
        #expect(
            berlin.moments(of: try local("2024-03-31", 2, 30))
                == .none(
                    transition: moment("2024-03-31T01:00:00Z"),
                    shifted: moment("2024-03-31T01:30:00Z")))
        #expect(
            berlin.instant(of: try local("2024-03-31", 2, 30)) == moment("2024-03-31T01:30:00Z"))
        #expect(
            berlin.instant(of: try local("2024-10-27", 2, 30)) == moment("2024-10-27T00:30:00Z"))
        #expect(berlin.instant(of: try local("2024-10-27", 3, 0)) == moment("2024-10-27T02:00:00Z"))
        #expect(berlin.instant(of: try local("2024-03-31", 3, 0)) == moment("2024-03-31T01:00:00Z"))
    }

    @Test("The order of the table and what repeats in it do not matter")
    func order() {
        let shuffled = ZoneRules(
            name: "Europe/Berlin", initialOffsetSeconds: 3_600,
            transitions: [
                .init(at: moment("2024-10-27T01:00:00Z"), offsetSeconds: 3_600),
                .init(at: moment("2024-03-31T01:00:00Z"), offsetSeconds: 7_200),
                .init(at: moment("2024-06-01T00:00:00Z"), offsetSeconds: 7_200),
            ])
        #expect(shuffled == berlin)
    }

    @Test(
        "Local times come back for every zone, summer and winter",
        arguments: [
            "Asia/Tehran", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "Pacific/Apia", "UTC", "America/St_Johns",
        ])
    func roundTrip(name: String) throws {
        let rules = try #require(ZoneTables.named(name))
        let zone = try #require(TimeZone(identifier: name))
        var generator = SeededRandom(seed: testSeed("ZoneRules"))
        for _ in 0..<2_000 {
            let seconds = Int64.random(in: 0..<2_200_000_000, using: &generator)
            let instant = Instant(milliseconds: seconds * 1_000)
            let date = Date(timeIntervalSince1970: Double(seconds))
            #expect(rules.offset(at: instant) == .seconds(Int64(zone.secondsFromGMT(for: date))))
            switch rules.moments(of: rules.local(instant)) {
            case .one(let one): #expect(one == instant)
            case .two(let earlier, let later): #expect(instant == earlier || instant == later)
            case .none: Issue.record("no moment for the local time of \(seconds)")
            }
        }
    }

    @Test("Moments at the ends of time do not trap")
    func extremes() {
        for instant in [Instant.distantPast, .distantFuture] {
            let local = berlin.local(instant)
            _ = berlin.moments(of: local)
            _ = berlin.instant(of: local)
        }
    }
}
