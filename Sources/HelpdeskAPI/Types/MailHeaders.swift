extension API {
    /// The headers of a mail that people and programs ask for.
    public struct MailHeaders: Hashable, Sendable, Codable {
        public var subject: String?
        public var from: [Address]
        public var to: [Address]
        public var cc: [Address]
        public var replyTo: [Address]
        public var date: Timestamp?
        /// Without angle brackets, as all ids here.
        public var messageID: String?
        public var inReplyTo: [String]
        /// Oldest first.
        public var references: [String]

        /// A mailbox.
        public struct Address: Hashable, Sendable, Codable {
            public var name: String?
            public var address: String

            public init(name: String? = nil, address: String) {
                self.name = name
                self.address = address
            }
        }

        public init(
            subject: String? = nil, from: [Address] = [], to: [Address] = [], cc: [Address] = [],
            replyTo: [Address] = [], date: Timestamp? = nil, messageID: String? = nil,
            inReplyTo: [String] = [], references: [String] = []
        ) {
            self.subject = subject
            self.from = from
            self.to = to
            self.cc = cc
            self.replyTo = replyTo
            self.date = date
            self.messageID = messageID
            self.inReplyTo = inReplyTo
            self.references = references
        }

        enum CodingKeys: String, CodingKey {
            case subject, from, to, cc
            case replyTo = "reply_to"
            case date
            case messageID = "message_id"
            case inReplyTo = "in_reply_to"
            case references
        }
    }
}
