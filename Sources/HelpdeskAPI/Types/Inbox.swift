public import HelpdeskCore

extension API {
    /// A configured instance of a channel.
    public struct Inbox: Hashable, Sendable, Codable {
        public var name: InboxID
        public var channel: ChannelKind
        public var preset: String?
        public var address: String?
        public var team: TeamID
        public var canSend: Bool
        /// The customer waits at the other end.
        public var live: Bool
        /// `ok`, `degraded`, `down` or `unknown`.
        public var state: String
        public var detail: String?

        public init(
            name: InboxID, channel: ChannelKind, preset: String? = nil, address: String? = nil,
            team: TeamID, canSend: Bool, live: Bool, state: String, detail: String? = nil
        ) {
            self.name = name
            self.channel = channel
            self.preset = preset
            self.address = address
            self.team = team
            self.canSend = canSend
            self.live = live
            self.state = state
            self.detail = detail
        }

        enum CodingKeys: String, CodingKey {
            case name, channel, preset, address, team
            case canSend = "can_send"
            case live, state, detail
        }
    }
}
