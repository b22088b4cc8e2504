public import ChannelKit
public import HelpdeskCore
public import HelpdeskStore

/// Why a use case did not do what was asked. HTTP status and exit code are made from it in one function each.
public enum DeskFailure: Error, Sendable {
    /// Also for what the viewer may not see.
    case notFound(String)
    case forbidden(String)
    /// `If-Match` named another version; the ticket as it is now, and for an answer what the agent has not seen.
    case changedMeanwhile(TicketRow, [AnswerObstacle])
    /// The same of a macro, as it is now.
    case macroChangedMeanwhile(MacroEntry)
    /// The same of a draft: another seat of the agent's wrote on.
    case draftChangedMeanwhile(DraftEntry)
    case rejected(TicketRejection)
    /// A value that cannot be: which, and what was expected.
    case invalid(field: String, expected: String)
    case outbound(OutboundRefusal)
    case conflict(String)
    /// The survey page's time is over.
    case gone(String)
    case busy
    case stopped
    case store(StoreError)

    public var text: String {
        switch self {
        case .notFound(let what): "\(what) does not exist"
        case .forbidden(let what): "you may not \(what)"
        case .changedMeanwhile(let row, let obstacles):
            "ticket \(row.ticket.number.rawValue) changed meanwhile (version \(row.ticket.version))"
                + (obstacles.isEmpty
                    ? "" : ": " + obstacles.prefix(5).map(\.sentence).joined(separator: ", "))
                + "; look at it again"
        case .macroChangedMeanwhile(let entry):
            "macro \(entry.macro.name.rawValue) changed meanwhile (version \(entry.version)); look at it again"
        case .draftChangedMeanwhile(let entry):
            "draft \(entry.key.rawValue) changed meanwhile (version \(entry.version)); look at it again"
        case .rejected(let rejection): rejection.text
        case .invalid(let field, let expected): "\(field): expected \(expected)"
        case .outbound(let refusal): refusal.detail
        case .conflict(let text), .gone(let text): text
        case .busy: "too much is waiting to be stored; try again in a few seconds"
        case .stopped: "the daemon is stopping; try again in a few seconds"
        case .store(let error): error.text
        }
    }
}

extension Desk {
    /// Runs a command of one caller in a transaction; what it throws comes back typed.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) async throws(DeskFailure) -> Value {
        do throws(CommandFailure<DeskFailure>) {
            return try await store.writer.submit(at: now, failing: DeskFailure.self) {
                transaction in
                do {
                    return try body(transaction)
                } catch let rejection as TicketRejection {
                    throw DeskFailure.rejected(rejection)
                } catch let refusal as OutboundRefusal {
                    throw DeskFailure.outbound(refusal)
                }
            }
        } catch {
            switch error {
            case .rejected(let failure): throw failure
            case .busy: throw .busy
            case .stopped: throw .stopped
            case .store(let failure): throw .store(failure)
            }
        }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (StoreReader) throws(StoreError) -> Value
    ) async throws(DeskFailure) -> Value {
        do throws(StoreError) {
            return try await store.read(body)
        } catch {
            throw .store(error)
        }
    }
}
