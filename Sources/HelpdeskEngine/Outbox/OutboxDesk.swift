public import HelpdeskCore
internal import HelpdeskStore

/// What leads and ops do with entries of the outbox.
public struct OutboxDesk: Sendable {
    public enum Action: String, Hashable, Sendable, Codable { case retry, release, cancel }

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    public func perform(
        _ action: Action, on id: DeliveryID, by actor: Actor
    ) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            guard let due = try transaction.reader.delivery(id) else {
                throw DeskFailure.notFound("outbox entry \(id.rawValue)")
            }
            let state: DeliveryState
            switch action {
            case .retry, .release:
                guard due.state != .sent && due.state != .delivered && due.state != .sending
                else {
                    throw DeskFailure.conflict(
                        "outbox entry \(id.rawValue) is \(due.state.rawValue)")
                }
                state = .retrying
            case .cancel:
                guard !due.state.isFinal && due.state != .sending else {
                    throw DeskFailure.conflict(
                        "outbox entry \(id.rawValue) is \(due.state.rawValue)")
                }
                state = .cancelled
            }
            if state == .retrying { try transaction.reviveRecipients(of: id) }
            try transaction.append(
                .delivery(
                    .settled(
                        DeliverySettled(
                            delivery: id, state: state, attempt: due.attempts,
                            next: state == .retrying ? transaction.now : nil, code: nil,
                            detail: nil))),
                ticket: due.ticket, customer: due.customer, by: actor)
        }
    }
}
