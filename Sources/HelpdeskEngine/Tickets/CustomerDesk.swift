public import HelpdeskCore
internal import HelpdeskStore

/// What an agent changes on a customer's card; nil: stays as it is.
public struct CustomerChange: Hashable, Sendable {
    public enum Preference: Hashable, Sendable {
        case none
        case channel(ChannelKind)
    }

    public var name: String?
    public var standing: CustomerUpdated.Standing?
    public var preference: Preference?
    /// A value of nil takes the attribute away.
    public var attributes: [String: String?]
    /// All of them.
    public var segments: [String]?
    /// Empty: none.
    public var externalID: String?
    public var blocking: CustomerUpdated.Blocking?
    public var sharing: [IdentityAddress: IdentityMarked.Sharing]
    /// Addresses of theirs that mail may go to again.
    public var deliverable: [IdentityAddress]

    public init(
        name: String? = nil, standing: CustomerUpdated.Standing? = nil,
        preference: Preference? = nil, attributes: [String: String?] = [:],
        segments: [String]? = nil, externalID: String? = nil,
        blocking: CustomerUpdated.Blocking? = nil,
        sharing: [IdentityAddress: IdentityMarked.Sharing] = [:],
        deliverable: [IdentityAddress] = []
    ) {
        self.name = name
        self.standing = standing
        self.preference = preference
        self.attributes = attributes
        self.segments = segments
        self.externalID = externalID
        self.blocking = blocking
        self.sharing = sharing
        self.deliverable = deliverable
    }
}

public struct CustomerDesk: Sendable {
    public static let maximumAttributes = 100

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// Changes the card: of merged customers the root's, which is what everybody sees.
    public func update(
        _ id: CustomerID, _ change: CustomerChange, by caller: Caller
    ) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            guard
                let shown = try transaction.reader.members(of: id, viewer: caller.viewer).first
            else { throw DeskFailure.notFound("customer \(id.rawValue)") }
            let session = TicketSession(desk, transaction, by: caller.actor)
            try CustomerWriting(session: session).write(change, on: shown)
            // A VIP's tickets may go beyond a capacity.
            if change.standing == .vip { try QueueDrain(session: session).drainAll() }
        }
    }
}
