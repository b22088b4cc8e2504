import Foundation
import HelpdeskCore
import Testing

@testable import HelpdeskStore

@Suite("JSON as the stream keeps it")
struct JSONTextTests {
    private func expectSame<Value: Codable & Equatable>(_ value: Value) throws {
        let text = try JSONText.text(of: value)
        #expect(try JSONDecoder().decode(Value.self, from: Data(text.utf8)) == value, "\(text)")
        // Foundation's own reading of both is the same document.
        let ours = try JSONSerialization.jsonObject(
            with: Data(text.utf8), options: .fragmentsAllowed)
        let theirs = try JSONSerialization.jsonObject(
            with: try JSONEncoder().encode(value), options: .fragmentsAllowed)
        #expect((ours as? NSObject) == (theirs as? NSObject), "\(text)")
    }

    @Test("is read as it was meant, whatever a text holds")
    func texts() throws {
        let nasty = [
            "", "\"", "\\", "\\\"", "/", "</script>", "\u{0}", "\u{1F}\u{7F}\u{80}\u{2028}\u{FEFF}",
            "سلام \u{200C}",
            "\u{1F469}\u{200D}\u{1F4BB}", "e\u{301}", "a\r\n\tb", "\u{FFFD}\u{FFFF}",
            String(decoding: (0...255).map { UInt8($0) }, as: UTF8.self),
        ]
        for text in nasty {
            try expectSame(text)
            try expectSame([text: [text]])
            try expectSame(
                MessageContent(
                    externalID: text, subject: text, text: text,
                    files: [MessageContent.File(name: text, contentType: text, contentID: nil)]))
        }
        for scalar in (0...0x2FF).compactMap(Unicode.Scalar.init) { try expectSame(String(scalar)) }
    }

    private struct Shapes: Codable, Equatable {
        var truth = true
        var lie = false
        var small = Int64.min
        var large = UInt64.max
        var tiny = Int8.min
        var half = 0.1
        var huge = Double.greatestFiniteMagnitude
        var minute = Double.leastNonzeroMagnitude
        var none: Int?
        var some: Int? = 0
        var empty: [Int] = []
        var nested: [[String: [Int?]]] = [["a": [1, nil], "b": []], [:]]
        var nothing = Nothing()
        var nothings = [Nothing(), Nothing()]
        var choice: [Choice] = [.one(1, b: "x"), .two, .three(Instant(milliseconds: 3))]

        struct Nothing: Codable, Equatable {}
        enum Choice: Codable, Equatable {
            case one(Int, b: String)
            case two
            case three(Instant)
        }
    }

    @Test("is read as it was meant, whatever shape it has")
    func shapes() throws {
        try expectSame(Shapes())
        try expectSame([Shapes(), Shapes()])
        try expectSame([String: Shapes]())
        #expect(throws: EncodingError.self) { try JSONText.text(of: [Double.infinity]) }
    }

    @Test("of a routing decision with every kind of candidate is the decision")
    func decisions() throws {
        let agents = (0..<40).map { index in
            RoutingAgent(
                id: AgentID(rawValue: "a\(index)"), teams: [.support], capacity: index % 3,
                presence: [nil, .online, .away, .offline][index % 4],
                account: index % 7 == 0 ? .disabled : .active)
        }
        let snapshot = RoutingSnapshot(
            agents: agents, teams: [RoutingTeam(id: .support)],
            loads: [AgentID(rawValue: "a2"): AgentLoad(mail: 1, lastAssignedAt: TestDesk.start)])
        for work in WorkKind.allCases {
            for holder in [
                nil, AgentID(rawValue: "a0"), AgentID(rawValue: "a2"), AgentID(rawValue: "zz"),
            ] {
                let decision = route(
                    snapshot, RoutingRequest(team: .support, work: work, holder: holder),
                    policy: .standard,
                    at: TestDesk.start)
                try expectSame(
                    TicketAssigned(
                        agent: .sara, previous: nil, by: .router, decision: decision))
                try expectSame(
                    TicketQueued(team: .support, until: TestDesk.start, decision: decision))
            }
        }
    }
}
