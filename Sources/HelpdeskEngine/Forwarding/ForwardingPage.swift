internal import HelpdeskCore
internal import HelpdeskStore

/// An event on its way to one endpoint.
struct ForwardedEvent: Sendable {
    let event: StoredEvent
    let sight: EventAudience.Sight
    /// Of a letter: how often it was tried, and since when it waits.
    var attempts = 0
    var since = Instant.distantFuture

    /// What must come in order: the events of one ticket, of one customer without a ticket, and the desk's own.
    var lane: String {
        if let ticket = event.ticket { return "ticket:\(ticket.rawValue)" }
        if let customer = event.customer { return "customer:\(customer.rawValue)" }
        return "desk"
    }

    /// Letters that are due, each with its event.
    static func due(
        for endpoint: ForwardingEndpoint, at now: Instant, limit: Int, privateTeams: Set<TeamID>,
        _ reader: StoreReader
    ) throws(StoreError) -> [ForwardedEvent] {
        var due: [ForwardedEvent] = []
        for letter in try reader.lettersDue(for: endpoint.name, at: now, limit: limit) {
            guard let event = try reader.event(at: letter.position) else {
                throw .damaged("event \(letter.position.rawValue) of a letter")
            }
            let sight = try EventSight(of: [event], privateTeams: privateTeams, reader)
            due.append(
                ForwardedEvent(
                    event: event, sight: endpoint.sight(of: event, sight.audience(of: event)),
                    attempts: letter.attempts, since: letter.since))
        }
        return due
    }
}

/// A page of the stream, sorted by what may be carried side by side.
struct ForwardingPage: Sendable {
    /// How many events, with those that are not for the endpoint.
    let count: Int
    let last: Position?
    /// Each in order.
    let lanes: [[ForwardedEvent]]
    /// What must wait behind a letter of its lane.
    let behind: [NewLetter]

    init(
        after cursor: Position, limit: Int, for endpoint: ForwardingEndpoint,
        privateTeams: Set<TeamID>, _ reader: StoreReader
    ) throws(StoreError) {
        let events = try reader.events(after: cursor, limit: limit, viewer: .system)
        let sight = try EventSight(of: events, privateTeams: privateTeams, reader)
        var order: [String] = []
        var lanes: [String: [ForwardedEvent]] = [:]
        for event in events {
            let forwarded = ForwardedEvent(
                event: event, sight: endpoint.sight(of: event, sight.audience(of: event)))
            guard forwarded.sight != .nothing else { continue }
            if lanes[forwarded.lane] == nil { order.append(forwarded.lane) }
            lanes[forwarded.lane, default: []].append(forwarded)
        }
        var behind: [NewLetter] = []
        var free: [[ForwardedEvent]] = []
        for lane in order {
            let events = lanes[lane] ?? []
            if try reader.hasLetters(for: endpoint.name, in: lane) {
                behind += events.map { NewLetter(behind: $0) }
            } else {
                free.append(events)
            }
        }
        count = events.count
        last = events.last?.position
        self.lanes = free
        self.behind = behind
    }
}

extension NewLetter {
    init(behind event: ForwardedEvent) {
        self.init(
            position: event.event.position, lane: event.lane, attempts: 0, due: nil, detail: nil)
    }
}
