import HelpdeskCore
import Testing

/// Chatwoot's scenarios, as far as they speak of outcomes that are ours too; its queue's inner order, bulk limits and
/// switches are not.
@Suite(
    .enabled(if: Corpus.isPresent("routing-chatwoot"), "the routing-chatwoot corpus is not there"))
struct RoutingCorpusTests {
    @Test("Agents are picked as in Chatwoot's round robin")
    func roundRobin() throws {
        var compared = 0
        for one in try Corpus.cases(of: "routing-chatwoot", kinds: ["round-robin"]) {
            guard let picks = one.expect["picks"] as? [String] else { continue }
            let presence = one.input["presence"] as? [String: String] ?? [:]
            let members = one.input["members"] as? [String] ?? []
            var snapshot = Desk.snapshot(
                members.map { Desk.agent($0, presence: presence[$0].map(self.presence)) })
            let steps = one.input["steps"] as? [[String: [String]]] ?? []
            let given = steps.enumerated().map { index, step in
                var request = RoutingRequest(team: Desk.support, work: .chat)
                for member in members where step["allowed"]?.contains(member) == false {
                    request.excluded[Desk.id(member)] = .byHand
                }
                let at = Desk.now + .seconds(Int64(index))
                let agent = route(snapshot, request, policy: .standard, at: at).assignee ?? ""
                snapshot.assign(.chat, to: Desk.id(agent), at: at)
                return agent
            }
            #expect(given == picks, "\(one.id)")
            compared += 1
        }
        #expect(compared >= 2)
    }

    @Test("Open conversations are assigned as in Chatwoot")
    func autoAssignment() throws {
        var compared = 0
        for one in try Corpus.cases(of: "routing-chatwoot", kinds: ["auto-assignment"]) {
            guard let agents = one.input["agents"] as? [String: String], one.input["steps"] == nil,
                one.input["auto_assignment"] as? Bool != false,
                let conversations = one.input["conversations"] as? [[String: Any]],
                conversations.allSatisfy({ $0["status"] as? String == "open" }),
                conversations.count <= one.input["bulk_limit"] as? Int ?? .max
            else { continue }
            var snapshot = Desk.snapshot(
                agents.map { Desk.agent($0.key, capacity: 100, presence: presence($0.value)) })
            let assignees = conversations.indices.map { index in
                let at = Desk.now + .seconds(Int64(index))
                let agent = route(
                    snapshot, RoutingRequest(team: Desk.support, work: .chat), policy: .standard,
                    at: at
                ).assignee
                agent.map { snapshot.assign(.chat, to: Desk.id($0), at: at) }
                return agent
            }
            if let expected = one.expect["assignees"] as? [String] {
                #expect(assignees == expected, "\(one.id)")
            }
            if let count = one.expect["assigned_count"] as? Int {
                #expect(assignees.compactMap { $0 }.count == count, "\(one.id)")
            }
            if let counts = one.expect["counts_sorted_one_of"] as? [[Int]] {
                let own = agents.keys.map { name in assignees.count { $0 == name } }.sorted()
                #expect(counts.contains(own), "\(one.id)")
            }
            compared += 1
        }
        #expect(compared >= 3)
    }

    @Test("A reopened conversation leaves an agent who left, and stays with one who did not")
    func reopen() {
        let request = RoutingRequest(team: Desk.support, work: .chat, holder: Desk.id("agent"))
        let both = [Desk.agent("agent"), Desk.agent("agent2")]
        #expect(
            route(Desk.snapshot(both), request, policy: .standard, at: Desk.now).assignee == "agent"
        )
        let left = [Desk.agent("agent", teams: []), Desk.agent("agent2")]
        #expect(
            route(Desk.snapshot(left), request, policy: .standard, at: Desk.now).assignee
                == "agent2")
    }

    private func presence(_ word: String) -> Presence {
        switch word {
        case "online": .online
        case "busy": .away
        default: .offline
        }
    }
}
