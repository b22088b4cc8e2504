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
        /// What a person should do: `wait`, `relogin`, `fix-config`.
        public var action: String?
        /// When it last received or found nothing to receive.
        public var lastSuccessAt: Timestamp?
        /// Messages that the provider has and we have not yet.
        public var waiting: Int?

        public init(
            name: InboxID, channel: ChannelKind, preset: String? = nil, address: String? = nil,
            team: TeamID, canSend: Bool, live: Bool, state: String, detail: String? = nil,
            action: String? = nil, lastSuccessAt: Timestamp? = nil, waiting: Int? = nil
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
            self.action = action
            self.lastSuccessAt = lastSuccessAt
            self.waiting = waiting
        }

        enum CodingKeys: String, CodingKey {
            case name, channel, preset, address, team
            case canSend = "can_send"
            case live, state, detail, action
            case lastSuccessAt = "last_success_at"
            case waiting
        }
    }
}
