import Foundation
import HelpdeskCore
import Testing

/// Our clocks against timelines and pauses that a peer's tests record (sla-zammad).
@Suite(.enabled(if: Corpus.isPresent("sla-zammad"), "the sla corpora are not there"))
struct SLACorpusTests {
    /// Where ours is another answer: pending pauses the resolution only (DESIGN “Time promised”), for the peer every clock. A first
    /// response given after a pause used the customer's whole time; a question that waits while the ticket is pending still waits.
    private static let pausesNothingElse: [String: Set<String>] = [
        "sla-zammad/timeline-14-open-response-and-close-calculates-escalation-at-attributes": [
            "first_response_in_min@6", "first_response_diff_in_min@6",
        ],
        "sla-zammad/timeline-18-s-calendar-with-holidays-calculates-escalation-at-attributes": [
            "escalation_at@6", "update_escalation_at@6", "escalation_at@8",
            "update_escalation_at@8", "escalation_at@9", "update_escalation_at@9",
        ],
    ]

    @Test("Deadlines and used time of a peer's timelines")
    func timelines() throws {
        var agreed = 0
        var left = 0
        for one in try Corpus.cases(of: "sla-zammad", kinds: ["sla-timeline"]) {
            var timeline = try PeerTimeline(one.input)
            let events = try #require(one.input["events"] as? [[String: Any]])
            let checks = try #require(one.expect["checks"] as? [[String: Any]])
            for count in 0...events.count {
                if count > 0 { try timeline.apply(events[count - 1]) }
                for check in checks where check["after_events"] as? Int == count {
                    let field = try #require(check["field"] as? String)
                    if Self.pausesNothingElse[one.id]?.contains("\(field)@\(count)") == true {
                        left += 1
                    } else if let found = timeline.value(field) {
                        let wanted = check["value"].flatMap { $0 is NSNull ? nil : "\($0)" }
                        #expect(found == wanted ?? "null", "\(one.id) after \(count): \(field)")
                        agreed += 1
                    }
                }
            }
        }
        print("sla-zammad timelines: \(agreed) values agree, \(left) differ for a reason")
        #expect(agreed > 80)
    }

    @Test(
        "Pauses of a peer: what was promised is due later by the time in which the customer was waited for"
    )
    func pauses() throws {
        var compared = 0
        for one in try Corpus.cases(of: "sla-zammad", kinds: ["sla-pause"]) {
            let states = try #require(one.input["states"] as? [[String: String]])
            let start = (one.input["start"] as? String).map(moment) ?? .distantPast
            switch one.input["op"] as? String {
            case "add":
                let allowance = TimeSpan.seconds(Int64(one.input["seconds"] as? Int ?? 0))
                let clock = try #require(run(states, from: start, until: nil, allowance: allowance))
                let due = clock.breachedAt ?? clock.due
                #expect(due == moment(one.expect["due"] as? String ?? ""), "\(one.id)")
                compared += 1
            case "elapsed":
                let end = moment(try #require(one.input["end"] as? String))
                let clock = try #require(
                    run(states, from: start, until: end, allowance: .days(300)))
                #expect(
                    clock.used == .seconds(Int64(one.expect["seconds"] as? Int ?? -1)), "\(one.id)")
                compared += 1
            default:
                // “breaks”: the peer's own list of paused days; ours are events.
                continue
            }
        }
        print("sla-zammad pauses: \(compared) agree")
        #expect(compared >= 5)
    }

    /// A clock over the states of a ticket, which is clipped to its life.
    private func run(
        _ states: [[String: String]], from start: Instant, until end: Instant?, allowance: TimeSpan
    ) -> SLAClock? {
        let policy = SLAPolicy(
            name: "peer", allowances: [.resolution: allowance], warningPercent: nil, hours: .always)
        var clocks = SLAClocks()
        func go(_ fact: SLAFact, _ at: Instant) {
            for event in clocks.decide(fact, under: policy, in: SLABook([policy]), at: at) {
                clocks = clocks.applying(event, at: at)
            }
        }
        for state in states {
            let at = moment(state["at"] ?? "")
            if let end, at > end { break }
            let isPending = state["state"]?.hasPrefix("pending") == true
            if clocks[.resolution] == nil {
                let next = states.first { moment($0["at"] ?? "") > max(at, start) }
                if let next, moment(next["at"] ?? "") <= start { continue }
                go(.opened, max(at, start))
            }
            if end == nil, state["state"] == "closed" {
                // The peer reads the deadline as if the pause had ended there.
                go(.workResumed, at)
            } else if state["state"] == "closed" {
                go(.closed(.solved), at)
            } else {
                go(isPending ? .customerAwaited : .workResumed, max(at, start))
            }
        }
        if let end { go(.closed(.solved), end) }
        return clocks[.resolution]
    }
}

/// A peer's ticket, told to our clocks. It sets single fields, so each of its facts is told to one clock.
private struct PeerTimeline {
    private let policy: SLAPolicy
    private var clocks = SLAClocks()
    private var firstResponse: String?

    init(_ input: [String: Any]) throws {
        let sla = try #require(input["sla"] as? [String: Any])
        var allowances: [SLATarget: TimeSpan] = [:]
        for (name, target) in [
            ("first_response_time", SLATarget.firstResponse), ("response_time", .response),
            ("solution_time", .resolution),
        ] {
            allowances[target] = (sla[name] as? Int).map { .minutes(Int64($0)) }
        }
        let calendar = try #require(input["calendar"] as? [String: Any])
        policy = SLAPolicy(
            name: "peer", allowances: allowances, warningPercent: nil,
            hours: try BusinessHours(peer: calendar))
        let ticket = try #require(input["ticket"] as? [String: Any])
        let created = moment(try #require(ticket["created_at"] as? String))
        // The response clock of the peer waits for the first contact, which is an article of its own.
        for target in [SLATarget.firstResponse, .resolution] { go(.opened, created, target) }
        set(state: ticket["state"] as? String, at: created)
    }

    private mutating func go(_ fact: SLAFact, _ at: Instant, _ target: SLATarget? = nil) {
        for event in clocks.decide(fact, under: policy, in: SLABook([policy]), at: at)
        where target == nil || event.target == target {
            clocks = clocks.applying(event, at: at)
        }
    }

    private mutating func set(state: String?, at: Instant) {
        guard let state else { return }
        if state.hasPrefix("pending") { go(.customerAwaited, at) }
        if state == "open" { go(.workResumed, at) }
    }

    mutating func apply(_ event: [String: Any]) throws {
        let at = (event["at"] as? String).map(moment)
        switch event["type"] as? String {
        case "article":
            let at = try #require(at)
            if (event["direction"] as? String)?.hasPrefix("inbound") == true {
                go(.customerWrote, at)
            } else {
                if firstResponse == nil { firstResponse = event["at"] as? String }
                go(.answered, at)
            }
        case "state": set(state: event["to"] as? String, at: try #require(at))
        case "update":
            if let text = event["first_response_at"] as? String {
                firstResponse = text
                go(.answered, moment(text), .firstResponse)
            }
            if let text = event["last_contact_agent_at"] as? String {
                go(.answered, moment(text), .response)
            }
            if let text = event["last_contact_customer_at"] as? String {
                go(.customerWrote, moment(text), .response)
            }
            if let text = event["close_at"] as? String { go(.closed(.solved), moment(text)) }
            set(
                state: event["state"] as? String,
                at: (event["updated_at"] as? String).map(moment) ?? .distantPast)
        default: Issue.record("unknown event of a peer: \(event)")
        }
    }

    /// The peer's field from our clocks, as text; nil for a field that is the peer's alone.
    func value(_ field: String) -> String? {
        func due(_ target: SLATarget) -> String { text(clocks[target]?.due) }
        func minutes(_ target: SLATarget, left: Bool) -> String {
            guard let clock = clocks[target], case .stopped = clock.phase else { return "null" }
            let used = clock.used.milliseconds / 60_000
            return "\(left ? clock.allowance.milliseconds / 60_000 - used : used)"
        }
        return switch field {
        case "escalation_at": text(clocks.earliestDue)
        case "first_response_escalation_at": due(.firstResponse)
        case "update_escalation_at": due(.response)
        case "close_escalation_at": due(.resolution)
        case "first_response_at": firstResponse ?? "null"
        case "first_response_in_min": minutes(.firstResponse, left: false)
        case "first_response_diff_in_min": minutes(.firstResponse, left: true)
        case "close_in_min": minutes(.resolution, left: false)
        case "close_diff_in_min": minutes(.resolution, left: true)
        default: nil
        }
    }

    private func text(_ instant: Instant?) -> String {
        guard let instant else { return "null" }
        let formatter = ISO8601DateFormatter()
        return formatter.string(
            from: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000))
    }
}
