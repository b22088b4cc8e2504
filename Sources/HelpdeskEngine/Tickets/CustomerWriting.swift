internal import FoundationEssentials
internal import HelpdeskCore
internal import HelpdeskStore

/// Writes what changed on a customer's card, within the transaction; what is as it should be is not written again.
struct CustomerWriting {
    let session: TicketSession

    /// How many things changed.
    @discardableResult
    func write(_ change: CustomerChange, on id: CustomerID) throws -> Int {
        let marks = try marks(change.sharing, id)
        let lifted = try lifted(change.deliverable, id)
        let updated = try update(change, id)
        var written = 0
        if let name = change.name, try session.reader.name(of: id) ?? "" != name {
            try append(
                .named(
                    CustomerNamed(
                        customer: id, name: try session.keep(name, as: .name, of: id))), id)
            written += 1
        }
        if updated != CustomerUpdated(customer: id) {
            try append(.updated(updated), id)
            written += 1
        }
        for mark in marks {
            try append(.identityMarked(mark), mark.customer)
            written += 1
        }
        for known in lifted {
            try append(
                .identityDeliverable(
                    IdentityDeliverable(
                        identity: known.id, customer: known.customer, cause: .agent)),
                known.customer)
            written += 1
        }
        return written
    }

    private func update(
        _ change: CustomerChange, _ id: CustomerID
    ) throws -> CustomerUpdated {
        var updated = CustomerUpdated(customer: id)
        let known = try session.reader.settings(of: id)
        if change.standing != known.standing { updated.standing = change.standing }
        if change.blocking != known.blocking { updated.blocking = change.blocking }
        switch change.preference {
        case nil: break
        case .some(.none):
            if known.preferred != nil { updated.preferredChannel = ChannelKind(rawValue: "") }
        case .channel(let channel):
            if known.preferred != channel { updated.preferredChannel = channel }
        }
        if let segments = change.segments {
            let words = try Self.segments(segments)
            if words != known.segments { updated.segments = words }
        }
        if let externalID = change.externalID {
            updated.externalID = try self.externalID(externalID, id)
        }
        if !change.attributes.isEmpty {
            updated.attributes = try attributes(change.attributes, id)
        }
        return updated
    }

    private func attributes(
        _ changes: [String: String?], _ id: CustomerID
    ) throws -> ContentRef? {
        let before = try session.reader.customerAttributes(id)
        var attributes = before
        for (key, value) in changes { attributes[key] = value }
        guard attributes.count <= CustomerDesk.maximumAttributes else {
            throw DeskFailure.invalid(
                field: "attributes", expected: "at most \(CustomerDesk.maximumAttributes)")
        }
        guard attributes != before else { return nil }
        return try session.transaction.keep(
            json: attributes, as: .attributes, of: id, salt: session.desk.salt())
    }

    /// A key of the CRM is one customer's.
    private func externalID(_ key: String, _ id: CustomerID) throws -> ContentRef? {
        guard key.utf8.count <= CustomerDesk.maximumExternalID else {
            throw DeskFailure.invalid(
                field: "external_id",
                expected: "at most \(CustomerDesk.maximumExternalID) bytes")
        }
        let holder = key.isEmpty ? nil : try session.reader.customer(externalID: key)
        if let holder, holder != id {
            throw DeskFailure.conflict(
                "customer \(holder.rawValue) has the external id \(key); merge them, or take it away there"
            )
        }
        if holder == id { return nil }
        if key.isEmpty, try session.reader.settings(of: id).externalID == nil { return nil }
        return try session.keep(key, as: .externalID, of: id)
    }

    /// Words of 1 to 64 bytes without blanks, each once, in the order given.
    static func segments(_ words: [String]) throws -> [String] {
        var segments: [String] = []
        for word in words where !segments.contains(word) {
            let isFine =
                (1...64).contains(word.utf8.count)
                && !word.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7F }
            guard isFine, segments.count < CustomerDesk.maximumSegments else {
                throw DeskFailure.invalid(
                    field: "segments",
                    expected:
                        "at most \(CustomerDesk.maximumSegments) words of 1 to 64 bytes without blanks"
                )
            }
            segments.append(word)
        }
        return segments
    }

    private func marks(
        _ sharing: [IdentityAddress: IdentityMarked.Sharing], _ id: CustomerID
    ) throws -> [IdentityMarked] {
        var marks: [IdentityMarked] = []
        for (address, sharing) in sharing.sorted(by: { $0.key < $1.key }) {
            guard let folded = IdentityFolding.fold(address) else {
                throw DeskFailure.invalid(
                    field: "shared", expected: "addresses such as tel:+982188001122")
            }
            let found = try session.reader.identities(folded, of: id)
            guard !found.isEmpty else {
                throw DeskFailure.notFound("address \(folded.text) of this customer")
            }
            marks += found.map {
                IdentityMarked(identity: $0.id, customer: $0.customer, sharing: sharing)
            }
        }
        return marks
    }

    /// Addresses that mail may go to again. One that is fine already is no error: the agent asked for what is.
    private func lifted(
        _ addresses: [IdentityAddress], _ id: CustomerID
    ) throws -> [KnownIdentity] {
        var lifted: [KnownIdentity] = []
        for address in addresses {
            guard let folded = IdentityFolding.fold(address),
                let known = try session.reader.identity(folded, scope: nil),
                try session.reader.root(of: known.customer) == session.reader.root(of: id)
            else {
                throw DeskFailure.notFound("address \(address.text) of customer \(id.rawValue)")
            }
            if known.undeliverable != nil { lifted.append(known) }
        }
        return lifted
    }

    private func append(_ event: CustomerEvent, _ id: CustomerID) throws {
        try session.transaction.append(
            .customer(event), ticket: nil, customer: id, by: session.actor,
            command: session.command)
    }
}

extension CustomerDesk {
    public static let maximumExternalID = 200
    public static let maximumSegments = 50
}
