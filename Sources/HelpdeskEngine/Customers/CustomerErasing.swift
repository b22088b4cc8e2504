public import HelpdeskCore
public import HelpdeskStore

/// What became of a person's data.
public struct Erasure: Hashable, Sendable {
    /// Everybody who was merged with them, root first: one person is erased as one.
    public let customers: [CustomerID]
    public let words: ErasedWords
    public let at: Instant
}

/// Erases a person: words, addresses, names and bytes go; ids, times and counts stay, so that the stream stays whole and reports
/// stay true (invariant 5). Cannot be undone, but by a backup from before.
public struct CustomerErasing: Sendable {
    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    public func erase(
        _ id: CustomerID, by caller: Caller
    ) async throws(DeskFailure) -> Erasure {
        guard Permission.allows(caller.role, .eraseCustomer) else {
            throw .forbidden("erase customers")
        }
        let desk = desk
        return try await desk.write { transaction in
            guard try !transaction.reader.members(of: id, viewer: .system).isEmpty else {
                throw DeskFailure.notFound("customer \(id.rawValue)")
            }
            return try Self.erase(
                try transaction.reader.tree(of: id), by: caller.actor, in: transaction)
        }
    }

    /// The same for people whom a restored backup brought back, by ops.
    public static func erase(
        _ customers: [CustomerID], by actor: Actor, in transaction: StoreTransaction
    ) throws(StoreError) -> Erasure {
        var words = ErasedWords()
        for customer in customers {
            for invitation in try transaction.reader.scheduledInvitations(of: customer) {
                try transaction.append(
                    .survey(
                        .cancelled(
                            SurveyCancelled(invitation: invitation.id, reason: .erased))),
                    ticket: invitation.ticket, customer: customer, by: actor)
            }
            try transaction.append(
                .customer(.erased(CustomerErased(customer: customer))), ticket: nil,
                customer: customer, by: actor)
        }
        for customer in customers {
            let part = try transaction.emptyContents(of: customer)
            words.contents += part.contents
            words.blobs += part.blobs
            words.deliveries += part.deliveries
        }
        return Erasure(customers: customers, words: words, at: transaction.now)
    }
}
