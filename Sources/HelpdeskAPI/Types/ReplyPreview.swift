public import HelpdeskCore

extension API {
    /// What would happen to an answer given now: said before sending, never after.
    public struct ReplyPreview: Hashable, Sendable, Codable {
        /// Nil when the customer cannot be reached.
        public var inbox: InboxID?
        public var channel: ChannelKind?
        public var to: [String]
        /// Who gets it besides, because an agent added them to the ticket.
        public var participants: [String]
        /// Offered, not taken.
        public var cc: [String]
        /// `same_channel`, `stated_preference`, `last_verified`, `unreachable`, ….
        public var reason: String
        public var sentence: String
        /// Sentences: a closed window, a bounced address, …
        public var warnings: [String]
        public var alternatives: [Alternative]

        /// Another inbox the answer could go by.
        public struct Alternative: Hashable, Sendable, Codable {
            public var inbox: InboxID
            public var channel: ChannelKind
            public var to: [String]
            public var available: Bool
            public var sentence: String

            public init(
                inbox: InboxID, channel: ChannelKind, to: [String] = [], available: Bool,
                sentence: String
            ) {
                self.inbox = inbox
                self.channel = channel
                self.to = to
                self.available = available
                self.sentence = sentence
            }
        }

        public init(
            inbox: InboxID? = nil, channel: ChannelKind? = nil, to: [String] = [],
            participants: [String] = [], cc: [String] = [], reason: String, sentence: String,
            warnings: [String] = [],
            alternatives: [Alternative] = []
        ) {
            self.inbox = inbox
            self.channel = channel
            self.to = to
            self.participants = participants
            self.cc = cc
            self.reason = reason
            self.sentence = sentence
            self.warnings = warnings
            self.alternatives = alternatives
        }
    }
}
