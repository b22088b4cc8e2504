/// A macro was written or changed.
public struct MacroSet: Hashable, Sendable, Codable {
    public var macro: MacroID
    /// Whose tickets it is for; none: everybody's. In the event, because only members may hear of a private team's.
    public var teams: [TeamID]
    /// All of it, of kind `macro`.
    public var content: ContentRef

    public init(macro: MacroID, teams: [TeamID], content: ContentRef) {
        self.macro = macro
        self.teams = teams
        self.content = content
    }
}

public struct MacroRemoved: Hashable, Sendable, Codable {
    public var macro: MacroID
    public var teams: [TeamID]

    public init(macro: MacroID, teams: [TeamID]) {
        self.macro = macro
        self.teams = teams
    }
}
