internal import FoundationEssentials
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
    /// Addresses of theirs that mail may go to again.
    public var deliverable: [IdentityAddress]

    public init(
        name: String? = nil, standing: CustomerUpdated.Standing? = nil,
        preference: Preference? = nil, attributes: [String: String?] = [:],
        deliverable: [IdentityAddress] = []
    ) {
        self.name = name
        self.standing = standing
        self.preference = preference
        self.attributes = attributes
        self.deliverable = deliverable
    }
}

public struct CustomerDesk: Sendable {
    public static let maximumAttributes = 100

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    public func update(
        _ id: CustomerID, _ change: CustomerChange, by caller: Caller
    ) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            guard try transaction.reader.customerExists(id, viewer: caller.viewer) else {
                throw DeskFailure.notFound("customer \(id.rawValue)")
            }
            let session = TicketSession(desk, transaction, by: caller.actor)
            if let name = change.name {
                try append(
                    .named(
                        CustomerNamed(
                            customer: id, name: try session.keep(name, as: .name, of: id))),
                    id, session)
            }
            var updated = CustomerUpdated(customer: id, standing: change.standing)
            switch change.preference {
            case nil: break
            case .some(.none): updated.preferredChannel = ChannelKind(rawValue: "")
            case .channel(let channel): updated.preferredChannel = channel
            }
            if !change.attributes.isEmpty {
                updated.attributes = try attributes(change.attributes, id, session)
            }
            if updated != CustomerUpdated(customer: id) {
                try append(.updated(updated), id, session)
            }
            for address in change.deliverable { try lift(address, of: id, session) }
        }
    }

    /// An address that is fine already is no error: the agent asked for what is.
    private func lift(
        _ address: IdentityAddress, of id: CustomerID, _ session: TicketSession
    ) throws {
        guard let folded = IdentityFolding.fold(address),
            let known = try session.reader.identity(folded, scope: nil), known.customer == id
        else { throw DeskFailure.notFound("address \(address.text) of customer \(id.rawValue)") }
        guard known.undeliverable != nil else { return }
        try append(
            .identityDeliverable(
                IdentityDeliverable(identity: known.id, customer: id, cause: .agent)), id, session)
    }

    private func attributes(
        _ changes: [String: String?], _ id: CustomerID, _ session: TicketSession
    ) throws -> ContentRef {
        var attributes = try session.reader.customerAttributes(id)
        for (key, value) in changes { attributes[key] = value }
        guard attributes.count <= Self.maximumAttributes else {
            throw DeskFailure.invalid(
                field: "attributes", expected: "at most \(Self.maximumAttributes)")
        }
        return try session.transaction.keep(
            json: attributes, as: .attributes, of: id, salt: desk.salt())
    }

    private func append(
        _ event: CustomerEvent, _ id: CustomerID, _ session: TicketSession
    ) throws {
        try session.transaction.append(
            .customer(event), ticket: nil, customer: id, by: session.actor)
    }
}
