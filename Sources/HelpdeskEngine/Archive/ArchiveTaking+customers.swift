internal import HelpdeskCore
internal import HelpdeskStore

extension ArchiveTaking {
    /// Who has the key in the CRM or one of the addresses is the same person: their card stays as it is, and gets the addresses
    /// that are new.
    func take(_ archived: ArchivedCustomer) throws {
        guard archived.identities.count <= 1_000 else {
            throw ArchiveRejection.reason("more than 1000 addresses")
        }
        var addresses: [IdentityAddress?] = []
        for identity in archived.identities {
            addresses.append(try Self.address(identity, archived))
        }
        let known = try person(archived, addresses)
        let customer = try known ?? create(archived)
        for (identity, address) in zip(archived.identities, addresses) {
            try take(identity, address, of: customer, archived)
        }
        if known == nil, let erased = archived.erased {
            try tell(.erased(CustomerErased(customer: customer)), customer, at: past(erased))
        }
        try transaction.keepArchived(
            archived.id, kind: ArchiveNames.Kind.customer.rawValue,
            ArchivedRecord(local: customer.rawValue, origin: known == nil ? .made : .found))
    }

    /// Nil of somebody erased.
    private static func address(
        _ identity: ArchivedCustomer.Identity, _ customer: ArchivedCustomer
    ) throws(ArchiveRejection) -> IdentityAddress? {
        guard let address = identity.address else {
            guard customer.erased == nil else { return nil }
            throw .reason("identities: an address is missing")
        }
        let given = IdentityAddress(kind: identity.kind, value: address)
        guard let folded = IdentityFolding.fold(given) else {
            throw .reason("\(given.text.prefix(100)) is no address")
        }
        return folded
    }

    private func person(
        _ archived: ArchivedCustomer, _ addresses: [IdentityAddress?]
    ) throws -> CustomerID? {
        guard archived.erased == nil else { return nil }
        if let key = archived.external, !key.isEmpty,
            let holder = try reader.customer(externalID: key)
        {
            return holder
        }
        for (identity, address) in zip(archived.identities, addresses) {
            guard let address, !identity.shared,
                let owner = try reader.identity(address, scope: identity.scope)
            else { continue }
            return owner.customer
        }
        return nil
    }

    private func create(_ archived: ArchivedCustomer) throws -> CustomerID {
        let customer = transaction.nextCustomer()
        let at = past(archived.at)
        try tell(.created(CustomerCreated(customer: customer, inbox: nil)), customer, at: at)
        if let name = try keep(archived.name, as: .name, of: customer) {
            try tell(.named(CustomerNamed(customer: customer, name: name)), customer, at: at)
        }
        var updated = CustomerUpdated(customer: customer)
        if archived.vip { updated.standing = .vip }
        if archived.blocked { updated.blocking = .blocked }
        if !archived.segments.isEmpty { updated.segments = archived.segments }
        updated.preferredChannel = archived.preferredChannel
        updated.externalID = try keep(archived.external, as: .externalID, of: customer)
        if !archived.attributes.isEmpty {
            updated.attributes = try transaction.keep(
                json: archived.attributes, as: .attributes, of: customer, salt: desk.salt())
        }
        if updated != CustomerUpdated(customer: customer) {
            try tell(.updated(updated), customer, at: at)
        }
        if let refused = archived.surveysRefused {
            try append(
                .survey(
                    .consentChanged(
                        SurveyConsentChanged(
                            customer: customer, consent: .withdrawn, invitation: nil))),
                customer: customer, by: .customer(customer), at: past(refused))
        }
        return customer
    }

    /// - Parameter address: nil of somebody erased: the address is gone, and messages name it all the same.
    private func take(
        _ identity: ArchivedCustomer.Identity, _ address: IdentityAddress?,
        of customer: CustomerID, _ archived: ArchivedCustomer
    ) throws {
        // An address that is somebody's here stays theirs.
        if let address, let known = try reader.identity(address, scope: identity.scope) {
            try transaction.keepArchived(
                identity.id, kind: ArchiveNames.Kind.identity.rawValue,
                ArchivedRecord(local: known.id.rawValue, origin: .found))
            return
        }
        let id = transaction.nextIdentity()
        let content =
            try keep(address?.value, as: .address, of: customer)
            ?? transaction.keepErased(.address, of: customer)
        try tell(
            .identityLinked(
                IdentityLinked(
                    identity: id, customer: customer, kind: address?.kind ?? identity.kind,
                    verification: identity.verified ? .verified : .unverified,
                    evidence: identity.evidence, scope: identity.scope, address: content)),
            customer, at: past(archived.at))
        try mark(identity, id, of: customer, at: past(archived.at))
        try keep(identity.id, .identity, made: id.rawValue)
    }

    private func mark(
        _ identity: ArchivedCustomer.Identity, _ id: IdentityID, of customer: CustomerID,
        at: Instant
    ) throws {
        if identity.shared {
            try tell(
                .identityMarked(
                    IdentityMarked(identity: id, customer: customer, sharing: .shared)),
                customer, at: at)
        }
        if let undeliverable = identity.undeliverable {
            try tell(
                .identityUndeliverable(
                    IdentityUndeliverable(
                        identity: id, customer: customer, delivery: DeliveryID(rawValue: 0),
                        code: undeliverable.code)), customer, at: past(undeliverable.at))
        }
    }

    /// One person from now on, or several again.
    enum Unity { case one, several }

    /// Where both are one person here already, or never were, there is nothing to do.
    func take(
        _ merge: ArchivedCustomerMerge, _ unity: Unity
    ) throws -> ArchiveOutcome.Result {
        let customer: CustomerID = try local(merge.customer)
        let other: CustomerID = try local(merge.other)
        let by = try actor(merge.by)
        guard let place = try reader.mergePlace(of: customer),
            let target = try reader.mergePlace(of: other)
        else { throw ArchiveRejection.missing(merge.customer) }
        let position: Position
        switch unity {
        case .one:
            do throws(CustomerMergeRejection) {
                try CustomerMerge.check(place, into: target)
            } catch {
                switch error {
                case .alreadyOne, .intoThemselves: return .left
                case .mergedElsewhere, .treeTooLarge, .notMerged, .privateTeam:
                    throw ArchiveRejection.reason(error.text)
                }
            }
            position = try append(
                .customer(
                    .merged(
                        CustomerMerged(
                            customer: customer, into: other, evidence: merge.evidence,
                            reason: try keep(merge.reason, as: .mergeReason, of: customer)))),
                customer: customer, by: by, at: past(merge.at)
            ).position
        case .several:
            guard place.parent == other else { return .left }
            position = try append(
                .customer(
                    .unmerged(
                        CustomerUnmerged(
                            customer: customer, from: other,
                            reason: try keep(merge.reason, as: .mergeReason, of: customer)))),
                customer: customer, by: by, at: past(merge.at)
            ).position
        }
        try keep(merge.id, .change, made: position.rawValue)
        return .taken
    }

    private func tell(_ event: CustomerEvent, _ customer: CustomerID, at: Instant) throws {
        try append(.customer(event), customer: customer, by: .operator, at: at)
    }
}
