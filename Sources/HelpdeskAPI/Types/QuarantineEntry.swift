public import HelpdeskCore

extension API {
    /// Something that came in and could not be read; kept raw, and can be replayed.
    public struct QuarantineEntry: Hashable, Sendable, Codable {
        public var id: QuarantineID
        public var inbox: InboxID
        public var receivedAt: Timestamp
        public var code: String
        public var detail: String?
        /// In bytes.
        public var size: Int64
        /// `kept`, `replayed` or `dropped`.
        public var state: String

        public init(
            id: QuarantineID, inbox: InboxID, receivedAt: Timestamp, code: String,
            detail: String? = nil, size: Int64, state: String
        ) {
            self.id = id
            self.inbox = inbox
            self.receivedAt = receivedAt
            self.code = code
            self.detail = detail
            self.size = size
            self.state = state
        }

        enum CodingKeys: String, CodingKey {
            case id, inbox
            case receivedAt = "received_at"
            case code, detail, size, state
        }
    }
}
