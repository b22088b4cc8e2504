import HelpdeskCore
import Testing

/// Chatwoot's scenarios. Its queue's inner order is its own; who gets what is compared.
@Suite(
    .enabled(if: Corpus.isPresent("routing-chatwoot"), "the routing-chatwoot corpus is not there"))
struct RoutingCorpusTests {
    @Test("Work is given out as in Chatwoot")
    func scenarios() throws {
        var agreement = Agreement("routing-chatwoot")
        let kinds: Set = ["round-robin", "auto-assignment"]
        for one in try Corpus.cases(of: "routing-chatwoot", kinds: kinds) {
            if one.kind == "round-robin" {
                roundRobin(one, &agreement)
            } else if one.input["steps"] != nil {
                reopening(one, &agreement)
            } else {
                assignment(one, &agreement)
            }
        }
        agreement.report(atLeast: 95, of: 5)
    }

    private func roundRobin(_ one: Corpus.Case, _ agreement: inout Agreement) {
        let presence = one.input["presence"] as? [String: String] ?? [:]
        let members = one.input["members"] as? [String] ?? []
        var snapshot = Desk.snapshot(
            members.map { Desk.agent($0, presence: presence[$0].map(self.presence)) })
        if let expected = one.expect["queue_members"] as? [String] {
            // Whoever is a member takes part, whatever was remembered of others.
            let decision = route(
                snapshot, RoutingRequest(team: Desk.support, work: .chat), policy: .standard,
                at: Desk.now)
            agreement.compare(one, ours: decision.ranking.sorted(), theirs: expected.sorted())
            return
        }
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
        agreement.compare(one, ours: given, theirs: one.expect["picks"] as? [String] ?? [])
    }

    /// Open conversations that nobody has are drained, oldest first, as many as the peer's job takes at a time.
    private func assignment(_ one: Corpus.Case, _ agreement: inout Agreement) {
        let agents = one.input["agents"] as? [String: String] ?? [:]
        let conversations = one.input["conversations"] as? [[String: Any]] ?? []
        let isOn = one.input["auto_assignment"] as? Bool ?? true
        var snapshot = Desk.snapshot(
            agents.map { Desk.agent($0.key, capacity: 100, presence: presence($0.value)) })
        let queue = conversations.enumerated().compactMap { index, conversation in
            // What waits for the customer, or is solved, needs no agent.
            conversation["status"] as? String == "open" && isOn
                ? waiting(index, age: conversation["created_hours_ago"] as? Int ?? 0) : nil
        }
        let order = drainOrder(queue.map(\.ticket), policy: .standard).map(\.ticket)
        let turn = Set(order.prefix(one.input["bulk_limit"] as? Int ?? .max))
        let steps = drain(
            queue.filter { turn.contains($0.ticket.ticket) }, from: &snapshot, policy: .standard,
            at: Desk.now)
        let assignees = conversations.indices.map { index in
            steps.first { $0.ticket.rawValue == Int64(index) }.flatMap(\.decision.assignee)
        }
        let count = assignees.count { $0 != nil }
        if let expected = one.expect["assignees"] as? [Any] {
            agreement.compare(one, ours: assignees, theirs: expected.map { $0 as? String })
        } else if let expected = one.expect["assigned_count"] as? Int {
            agreement.compare(one, ours: count, theirs: expected)
        } else if let choices = one.expect["counts_sorted_one_of"] as? [[Int]] {
            let own = agents.keys.map { name in assignees.count { $0 == name } }.sorted()
            agreement.compare(one, ours: own, theirs: choices.contains(own) ? own : choices[0])
        }
    }

    /// Who has it when it is opened again, after the people of the team may have changed.
    private func reopening(_ one: Corpus.Case, _ agreement: inout Agreement) {
        let agents = one.input["agents"] as? [String: String] ?? [:]
        let steps = one.input["steps"] as? [String] ?? []
        let conversations = one.input["conversations"] as? [[String: Any]] ?? []
        let left = steps.joined(separator: ", ").split(separator: ",").flatMap { step in
            step.contains(" leaves")
                ? [step.split(separator: " ").first.map(String.init) ?? ""] : []
        }
        let snapshot = Desk.snapshot(
            agents.map { name, word in
                Desk.agent(
                    name, teams: left.contains(name) ? [] : [Desk.support],
                    presence: presence(word))
            })
        let own = conversations.map { conversation in
            let holder = (conversation["assignee"] as? String).map(Desk.id)
            let request = RoutingRequest(team: Desk.support, work: .chat, holder: holder)
            return route(snapshot, request, policy: .standard, at: Desk.now).assignee
        }
        agreement.compare(
            one, ours: own, theirs: (one.expect["assignees"] as? [Any] ?? []).map { $0 as? String })
    }

    private func waiting(_ index: Int, age: Int) -> QueuedRequest {
        QueuedRequest(
            ticket: WaitingTicket(
                ticket: TicketNumber(rawValue: Int64(index)), priority: .normal, deadline: nil,
                since: Desk.now - .hours(Int64(age))),
            request: RoutingRequest(team: Desk.support, work: .chat))
    }

    private func presence(_ word: String) -> Presence {
        switch word {
        case "online": .online
        case "busy": .away
        default: .offline
        }
    }
}
