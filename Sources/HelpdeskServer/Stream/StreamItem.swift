internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

/// One event of the feed with who may see it: encoded once for all subscribers.
struct StreamItem: Sendable {
    let position: Position
    /// The event, framed.
    let frame: [UInt8]
    let audience: EventAudience
    /// What those get from whose sight a ticket goes with it.
    let farewell: [UInt8]?

    init(
        position: Position, frame: [UInt8], audience: EventAudience = EventAudience(),
        farewell: [UInt8]? = nil
    ) {
        self.position = position
        self.frame = frame
        self.audience = audience
        self.farewell = farewell
    }

    init(_ event: StoredEvent, _ audience: EventAudience) {
        self.init(
            position: event.position, frame: StreamFrame.event(API.Event(event)),
            audience: audience,
            farewell: audience.farewell.map { _ in StreamFrame.event(.hidden(event)) })
    }

    /// What an agent who is in these teams gets; nil: nothing, the position is skipped.
    func frame(for agent: AgentID, in teams: Set<TeamID>) -> [UInt8]? {
        switch audience.sight(of: agent, in: teams) {
        case .whole: frame
        case .farewell: farewell
        case .nothing: nil
        }
    }
}
