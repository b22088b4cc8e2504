/// A part of threads that can be folded away. One setting for all threads: how this agent reads.
public enum Fold: String, Hashable, Sendable, CaseIterable {
    /// Quoted history and signatures.
    case quotes
    case notes
    case calls
    /// What happened between messages.
    case events
    /// To whom and how a message went, where it went well.
    case deliveries

    static let usual: Set<Fold> = [.quotes, .deliveries]

    var title: String {
        switch self {
        case .quotes: "quoted history and signatures"
        case .notes: "notes"
        case .calls: "calls"
        case .events: "what happened between messages"
        case .deliveries: "how messages were delivered"
        }
    }
}
