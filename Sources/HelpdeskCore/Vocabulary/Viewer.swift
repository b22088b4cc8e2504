/// Who is reading (invariant 11): every read of the store takes one. Tickets of private teams exist only for the
/// members of those teams, whatever their role.
public enum Viewer: Hashable, Sendable {
    /// The daemon's own workers and ops at the machine; sees everything.
    case system
    case agent(AgentID)
}
