/// A plan in plain words: for the preview, and for what was done.
extension MacroPlan.Step {
    /// One word for programs.
    public var kind: String {
        switch self {
        case .tag: "tag"
        case .prioritise: "priority"
        case .transfer: "transfer"
        case .assign, .unassign: "assign"
        case .note: "note"
        case .reply: "reply"
        case .pending: "pending"
        case .close: "close"
        case .snooze: "snooze"
        }
    }

    /// - Parameter time: how a moment is written.
    public func sentence(time: (Instant) -> String) -> String {
        switch self {
        case .tag(let add, let remove):
            "tags " + (add.map { "+\($0)" } + remove.map { "-\($0)" }).joined(separator: " ")
        case .prioritise(let priority): "priority \(priority.rawValue)"
        case .transfer(let team): "handed to team \(team.rawValue)"
        case .assign(let agent): "given to \(agent.rawValue)"
        case .unassign: "back to the queue"
        case .note(let text): "note: \(text)"
        case .reply(_, .keep): "answered"
        case .reply(_, .pending): "answered, then waits for the customer"
        case .reply(_, .close(let reason)): "answered, then closed, \(reason.rawValue)"
        case .pending: "waits for the customer"
        case .close(let reason): "closed, \(reason.rawValue)"
        case .snooze(let until): "put away until \(time(until))"
        }
    }
}

extension MacroPlan.Warning {
    public var sentence: String {
        switch self {
        case .otherLanguage(let wanted, let used):
            "There is no text in \(wanted.rawValue); this is the one in \(used.rawValue)."
        case .empty(let place):
            "Nothing is known for {\(place.rawValue)}; its place stays empty."
        }
    }
}
