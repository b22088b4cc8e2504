internal import HelpdeskCore
internal import HelpdeskStore

/// Brings in what another program knows of customers, row by row. The same row again changes nothing, so a run that was
/// cut short is simply run again. Nobody is merged: an address that is somebody else's becomes a suggestion.
public struct CustomerImport: Sendable {
    /// Rows of one transaction.
    public static let batch = 200
    static let mostAddresses = 20

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    public func take(
        _ rows: [CustomerImportRow]
    ) async throws(DeskFailure) -> [CustomerImportOutcome] {
        guard rows.count <= Self.batch else {
            throw .invalid(field: "rows", expected: "at most \(Self.batch) at once")
        }
        let desk = desk
        return try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: .operator)
            var outcomes: [CustomerImportOutcome] = []
            for row in rows {
                do throws(RowRejection) {
                    outcomes.append(try ImportedCustomer(session: session, row: row).take())
                } catch {
                    switch error {
                    case .reason(let reason):
                        outcomes.append(
                            CustomerImportOutcome(
                                line: row.line, result: .rejected, reason: reason))
                    case .other(let other): throw other
                    }
                }
            }
            return outcomes
        }
    }
}

/// Why a row was not taken; found out before anything of it was written.
enum RowRejection: Error {
    case reason(String)
    /// Not the row's fault.
    case other(any Error)
}

/// One row within the transaction.
struct ImportedCustomer {
    let session: TicketSession
    let row: CustomerImportRow

    func take() throws(RowRejection) -> CustomerImportOutcome {
        do {
            let addresses = try folded()
            let owners = try owners(of: addresses)
            try check(addresses)
            let known = try customer(addresses, owners)
            let customer = try known ?? create()
            var changes = try CustomerWriting(session: session).write(change, on: customer)
            for address in addresses {
                changes += try take(address, of: customer, owner: owners[address])
            }
            let result: CustomerImportOutcome.Result =
                known == nil ? .created : changes > 0 ? .updated : .unchanged
            return CustomerImportOutcome(line: row.line, result: result, customer: customer)
        } catch let rejection as RowRejection {
            throw rejection
        } catch let failure as DeskFailure {
            throw .reason(failure.text)
        } catch {
            throw .other(error)
        }
    }

    private var change: CustomerChange {
        var attributes: [String: String?] = row.attributes.mapValues { $0 }
        if let organisation = row.organisation {
            attributes[CustomerCard.organisationAttribute] = organisation
        }
        return CustomerChange(
            name: row.name, standing: row.standing,
            preference: row.preferredChannel.map { .channel(ChannelKind(rawValue: $0)) },
            attributes: attributes, segments: row.segments, externalID: row.externalID)
    }

    private func folded() throws -> [IdentityAddress] {
        var addresses: [IdentityAddress] = []
        for address in row.addresses {
            guard let folded = IdentityFolding.fold(address) else {
                throw RowRejection.reason("\(address.text) is no address")
            }
            if !addresses.contains(folded) { addresses.append(folded) }
        }
        return addresses
    }

    private func owners(
        of addresses: [IdentityAddress]
    ) throws -> [IdentityAddress: CustomerID] {
        var owners: [IdentityAddress: CustomerID] = [:]
        for address in addresses {
            owners[address] = try session.reader.identity(address, scope: nil)?.customer
        }
        return owners
    }

    private func check(_ addresses: [IdentityAddress]) throws {
        guard row.externalID?.isEmpty == false || !addresses.isEmpty else {
            throw RowRejection.reason(
                "neither a key nor an address: nobody could find this customer")
        }
        guard addresses.count <= CustomerImport.mostAddresses else {
            throw RowRejection.reason("more than \(CustomerImport.mostAddresses) addresses")
        }
        if let segments = row.segments { _ = try CustomerWriting.segments(segments) }
        guard (row.name?.utf8.count ?? 0) <= 500 else {
            throw RowRejection.reason("the name is longer than 500 bytes")
        }
        for (name, value) in row.attributes {
            guard (1...64).contains(name.utf8.count), value.utf8.count <= 4_000 else {
                throw RowRejection.reason(
                    "attribute names have 1 to 64 bytes, values at most 4000")
            }
        }
        guard row.attributes.count <= CustomerDesk.maximumAttributes / 2 else {
            throw RowRejection.reason(
                "more than \(CustomerDesk.maximumAttributes / 2) attributes")
        }
    }

    /// Whom the row is about: who has its key, else who has its first known address.
    private func customer(
        _ addresses: [IdentityAddress], _ owners: [IdentityAddress: CustomerID]
    ) throws -> CustomerID? {
        let key = row.externalID.flatMap { $0.isEmpty ? nil : $0 }
        if let key, let holder = try session.reader.customer(externalID: key) { return holder }
        guard let owner = addresses.lazy.compactMap({ owners[$0] }).first else { return nil }
        if let key, let other = try session.reader.settings(of: owner).externalID, other != key {
            throw RowRejection.reason(
                "an address of this row is customer \(owner.rawValue)'s, whose key is \(other)")
        }
        return owner
    }

    private func create() throws -> CustomerID {
        let customer = session.transaction.nextCustomer()
        try append(.created(CustomerCreated(customer: customer, inbox: nil)), customer)
        return customer
    }

    /// How much changed.
    private func take(
        _ address: IdentityAddress, of customer: CustomerID, owner: CustomerID?
    ) throws -> Int {
        guard let owner else {
            try append(
                .identityLinked(
                    IdentityLinked(
                        identity: session.transaction.nextIdentity(), customer: customer,
                        kind: address.kind, verification: .unverified, evidence: .imported,
                        scope: nil,
                        address: try session.keep(address.value, as: .address, of: customer))),
                customer)
            return 1
        }
        guard owner != customer else { return 0 }
        return try Suggesting(session: session).suggest(address, owner, to: customer, .imported)
            ? 1 : 0
    }

    private func append(_ event: CustomerEvent, _ customer: CustomerID) throws {
        try session.transaction.append(
            .customer(event), ticket: nil, customer: customer, by: session.actor)
    }
}
