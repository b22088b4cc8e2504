public import HelpdeskCore

extension API {
    /// How the sending of a message stands.
    public struct Delivery: Hashable, Sendable, Codable {
        public var id: DeliveryID
        public var state: DeliveryState
        public var attempts: Int
        /// The peer's last words, or why it waits.
        public var detail: String?
        public var nextAttemptAt: Timestamp?
        /// Addresses still to be reached or reached.
        public var to: [String]

        public init(
            id: DeliveryID, state: DeliveryState, attempts: Int, detail: String? = nil,
            nextAttemptAt: Timestamp? = nil, to: [String] = []
        ) {
            self.id = id
            self.state = state
            self.attempts = attempts
            self.detail = detail
            self.nextAttemptAt = nextAttemptAt
            self.to = to
        }

        enum CodingKeys: String, CodingKey {
            case id, state, attempts, detail
            case nextAttemptAt = "next_attempt_at"
            case to
        }
    }
}
