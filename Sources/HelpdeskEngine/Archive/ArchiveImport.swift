internal import HelpdeskCore
internal import HelpdeskStore

/// Brings an archive in, a batch of lines at a time. Each record becomes the events that it was, with their old times beside
/// the stream's own (`StoreTransaction.append(past:)`), and nothing follows from them: nobody is told, asked, routed to or
/// promised anything. What was brought in is known by its id, so the same archive again adds nothing, and one that was cut
/// short is run again. A record that cannot be taken is said with its line, and the rest goes on.
public struct ArchiveImport: Sendable {
    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    public func take(
        _ batch: ArchiveBatch
    ) async throws(DeskFailure) -> [ArchiveOutcome] {
        guard batch.lines.count <= ArchiveBatch.most else {
            throw .invalid(field: "lines", expected: "at most \(ArchiveBatch.most) at once")
        }
        switch batch.mode {
        case .look:
            let policy = desk.policy
            return try await desk.read { reader throws(StoreError) in
                let sight = try ArchiveSight(reader, policy, fallback: batch.team)
                var outcomes: [ArchiveOutcome] = []
                for line in batch.lines { outcomes.append(try sight.look(line)) }
                return outcomes
            }
        case .take:
            do throws(DeskFailure) {
                return try await write(batch)
            } catch {
                // Something in one line contradicts the store: the others are not to suffer for it.
                guard case .store(let fault) = error, fault.isOfTheStatement else { throw error }
                guard batch.lines.count > 1 else {
                    return batch.lines.map {
                        ArchiveOutcome(line: $0.number, .rejected, reason: error.text)
                    }
                }
                return try await oneByOne(batch)
            }
        }
    }

    private func oneByOne(
        _ batch: ArchiveBatch
    ) async throws(DeskFailure) -> [ArchiveOutcome] {
        var outcomes: [ArchiveOutcome] = []
        for line in batch.lines {
            outcomes += try await take(
                ArchiveBatch(lines: [line], mode: batch.mode, team: batch.team))
        }
        return outcomes
    }

    private func write(_ batch: ArchiveBatch) async throws(DeskFailure) -> [ArchiveOutcome] {
        let desk = desk
        return try await desk.write { transaction in
            let taking = try ArchiveTaking(desk, transaction, fallback: batch.team)
            var outcomes: [ArchiveOutcome] = []
            for line in batch.lines { outcomes.append(try taking.take(line)) }
            // Who holds what changed behind the board's back.
            if transaction.hasWritten { desk.board.drop() }
            return outcomes
        }
    }
}

extension StoreError {
    /// Whether what was asked contradicts what is there, and nothing is wrong with the disk.
    fileprivate var isOfTheStatement: Bool {
        switch self {
        case .statement, .damaged, .rejectedAfterWriting: true
        case .diskFull, .inputOutput, .locked, .newerSchema, .cannotOpen: false
        }
    }
}
