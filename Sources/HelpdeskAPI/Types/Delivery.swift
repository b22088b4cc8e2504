public import HelpdeskCore

extension API {
    /// How the sending of a message stands.
    public struct Delivery: Hashable, Sendable, Codable {
        public var id: DeliveryID
        public var state: DeliveryState
        public var attempts: Int
        /// The peer's last words, or why it waits.
        public var detail: String?
        /// Why it failed, in one word or by RFC 3463: `5.1.1`, `bad_address`, `expired`.
        public var code: String?
        /// What was said of it after it had been taken: `bounced_for_ever`, `bounced_for_now`, `delayed`, `delivered`,
        /// `read`, `complained`.
        public var report: String?
        public var nextAttemptAt: Timestamp?
        /// Addresses still to be reached or reached.
        public var to: [String]

        public init(
            id: DeliveryID, state: DeliveryState, attempts: Int, detail: String? = nil,
            code: String? = nil, report: String? = nil, nextAttemptAt: Timestamp? = nil,
            to: [String] = []
        ) {
            self.id = id
            self.state = state
            self.attempts = attempts
            self.detail = detail
            self.code = code
            self.report = report
            self.nextAttemptAt = nextAttemptAt
            self.to = to
        }

        enum CodingKeys: String, CodingKey {
            case id, state, attempts, detail, code, report
            case nextAttemptAt = "next_attempt_at"
            case to
        }
    }
}
