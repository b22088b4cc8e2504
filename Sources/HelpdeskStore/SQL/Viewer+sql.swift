public import HelpdeskCore

/// The viewer as a parameter: the empty text sees everything; a login sees what is not hidden and what is in
/// its own private teams. Each read of tickets repeats the condition
/// `(t.hidden = 0 OR $v = '' OR EXISTS (SELECT 1 FROM agent_teams a WHERE a.agent = $v AND a.team = t.team))`.
extension Viewer: SQLBindable {
    public var sqlValue: SQLValue {
        switch self {
        case .system: .text("")
        case .agent(let agent): .text(agent.rawValue)
        }
    }
}
