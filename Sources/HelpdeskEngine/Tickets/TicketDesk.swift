public import HelpdeskCore
public import HelpdeskStore

/// What agents do with tickets, beside answering.
public enum TicketAction: Hashable, Sendable {
    case note(String)
    case assign(AgentID)
    case unassign
    case transfer(TeamID, brief: String?)
    case close(ClosingReason)
    case reopen
    case pending
    /// With why.
    case snooze(Instant, note: String? = nil)
    case wake
    case tag(add: [String], remove: [String])
    case prioritise(TicketPriority)
    case spam
    case notSpam
    case addParticipant(IdentityAddress)
    case removeParticipant(IdentityAddress)
    /// Moves a message of another ticket here and lets its writer in.
    case join(MessageID)
    case completeCallback
    /// Tells the customer by when they have an answer.
    case promise(Instant)
    case watch
    case unwatch
    case remind(Instant, note: String?)
    case dropReminder
}

public struct TicketDesk: Sendable {
    public static let maximumNote = 1 << 20

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// Carries out one action with all that follows from it, in one transaction; the ticket as it is then.
    /// - Parameter ifVersion: the version the agent looked at; another one is refused.
    public func perform(
        _ action: TicketAction, on number: TicketNumber, by caller: Caller, ifVersion: Int64?,
        command: CommandID?
    ) async throws(DeskFailure) -> TicketRow {
        let desk = desk
        return try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            let row = try session.visible(number, to: caller, ifVersion: ifVersion)
            try TicketActions(session: session, caller: caller).carryOut(action, on: row)
            return try session.row(number)
        }
    }

    /// Opens a ticket for a customer; a text goes out to them as its first message.
    public func open(
        _ request: TicketRequest, by caller: Caller, command: CommandID?
    ) async throws(DeskFailure) -> TicketNumber {
        let desk = desk
        return try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            return try TicketOpening(session: session, caller: caller).open(request)
        }
    }
}
