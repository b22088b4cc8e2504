/// What an agent has in hand: tickets that wait for the agent's next step, by kind, and when the last was given.
public struct AgentLoad: Hashable, Sendable {
    public var mail: Int
    public var chat: Int
    public var callBack: Int
    /// `nil`: never. Who waits longest for work gets it.
    public var lastAssignedAt: Instant?

    public static let none = AgentLoad()

    public init(mail: Int = 0, chat: Int = 0, callBack: Int = 0, lastAssignedAt: Instant? = nil) {
        self.mail = mail
        self.chat = chat
        self.callBack = callBack
        self.lastAssignedAt = lastAssignedAt
    }

    public subscript(kind: WorkKind) -> Int {
        get {
            switch kind {
            case .mail: mail
            case .chat: chat
            case .callBack: callBack
            }
        }
        set {
            switch kind {
            case .mail: mail = newValue
            case .chat: chat = newValue
            case .callBack: callBack = newValue
            }
        }
    }
}
