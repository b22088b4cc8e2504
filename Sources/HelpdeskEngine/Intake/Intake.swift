public import ChannelKit
public import HelpdeskCore
internal import HelpdeskStore

/// The way in: every message of every channel goes through here, in one transaction from idempotency key to outbox rows,
/// and is acknowledged only after the commit (invariants 1, 2).
public struct Intake: Sendable {
    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// One outcome per message, in order. Refuses the whole batch when it cannot be kept.
    public func deliver(
        _ batch: InboundBatch, to inbox: InboxID
    ) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        guard batch.messages.count <= InboundBatch.maximumMessages else {
            throw .storeFailed(
                "a batch holds at most \(InboundBatch.maximumMessages) messages")
        }
        let desk = desk
        let prepared = batch.messages.map { Arrival($0, salt: desk.salt()) }
        do throws(CommandFailure<DeliveryRefusal>) {
            return try await desk.store.writer.submit(
                at: desk.now, failing: DeliveryRefusal.self
            ) { transaction in
                try Admission(desk: desk, transaction: transaction, inbox: inbox)
                    .admit(prepared, cursor: batch.cursor, request: batch.request)
            }
        } catch .store(let error) where error.isOneMessagesFault && !batch.messages.isEmpty {
            guard batch.messages.count > 1 else {
                return [try await quarantineUnstorable(batch.messages, inbox, error)]
            }
            return try await oneByOne(batch, to: inbox)
        } catch {
            throw Self.refusal(error)
        }
    }

    /// A batch that failed for one message's sake: the others are kept, that one goes to quarantine, and the cursor moves on
    /// when all of them are safe (DESIGN §5). A death in between costs nothing: what was kept is recognised.
    private func oneByOne(
        _ batch: InboundBatch, to inbox: InboxID
    ) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        var outcomes: [DeliveryOutcome] = []
        for message in batch.messages {
            outcomes += try await deliver(InboundBatch(messages: [message]), to: inbox)
        }
        _ = try await deliver(
            InboundBatch(messages: [], cursor: batch.cursor, request: batch.request), to: inbox)
        return outcomes
    }

    /// Keeps bytes that could not be read; durable on return.
    public func quarantine(
        _ raw: [UInt8], reason: QuarantineReason, from inbox: InboxID
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        let desk = desk
        let hash = Digest.blob(raw)
        do throws(CommandFailure<DeliveryRefusal>) {
            return try await desk.store.writer.submit(
                at: desk.now, failing: DeliveryRefusal.self
            ) { transaction in
                try Quarantining(desk: desk, transaction: transaction)
                    .keep(raw, hash: hash, reason: reason, inbox: inbox)
            }
        } catch {
            throw Self.refusal(error)
        }
    }

    /// The message that fails alone is kept: its bytes, or where the channel has none, everything it said of it.
    private func quarantineUnstorable(
        _ messages: [InboundMessage], _ inbox: InboxID, _ error: StoreError
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        guard let message = messages.first else { throw .storeFailed(error.text) }
        return try await quarantine(
            message.raw ?? Array("\(message)".utf8),
            reason: QuarantineReason(code: "unstorable", detail: error.text), from: inbox)
    }

    static func refusal(_ failure: CommandFailure<DeliveryRefusal>) -> DeliveryRefusal {
        switch failure {
        case .rejected(let refusal): refusal
        case .busy: .busy(retryAfter: .seconds(5))
        case .stopped: .stopping
        case .store(.diskFull): .noSpace
        case .store(let error): .storeFailed(error.text)
        }
    }
}

extension StoreError {
    /// Whether another message could still be stored.
    var isOneMessagesFault: Bool {
        switch self {
        case .statement, .damaged: true
        case .diskFull, .inputOutput, .locked, .newerSchema, .cannotOpen, .rejectedAfterWriting:
            false
        }
    }
}
