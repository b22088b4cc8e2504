internal import HelpdeskAPI
public import HelpdeskCore

/// What is done to a ticket.
public struct TicketStep: Hashable, Sendable {
    public var ticket: TicketNumber
    public var change: TicketChange
}

/// One thing done to one or several tickets, and how to take it back.
struct Undoable: Hashable, Sendable {

    /// For the agent: `closed #12`.
    var title: String
    /// In this order.
    var back: [TicketStep]
}

/// What was done lately, for `u` and `U`. Of this session only.
struct UndoShelf: Hashable, Sendable {
    static let limit = 50
    private(set) var undos: [Undoable] = []
    private(set) var redos: [Undoable] = []

    enum Way: Hashable, Sendable {
        /// The agent decided something new.
        case new
        case undoing
        case redoing
    }

    mutating func record(_ step: Undoable, _ way: Way) {
        switch way {
        case .new:
            redos.removeAll()
            undos.append(step)
        case .redoing: undos.append(step)
        case .undoing: redos.append(step)
        }
        if undos.count > UndoShelf.limit { undos.removeFirst() }
        if redos.count > UndoShelf.limit { redos.removeFirst() }
    }

    mutating func takeUndo() -> Undoable? { undos.popLast() }
    mutating func takeRedo() -> Undoable? { redos.popLast() }
}

extension TicketChange {
    /// What puts a ticket back to how it was before; empty where nothing does.
    func inverse(before ticket: API.Ticket) -> [TicketChange] {
        switch self {
        case .assign: [.assign(ticket.assignee)]
        case .close, .pending, .reopen: [Self.status(of: ticket)]
        case .transfer: [.transfer(ticket.team), .assign(ticket.assignee)]
        case .tag(let added, let removed):
            Self.tags(
                added: removed.filter { ticket.tags.contains($0) },
                removed: added.filter { !ticket.tags.contains($0) })
        case .priority: [.priority(ticket.priority)]
        case .snooze: [.snooze(ticket.snoozedUntil?.instant)]
        case .spam: ticket.spam ? [] : [.notSpam]
        case .notSpam: ticket.spam ? [.spam] : []
        case .join, .callback: []
        }
    }

    private static func tags(added: [String], removed: [String]) -> [TicketChange] {
        added.isEmpty && removed.isEmpty ? [] : [.tag(added: added, removed: removed)]
    }

    private static func status(of ticket: API.Ticket) -> TicketChange {
        switch ticket.status {
        case .new, .open: .reopen
        case .pending: .pending
        case .closed: .close(ticket.closingReason ?? .solved)
        }
    }
}
