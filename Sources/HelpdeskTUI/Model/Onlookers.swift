internal import HelpdeskAPI
public import HelpdeskCore

/// What an agent has in front of them: told to the others while it is so.
public struct Attending: Hashable, Sendable {
    public enum Work: Hashable, Sendable {
        /// The thread has the keys.
        case reading
        /// A reply or a note is begun.
        case writing
    }

    public var ticket: TicketNumber
    public var work: Work
}

/// Which other agents have which ticket in front of them, as the stream tells; nobody while it is broken.
struct Onlookers: Hashable, Sendable {
    private var tickets: [TicketNumber: [API.Attention.Attendant]] = [:]

    /// Tickets remembered; the daemon tells of no more than a desk has agents.
    static let limit = 2_000

    mutating func put(_ attention: API.Attention, besides own: AgentID?) {
        let others = attention.agents.filter { $0.agent != own }
        guard !others.isEmpty else {
            tickets[attention.ticket] = nil
            return
        }
        guard tickets[attention.ticket] != nil || tickets.count < Onlookers.limit else { return }
        tickets[attention.ticket] = others
    }

    mutating func forget() { tickets.removeAll() }

    /// By login; who writes comes before who reads.
    func others(at ticket: TicketNumber) -> [API.Attention.Attendant] {
        let all = tickets[ticket] ?? []
        return all.filter { $0.state == .writing } + all.filter { $0.state != .writing }
    }
}

extension Model {
    /// Moving the cursor over the queue tells nobody anything; opening a thread does.
    public var attending: Attending? {
        if let composer, composer.isBegun {
            return Attending(ticket: composer.ticket, work: .writing)
        }
        guard focus != .queue, let opened else { return nil }
        return Attending(ticket: opened, work: .reading)
    }
}
