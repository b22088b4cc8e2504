public import HelpdeskCore
public import HelpdeskStore

/// Everything that is known of a person, for themselves or for whoever asks in their name: complete, whatever team it is in, and
/// written down in the stream as taken, with who took it.
public struct CustomerExporting: Sendable {
    /// Content rows in one read, so that the export of a talkative person holds up nobody.
    static let page = 200

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// Who they are: everybody merged with them, root first.
    public func begin(
        _ id: CustomerID, by caller: Caller
    ) async throws(DeskFailure) -> [CustomerID] {
        guard Permission.allows(caller.role, .eraseCustomer) else {
            throw .forbidden("export customers")
        }
        return try await desk.write { transaction in
            guard try !transaction.reader.members(of: id, viewer: .system).isEmpty else {
                throw DeskFailure.notFound("customer \(id.rawValue)")
            }
            let customers = try transaction.reader.tree(of: id)
            for customer in customers {
                try transaction.append(
                    .customer(.exported(CustomerExported(customer: customer))), ticket: nil,
                    customer: customer, by: caller.actor)
            }
            return customers
        }
    }

    /// Every content row of a customer behind a place, in order; less than a page when there is no more.
    public func contents(
        of customer: CustomerID, after last: ContentID
    ) async throws(DeskFailure) -> (rows: [ExportedContent], isLast: Bool) {
        let rows = try await desk.read { reader throws(StoreError) in
            try reader.exportedContents(of: customer, after: last, limit: Self.page)
        }
        return (rows, rows.count < Self.page)
    }
}
