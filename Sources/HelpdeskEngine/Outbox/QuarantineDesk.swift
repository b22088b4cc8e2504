public import HelpdeskCore
internal import HelpdeskStore

/// What ops do with mail that could not be read.
public struct QuarantineDesk: Sendable {
    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// The raw bytes of a waiting entry and the inbox they came to: the caller reads them again with a newer reader and
    /// delivers, then marks the entry as replayed.
    public func raw(
        _ id: QuarantineID
    ) async throws(DeskFailure) -> (inbox: InboxID, bytes: [UInt8]) {
        let found = try await desk.read { reader throws(StoreError) in
            try reader.waitingQuarantine(id)
        }
        guard let found else { throw .notFound("waiting quarantine entry \(id.rawValue)") }
        return found
    }

    public func resolve(
        _ id: QuarantineID, as resolution: QuarantineResolved.Resolution,
        message: MessageID?, by actor: Actor
    ) async throws(DeskFailure) {
        try await desk.write { transaction in
            guard try transaction.reader.waitingQuarantine(id) != nil else {
                throw DeskFailure.notFound("waiting quarantine entry \(id.rawValue)")
            }
            try transaction.append(
                .desk(
                    .quarantineResolved(
                        QuarantineResolved(
                            quarantine: id, resolution: resolution, message: message))),
                ticket: nil, customer: nil, by: actor)
        }
    }
}
