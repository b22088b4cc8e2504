import Foundation
import HelpdeskCore
import RandomKit
import Testing

/// Deadlines of random calendars and pauses, against a calculation that shares no line with ours (reference.py).
struct SLAReferenceTests {
    @Test("10,000 random SLA cases equal an independent calculation with zoneinfo")
    func reference() throws {
        let seed = testSeed("SLA reference")
        var random = SeededRandom(seed: seed)
        let cases = (0..<10_000).map { _ in SLACase.random(using: &random) }
        let answers = try Self.answers(to: cases)
        #expect(answers.count == cases.count)
        var differences = 0
        var paused = 0
        for (one, wanted) in zip(cases, answers) {
            let found = try one.solved()
            if one.marks.count > 1 { paused += 1 }
            if found != wanted {
                differences += 1
                if differences <= 3 { Issue.record("\(one.json) gives \(found), not \(wanted)") }
            }
        }
        #expect(differences == 0)
        print(
            "SLA reference: \(cases.count) cases in \(SLACase.zones.count) zones, \(paused) with pauses, "
                + "\(differences) differ")
    }

    private static func answers(to cases: [SLACase]) throws -> [SLACase.Solution] {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("hamdel-sla-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let asked = folder.appendingPathComponent("cases")
        let answered = folder.appendingPathComponent("answers")
        try Data(cases.map(\.json).joined(separator: "\n").utf8).write(to: asked)
        try Data().write(to: answered)
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("reference.py")
        python.arguments = ["python3", script.path]
        python.standardInput = try FileHandle(forReadingFrom: asked)
        python.standardOutput = try FileHandle(forWritingTo: answered)
        try python.run()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0)
        return try String(contentsOf: answered, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(SLACase.Solution.self, from: Data($0.utf8))
        }
    }
}

/// A calendar, an allowance, and the moments at which a clock starts, pauses, runs on, pauses, …
struct SLACase {
    struct Solution: Equatable, Codable {
        var used: Int64
        /// Nil while it is paused, and once the allowance was used up before the last turn.
        var due: Int64?
    }

    static let zones = [
        "UTC", "Asia/Tehran", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
        "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "Asia/Kabul",
        "America/Sao_Paulo", "Pacific/Chatham",
    ]
    private static let rules = zones.compactMap { ZoneTables.named($0) }

    var zone: Int
    var week: [String: [[Int]]]
    var holidays: [String]
    var jalali: [[Int]]
    var special: [String: [[Int]]]
    var allowance: Int64
    var marks: [Int64]

    static func random(using random: inout SeededRandom) -> SLACase {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        var week: [String: [[Int]]] = [:]
        for day in days where Int.random(in: 0..<10, using: &random) < 7 {
            week[day] = ranges(using: &random)
        }
        // Enough working time for every allowance within the horizon: what cannot be computed is not promised, and has a test of
        // its own.
        let worked = week.values.joined().reduce(0) { $0 + $1[1] - $1[0] }
        if worked < 120 { week["sat"] = [[480, 720]] }
        // 2016-01-01 to 2029-12-31, to the millisecond.
        let start = Int64.random(in: 1_451_606_400_000...1_893_455_999_999, using: &random)
        func near(_ span: Int64) -> CivilDate {
            let moment = Instant(milliseconds: start &+ Int64.random(in: 0...span, using: &random))
            return ZoneRules.utc.local(moment).date
        }
        let month: Int64 = 30 * 86_400_000
        let holidays = (0..<Int.random(in: 0...3, using: &random)).map { _ in near(month).text }
        let jalali = (0..<Int.random(in: 0...2, using: &random)).map { _ in
            let date = JalaliDate(near(month))
            return [date.year, date.month, date.day]
        }
        var special: [String: [[Int]]] = [:]
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            special[near(month).text] = ranges(using: &random)
        }
        var marks = [start]
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            marks.append(
                marks[marks.count - 1] + Int64.random(in: 0...4 * 86_400_000, using: &random))
        }
        return SLACase(
            zone: Int.random(in: 0..<zones.count, using: &random), week: week, holidays: holidays,
            jalali: jalali, special: special,
            allowance: Int64.random(in: 1...40 * 3_600_000, using: &random), marks: marks)
    }

    /// One to three shifts, disjoint, to the minute.
    private static func ranges(using random: inout SeededRandom) -> [[Int]] {
        let count = Int.random(in: 1...3, using: &random)
        var edges: Set<Int> = []
        while edges.count < count * 2 { edges.insert(Int.random(in: 0...1_440, using: &random)) }
        let ordered = edges.sorted()
        return (0..<count).map { [ordered[$0 * 2], ordered[$0 * 2 + 1]] }
    }

    /// By our clocks: events folded, not only computed.
    func solved() throws -> Solution {
        let policy = SLAPolicy(
            name: "random", allowances: [.resolution: TimeSpan(milliseconds: allowance)],
            hours: try hours())
        let book = SLABook([policy])
        var clocks = SLAClocks()
        for (index, mark) in marks.enumerated() {
            let moment = Instant(milliseconds: mark)
            let fact: SLAFact =
                index == 0 ? .opened : index % 2 == 1 ? .customerAwaited : .workResumed
            for event in clocks.decide(fact, under: policy, in: book, at: moment) {
                clocks = clocks.applying(event, at: moment)
            }
            if let clock = clocks[.resolution], clock.breachedAt != nil {
                return Solution(used: clock.used.milliseconds, due: nil)
            }
        }
        let clock = try #require(clocks[.resolution])
        return Solution(used: clock.used.milliseconds, due: clock.due?.milliseconds)
    }

    private func hours() throws -> BusinessHours {
        func day(_ ranges: [[Int]]) throws -> [HourRange] {
            try ranges.map { try #require(HourRange(from: $0[0], to: $0[1])) }
        }
        var hours: [Weekday: [HourRange]] = [:]
        for (name, ranges) in week { hours[try #require(Weekday(word: name))] = try day(ranges) }
        var others: [CivilDate: DayHours] = [:]
        for (name, ranges) in special {
            others[try #require(CivilDate(name))] = DayHours(try day(ranges))
        }
        let feasts = try jalali.map {
            try #require(JalaliDate(year: $0[0], month: $0[1], day: $0[2])).civil
        }
        return BusinessHours(
            zone: Self.rules[zone], week: WeekHours(hours),
            holidays: try holidays.map { try #require(CivilDate($0)) } + feasts,
            specialDays: others)
    }

    var json: String {
        let fields: [String: Any] = [
            "calendar": [
                "zone": Self.zones[zone], "week": week, "holidays": holidays, "jalali": jalali,
                "special": special,
            ], "allowance": allowance, "marks": marks,
        ]
        let bytes = try? JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys])
        return bytes.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
