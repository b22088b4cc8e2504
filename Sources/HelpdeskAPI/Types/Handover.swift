public import HelpdeskCore

extension API {
    /// A ticket that a person handed to another team.
    public struct Handover: Hashable, Sendable, Codable {
        public var position: Position
        public var at: Timestamp
        public var from: TeamID
        public var to: TeamID
        public var by: AgentID
        /// What the next team should know; nil: nothing was said, or it was erased.
        public var brief: String?
        /// How often the ticket was handed on by a person, this time included; beyond 100 as 100.
        public var count: Int

        public init(
            position: Position, at: Timestamp, from: TeamID, to: TeamID, by: AgentID,
            brief: String?, count: Int
        ) {
            self.position = position
            self.at = at
            self.from = from
            self.to = to
            self.by = by
            self.brief = brief
            self.count = count
        }
    }
}
