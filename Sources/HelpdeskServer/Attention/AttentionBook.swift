internal import HelpdeskAPI
internal import HelpdeskCore
internal import Synchronization

/// Who has which ticket in front of them, as they said in the last seconds. In memory only: what was said is forgotten when it
/// is not said again, at the latest with the daemon.
final class AttentionBook: Sendable {
    /// How long a word holds; clients repeat it every 8 s or so.
    static let lifetime = TimeSpan.seconds(20)
    /// Tickets that one agent has in front of them; the one longest silent makes room.
    static let perAgent = 20
    /// Of the whole desk; beyond it nothing new is taken, which nobody but a broken client comes near.
    static let maximum = 20_000

    struct Entry: Hashable {
        var state: API.Attention.State
        var since: Instant
        var heard: Instant
    }

    /// Who may hear of it changes with the ticket: the private team it was in when somebody last said a word.
    private struct Place {
        var team: TeamID?
        var agents: [AgentID: Entry] = [:]
    }

    private struct State {
        var places: [TicketNumber: Place] = [:]
        var tickets: [AgentID: Set<TicketNumber>] = [:]
        var count = 0
    }

    private let state = Mutex(State())

    /// What changed for those who look on; nil: nothing they would see.
    struct Change: Sendable {
        let attention: API.Attention
        let team: TeamID?
    }

    /// - Parameters:
    ///   - word: nil: no longer.
    ///   - team: the private team of the ticket, if it is in one.
    func say(
        _ word: API.Attention.State?, _ agent: AgentID, of ticket: TicketNumber, in team: TeamID?,
        at now: Instant
    ) -> Change? {
        state.withLock { state in
            Self.expire(ticket, at: now, &state)
            let before = state.places[ticket]?.agents.mapValues(\.state) ?? [:]
            if let word {
                Self.put(word, agent, ticket, team, at: now, &state)
            } else {
                Self.take(agent, ticket, &state)
            }
            state.places[ticket]?.team = team
            let after = state.places[ticket]?.agents.mapValues(\.state) ?? [:]
            guard before != after else { return nil }
            return Change(attention: Self.attention(ticket, state), team: team)
        }
    }

    func attention(of ticket: TicketNumber, at now: Instant) -> API.Attention {
        state.withLock { state in
            Self.expire(ticket, at: now, &state)
            return Self.attention(ticket, state)
        }
    }

    /// Forgets what was not said again; the tickets that changed by it.
    func sweep(at now: Instant) -> [Change] {
        state.withLock { state in
            state.places.keys.sorted().compactMap { ticket in
                let team = state.places[ticket]?.team
                guard Self.expire(ticket, at: now, &state) == .changed else { return nil }
                return Change(attention: Self.attention(ticket, state), team: team)
            }
        }
    }

    /// Everything that holds now, for somebody who begins to listen.
    func all() -> [Change] {
        state.withLock { state in
            state.places.keys.sorted().map { ticket in
                Change(
                    attention: Self.attention(ticket, state), team: state.places[ticket]?.team)
            }
        }
    }

    private enum Expiry { case changed, unchanged }

    @discardableResult
    private static func expire(
        _ ticket: TicketNumber, at now: Instant, _ state: inout State
    ) -> Expiry {
        let silent = state.places[ticket]?.agents.filter { now.since($0.value.heard) >= lifetime }
        guard let silent, !silent.isEmpty else { return .unchanged }
        for agent in silent.keys { take(agent, ticket, &state) }
        return .changed
    }

    private static func put(
        _ word: API.Attention.State, _ agent: AgentID, _ ticket: TicketNumber, _ team: TeamID?,
        at now: Instant, _ state: inout State
    ) {
        if let known = state.places[ticket]?.agents[agent] {
            let since = known.state == word ? known.since : now
            state.places[ticket]?.agents[agent] = Entry(state: word, since: since, heard: now)
            return
        }
        let others = state.tickets[agent] ?? []
        if others.count >= perAgent {
            let oldest = others.map { ticket in
                (state.places[ticket]?.agents[agent]?.heard ?? .distantPast, ticket)
            }.min(by: <)?.1
            if let oldest { take(agent, oldest, &state) }
        }
        guard state.count < maximum else { return }
        state.count += 1
        state.places[ticket, default: Place(team: team)].agents[agent] = Entry(
            state: word, since: now, heard: now)
        state.tickets[agent, default: []].insert(ticket)
    }

    private static func take(_ agent: AgentID, _ ticket: TicketNumber, _ state: inout State) {
        guard state.places[ticket]?.agents.removeValue(forKey: agent) != nil else { return }
        state.count -= 1
        if state.places[ticket]?.agents.isEmpty == true { state.places[ticket] = nil }
        state.tickets[agent]?.remove(ticket)
        if state.tickets[agent]?.isEmpty == true { state.tickets[agent] = nil }
    }

    private static func attention(_ ticket: TicketNumber, _ state: State) -> API.Attention {
        let agents = (state.places[ticket]?.agents ?? [:]).sorted { $0.key < $1.key }
        return API.Attention(
            ticket: ticket,
            agents: agents.map {
                API.Attention.Attendant(
                    agent: $0.key, state: $0.value.state, since: Timestamp($0.value.since))
            })
    }
}
