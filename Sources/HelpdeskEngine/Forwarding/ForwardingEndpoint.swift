public import HelpdeskCore
public import HelpdeskStore

/// A program outside that hears of events: one `[[webhook_out]]`, without what only its carrier must know.
public struct ForwardingEndpoint: Hashable, Sendable {
    public var name: String
    public var interest: EventInterest
    /// Teams whose private tickets it may hear of.
    public var privateTeams: Set<TeamID>

    public init(
        name: String, interest: EventInterest = .everything, privateTeams: Set<TeamID> = []
    ) {
        self.name = name
        self.interest = interest
        self.privateTeams = privateTeams
    }

    /// What of an event it gets.
    func sight(of event: StoredEvent, _ audience: EventAudience) -> EventAudience.Sight {
        // What an archive brought in happened elsewhere, and was told there.
        guard event.source == .here else { return .nothing }
        let sight = audience.sight(of: nil, in: privateTeams)
        switch interest {
        case .everything: return sight
        case .types(let patterns):
            let type = sight == .farewell ? "ticket_hidden" : event.type
            return patterns.contains { Self.fits(type, $0) } ? sight : .nothing
        case .notices:
            guard event.type == "notices_digested" || event.type == "agent_noticed",
                Self.goesByWebhook(event)
            else { return .nothing }
            return sight
        }
    }

    /// `ticket_*` fits every type that begins with `ticket_`.
    private static func fits(_ type: String, _ pattern: String) -> Bool {
        pattern.hasSuffix("*") ? type.hasPrefix(pattern.dropLast()) : type == pattern
    }

    private static func goesByWebhook(_ event: StoredEvent) -> Bool {
        switch try? event.recorded()?.event {
        case .desk(.agentNoticed(let noticed)): noticed.ways.contains(.webhook)
        case .desk(.noticesDigested(let digested)): digested.ways.contains(.webhook)
        default: false
        }
    }
}

/// Which events an endpoint asks for.
public enum EventInterest: Hashable, Sendable {
    case everything
    /// Types by name, or by their beginning and `*`.
    case types([String])
    /// What agents are told by the way `webhook`.
    case notices
}

/// Carries one event to an endpoint, once. Every call may suspend, never blocks, and ends by a limit of its own.
public protocol EventCarrier: Sendable {
    /// - Parameter sight: `.whole` or `.farewell`.
    func carry(
        _ event: StoredEvent, as sight: EventAudience.Sight, to endpoint: String
    ) async -> ForwardingAnswer
}

/// What became of carrying an event.
public enum ForwardingAnswer: Hashable, Sendable {
    case taken
    /// Not taken, for a while at least; after how long to try again at the earliest, where the endpoint said.
    case refused(detail: String, after: TimeSpan?)
    /// It wants no more of anything, until a person says otherwise.
    case gone(detail: String)
}
