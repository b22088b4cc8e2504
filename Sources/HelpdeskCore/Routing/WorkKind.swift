/// What a ticket asks of an agent, whatever the adapter is called: it decides weight, presence and patience.
public enum WorkKind: String, Sendable, Codable, CaseIterable, Hashable {
    case mail
    case chat
    case callBack = "call_back"

    /// Whether somebody sits at the other end and waits.
    public var liveness: Liveness {
        switch self {
        case .chat: .live
        case .mail, .callBack: .unhurried
        }
    }

    public enum Liveness: Hashable, Sendable { case live, unhurried }
}

/// A skill that tickets can require, by its configured name.
public struct SkillName: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}
