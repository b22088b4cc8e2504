import HelpdeskCore
import Testing

/// Business hours as other programs' tests record them. Cases with business days, and those in which the peer has a
/// rule of its own (`plain_model_agrees: false`), are left out and counted.
@Suite(.enabled(if: Corpus.isPresent("sla-biz"), "the sla corpora are not there"))
struct BusinessHoursCorpusTests {
    @Test(
        "Working time is what the peers say",
        arguments: [
            ("sla-biz", 15), ("sla-cal", 10), ("sla-libredesk", 10), ("sla-otrs-glpi", 18),
        ])
    func peers(set: String, atLeast: Int) throws {
        var compared = 0
        for one in try Corpus.cases(of: set, kinds: ["business-hours"])
        where one.extras["plain_model_agrees"] as? Bool != false && one.id != Self.skippedHour {
            let calendar = one.input["calendar"] as? [String: Any] ?? [:]
            let hours: BusinessHours
            do {
                hours = try BusinessHours(peer: calendar)
            } catch {
                #expect(one.expect["error"] != nil, "\(one.id): \(error)")
                compared += 1
                continue
            }
            if try compare(one, hours) { compared += 1 }
        }
        print("\(set): \(compared) compared")
        #expect(compared >= atLeast)
    }

    /// 02:30-03:15 on a day when clocks go from 02:00 to 03:00: biz moves the beginning to 03:30 and has no period
    /// left; for us the clock shows working minutes from 03:00 to 03:15.
    private static let skippedHour = "sla-biz/periods-after-15"

    private func compare(_ one: Corpus.Case, _ hours: BusinessHours) throws -> Bool {
        func time(_ key: String) throws -> Instant {
            moment(try #require(one.input[key] as? String))
        }
        func expected(_ key: String) throws -> Instant {
            moment(try #require(one.expect[key] as? String))
        }
        switch one.input["op"] as? String {
        case "is_open":
            #expect(try hours.isOpen(at: time("at")) == one.expect["open"] as? Bool, "\(one.id)")
        case "add":
            let seconds = TimeSpan.seconds(Int64(one.input["seconds"] as? Int ?? 0))
            if one.expect["error"] != nil {
                let start = try time("start")
                #expect(throws: BusinessHoursError.self, "\(one.id)") {
                    try hours.adding(seconds, to: start)
                }
            } else {
                #expect(
                    try hours.adding(seconds, to: time("start")) == expected("due"), "\(one.id)")
            }
        case "elapsed":
            let elapsed = try hours.elapsed(from: time("start"), to: time("end"))
            #expect(elapsed == .seconds(Int64(one.expect["seconds"] as? Int ?? -1)), "\(one.id)")
        case "next_open":
            #expect(try hours.nextOpen(from: time("at")) == expected("at"), "\(one.id)")
        case "next_close":
            #expect(try hours.nextClose(from: time("at")) == expected("at"), "\(one.id)")
        case "periods" where one.input["direction"] as? String == "after":
            let wanted = try #require(one.expect["periods"] as? [[String: String]]).map {
                moment($0["start"] ?? "")..<moment($0["end"] ?? "")
            }
            #expect(
                try hours.periods(from: time("from"), count: wanted.count) == wanted, "\(one.id)")
        default:
            return false
        }
        return true
    }
}
